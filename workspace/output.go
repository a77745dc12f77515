package workspace

import (
	"io"
	"os"
)

// WriteFile writes a file beside its place and moves it there when it is complete
// and on the disk, so that nobody finds half of one.
func WriteFile(path string, write func(io.Writer) error) error {
	return whole(path, func(f *os.File) error { return write(f) })
}
