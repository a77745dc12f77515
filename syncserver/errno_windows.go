package syncserver

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// Error codes of Windows (winerror.h) that package syscall does not name.
const (
	errWriteProtect   = syscall.Errno(19)
	errNotReady       = syscall.Errno(21)
	errHandleDiskFull = syscall.Errno(39)
	errBadNetPath     = syscall.Errno(53)
	errDeviceGone     = syscall.Errno(55)
	errDiskFull       = syscall.Errno(112)
	errNoSuchDevice   = syscall.Errno(433)
	errNotConnected   = syscall.Errno(1167)
)

// classify adds this package's sentinel to an error of the operating system.
func classify(err error) error {
	switch {
	case err == nil, errors.Is(err, ErrAbsent), errors.Is(err, ErrDamaged), errors.Is(err, ErrSize):
		return err
	case is(err, errDiskFull, errHandleDiskFull):
		return fmt.Errorf("%w: %w", ErrFull, err)
	case is(err, errWriteProtect), errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	case errors.Is(err, fs.ErrNotExist), is(err, errNotReady, errBadNetPath, errDeviceGone, errNoSuchDevice, errNotConnected):
		return fmt.Errorf("%w: %w", ErrGone, err)
	}
	return err
}

// unsupported says whether the file system cannot sync a folder. Windows lets
// nobody flush the handle of one.
func unsupported(error) bool { return true }

func is(err error, codes ...syscall.Errno) bool {
	for _, code := range codes {
		if errors.Is(err, code) {
			return true
		}
	}
	return false
}
