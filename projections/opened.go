package projections

import (
	"fieldbook/envelope"
	"fieldbook/eventstore"
)

// Fate is what became of an event when it was opened.
type Fate uint8

// The fates of an event.
const (
	Accepted  Fate = iota // authentic, allowed and readable
	Waiting               // its key or the state of its members is not here yet; tried again by Retry
	Masked                // well formed, but its author was not allowed to make it
	Newer                 // made by a newer version: kept and counted, not understood
	Malformed             // authentic, but no valid event is inside
)

// Opened is an event as the caller could open it.
type Opened struct {
	Position eventstore.Position
	Feed     envelope.FeedID
	Seq      uint64
	Hash     envelope.Hash
	Member   envelope.MemberID // zero when unknown
	Role     string            // of the member in the state that the envelope names, as record names roles
	Fate     Fate
	Body     *envelope.Body    // nil for control events and what could not be opened
	Control  *envelope.Control // nil for sealed events
}

// Opener checks and opens one row of the log. It must be safe for concurrent use: a rebuild opens on all cores. What cannot
// be opened is a Fate; an error stops the work.
type Opener func(eventstore.Row) (Opened, error)
