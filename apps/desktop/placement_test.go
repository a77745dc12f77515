package main

import (
	"os"
	"path/filepath"
	"testing"
)

// settled gives the test a folder of settings of its own, and the path of the file in question.
func settled(t *testing.T) string {
	t.Helper()
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(t.TempDir(), "config"))
	t.Setenv("LC_ALL", "C.UTF-8")
	path, err := placementFile()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// TestPlacementIsRemembered: what was written is read at the next start.
func TestPlacementIsRemembered(t *testing.T) {
	path := settled(t)
	want := placement{Width: 1500, Height: 900, X: -20, Y: 40, Placed: true, Maximised: true, Zoom: 125, Language: "de"}
	for range 2 {
		if err := want.write(); err != nil {
			t.Fatal(err)
		}
	}
	if got := readPlacement(); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if left, err := filepath.Glob(path + "*"); err != nil || len(left) != 1 {
		t.Errorf("files: %v, %v", left, err)
	}
}

// TestUnusablePlacements: whatever the file says, the window can be seen.
func TestUnusablePlacements(t *testing.T) {
	path := settled(t)
	usual := placement{Width: usualWidth, Height: usualHeight, Zoom: 100, Language: "en"}
	if got := readPlacement(); got != usual {
		t.Errorf("without a file: %+v", got)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{
		"", "{", "[]", `{"width":"wide"}`, `{"width":1,"height":900,"x":5,"placed":true}`, `{"width":1500,"height":1e9}`, `{"zoom":100000}`, `{"zoom":-1}`, `{"language":"tlh"}`,
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got := readPlacement()
		got.X = 0
		if got != usual {
			t.Errorf("%s: %+v", text, got)
		}
	}
}
