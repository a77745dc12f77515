package workspace

import (
	"fieldbook/envelope"
	"fieldbook/eventstore"
)

// trail remembers the members' state that the last entry of each branch named.
type trail struct {
	refs  map[envelope.Hash][]envelope.Hash
	bases map[envelope.Hash]bool // entries that two branches go on from
}

func newTrail(tx *eventstore.Tx) (*trail, error) {
	branches, err := tx.Branches()
	t := &trail{refs: map[envelope.Hash][]envelope.Hash{}, bases: map[envelope.Hash]bool{}}
	for _, b := range branches {
		t.bases[b.Base] = true
	}
	return t, err
}

// step takes the next entry and gives what the one before it named.
func (t *trail) step(e *envelope.Envelope, hash envelope.Hash) []envelope.Hash {
	before := t.refs[e.Prev]
	if !t.bases[e.Prev] {
		delete(t.refs, e.Prev)
	}
	t.refs[hash] = e.ACL
	return before
}
