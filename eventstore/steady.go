package eventstore

import (
	"sync"

	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// steadyVFS lies between the encryption and the disk and keeps a failed write from taking with it what was committed.
//
// A frame of the write-ahead log is 24 bytes longer than a block, so that each frame begins in the block where the one
// before ends. Writing a frame rewrites that block as a whole; if the disk fills up half way, the block no longer decrypts,
// and the last committed frame, which readers still use and a checkpoint copies into the database, is lost with it. This
// was seen to damage logs. So what such a block held before is kept, and read, until a later write puts it right. After a
// crash it is not needed: SQLite writes the last frame of each commit twice, and recovery does with the first.
type steadyVFS struct {
	vfs.VFS
	rescued *rescued
}

// rescued are the blocks that a failed write may have torn, by offset, as they were before. A store has one write-ahead
// log, which its connections share.
type rescued struct {
	mu     sync.RWMutex
	blocks map[int64][]byte
}

// Open opens a file without a name.
func (v steadyVFS) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	return vfsutil.WrapOpen(v.VFS, name, flags)
}

// OpenFilename opens a file, and stands between if it is the write-ahead log.
func (v steadyVFS) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := vfsutil.WrapOpenFilename(v.VFS, name, flags)
	if err == nil && flags&vfs.OPEN_WAL != 0 {
		f = &steadyFile{File: f, rescued: v.rescued}
	}
	return f, flags, err
}

// steadyFile is a write-ahead log, read and written in whole blocks by one connection.
type steadyFile struct {
	vfs.File
	rescued *rescued
	// last is the block read last: the encryption reads what it is about to write in part.
	last    [blockSize]byte
	lastOff int64
	lastOK  bool
}

// ReadAt reads a block, as it was before a write to it failed.
func (f *steadyFile) ReadAt(p []byte, off int64) (int, error) {
	f.lastOK = false
	if block := f.rescued.get(off); block != nil {
		copy(p, block)
	} else if n, err := f.File.ReadAt(p, off); err != nil || n != blockSize {
		return n, err
	}
	f.lastOK, f.lastOff = copy(f.last[:], p) == blockSize, off
	return len(p), nil
}

// WriteAt writes a block, or keeps what it held.
func (f *steadyFile) WriteAt(p []byte, off int64) (int, error) {
	n, err := f.File.WriteAt(p, off)
	switch {
	case err == nil:
		f.rescued.drop(off, off)
	case f.lastOK && f.lastOff == off:
		f.rescued.keep(off, f.last[:])
	}
	return n, err
}

// Truncate cuts the file.
func (f *steadyFile) Truncate(size int64) error {
	err := f.File.Truncate(size)
	if err == nil {
		f.rescued.drop(size, 1<<62)
	}
	return err
}

func (r *rescued) get(off int64) []byte {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.blocks[off]
}

func (r *rescued) keep(off int64, block []byte) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.blocks == nil {
		r.blocks = map[int64][]byte{}
	}
	if r.blocks[off] == nil {
		r.blocks[off] = append([]byte(nil), block...)
	}
}

// drop forgets the blocks from one offset to another.
func (r *rescued) drop(from, to int64) {
	r.mu.RLock()
	empty := len(r.blocks) == 0
	r.mu.RUnlock()
	if empty {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for off := range r.blocks {
		if from <= off && off <= to {
			delete(r.blocks, off)
		}
	}
}
