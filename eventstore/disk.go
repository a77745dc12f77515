package eventstore

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/ncruces/go-sqlite3/vfs"
)

// file is what repair and the checks before opening need of a file.
type file interface {
	io.ReaderAt
	io.Closer
	Size() (int64, error)
	Truncate(size int64) error
	Sync(flags vfs.SyncFlag) error
}

// disk opens the database's files beside SQLite: on the operating system, or on the VFS a test put in its place.
type disk struct{ base vfs.VFS }

func findDisk(base string) (disk, error) {
	if base == "" {
		return disk{}, nil
	}
	found := vfs.Find(base)
	if found == nil {
		return disk{}, fmt.Errorf("no VFS is named %q", base)
	}
	return disk{found}, nil
}

// open opens an existing file to read and, if that is allowed, to cut.
func (d disk) open(path string) (file, error) {
	if d.base != nil {
		f, _, err := d.base.Open(path, vfs.OPEN_READWRITE|vfs.OPEN_WAL)
		return f, err
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, fs.ErrPermission) || isReadOnlyDisk(err) {
		f, err = os.Open(path)
	}
	if err != nil {
		return nil, err
	}
	return osFile{f}, nil
}

// private lets only the owner read the files that SQLite made.
func (d disk) private(path string) error {
	if d.base != nil {
		return nil
	}
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Chmod(name, 0o600); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// size is the size in bytes, 0 for a file that does not exist.
func (d disk) size(path string) (int64, error) {
	if d.base != nil {
		if there, err := d.base.Access(path, vfs.ACCESS_EXISTS); err != nil || !there {
			return 0, err
		}
	} else if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	f, err := d.open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	return f.Size()
}

// read fills b from the start of a file as far as it goes, not at all if it does not exist.
func (d disk) read(path string, b []byte) (int, error) {
	if size, err := d.size(path); err != nil || size == 0 {
		return 0, err
	}
	f, err := d.open(path)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	n, err := f.ReadAt(b, 0)
	if err == io.EOF {
		err = nil
	}
	return n, err
}

// osFile gives an operating system's file the shape of a VFS file.
type osFile struct{ *os.File }

// Size is the size in bytes.
func (f osFile) Size() (int64, error) {
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Sync waits until the file is on the disk.
func (f osFile) Sync(vfs.SyncFlag) error { return f.File.Sync() }

func isReadOnlyDisk(err error) bool { return errors.Is(err, syscall.EROFS) }

func isFull(err error) bool { return errors.Is(err, syscall.ENOSPC) }
