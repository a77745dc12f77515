package eventstore

import (
	"sync"

	"github.com/ncruces/go-sqlite3/util/vfsutil"
	"github.com/ncruces/go-sqlite3/vfs"
)

// blockLocks keep the encryption of one connection from reading a block while that of another rewrites it for the sake of a part
// of it. The library takes locks of the operating system for that, four calls for each page read, because other processes
// might use the file. Here the workspace's file lock lets one process write, whose connections all share these.
type blockLocks [64]sync.RWMutex

// blockVFS gives databases the locks of their store.
type blockVFS struct {
	vfs.VFS
	locks *blockLocks
}

// Open opens a file without a name.
func (v blockVFS) Open(name string, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	return vfsutil.WrapOpen(v.VFS, name, flags)
}

// OpenFilename opens a file; the encryption asks the database for the locks, also those of its write-ahead log.
func (v blockVFS) OpenFilename(name *vfs.Filename, flags vfs.OpenFlag) (vfs.File, vfs.OpenFlag, error) {
	f, flags, err := vfsutil.WrapOpenFilename(v.VFS, name, flags)
	if err != nil || flags&vfs.OPEN_MAIN_DB == 0 {
		return f, flags, err
	}
	if shm := vfsutil.WrapSharedMemory(f); shm != nil {
		f = &databaseFile{File: f, shm: &sharedMemory{SharedMemory: shm, locks: v.locks}}
	}
	return f, flags, nil
}

// databaseFile is a database of which one connection's encryption asks for locks here.
type databaseFile struct {
	vfs.File
	shm *sharedMemory
}

// SharedMemory is the index of the write-ahead log.
func (f *databaseFile) SharedMemory() vfs.SharedMemory { return f.shm }

// Unwrap is the file below.
func (f *databaseFile) Unwrap() vfs.File { return f.File }

// LockState is that of the file below.
func (f *databaseFile) LockState() vfs.LockLevel { return vfsutil.WrapLockState(f.File) }

// SizeHint tells the file below how long it will be.
func (f *databaseFile) SizeHint(size int64) error { return vfsutil.WrapSizeHint(f.File, size) }

// HasMoved asks the file below.
func (f *databaseFile) HasMoved() (bool, error) { return vfsutil.WrapHasMoved(f.File) }

// sharedMemory is one connection's index of the write-ahead log. The connection holds one lock on blocks at a time.
type sharedMemory struct {
	vfs.SharedMemory
	locks  *blockLocks
	writes bool // the lock held is exclusive
}

// IOLock takes or gives back the lock on the block at an offset.
func (s *sharedMemory) IOLock(level vfs.LockLevel, off int64) error {
	lock := &s.locks[off/blockSize%int64(len(s.locks))]
	switch {
	case level == vfs.LOCK_SHARED:
		lock.RLock()
	case level == vfs.LOCK_EXCLUSIVE:
		lock.Lock()
		s.writes = true
	case s.writes:
		s.writes = false
		lock.Unlock()
	default:
		lock.RUnlock()
	}
	return nil
}
