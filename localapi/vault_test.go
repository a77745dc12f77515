package localapi

import (
	"bytes"
	"io"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Given a browser, then no request may name a file of this computer; the program's own window may.
func TestOnlyTheWindowNamesFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "out.csv")
	requests := map[string]map[string]any{
		"/export":         {"kind": "assets", "format": "csv", "path": path},
		"/backup":         {"path": path},
		"/import":         {"source": map[string]any{"path": path}, "reason": "x", "dry_run": true},
		"/import/preview": {"source": map[string]any{"path": path}},
		"/remotes":        {"name": "office", "url": "https://fieldbook.example.com", "token_file": path},
	}
	browser, window := founded(t), founded(t, asWindow)
	for operation, in := range requests {
		browser.refuses("usage", post, operation, in)
	}
	browser.refuses("usage", post, "/workspaces/restore", map[string]any{"source": map[string]any{"path": path}, "passphrase": secret})
	window.refuses("usage", post, "/export", map[string]any{"kind": "assets", "format": "csv", "path": "relative.csv"})
	job, _ := window.finished(gives[Job](window, post, "/import", map[string]any{"source": map[string]any{"path": path + "x"}, "reason": "x", "dry_run": true}))
	if job.State != "failed" || job.Problem.Code != "missing" {
		t.Errorf("a file that is not there: %+v", job.Problem)
	}
}

// Given files in memory, then they go when they are asked for once, when their time is over and when the workspace is locked;
// who reads one reads it to the end, and what went is wiped.
func TestFilesInMemoryAreWiped(t *testing.T) {
	now := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	v := &vault{now: func() time.Time { return now }}
	fresh := func() (*file, string) {
		f := &file{}
		if _, err := io.Copy(f, strings.NewReader("secret")); err != nil {
			t.Fatal(err)
		}
		id, err := v.keep("a", f)
		if err != nil {
			t.Fatal(err)
		}
		return f, id
	}
	for name, end := range map[string]func(id string){
		"lock": func(string) { v.wipe() },
		"time": func(string) { now = now.Add(vaultLife + 1); v.mu.Lock(); v.sweep(); v.mu.Unlock() },
	} {
		f, id := fresh()
		bytes := f.pieces[0]
		_, done, err := v.borrow(id, false)
		if err != nil {
			t.Fatal(err)
		}
		end(id)
		if _, _, err := v.borrow(id, false); err == nil {
			t.Errorf("%s: it is still handed out", name)
		}
		if got, err := io.ReadAll(f.reader()); err != nil || string(got) != "secret" {
			t.Errorf("%s: who reads it gets %q, %v", name, got, err)
		}
		if done(); f.pieces != nil || bytes[0] != 0 || v.bytes != 0 {
			t.Errorf("%s: it was not wiped", name)
		}
	}
	full := &file{size: maxVault}
	if _, err := v.keep("big", full); err != nil {
		t.Fatal(err)
	}
	if _, err := v.keep("more", &file{size: 1}); err != errVault {
		t.Errorf("more than there is room for: %v", err)
	}
}

// Given any pieces of writing, then a file reads back as written, from anywhere.
func TestFilesReadAsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, want := &file{}, []byte(nil)
		for range rapid.IntRange(0, 4).Draw(t, "writes") {
			part := bytes.Repeat([]byte{byte(rapid.Byte().Draw(t, "byte"))}, rapid.SampledFrom([]int{0, 1, piece - 1, piece, piece + 1}).Draw(t, "size"))
			if _, err := f.Write(part); err != nil {
				t.Fatal(err)
			}
			want = append(want, part...)
		}
		at := rapid.IntRange(0, len(want)).Draw(t, "at")
		got, err := io.ReadAll(io.NewSectionReader(f, int64(at), f.size))
		if err != nil || !bytes.Equal(got, want[at:]) {
			t.Fatalf("%d bytes from %d, %v; want %d", len(got), at, err, len(want)-at)
		}
	})
}
