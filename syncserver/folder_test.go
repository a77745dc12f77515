//go:build unix

package syncserver_test

import (
	"bytes"
	"context"
	"crypto/sha256"
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
// not at all, never without its note, and the next attempt completes it.
func TestFolderCutAnywhereLeavesWholeObjects(t *testing.T) {
	data := bytes.Repeat([]byte("segment"), 1000)
	name := storetest.Name("w/feeds/f", "01", data)
	for _, links := range []bool{true, false} {
		for _, note := range [][]byte{nil, []byte("receipt")} {
			least := 8 + 4*min(len(note), 1)
			for cut := 0; ; cut++ {
				dir := t.TempDir()
				store := openFolder(t, dir)
				syncserver.FailSteps(store, cutAt(cut, links))
				err := store.Create(t.Context(), name, data, note)
				if err == nil {
					if cut < least {
						t.Fatalf("only %d steps were cut", cut)
					}
					break
				}
				if !errors.Is(err, syncserver.ErrGone) {
					t.Fatalf("cut at step %d: %v, want ErrGone", cut, err)
				}
				checkWholeOrAbsent(t, dir, name, data, note)
			}
		}
	}
}

// cutAt fails every step after the first ones, as a stick that was pulled out,
// on a file system with or without links.
func cutAt(cut int, links bool) func(op string) error {
	steps := 0
	return func(op string) error {
		if op == "link" && !links {
			return syscall.EPERM
		}
		if steps++; steps > cut {
			return syscall.EIO
		}
		return nil
	}
}

func checkWholeOrAbsent(t *testing.T, dir, name string, data, note []byte) {
	t.Helper()
	again := openFolder(t, dir)
	got, kept, err := again.Get(t.Context(), name, len(data))
	if !errors.Is(err, syncserver.ErrAbsent) && (err != nil || !bytes.Equal(got, data) || !bytes.Equal(kept, note)) {
		t.Fatalf("after the cut: %d bytes, note %q, %v", len(got), kept, err)
	}
	if err := again.Create(t.Context(), name, data, note); err != nil && !errors.Is(err, syncserver.ErrExists) {
		t.Fatalf("again: %v", err)
	}
	if kept, err = again.Note(t.Context(), name); err != nil || !bytes.Equal(kept, note) {
		t.Fatalf("note after all: %q, %v", kept, err)
	}
	entries, err := again.List(t.Context(), "w", "", 10)
	if err != nil || len(entries) != 1 {
		t.Fatalf("listed %v, %v", entries, err)
	}
}

// Given what a failing disk or a hostile hand makes of a note, then it counts as
// none, the object is read all the same, and where the object is not there yet
// its writer's note takes the place.
func TestFolderIgnoresDamagedNotes(t *testing.T) {
	data, outside := []byte("x"), filepath.Join(t.TempDir(), "secret")
	name := storetest.Name("w/feeds/f", "01", data)
	sum := sha256.Sum256([]byte("note"))
	valid := append(sum[:], "note"...)
	long := make([]byte, syncserver.MaxNote+1)
	sum = sha256.Sum256(long)
	plant(t, filepath.Dir(outside), "secret", valid)
	write := func(data []byte) func(string) error {
		return func(path string) error { return os.WriteFile(path, data, 0o644) }
	}
	for kind, make := range map[string]func(path string) error{
		"empty": write(nil), "cut": write(valid[:35]), "hash only": write(valid[:32]), "flipped": write(append(valid[:35:35], 'E')),
		"too long": write(append(sum[:], long...)),
		"link":     func(path string) error { return os.Symlink(outside, path) },
		"pipe":     func(path string) error { return syscall.Mkfifo(path, 0o644) },
		"folder":   func(path string) error { return os.Mkdir(path, 0o755) },
	} {
		for _, first := range []bool{true, false} {
			dir := t.TempDir()
			plant(t, dir, "w/feeds/f/keep", nil)
			if !first {
				plant(t, dir, name, data)
			}
			if err := make(filepath.Join(dir, filepath.FromSlash(name)+".note")); err != nil {
				t.Fatal(err)
			}
			store, want := openFolder(t, dir), ""
			if first && kind != "folder" {
				want = "mine"
			}
			if err := store.Create(t.Context(), name, data, []byte("mine")); first && err != nil {
				t.Errorf("%s: create beside it: %v", kind, err)
			}
			got, note, err := store.Get(t.Context(), name, 10)
			if err != nil || string(got) != "x" || string(note) != want {
				t.Errorf("%s: %q, note %q, %v; want note %q", kind, got, note, err, want)
			}
		}
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
