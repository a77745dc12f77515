package replica

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"fieldbook/envelope"
	"fieldbook/keyring"
	"fieldbook/record"
	"fieldbook/roster"
	"fieldbook/syncproto"
)

// state is what the segments of one workspace come to. Its Replica guards it.
type state struct {
	id       envelope.WorkspaceID
	identity *keyring.Identity
	self     envelope.DeviceID
	roster   *roster.Roster
	// controls are the control envelopes in the order in which they were taken.
	controls [][]byte
	feeds    map[envelope.FeedID]*feed
	segments uint64

	// merging says that an owner's grant lets this service open what is sealed.
	merging bool
	// partial says that covered segments were passed over unopened: with a grant
	// everything is read again.
	partial bool
	// unsettled says that control events came in since keys were last unwrapped.
	unsettled bool
	// retry says that waiting events may be opened by now.
	retry bool

	docs    table
	events  uint64 // in documents
	pending map[record.ID][]envelope.PackEvent
	queued  int // bytes of pending
	tail    map[record.ID][]envelope.PackEvent
	fresh   fresh
	failed  map[record.ID]time.Time // when a document on which the engine failed is tried again
	packed  packed
	bad     map[place]bad // listed segments that could not be taken
}

// fresh counts what came since the last manifest.
type fresh struct {
	events, bytes int
	segments      int
	controls      int
}

func newState(id envelope.WorkspaceID, identity *keyring.Identity) *state {
	return &state{
		id: id, identity: identity, self: roster.PublicKeys(identity).ID(), roster: roster.New(id),
		feeds: map[envelope.FeedID]*feed{}, pending: map[record.ID][]envelope.PackEvent{},
		tail: map[record.ID][]envelope.PackEvent{}, failed: map[record.ID]time.Time{}, bad: map[place]bad{},
	}
}

func (s *state) feed(id envelope.FeedID) *feed {
	f := s.feeds[id]
	if f == nil {
		f = &feed{tips: map[syncproto.Name]tip{}, recent: map[syncproto.Name]time.Time{}}
		s.feeds[id] = f
	}
	return f
}

// apply takes a segment that is authentic.
func (s *state) apply(segment *envelope.Segment, name syncproto.Name) error {
	f := s.feed(segment.Feed())
	if f.has(name) {
		return nil
	}
	refs := f.before(segment.Prev)
	err := segment.Walk(func(e *envelope.Envelope, hash envelope.Hash) error {
		if s.goesBack(refs, e.ACL) {
			f.faults++
		}
		refs = e.ACL
		s.event(f, name, e, hash)
		return nil
	})
	if err != nil {
		return fmt.Errorf("take segment: %w", err)
	}
	f.add(name, tip{seq: segment.Last, hash: segment.Tip, acl: slices.Clone(refs)}, segment.Prev)
	s.segments++
	s.fresh.segments++
	s.settle()
	return nil
}

// goesBack tells whether an envelope's references leave out what those of the one
// before it covered.
func (s *state) goesBack(older, newer []envelope.Hash) bool {
	if slices.Equal(older, newer) || len(older) == 0 {
		return false
	}
	if _, err := s.roster.State(newer); err != nil {
		return false // not to be told before they are here
	}
	return !s.roster.Covers(newer, older)
}

// event takes one envelope.
func (s *state) event(f *feed, name syncproto.Name, e *envelope.Envelope, hash envelope.Hash) {
	if e.IsControl() {
		s.control(f, e)
		return
	}
	s.settle()
	if !s.merging {
		f.hold(name, e.Seq, e.Key)
		return
	}
	o := s.roster.Open(e)
	switch o.Fate {
	case roster.Waiting:
		key := e.Key
		if _, err := s.roster.Key(key); err == nil {
			key = envelope.KeyID{}
		}
		f.hold(name, e.Seq, key)
		return
	case roster.Masked, roster.Malformed:
		f.faults++
	}
	if (o.Fate == roster.Accepted || o.Fate == roster.Masked) && o.Body != nil && len(o.Body.Change) > 0 {
		s.queue(e, hash, o.Body)
	}
}

// control replays a control event. The roster keeps it, so that it is copied out
// of its segment.
func (s *state) control(f *feed, e *envelope.Envelope) {
	encoded := e.Encode()
	copied, err := envelope.Decode(encoded)
	if err != nil { // it was decoded from its segment just now
		return
	}
	if _, err := s.roster.Member(e); errors.Is(err, envelope.ErrNotAdmitted) && len(e.ACL) > 0 {
		f.faults++
	}
	s.controls = append(s.controls, encoded)
	s.roster.Admit(copied)
	s.fresh.controls++
	s.unsettled = true
}

// settle unwraps the keys that control events brought, and says whether this
// service may open what is sealed.
func (s *state) settle() {
	if !s.unsettled {
		return
	}
	s.unsettled, s.retry = false, true
	now, err := s.roster.Now()
	s.merging = err == nil && slices.ContainsFunc(now.Services(), func(g envelope.Service) bool { return g.ID == s.self })
	if s.merging && s.roster.Take(s.identity) != nil {
		s.merging = false // a grant without a key is none
	}
}

// waiting counts the events that could not be opened.
func (s *state) waiting() (n uint64) {
	for _, f := range s.feeds {
		for i := range f.waits {
			n += f.waits[i].count
		}
	}
	return n
}

// sortedFeeds lists the feeds in a fixed order.
func (s *state) sortedFeeds() []envelope.FeedID {
	all := make([]envelope.FeedID, 0, len(s.feeds))
	for id := range s.feeds {
		all = append(all, id)
	}
	slices.SortFunc(all, compareFeeds)
	return all
}

func compareFeeds(a, b envelope.FeedID) int {
	if c := bytes.Compare(a.Device[:], b.Device[:]); c != 0 {
		return c
	}
	switch {
	case a.Epoch < b.Epoch:
		return -1
	case a.Epoch > b.Epoch:
		return 1
	}
	return 0
}

// cost estimates the memory held, in bytes.
func (s *state) cost() int {
	n := 4096 + s.queued + s.fresh.bytes + 56*s.docs.known
	for _, c := range s.controls {
		n += 2*len(c) + 512
	}
	for _, f := range s.feeds {
		n += 512 + 40*len(f.names) + 96*len(f.waits) + 256*len(f.tips)
	}
	return n
}
