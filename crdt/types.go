package crdt

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"

	"fieldbook/record"
)

// Hash names a change: SHA-256 over the chunk without its first eight bytes (magic and checksum), as Automerge computes it.
type Hash [32]byte

// String gives 64 lower hex digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Compare orders hashes by their bytes.
func (h Hash) Compare(o Hash) int { return bytes.Compare(h[:], o[:]) }

// ActorID names a writer of changes. Automerge allows any length; the profile fixes 16 bytes.
type ActorID [16]byte

// String gives 32 lower hex digits.
func (a ActorID) String() string { return hex.EncodeToString(a[:]) }

// Compare orders actors by their bytes, as Automerge does to break ties between equal counters.
func (a ActorID) Compare(o ActorID) int { return bytes.Compare(a[:], o[:]) }

// OpID names one operation: the counter of a Lamport clock and the actor that made it.
type OpID struct {
	Counter uint64
	Actor   ActorID
}

// Compare orders operations as Automerge does: by counter, then by actor. Of concurrent values the greatest wins.
func (id OpID) Compare(o OpID) int {
	if c := cmp.Compare(id.Counter, o.Counter); c != 0 {
		return c
	}
	return id.Actor.Compare(o.Actor)
}

// IsZero tells the id of the root object, or of the head of a text.
func (id OpID) IsZero() bool { return id == OpID{} }

// MaxSalt is the greatest length in bytes of the salt in an event.
const MaxSalt = 64

const actorLabel = "fieldbook actor 1\x00"

// Actor derives the actor under which a device writes to a stream between two unlocks, so that anyone who holds the event
// can check whose change it carries: the first 16 bytes of SHA-256 over label, device, stream and salt.
func Actor(device [32]byte, stream record.ID, salt []byte) ActorID {
	buf := make([]byte, 0, len(actorLabel)+len(device)+len(stream)+MaxSalt)
	buf = append(buf, actorLabel...)
	buf = append(buf, device[:]...)
	buf = append(buf, stream[:]...)
	sum := sha256.Sum256(append(buf, salt...))
	return ActorID(sum[:16])
}

// Origin is what an event says about the change that it carries.
type Origin struct {
	Device [32]byte  // the author's device
	Stream record.ID // the entity; must be the History's own
	Salt   []byte    // of the actor; empty means that the change must be a deterministic one
	Texts  []string  // sorted keys whose TextObject change this change depends on and implies

	// Allowed judges whether the event's author may write what its change writes; nil allows all. A change that no event which
	// carries it allows is masked (History.Masked). It must be a function of the event and of its argument.
	Allowed func(Writes) bool
}

// Writes lists the keys that a change writes, in the order of its operations.
type Writes struct {
	Values []string // keys whose value it sets or counts up
	Texts  []string // keys whose prose it begins or edits; empty for a Text under a key that holds prose in no entity
}

// Verdict is the fate of a change.
type Verdict uint8

// Unknown is a hash never seen. Waiting lacks a dependency. Malformed fails the guard, or depends on a change that does.
const (
	Unknown Verdict = iota
	Accepted
	Waiting
	Malformed
)

// String is the word that status and logs show.
func (v Verdict) String() string {
	switch v {
	case Accepted:
		return "accepted"
	case Waiting:
		return "waiting"
	case Malformed:
		return "malformed"
	}
	return "unknown"
}

// Live is one of the concurrent values of a key. A counter shows as its total.
type Live struct {
	ID      OpID
	Value   record.Value
	Change  Hash
	Counter bool
}

// Effect is what a change did to one key, compared with its own causal past. For a key that holds prose Text is true and
// BeforeText and AfterText are set, else Before (winner first) and After.
type Effect struct {
	Key        string
	Text       bool
	Before     []record.Value
	After      record.Value
	BeforeText string
	AfterText  string
	Pred       []Hash // changes whose operations were replaced, sorted, without the change itself
}
