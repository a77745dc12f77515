//go:build !cgo || !(linux || darwin) || !(amd64 || arm64)

package crdt

import (
	"fmt"

	"fieldbook/record"
)

// Automerge is the engine on automerge-go's core, which does not exist for this platform.
type Automerge struct{}

// NewAutomerge gives ErrEngine: use NewPure.
func NewAutomerge([32]byte) (*Automerge, error) {
	return nil, fmt.Errorf("automerge is not available on this platform: %w", ErrEngine)
}

// New gives ErrEngine.
func (*Automerge) New(record.ID) (Document, error) { return nil, ErrEngine }

// Load gives ErrEngine.
func (*Automerge) Load(record.ID, []byte) (Document, error) { return nil, ErrEngine }
