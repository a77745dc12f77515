package syncserver

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
)

// noted ends the name of the file that holds an object's note: the SHA-256 of
// the note, then the note.
const noted = ".note"

// Note implements Store.
func (f *Folder) Note(ctx context.Context, name string) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if err := CheckName(name); err != nil {
		return nil, err
	}
	if _, err := f.root.Lstat(name); err != nil {
		return nil, fmt.Errorf("note of %s: %w", name, f.explain(err))
	}
	return f.note(name), nil
}

// note reads the note of an object, nil if there is none or it is damaged.
func (f *Folder) note(name string) []byte {
	info, err := f.root.Lstat(name + noted)
	if err != nil || !info.Mode().IsRegular() || info.Size() > sha256.Size+MaxNote {
		return nil
	}
	file, err := f.root.Open(name + noted)
	if err != nil {
		return nil
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, sha256.Size+MaxNote+1))
	if err != nil || len(data) <= sha256.Size || len(data) > sha256.Size+MaxNote {
		return nil
	}
	sum := sha256.Sum256(data[sha256.Size:])
	if !bytes.Equal(data[:sha256.Size], sum[:]) {
		return nil
	}
	return data[sha256.Size:]
}

// writeNote puts a note beside the place of an object that is not there yet. A
// note that lies there already stays: its writer may be about to put the object
// there. Two processes on a file system without links may replace each other's
// note until the object is there.
func (f *Folder) writeNote(name string, note []byte) error {
	if len(note) == 0 || f.note(name) != nil {
		return nil
	}
	temp := temporary(name)
	sum := sha256.Sum256(note)
	if err := f.fill(temp, slices.Concat(sum[:], note)); err != nil {
		f.root.Remove(temp)
		return err
	}
	err := f.placeNote(temp, name)
	if err != nil {
		f.root.Remove(temp)
	}
	if errors.Is(err, ErrDamaged) { // a folder in its place: the object is worth more than its note
		return nil
	}
	return err
}

// placeNote gives the hidden file its name unless another note has it.
func (f *Folder) placeNote(temp, name string) error {
	f.noting.Lock()
	defer f.noting.Unlock()
	err := f.step("link")
	if err == nil {
		err = f.root.Link(temp, name+noted)
	}
	if err == nil || f.note(name) != nil {
		f.root.Remove(temp)
		return nil
	}
	return f.rename(temp, name+noted)
}

// temporary names a hidden file beside an object's place that nobody else uses.
func temporary(name string) string {
	return path.Join(path.Dir(name), ".part-"+strings.ToLower(rand.Text()))
}
