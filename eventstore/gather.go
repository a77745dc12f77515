package eventstore

import (
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// gatherVFS lies between SQLite and the encryption and hands the frames of a commit to it in one piece.
//
// SQLite writes each frame of the write-ahead log in two parts, of which neither begins or ends where a block does. The
// encryption reads, decrypts, encrypts and writes every block that such a part touches, three for each frame, under file
// locks. In one piece each block of a commit is encrypted and written once. An edit touches about 18 pages.
//
// It changes no promise: what is gathered is written before a sync is asked for, and with synchronous=FULL no commit is
// acknowledged, or shown to other connections, before its sync. Between two syncs the order of writes is nobody's promise.
type gatherVFS struct{ vfs.VFS }

// Open opens a file without a name.
func (v gatherVFS) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	return vfsutil.WrapOpen(v.VFS, name, flags)
}

// OpenFilename opens a file, and stands between if it is the write-ahead log.
func (v gatherVFS) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := vfsutil.WrapOpenFilename(v.VFS, name, flags)
	if err == nil && flags&vfs.OPEN_WAL != 0 {
		f = &gatherFile{File: f}
	}
	return f, flags, err
}

const (
	// walHeader and frameHeader are lengths in the write-ahead log (SQLite file format, sections 4.1 and 4.2).
	walHeader   = 32
	frameHeader = 24
	// gatherMax bounds what is held, in bytes; a larger transaction is written in several pieces.
	gatherMax = 256 << 10
)

// gatherFile is a write-ahead log as one connection sees it: the file, and over it one run of bytes not yet written.
type gatherFile struct {
	vfs.File
	run   []byte
	start int64 // of the run in the file
}

func (f *gatherFile) end() int64 { return f.start + int64(len(f.run)) }

// begins tells whether a write starts a frame. Only those start a run: SQLite shows the end of a frame that a sync has cut
// in two to other connections without a further sync, so that it must not wait.
func begins(off int64) bool {
	return off >= walHeader && (off-walHeader)%(frameHeader+blockSize) == 0
}

// WriteAt adds to the run what continues or corrects it, and writes anything else.
func (f *gatherFile) WriteAt(p []byte, off int64) (int, error) {
	if len(f.run) > 0 && (off < f.start || off > f.end() || off+int64(len(p)) > f.start+gatherMax) {
		if err := f.flush(); err != nil {
			return 0, err
		}
	}
	if len(f.run) == 0 {
		if !begins(off) {
			return f.File.WriteAt(p, off)
		}
		f.start = off
	}
	at := int(off - f.start)
	n := copy(f.run[at:], p)
	f.run = append(f.run, p[n:]...)
	return len(p), nil
}

// ReadAt reads from the run what is in it.
func (f *gatherFile) ReadAt(p []byte, off int64) (int, error) {
	end := off + int64(len(p))
	switch {
	case len(f.run) == 0 || end <= f.start || off >= f.end():
		return f.File.ReadAt(p, off)
	case off >= f.start && end <= f.end():
		return copy(p, f.run[off-f.start:]), nil
	}
	if err := f.flush(); err != nil {
		return 0, err
	}
	return f.File.ReadAt(p, off)
}

// flush writes the run. What a failed write has left of it is written again by the next one.
func (f *gatherFile) flush() error {
	if len(f.run) == 0 {
		return nil
	}
	_, err := f.File.WriteAt(f.run, f.start)
	if err == nil {
		f.run = f.run[:0]
	}
	return err
}

// Sync writes the run and then what the system holds back. If it fails, SQLite undoes the transaction: the run is let go.
func (f *gatherFile) Sync(flags vfs.SyncFlag) error {
	err := f.flush()
	f.run = f.run[:0]
	if err != nil {
		return err
	}
	return f.File.Sync(flags)
}

// Size is that of the file with the run in it.
func (f *gatherFile) Size() (int64, error) {
	if err := f.flush(); err != nil {
		return 0, err
	}
	return f.File.Size()
}

// Truncate cuts the file with the run in it.
func (f *gatherFile) Truncate(size int64) error {
	if err := f.flush(); err != nil {
		return err
	}
	return f.File.Truncate(size)
}
