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

// Entry is one object in a listing.
type Entry struct {
	// Name is the last element of the object's name.
	Name string
	// Damaged says that an earlier Get found bytes that do not match the name.
	// It is a hint: false proves nothing, and Get has the last word.
	Damaged bool
}

// Store keeps the objects of workspaces.
//
// Names are slash-separated elements of lower letters, digits, dashes and
// dots that start with none of the latter two; the last element ends in "-"
// and the 64 lower hex digits of the SHA-256 of the object's bytes.
//
// Every Store keeps this contract, which package storetest checks:
//
//   - Create-only: an object is never changed and never removed. Two writers
//     of one name write the same bytes, so it does not matter who comes first.
//   - Durable: what Create stored survives a power cut once Create returned
//     nil or ErrExists. When it returns another error the object is there
//     whole or not at all, and Create may be repeated.
//   - List after create: what Create stored is in every listing that starts
//     after it returned (in the same region; other regions follow later).
//   - Absent rather than wrong: Get gives bytes that match the name, or an
//     error. Create over bytes that do not match their name puts the right
//     ones in their place.
//   - Foreign files are left alone and are not listed.
//   - Concurrent use by many goroutines and processes is safe.
type Store interface {
	// Create stores an object. ErrExists: it was there, whole. ErrName: the
	// name is not allowed or does not end in the hash of data. ErrDamaged:
	// something lies in its place that cannot be replaced.
	Create(ctx context.Context, name string, data []byte) error
	// Get reads an object of at most max bytes. It gives ErrAbsent, ErrDamaged
	// or ErrSize where there is no such object.
	Get(ctx context.Context, name string, max int) ([]byte, error)
	// List gives the objects directly in a folder whose last element sorts
	// after after, sorted, at most limit; fewer means that there are no more. A
	// folder that is not there is empty.
	List(ctx context.Context, folder, after string, limit int) ([]Entry, error)
	// Folders gives the folders directly in a folder the same way.
	Folders(ctx context.Context, folder, after string, limit int) ([]string, error)
}
