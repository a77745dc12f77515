package main

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/wailsapp/wails/v2/pkg/options"
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

// TestMaximisedWindowComesBack: maximised, and with the size and place it goes back to when it no longer is.
func TestMaximisedWindowComesBack(t *testing.T) {
	settled(t)
	kept := readPlacement()
	kept.look(stance{normal: true, width: 1200, height: 800, x: 123, y: 77})
	kept.look(stance{maximised: true, width: 1920, height: 1080})
	if err := kept.write(); err != nil {
		t.Fatal(err)
	}
	want := placement{Width: 1200, Height: 800, X: 123, Y: 77, Placed: true, Maximised: true, Zoom: 100, Language: "en"}
	if got := readPlacement(); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if start := (&window{place: readPlacement()}).options(http.NotFoundHandler()); start.WindowStartState != options.Maximised || start.Width != 1200 {
		t.Errorf("it starts in state %v, %d wide", start.WindowStartState, start.Width)
	}
	kept.look(stance{width: 1, height: 1}) // minimised
	want.Maximised = false
	if kept != want {
		t.Errorf("minimised: %+v", kept)
	}
}

// TestWindowIsNeverOutOfReach: a place that a screen less leaves out of sight is forgotten.
func TestWindowIsNeverOutOfReach(t *testing.T) {
	for place, want := range map[placement]bool{
		{X: 123, Y: 77, Width: 1200}:   true,
		{X: -1100, Y: 0, Width: 1200}:  true,
		{X: -1190, Y: 0, Width: 1200}:  false,
		{X: 1900, Y: 0, Width: 1200}:   false,
		{X: 100, Y: -10, Width: 1200}:  false,
		{X: 100, Y: 1060, Width: 1200}: false,
	} {
		if got := place.reachable(1920, 1080); got != want {
			t.Errorf("%+v: %v", place, got)
		}
	}
}
