package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sync"
)

// handed are the files that a person has chosen or dropped: the page may read these.
type handed struct {
	mu    sync.Mutex
	paths map[string]bool
}

func (h *handed) add(paths ...string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.paths == nil {
		h.paths = map[string]bool{}
	}
	for _, path := range paths {
		if path != "" {
			h.paths[path] = true
		}
	}
}

// maxRead bounds what the page may read, in bytes: requests and grants are some KiB.
const maxRead = 1 << 20

// errNotHanded says that nobody chose this file.
var errNotHanded = errors.New("choose the file in the dialog, or drop it on the window")

func (h *handed) read(path string) ([]byte, error) {
	h.mu.Lock()
	known := h.paths[path]
	h.mu.Unlock()
	if !known {
		return nil, errNotHanded
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("reading the file: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxRead+1))
	if err == nil && len(data) > maxRead {
		err = fmt.Errorf("%s is too large to be a request or a grant", filepath.Base(path))
	}
	if err != nil {
		return nil, err
	}
	return data, nil
}
