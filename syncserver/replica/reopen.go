package replica

import (
	"context"
	"slices"

	"fieldbook/envelope"
	"fieldbook/syncproto"
)

// reopen reads the segments again of which events may be opened now, because a
// key or a control event that they wait for has come.
func (r *Replica) reopen(ctx context.Context) error {
	s := r.state
	for s.retry {
		s.retry = false
		if !s.merging {
			return nil
		}
		for _, id := range s.sortedFeeds() {
			if err := r.reopenFeed(ctx, id, s.feeds[id]); err != nil {
				s.retry = true
				return err
			}
		}
	}
	return nil
}

// reopenFeed opens what may be opened of one feed. Events that still wait are
// held again.
func (r *Replica) reopenFeed(ctx context.Context, id envelope.FeedID, f *feed) error {
	var names []syncproto.Name
	for i := range f.waits {
		if w := &f.waits[i]; r.state.openable(w) && !slices.Contains(names, w.name) {
			names = append(names, w.name)
		}
	}
	ahead := r.reader(ctx)
	defer ahead.stop()
	for i, name := range names {
		ahead.fetch(id, names[i:])
		segment, _, err := ahead.get(place{id, name})
		if err != nil {
			return err
		}
		if segment == nil {
			continue // damaged meanwhile; it waits for its repair
		}
		if err := r.state.again(f, segment, name); err != nil {
			return err
		}
		if err := r.relieve(ctx); err != nil {
			return err
		}
	}
	return nil
}

// openable tells whether what a run of events waits for may be here. Those that
// wait for control events are tried whenever some came.
func (s *state) openable(w *wait) bool {
	if w.key.IsZero() {
		return true
	}
	_, err := s.roster.Key(w.key)
	return err == nil
}

// again takes the waiting events of one segment once more.
func (s *state) again(f *feed, segment *envelope.Segment, name syncproto.Name) error {
	var old []wait
	f.waits = slices.DeleteFunc(f.waits, func(w wait) bool {
		if w.name == name {
			old = append(old, w)
		}
		return w.name == name
	})
	return segment.Walk(func(e *envelope.Envelope, hash envelope.Hash) error {
		waited := slices.ContainsFunc(old, func(w wait) bool { return w.first <= e.Seq && e.Seq <= w.last })
		if waited && !e.IsControl() {
			s.event(f, name, e, hash)
		}
		return nil
	})
}
