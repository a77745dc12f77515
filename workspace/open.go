package workspace

import (
	"errors"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
)

// open turns a row of the log into what projections read: as whom it was
// written, and what is under the seal. What cannot be read yet is a fate, not an
// error. It is safe for concurrent use.
func (r *roster) open(row eventstore.Row) (projections.Opened, error) {
	e := row.Envelope
	o := projections.Opened{
		Position: row.Position, Feed: e.Feed(), Seq: e.Seq, Hash: row.Hash,
		Fate: projections.Accepted,
	}
	member, err := r.member(e)
	o.Member = member.ID
	switch {
	case e.IsControl():
		return openControl(e, o), nil
	case isWaiting(err):
		o.Fate = projections.Waiting
		return o, nil
	case err != nil:
		o.Fate = projections.Masked
	}
	return r.unseal(e, o), nil
}

func openControl(e *envelope.Envelope, o projections.Opened) projections.Opened {
	control, err := envelope.DecodeControl(e.Body)
	switch {
	case err == nil:
		o.Control = control
	case errors.Is(err, envelope.ErrNewer):
		o.Fate = projections.Newer
	default:
		o.Fate = projections.Malformed
	}
	return o
}

func (r *roster) unseal(e *envelope.Envelope, o projections.Opened) projections.Opened {
	key, err := r.key(e.Key)
	if err != nil {
		o.Fate = projections.Waiting
		return o
	}
	plain, err := key.Open(e.AD(), e.Nonce, e.Body)
	if err != nil {
		o.Fate = projections.Malformed
		return o
	}
	body, err := envelope.DecodeBody(plain)
	switch {
	case err == nil:
		o.Body = body
	case errors.Is(err, envelope.ErrNewer):
		o.Fate, o.Body = projections.Newer, body
	default:
		o.Fate = projections.Malformed
	}
	return o
}
