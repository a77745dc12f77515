package replica

import (
	"bytes"
	"slices"
	"time"

	"fieldbook/envelope"
	"fieldbook/record"
)

// shut forgets the documents if by all that was taken the grant has ended.
// Within a replay they stay, since what comes next may renew it.
func (r *Replica) shut() {
	s := r.state
	if s.merging || s.docs.known == 0 {
		return
	}
	r.set.docs.forget(s)
	s.partial, s.docs, s.events, s.queued = true, table{}, 0, 0
	clear(s.pending)
	clear(s.tail)
	clear(s.failed)
	s.packed, s.fresh = packed{}, fresh{segments: packSegments} // the next manifest says so
}

// queue keeps an event until Merge.
func (s *state) queue(e *envelope.Envelope, hash envelope.Hash, b *envelope.Body) {
	id := record.ID(b.Stream)
	s.pending[id] = append(s.pending[id], envelope.PackEvent{
		Feed: e.Feed(), Seq: e.Seq, Hash: hash, ACL: slices.Clone(e.ACL),
		Type: b.Type, Schema: b.Schema, Salt: b.Salt, Texts: b.Texts, HLC: b.HLC, Recorded: b.Recorded, Change: b.Change,
	})
	s.queued += eventSize + len(b.Change)
}

// eventSize is what an event takes in memory besides its change, in bytes.
const eventSize = 320

// mergeable lists the documents with new events, and those on which the engine
// failed long enough ago, sorted: documents beside each other are in one part of
// a pack.
func (s *state) mergeable(now time.Time) []record.ID {
	ids := make([]record.ID, 0, len(s.pending))
	for id := range s.pending {
		ids = append(ids, id)
	}
	for id, at := range s.failed {
		if _, new := s.pending[id]; !new && !now.Before(at) {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b record.ID) int { return bytes.Compare(a[:], b[:]) })
	return ids
}

// merged moves a document's events to those that the next pack takes in.
func (s *state) merged(id record.ID) {
	for i := range s.pending[id] {
		n := eventSize + len(s.pending[id][i].Change)
		s.queued -= n
		s.fresh.bytes += n
		s.fresh.events++
		s.events++
	}
	if events := s.pending[id]; len(events) > 0 {
		s.tail[id] = append(s.tail[id], events...)
		delete(s.pending, id)
	}
}
