package eventstore

import (
	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// gatherVFS gathers what is written to the write-ahead log between two syncs, and writes it in one piece. A store has two of
// them, one on each side of the encryption.
//
// Above it are the frames. SQLite writes each in two parts, of which neither begins or ends where a block does. The
// encryption reads, decrypts, encrypts and writes every block that such a part touches, three for each frame, under file
// locks. In one piece each block of a commit is encrypted and written once. An edit touches about 25 pages.
//
// Below it are the blocks that the encryption writes one by one: 25 calls of the operating system become one.
//
// It changes no promise: what is gathered is written before a sync is asked for, and with synchronous=FULL no commit is
// acknowledged, or shown to other connections, before its sync. Between two syncs the order of writes is nobody's promise.
type gatherVFS struct {
	vfs.VFS
	waits func(f *gatherFile, off int64) bool // whether a write may start a run
	parts bool                                // what may not wait is written in parts of blocks, so that it does not wait below either
}

// Open opens a file without a name.
func (v gatherVFS) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	return vfsutil.WrapOpen(v.VFS, name, flags)
}

// OpenFilename opens a file, and stands between if it is the write-ahead log.
func (v gatherVFS) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := vfsutil.WrapOpenFilename(v.VFS, name, flags)
	if err == nil && flags&vfs.OPEN_WAL != 0 {
		f = &gatherFile{File: f, waits: v.waits, parts: v.parts, read: -1}
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
	waits func(f *gatherFile, off int64) bool
	parts bool
	run   []byte
	start int64 // of the run in the file
	read  int64 // where was read last
}

func (f *gatherFile) end() int64 { return f.start + int64(len(f.run)) }

// wholeFrames lets a frame wait from its start. SQLite shows the end of a frame that a sync has cut in two to other
// connections without a further sync: that must not wait.
func wholeFrames(_ *gatherFile, off int64) bool {
	return off >= walHeader && (off-walHeader)%(frameHeader+blockSize) == 0
}

// newBlocks lets a block wait that is written as a whole. Of one that is changed in part, which the encryption reads just
// before, the rest may be committed: others read it, under a lock held for the time of the write.
func newBlocks(f *gatherFile, off int64) bool { return off != f.read }

// WriteAt adds to the run what continues or corrects it, and writes anything else.
func (f *gatherFile) WriteAt(p []byte, off int64) (int, error) {
	if len(f.run) > 0 && (off < f.start || off > f.end() || off+int64(len(p)) > f.start+gatherMax) {
		if err := f.flush(); err != nil {
			return 0, err
		}
	}
	if len(f.run) == 0 {
		if !f.waits(f, off) {
			return f.through(p, off)
		}
		f.start = off
	}
	at := int(off - f.start)
	n := copy(f.run[at:], p)
	f.run = append(f.run, p[n:]...)
	return len(p), nil
}

// through writes what may not wait. A sync can cut a frame exactly between its header and its page, and the page then begins
// where a block does: the encryption would write it as a whole, and below it would wait for a sync that does not come.
func (f *gatherFile) through(p []byte, off int64) (int, error) {
	if !f.parts || off%blockSize != 0 || len(p) < blockSize {
		return f.File.WriteAt(p, off)
	}
	n, err := f.File.WriteAt(p[:blockSize/2], off)
	if err != nil {
		return n, err
	}
	m, err := f.File.WriteAt(p[n:], off+int64(n))
	return n + m, err
}

// ReadAt reads from the run what is in it.
func (f *gatherFile) ReadAt(p []byte, off int64) (int, error) {
	f.read = off
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
