package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestPageReadsOnlyWhatItWasHanded: a page that is not what it should be reads no other file of this computer.
func TestPageReadsOnlyWhatItWasHanded(t *testing.T) {
	dir := t.TempDir()
	given, other, large := filepath.Join(dir, "jo.request"), filepath.Join(dir, "identity.age"), filepath.Join(dir, "film.request")
	for path, size := range map[string]int{given: 300, other: 300, large: maxRead + 1} {
		if err := os.WriteFile(path, bytes.Repeat([]byte("x"), size), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var h handed
	h.add(given, "", large)
	if data, err := h.read(given); err != nil || len(data) != 300 {
		t.Errorf("what was chosen: %d bytes, %v", len(data), err)
	}
	for _, path := range []string{other, "", dir} {
		if data, err := h.read(path); !errors.Is(err, errNotHanded) || data != nil {
			t.Errorf("%s: %d bytes, %v", path, len(data), err)
		}
	}
	if data, err := h.read(large); err == nil || data != nil {
		t.Errorf("a film: %d bytes", len(data))
	}
}
