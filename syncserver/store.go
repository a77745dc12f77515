package syncserver

import (
	"context"
	"errors"
)

// Errors of stores. Stores wrap them with what was being done.
var (
	// ErrExists says that Create found the object there already, whole.
	ErrExists = errors.New("object exists already")
	// ErrAbsent says that there is no object of that name.
	ErrAbsent = errors.New("no such object")
	// ErrDamaged says that the bytes found do not match their name.
	ErrDamaged = errors.New("object does not match its name")
	// ErrSize says that an object is larger than the caller accepts.
	ErrSize = errors.New("object too large")
	// ErrName says that a name is not one a store accepts, or does not end in
	// the hash of the bytes given with it.
	ErrName = errors.New("not a name for this object")
	// ErrFull says that there is no room left in the store.
	ErrFull = errors.New("no room left; free space or use another folder or stick")
	// ErrReadOnly says that the store may not be written.
	ErrReadOnly = errors.New("write-protected; make the folder or stick writable")
	// ErrGone says that the store is not there (any more): a stick pulled out,
	// a network share that is gone.
	ErrGone = errors.New("folder is not there; put the stick in or connect the share, then sync again")
)

// MaxNote is the most bytes that a note may have: what S3 takes as metadata,
// in base64, with room to spare.
const MaxNote = 1 << 10

// Entry is one object in a listing.
type Entry struct {
	// Name is the object's name, relative to the folder that was listed.
	Name string
	// Size is the number of bytes stored, 0 where the store does not look
	// (FolderConfig.Sizes). A damaged object may have any size.
	Size int64
	// Damaged says that an earlier Get found bytes that do not match the name.
	// It is a hint: false proves nothing, and Get has the last word.
	Damaged bool
}

// Store keeps the objects of workspaces.
//
// Names are slash-separated elements of lower letters, digits, dashes and
// dots that start with none of the latter two; the last element, and no other,
// ends in "-" and the 64 lower hex digits of the SHA-256 of the object's bytes.
//
// A note is a few bytes kept with an object that its name does not cover, such
// as a receipt. Whoever can write the store past this code can write notes too:
// a reader checks them like anything from outside.
//
// Every Store keeps this contract, which package storetest checks:
//
//   - Create-only: an object is never changed and never removed. Two writers
//     of one name write the same bytes, so it does not matter who comes first.
//     The first writer's note stays, also if that is none.
//   - Durable: what Create stored survives a power cut once Create returned
//     nil or ErrExists. When it returns another error the object is there
//     whole or not at all, and Create may be repeated.
//   - List after create: what Create stored is in every listing that starts
//     after it returned (in the same region; other regions follow later).
//   - Absent rather than wrong: Get gives bytes that match the name, or an
//     error. Create over bytes that do not match their name puts the right
//     ones in their place. A note that is damaged or too long is none.
//   - Foreign files are left alone and are not listed.
//   - Concurrent use by many goroutines and processes is safe.
type Store interface {
	// Create stores an object with a note of at most MaxNote bytes; nil for
	// none. ErrExists: it was there, whole. ErrName: the name is not allowed or
	// does not end in the hash of data. ErrSize: the note is too long.
	// ErrDamaged: something lies in its place that cannot be replaced.
	Create(ctx context.Context, name string, data, note []byte) error
	// Get reads an object of at most max bytes, and its note. It gives
	// ErrAbsent, ErrDamaged or ErrSize where there is no such object.
	Get(ctx context.Context, name string, max int) (data, note []byte, err error)
	// Note reads the note alone, without the object's bytes, which may
	// therefore be damaged. Nil: there is none. ErrAbsent: there is no such object.
	Note(ctx context.Context, name string) ([]byte, error)
	// List gives the objects below a folder, at any depth, whose names relative
	// to it sort after after, which need not be a name itself; sorted by bytes,
	// at most limit. Fewer mean that there are no more. A folder that is not
	// there is empty.
	List(ctx context.Context, folder, after string, limit int) ([]Entry, error)
}
