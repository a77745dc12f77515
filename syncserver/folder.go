package syncserver

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
)

// Folder is a Store in a folder: a USB stick, a network share, a disk.
//
// An object is written to a hidden file beside its place, synced, and then
// given its name, so that a stick pulled out at any moment leaves a whole
// object or none. Hidden files that a cut left behind are never read and may be
// deleted. Beside an object may lie a file of the same name with ".note" at its
// end, and, if its bytes were found not to match its name, an empty one with
// ".damaged".
type Folder struct {
	root *os.Root
	path string
	// sizes is nil if listings need not state sizes.
	sizes *sizes
	// made holds the folders that are known to be durable.
	made sync.Map
	// noting lets one note at a time get its name.
	noting sync.Mutex
	// step is called before each step that changes the disk and may fail it, so
	// that tests can cut a write anywhere.
	step func(op string) error
}

// marker ends the name of the file that marks a damaged object.
const marker = ".damaged"

// FolderConfig says which folder to use.
type FolderConfig struct {
	// Path is the folder. Symbolic links in it may not lead out of it.
	Path string
	// Create makes the folder and those above it if it is not there. Leave it
	// false where a missing folder may mean that a stick is not plugged in.
	Create bool
	// Sizes asks for the size of each object in listings. A service that limits
	// what a workspace may store sets it; a stick or share does without, since
	// it costs a look at every file.
	Sizes bool
}

// OpenFolder opens a folder as a Store. ErrGone: it is not there.
func OpenFolder(cfg FolderConfig) (*Folder, error) {
	if cfg.Create {
		if err := os.MkdirAll(cfg.Path, 0o755); err != nil {
			return nil, fmt.Errorf("make folder %s: %w", cfg.Path, classify(err))
		}
	}
	full, err := filepath.Abs(cfg.Path)
	if err != nil {
		return nil, fmt.Errorf("open folder %s: %w", cfg.Path, err)
	}
	root, err := os.OpenRoot(full)
	if err != nil {
		return nil, fmt.Errorf("open folder %s: %w", cfg.Path, classify(err))
	}
	f := &Folder{root: root, path: full, step: func(string) error { return nil }}
	if cfg.Sizes {
		f.sizes = &sizes{}
	}
	return f, nil
}

// Close releases the folder, so that a stick can be ejected.
func (f *Folder) Close() error { return f.root.Close() }

// alive says whether the folder is still what lies at its path. An unplugged
// stick may leave an empty mount point there, and the open folder goes on
// answering that it is empty.
func (f *Folder) alive() error {
	ours, err := f.root.Stat(".")
	if err != nil {
		return fmt.Errorf("%w: %w", ErrGone, err)
	}
	there, err := os.Stat(f.path)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrGone, err)
	}
	if !os.SameFile(ours, there) {
		return ErrGone
	}
	return nil
}

// Create implements Store.
func (f *Folder) Create(ctx context.Context, name string, data, note []byte) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := CheckObject(name, data, note); err != nil {
		return err
	}
	whole, err := f.whole(name, len(data))
	if err == nil && !whole {
		err = f.write(name, data, note)
	}
	if err != nil {
		return fmt.Errorf("create %s: %w", name, classify(err))
	}
	f.root.Remove(name + marker) // best effort: the mark is only a hint
	if whole {
		return fmt.Errorf("create %s: %w", name, ErrExists)
	}
	return nil
}

// whole says whether the object is there and matches its name. What was found
// is synced: the one who wrote it may have been cut before that.
func (f *Folder) whole(name string, size int) (bool, error) {
	_, err := f.read(name, size)
	switch {
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, ErrDamaged), errors.Is(err, ErrSize):
		return false, nil
	case err != nil:
		return false, err
	}
	return true, f.syncFolder(path.Dir(name))
}

// Get implements Store.
func (f *Folder) Get(ctx context.Context, name string, max int) (data, note []byte, err error) {
	if err := ctx.Err(); err != nil {
		return nil, nil, err
	}
	if err := CheckName(name); err != nil {
		return nil, nil, err
	}
	data, err = f.read(name, max)
	if err == nil {
		return data, f.note(name), nil
	}
	if errors.Is(err, ErrDamaged) && f.alive() == nil {
		f.mark(name)
	}
	return nil, nil, fmt.Errorf("get %s: %w", name, f.explain(err))
}

// explain says what an error of reading means: a file that is missing or wrong
// proves nothing where the whole folder is gone.
func (f *Folder) explain(err error) error {
	absent := errors.Is(err, fs.ErrNotExist)
	if absent || errors.Is(err, ErrDamaged) {
		if gone := f.alive(); gone != nil {
			return gone
		}
	}
	if absent {
		return ErrAbsent
	}
	return classify(err)
}

// read reads a regular file and checks it against its name. What cannot be read
// (a bad sector) counts as damaged like what reads wrong.
func (f *Folder) read(name string, max int) ([]byte, error) {
	info, err := f.root.Lstat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // opening a pipe would block
		return nil, ErrDamaged
	}
	file, err := f.root.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, int64(max)+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	case len(data) > max:
		return nil, ErrSize
	case !Matches(name, data):
		return nil, ErrDamaged
	}
	return data, nil
}

// mark notes that an object is damaged. It is a hint only: where it cannot be
// written, the next reader finds the damage again.
func (f *Folder) mark(name string) {
	if file, err := f.root.OpenFile(name+marker, os.O_CREATE|os.O_WRONLY, 0o644); err == nil {
		file.Close()
	}
}
