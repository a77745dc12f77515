package testkit

import (
	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// file is an open file of a Disk.
type file struct {
	disk *Disk
	node *node
	lock vfs.LockLevel
	shm  vfs.SharedMemory
	// folder tells that the next sync is one of the folder too, as on the operating system's VFS for a new journal.
	folder bool
}

var _ vfs.FileSharedMemory = (*file)(nil)

func newFile(d *Disk, n *node, name string, flags vfs.OpenFlag) *file {
	const journals = vfs.OPEN_MAIN_JOURNAL | vfs.OPEN_SUPER_JOURNAL | vfs.OPEN_WAL
	f := &file{disk: d, node: n, folder: flags&vfs.OPEN_CREATE != 0 && flags&journals != 0}
	if name != "" {
		f.shm = vfs.NewSharedMemory(name+"-shm", flags)
	}
	return f
}

// Close lets go of locks and shared memory.
func (f *file) Close() error {
	if f.shm != nil {
		f.shm.Close() // it is not open unless the file was used with a write-ahead log
	}
	return f.Unlock(vfs.LOCK_NONE)
}

// ReadAt reads what was written last, synced or not.
func (f *file) ReadAt(p []byte, off int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	if f.disk.dead() {
		return 0, sqlite3.IOERR_READ
	}
	return f.node.readAt(p, off)
}

// WriteAt writes; the write is lost at a power cut unless a sync follows.
func (f *file) WriteAt(p []byte, off int64) (int, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	before := f.disk.dead()
	kind := f.disk.step()
	switch kind {
	case None:
		f.node.change(change{off, p})
		return len(p), nil
	case Full:
		f.node.change(change{off, p[:len(p)/2]})
	case PowerCut:
		if !before {
			f.node.change(change{off, p})
		}
	}
	return 0, refuse(kind, sqlite3.IOERR_WRITE)
}

// Truncate cuts the file; like a write it needs a sync.
func (f *file) Truncate(size int64) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	kind := f.disk.step()
	if kind == None {
		f.node.change(change{size, nil})
	}
	return refuse(kind, sqlite3.IOERR_TRUNCATE)
}

// Sync makes the file durable, and the folder if that is due.
func (f *file) Sync(vfs.SyncFlag) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	kind := f.disk.step()
	if kind == None {
		f.node.sync()
		if f.folder {
			f.disk.syncFolder()
			f.folder = false
		}
	}
	return refuse(kind, sqlite3.IOERR_FSYNC)
}

// Size is the size in bytes.
func (f *file) Size() (int64, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	return int64(len(f.node.data)), nil
}

// SectorSize is what a power cut tears a write at.
func (f *file) SectorSize() int { return sector }

// DeviceCharacteristics promises nothing: the worst disk SQLite knows.
func (f *file) DeviceCharacteristics() vfs.DeviceCharacteristic { return 0 }

// SharedMemory is the index of a write-ahead log.
func (f *file) SharedMemory() vfs.SharedMemory { return f.shm }

// locks are the locks that files hold on a node.
type locks struct {
	shared   int
	reserved *file
	pending  *file
}

// Lock raises the lock on the file, or gives sqlite3.BUSY.
func (f *file) Lock(level vfs.LockLevel) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	l := &f.node.locks
	switch {
	case level <= f.lock:
		return nil
	case level == vfs.LOCK_SHARED:
		if l.pending != nil {
			return sqlite3.BUSY
		}
		l.shared++
	case level == vfs.LOCK_RESERVED:
		if l.reserved != nil {
			return sqlite3.BUSY
		}
		l.reserved = f
	default:
		if (l.reserved != nil && l.reserved != f) || (l.pending != nil && l.pending != f) {
			return sqlite3.BUSY
		}
		if l.pending = f; l.shared > 1 {
			f.lock = vfs.LOCK_PENDING
			return sqlite3.BUSY
		}
	}
	f.lock = level
	return nil
}

// Unlock lowers the lock on the file.
func (f *file) Unlock(level vfs.LockLevel) error {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	l := &f.node.locks
	if level >= f.lock {
		return nil
	}
	if l.reserved == f {
		l.reserved = nil
	}
	if l.pending == f {
		l.pending = nil
	}
	if level == vfs.LOCK_NONE {
		l.shared--
	}
	f.lock = level
	return nil
}

// CheckReservedLock tells whether somebody is about to write.
func (f *file) CheckReservedLock() (bool, error) {
	f.disk.mu.Lock()
	defer f.disk.mu.Unlock()
	return f.node.locks.reserved != nil, nil
}
