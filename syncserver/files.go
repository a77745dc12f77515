package syncserver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
)

// Files are read-only files in a folder, such as a repository of updates. The
// folder may be replaced while they are in use.
type Files struct{ path string }

// NewFiles reads files from a folder. Symbolic links in it may not lead out of it.
func NewFiles(path string) *Files { return &Files{path: path} }

// Open gives a file by its slash-separated path, with its size. ErrAbsent: there
// is no such file.
func (f *Files) Open(_ context.Context, path string) (file io.ReadCloser, size int64, err error) {
	opened, err := os.OpenInRoot(f.path, path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, 0, fmt.Errorf("open %s: %w", path, ErrAbsent)
	}
	if err != nil {
		return nil, 0, fmt.Errorf("open %s: %w", path, err)
	}
	info, err := opened.Stat()
	if err == nil && !info.Mode().IsRegular() {
		err = ErrAbsent
	}
	if err != nil {
		opened.Close()
		return nil, 0, fmt.Errorf("open %s: %w", path, err)
	}
	return opened, info.Size(), nil
}
