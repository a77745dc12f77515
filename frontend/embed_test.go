package frontend_test

import (
	"io/fs"
	"testing"

	"fieldbook/frontend"
)

func TestFilesHoldWhatBuiltSays(t *testing.T) {
	_, err := fs.ReadFile(frontend.Files(), "index.html")
	if got := err == nil; got != frontend.Built() {
		t.Fatalf("Built() = %v, but index.html is there: %v", frontend.Built(), got)
	}
}

func TestFilesOpenInAFreshClone(t *testing.T) {
	if _, err := fs.Stat(frontend.Files(), ".gitkeep"); err != nil {
		t.Fatalf("dist has nothing that a fresh clone holds: %v", err)
	}
}
