package e2e

import (
	"archive/tar"
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

// without gives a backup from which the last segment was taken out, all else in
// its place.
func without(t *testing.T, backup []byte) []byte {
	t.Helper()
	last := ""
	walk(t, backup, func(h *tar.Header, _ []byte) {
		if strings.Contains(h.Name, "/feeds/") {
			last = h.Name
		}
	})
	var out bytes.Buffer
	w := tar.NewWriter(&out)
	walk(t, backup, func(h *tar.Header, data []byte) {
		if h.Name == last {
			return
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(data); err != nil {
			t.Fatal(err)
		}
	})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func walk(t *testing.T, archive []byte, fn func(*tar.Header, []byte)) {
	t.Helper()
	r := tar.NewReader(bytes.NewReader(archive))
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		fn(h, data)
	}
}
