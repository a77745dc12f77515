package syncproto

import (
	"bytes"
	"fmt"
)

// Mode says what a service does with the segments of a workspace.
type Mode string

// The modes of a service.
const (
	// Merging: an owner granted the service a key; it opens events and merges
	// documents.
	Merging Mode = "merging"
	// Sealed: it moves ciphertext, and laptops merge.
	Sealed Mode = "sealed"
)

// Limits of what a service says about itself.
const (
	// MaxFailed bounds the documents named in Service.Failed.
	MaxFailed = 64
	// maxMode bounds the name of a mode, in bytes.
	maxMode = 16
)

// Service is what a service says about itself and the workspace's documents.
type Service struct {
	// Mode is the service's in this workspace. Readers show one they do not know.
	Mode Mode
	// Documents counts the documents that it keeps; 0 when sealed.
	Documents uint64
	// Digest is the Root of the Tree of its documents.
	Digest Hash
	// Complete says that every event held was opened and merged, so that Digest
	// may be compared with a device's that holds the same.
	Complete bool
	// Unopened counts the events it holds and could not open or merge; 0 when
	// sealed, where it opens none.
	Unopened uint64
	// Failed names, sorted, documents on which its engine failed; MaxFailed at most.
	Failed [][16]byte
	// Time is the service's clock, in ms since 1970 UTC.
	Time int64
}

// check says whether what a service says keeps the limits; nil does.
func (s *Service) check() error {
	if s == nil {
		return nil
	}
	if s.Mode == "" || len(s.Mode) > maxMode || !printable(string(s.Mode)) {
		return fmt.Errorf("%w: service without a readable mode", ErrMalformed)
	}
	if len(s.Failed) > MaxFailed {
		return fmt.Errorf("%w: %d failed documents", ErrLimit, len(s.Failed))
	}
	for i := range s.Failed {
		if i > 0 && bytes.Compare(s.Failed[i-1][:], s.Failed[i][:]) >= 0 {
			return fmt.Errorf("%w: failed documents out of order", ErrMalformed)
		}
	}
	return nil
}
