//go:build !windows

package syncserver

import (
	"errors"
	"fmt"
	"io/fs"
	"syscall"
)

// classify adds this package's sentinel to an error of the operating system.
func classify(err error) error {
	switch {
	case err == nil, errors.Is(err, ErrAbsent), errors.Is(err, ErrDamaged), errors.Is(err, ErrSize):
		return err
	case is(err, syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG):
		return fmt.Errorf("%w: %w", ErrFull, err)
	case is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%w: %w", ErrReadOnly, err)
	case errors.Is(err, fs.ErrNotExist), is(err, syscall.ENODEV, syscall.ENXIO, syscall.EIO,
		syscall.ESTALE, syscall.ENOTCONN, syscall.ENOTDIR, syscall.EHOSTDOWN, syscall.ETIMEDOUT):
		return fmt.Errorf("%w: %w", ErrGone, err)
	}
	return err
}

// unsupported says whether the file system cannot sync a folder.
func unsupported(err error) bool {
	return is(err, syscall.EINVAL, syscall.ENOTSUP, syscall.ENOSYS)
}

func is(err error, codes ...syscall.Errno) bool {
	for _, code := range codes {
		if errors.Is(err, code) {
			return true
		}
	}
	return false
}
