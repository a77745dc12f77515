package eventstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/ncruces/go-sqlite3"
)

// ErrBusy says that another process holds the workspace.
var ErrBusy = errors.New("the workspace is open in another process")

// ErrNewerFormat says that a newer version of the program wrote the log; it is left as it is.
var ErrNewerFormat = errors.New("the log was written by a newer version of the program")

// ErrKey says that the database key does not open the file.
var ErrKey = errors.New("the database key does not open this file")

// ErrDamaged says that the file, or what it holds, is not what was written.
var ErrDamaged = errors.New("the log is damaged")

// ErrFull says that the disk is full; nothing of the transaction was kept.
var ErrFull = errors.New("the disk is full")

// ErrReadOnly says that the file or its folder can't be written.
var ErrReadOnly = errors.New("the log can't be written")

// ErrDisk says that the disk failed. After a failed commit a store takes no more writes until it is opened again, since
// only opening tells what the disk holds.
var ErrDisk = errors.New("the disk failed")

// ErrStale says that an append does not continue the tip of a branch.
var ErrStale = errors.New("the append does not continue the tip of its feed")

// ErrHole says that envelopes or segments between those held and those given are missing.
var ErrHole = errors.New("earlier envelopes of the feed are missing")

// ErrChain says that envelopes given together do not form one chain of one feed of this workspace.
var ErrChain = errors.New("the envelopes are not one chain")

// ErrUnsigned says that a transaction would leave appended envelopes without a signed head.
var ErrUnsigned = errors.New("the appended envelopes have no signed head")

// ErrNotFound says that a position or branch is not in the log.
var ErrNotFound = errors.New("not in the log")

// ErrClosed says that the store was closed.
var ErrClosed = errors.New("the log is closed")

// fail wraps err with what was being done and, where SQLite's code has one, the typed error a caller can act on.
func fail(doing string, err error) error {
	if err == nil {
		return nil
	}
	if kind := kindOf(err); kind != nil && !errors.Is(err, kind) {
		return fmt.Errorf("%s: %w: %w", doing, kind, err)
	}
	return fmt.Errorf("%s: %w", doing, err)
}

func kindOf(err error) error {
	switch {
	case errors.Is(err, sqlite3.FULL):
		return ErrFull
	case errors.Is(err, sqlite3.READONLY):
		return ErrReadOnly
	case errors.Is(err, sqlite3.CORRUPT), errors.Is(err, sqlite3.NOTADB):
		return ErrDamaged
	case errors.Is(err, sqlite3.CANTOPEN) && errors.Is(err, fs.ErrPermission):
		return ErrReadOnly
	case errors.Is(err, sqlite3.IOERR), errors.Is(err, sqlite3.CANTOPEN):
		return ErrDisk
	case errors.Is(err, sqlite3.BUSY):
		return ErrBusy
	case errors.Is(err, sqlite3.INTERRUPT):
		return context.Canceled
	}
	return nil
}
