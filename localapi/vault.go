package localapi

import (
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"
)

// Bounds of the files held in memory.
const (
	maxUpload   = 64 << 20
	maxDownload = 256 << 20
	maxVault    = 384 << 20
	vaultLife   = 30 * time.Minute
)

// vault holds files between two requests: in memory only, for a while, and wiped when the workspace is locked.
type vault struct {
	now func() time.Time

	mu    sync.Mutex
	files map[string]*file
	bytes int64
}

// file is one of them. Its bytes are in pieces, so that growing leaves no copies behind.
type file struct {
	name   string
	pieces [][]byte
	size   int64
	until  time.Time
	users  int
	gone   bool // wiped as soon as nobody reads it any more
}

var (
	errNoFile   = problem(http.StatusNotFound, "missing", "This file is not there any more.", "Choose it again.")
	errVault    = problem(http.StatusInsufficientStorage, "full", "Too many files wait in memory.", "Finish or leave what they were chosen for, then try again.")
	errTooLarge = problem(http.StatusRequestEntityTooLarge, "too_large", "This file is larger than is taken.", "Divide it into several.")
	errDownload = problem(http.StatusRequestEntityTooLarge, "too_large", "This file would be larger than a browser gets at once.", "Use the window or the command line, which write it to the disk.")
)

// piece is how much of a file lies together.
const piece = 1 << 20

// keep takes a file in and gives its id.
func (v *vault) keep(name string, f *file) (string, error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.sweep()
	if v.bytes+f.size > maxVault {
		f.wipe()
		return "", errVault
	}
	if v.files == nil {
		v.files = map[string]*file{}
	}
	id := rand.Text()
	f.name, f.until = name, v.now().Add(vaultLife)
	v.files[id], v.bytes = f, v.bytes+f.size
	return id, nil
}

// borrow gives a file to read; done ends that. once: nobody gets it again.
func (v *vault) borrow(id string, once bool) (f *file, done func(), err error) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.sweep()
	f = v.files[id]
	if f == nil {
		return nil, nil, errNoFile
	}
	f.users++
	f.until = v.now().Add(vaultLife)
	if once {
		v.drop(id)
	}
	return f, func() {
		v.mu.Lock()
		defer v.mu.Unlock()
		if f.users--; f.users == 0 && f.gone {
			f.wipe()
		}
	}, nil
}

// wipe lets go of all files.
func (v *vault) wipe() {
	v.mu.Lock()
	defer v.mu.Unlock()
	for id := range v.files {
		v.drop(id)
	}
}

// sweep lets go of files that nobody asked for in time.
func (v *vault) sweep() {
	for id, f := range v.files {
		if v.now().After(f.until) {
			v.drop(id)
		}
	}
}

func (v *vault) drop(id string) {
	f := v.files[id]
	delete(v.files, id)
	v.bytes -= f.size
	if f.gone = true; f.users == 0 {
		f.wipe()
	}
}

func (f *file) wipe() {
	for _, p := range f.pieces {
		clear(p)
	}
	f.pieces = nil
}

// Write adds bytes, up to the size of a download.
func (f *file) Write(data []byte) (int, error) {
	if f.size+int64(len(data)) > maxDownload {
		return 0, errDownload
	}
	for rest := data; len(rest) > 0; {
		at := int(f.size % piece)
		if at == 0 {
			f.pieces = append(f.pieces, make([]byte, piece))
		}
		n := copy(f.pieces[len(f.pieces)-1][at:], rest)
		f.size, rest = f.size+int64(n), rest[n:]
	}
	return len(data), nil
}

// ReadAt reads bytes from anywhere.
func (f *file) ReadAt(data []byte, at int64) (n int, err error) {
	if at < 0 {
		return 0, errors.New("a file begins at 0")
	}
	for n < len(data) && at < f.size {
		within := f.pieces[at/piece][at%piece:]
		m := copy(data[n:], within[:min(int64(len(within)), f.size-at)])
		n, at = n+m, at+int64(m)
	}
	if n < len(data) {
		return n, io.EOF
	}
	return n, nil
}

// reader reads all of the file.
func (f *file) reader() *io.SectionReader { return io.NewSectionReader(f, 0, f.size) }
