package roster

import (
	"errors"

	"fieldbook/envelope"
)

// Fate is what became of an envelope when it was opened. It is a function of the events held, equal on all devices and
// services that hold the same ones and keys.
type Fate uint8

// The fates of an envelope.
const (
	// Accepted is authentic, allowed and readable.
	Accepted Fate = iota
	// Waiting misses its key or the state of its members; it is tried again when control events arrive.
	Waiting
	// Masked is well formed, but its author was not admitted in the state that it names: its change is applied for causality only.
	Masked
	// Newer was made by a newer version: kept and counted, not understood.
	Newer
	// Malformed is authentic, but no valid event is inside.
	Malformed
)

// Opened is an envelope as this roster could open it.
type Opened struct {
	// Member is as whom the author's device acted; zero when unknown.
	Member envelope.Member
	Fate   Fate
	// Body is nil for control events and what could not be opened.
	Body *envelope.Body
	// Control is nil for sealed events.
	Control *envelope.Control
}

// Open checks who wrote an envelope and opens its seal. What cannot be read, or not yet, is a fate, never an error.
func (r *Roster) Open(e *envelope.Envelope) Opened {
	member, err := r.Member(e)
	o := Opened{Member: member}
	if e.IsControl() {
		o.Control, err = envelope.DecodeControl(e.Body)
		if err != nil {
			o.Control, o.Fate = nil, unread(err)
		}
		return o
	}
	if errors.Is(err, envelope.ErrWaiting) {
		o.Fate = Waiting
		return o
	}
	if err != nil {
		o.Fate = Masked
	}
	body, fate := r.Unseal(e)
	o.Body = body
	if fate != Accepted {
		o.Fate = fate
	}
	return o
}

// Unseal opens a sealed envelope whoever wrote it.
func (r *Roster) Unseal(e *envelope.Envelope) (*envelope.Body, Fate) {
	key, err := r.Key(e.Key)
	if err != nil {
		return nil, Waiting
	}
	plain, err := key.Open(e.AD(), e.Nonce, e.Body)
	if err != nil {
		return nil, Malformed
	}
	body, err := envelope.DecodeBody(plain)
	if err != nil {
		return body, unread(err)
	}
	return body, Accepted
}

// unread is the fate of what could not be decoded.
func unread(err error) Fate {
	if errors.Is(err, envelope.ErrNewer) {
		return Newer
	}
	return Malformed
}
