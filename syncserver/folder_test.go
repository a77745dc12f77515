//go:build unix

package syncserver_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"fieldbook/syncserver"
	"fieldbook/syncserver/storetest"
)

// Given a write cut before any of its steps, then the object is there whole or
// not at all, and the next attempt completes it.
func TestFolderCutAnywhereLeavesWholeObjects(t *testing.T) {
	data := bytes.Repeat([]byte("segment"), 1000)
	name := storetest.Name("w/feeds/f", "01", data)
	for _, links := range []bool{true, false} {
		for cut := 0; ; cut++ {
			dir, steps := t.TempDir(), 0
			store := openFolder(t, dir)
			syncserver.FailSteps(store, func(op string) error {
				if op == "link" && !links {
					return syscall.EPERM
				}
				if steps++; steps > cut { // pulled out: nothing works any more
					return syscall.EIO
				}
				return nil
			})
			err := store.Create(t.Context(), name, data, nil)
			if err == nil {
				if cut < 8 {
					t.Fatalf("only %d steps were cut", cut)
				}
				break
			}
			if !errors.Is(err, syncserver.ErrGone) {
				t.Fatalf("cut at step %d: %v, want ErrGone", cut, err)
			}
			checkWholeOrAbsent(t, dir, name, data)
		}
	}
}

func checkWholeOrAbsent(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	again := openFolder(t, dir)
	got, _, err := again.Get(t.Context(), name, len(data))
	if !errors.Is(err, syncserver.ErrAbsent) && (err != nil || !bytes.Equal(got, data)) {
		t.Fatalf("after the cut: %d bytes, %v", len(got), err)
	}
	if err := again.Create(t.Context(), name, data, nil); err != nil && !errors.Is(err, syncserver.ErrExists) {
		t.Fatalf("again: %v", err)
	}
	entries, err := again.List(t.Context(), "w/feeds/f", "", 10)
	if err != nil || len(entries) != 1 {
		t.Fatalf("listed %v, %v", entries, err)
	}
}

// Given a stick that is full, write-protected or pulled out, then the error says which.
func TestFolderTellsWhyItCannotWrite(t *testing.T) {
	data := []byte("x")
	name := storetest.Name("w/feeds/f", "01", data)
	for cause, want := range map[error]error{
		syscall.ENOSPC: syncserver.ErrFull,
		syscall.EROFS:  syncserver.ErrReadOnly,
		syscall.EACCES: syncserver.ErrReadOnly,
		syscall.ENODEV: syncserver.ErrGone,
	} {
		for _, at := range []string{"mkdir", "create", "write", "sync", "rename", "syncdir"} {
			store := openFolder(t, t.TempDir())
			syncserver.FailSteps(store, func(op string) error {
				if op == at || op == "link" {
					return fmt.Errorf("%s: %w", op, cause)
				}
				return nil
			})
			if err := store.Create(t.Context(), name, data, nil); !errors.Is(err, want) {
				t.Errorf("%v at %s: %v, want %v", cause, at, err, want)
			}
		}
	}
}

// Given a stick that was replaced by an empty mount point, then nothing is
// mistaken for an empty store.
func TestFolderNoticesThatItIsGone(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "stick")
	if _, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: dir}); !errors.Is(err, syncserver.ErrGone) {
		t.Fatalf("open what is not there: %v, want ErrGone", err)
	}
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: dir, Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for _, swap := range []func() error{
		func() error { return os.Rename(dir, dir+"-pulled") },
		func() error { return os.Mkdir(dir, 0o755) },
	} {
		if err := swap(); err != nil {
			t.Fatal(err)
		}
		_, list := store.List(t.Context(), "w/feeds", "", 10)
		_, _, get := store.Get(t.Context(), storetest.Name("w/feeds/f", "01", nil), 10)
		for _, err := range []error{list, get} {
			if !errors.Is(err, syncserver.ErrGone) {
				t.Errorf("%v, want ErrGone", err)
			}
		}
	}
}

// Given a hostile stick with links out of the folder, pipes and folders in the
// place of files, then nothing is followed and nothing blocks.
func TestFolderFollowsNothingOut(t *testing.T) {
	dir, outside, data := t.TempDir(), t.TempDir(), []byte("secret")
	name := storetest.Name("w/feeds/f", "01", data)
	plant(t, outside, filepath.Base(name), data)
	plant(t, dir, "w/feeds/f/keep", nil)
	path := filepath.Join(dir, filepath.FromSlash(name))
	store := openFolder(t, dir)
	for kind, make := range map[string]func() error{
		"link":   func() error { return os.Symlink(filepath.Join(outside, filepath.Base(name)), path) },
		"pipe":   func() error { return syscall.Mkfifo(path, 0o644) },
		"folder": func() error { return os.Mkdir(path, 0o755) },
	} {
		if err := make(); err != nil {
			t.Fatal(err)
		}
		if got, _, err := store.Get(context.Background(), name, 100); !errors.Is(err, syncserver.ErrDamaged) {
			t.Errorf("%s: %q, %v; want ErrDamaged", kind, got, err)
		}
		err := store.Create(t.Context(), name, data, nil)
		if got, _, _ := store.Get(t.Context(), name, 100); kind != "folder" && string(got) != "secret" {
			t.Errorf("%s: not repaired: %v", kind, err)
		}
		if kind == "folder" && !errors.Is(err, syncserver.ErrDamaged) {
			t.Errorf("%s: create gave %v, want ErrDamaged", kind, err)
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(dir, "w", "feeds", "out")); err != nil {
		t.Fatal(err)
	}
	if err := store.Create(t.Context(), storetest.Name("w/feeds/out", "01", data), data, nil); err == nil {
		t.Error("wrote through a link out of the folder")
	}
}
