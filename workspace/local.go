package workspace

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
)

// local is the workspace as syncclient sees it: segments by feed and name.
type local struct {
	w     *Workspace
	names map[syncproto.Feed][]place
	order []syncproto.Feed
	met   bool // entries of this device's present feed came in with the page at hand

	// later says that history arrives behind a pack: it changes no document, and
	// what costs is to go through all of them. rows are those that are stored and
	// not projected yet.
	later bool
	rows  []eventstore.Row

	service [32]byte // the remote's id; zero for a folder
	trusted services // whose receipts are kept, besides those that owners granted
}

// place says where a segment lies.
type place struct {
	name   syncproto.Name
	branch int64
}

var _ syncclient.Local = (*local)(nil)

// load lists the segments held. Feeds are ordered by arrival of their first
// entry, so that the founder's and other approvers' feeds, which hold the
// control events, go before the feeds they admit.
func (l *local) load(ctx context.Context) error {
	l.names = map[syncproto.Feed][]place{}
	return l.w.store.View(ctx, func(tx *eventstore.Tx) (err error) {
		if l.trusted, err = loadServices(tx); err != nil {
			return err
		}
		unverified, _, err := l.w.models.Unverified(tx)
		if l.later = unverified > 0; err != nil {
			return err
		}
		return l.list(tx, func(syncproto.Feed) bool { return true })
	})
}

// list notes the segments of some feeds.
func (l *local) list(tx *eventstore.Tx, of func(syncproto.Feed) bool) error {
	branches, err := tx.Branches()
	if err != nil {
		return err
	}
	for _, b := range branches {
		if !of(syncproto.Feed{Device: b.Feed.Device, Epoch: uint64(b.Feed.Epoch)}) {
			continue
		}
		names, err := tx.SegmentNames(b.ID)
		if err != nil {
			return err
		}
		l.note(b, names)
	}
	return nil
}

func (l *local) note(b eventstore.Branch, names []eventstore.SegmentName) {
	feed := syncproto.Feed{Device: b.Feed.Device, Epoch: uint64(b.Feed.Epoch)}
	if _, known := l.names[feed]; !known {
		l.order = append(l.order, feed)
	}
	for _, n := range names {
		l.names[feed] = append(l.names[feed], place{syncproto.Name{Number: n.Number, Hash: syncproto.Hash(n.Hash)}, b.ID})
	}
}

// Workspace implements syncclient.Local.
func (l *local) Workspace() syncproto.Workspace { return syncproto.Workspace(l.w.id) }

// Have implements syncclient.Local.
func (l *local) Have(ctx context.Context) ([]syncproto.Have, error) {
	have := make([]syncproto.Have, 0, len(l.order))
	for _, feed := range l.order {
		names, err := l.Names(ctx, feed)
		if err != nil {
			return nil, err
		}
		have = append(have, syncproto.Holding(feed, names))
	}
	return have, nil
}

// Names implements syncclient.Local.
func (l *local) Names(_ context.Context, feed syncproto.Feed) ([]syncproto.Name, error) {
	names := make([]syncproto.Name, 0, len(l.names[feed]))
	for _, p := range l.names[feed] {
		names = append(names, p.name)
	}
	slices.SortFunc(names, syncproto.Name.Compare)
	return slices.Compact(names), nil
}

// Segment implements syncclient.Local.
func (l *local) Segment(ctx context.Context, feed syncproto.Feed, name syncproto.Name) (out syncproto.Segment, events int, err error) {
	found := errors.New("found")
	err = l.w.store.View(ctx, func(tx *eventstore.Tx) error {
		p, held := l.place(feed, name)
		if !held {
			return eventstore.ErrNotFound
		}
		receipt, err := tx.Receipt(p.branch, p.segment(), l.service)
		if err != nil {
			return err
		}
		return tx.Segments(p.branch, name.Number-1, func(s *envelope.Segment) error {
			if s.Hash() != envelope.Hash(name.Hash) {
				return nil
			}
			out = syncproto.Segment{Feed: feed, Number: name.Number, Data: s.Encode(), Receipt: receipt}
			events = len(s.Envelopes)
			return found
		})
	})
	if errors.Is(err, found) {
		return out, events, nil
	}
	return out, 0, fmt.Errorf("segment %s of feed %s: %w", name, feed, err)
}

// Wanted implements syncclient.Local: the end of each branch for which the service
// has not signed, because it came another way.
func (l *local) Wanted(ctx context.Context) (out []syncproto.Cursor, err error) {
	if l.service == ([32]byte{}) {
		return nil, nil
	}
	err = l.w.store.View(ctx, func(tx *eventstore.Tx) error {
		for _, feed := range l.order {
			places := l.names[feed]
			for i, p := range places {
				if i+1 < len(places) && places[i+1].branch == p.branch {
					continue
				}
				data, err := tx.Receipt(p.branch, p.segment(), l.service)
				if err != nil {
					return err
				}
				if r, _, err := envelope.DecodeReceipt(data); err != nil || r.Service != l.service {
					out = append(out, syncproto.Cursor{Feed: feed, Name: p.name})
				}
			}
		}
		return nil
	})
	return out, err
}

// place finds where a segment lies. In a feed that has not forked its number says
// where it is listed.
func (l *local) place(feed syncproto.Feed, name syncproto.Name) (place, bool) {
	list := l.names[feed]
	if at := name.Number - 1; at < uint64(len(list)) && list[at].name == name {
		return list[at], true
	}
	for _, p := range list {
		if p.name == name {
			return p, true
		}
	}
	return place{}, false
}

// segment is the segment's name in the log.
func (p place) segment() eventstore.SegmentName {
	return eventstore.SegmentName{Number: p.name.Number, Hash: envelope.Hash(p.name.Hash)}
}

// Accept implements syncclient.Local: all segments of a page in one transaction,
// each checked on its own.
func (l *local) Accept(ctx context.Context, segments []syncproto.Segment) ([]syncclient.Outcome, error) {
	l.w.mu.Lock()
	defer l.w.mu.Unlock()
	out := make([]syncclient.Outcome, len(segments))
	l.met = false
	clock, rows := l.w.clock, l.rows
	err := l.w.update(ctx, func(tx *eventstore.Tx) error {
		for i, s := range segments {
			outcome, err := l.accept(tx, s)
			if err != nil {
				return err
			}
			out[i] = outcome
		}
		if l.met {
			if err := setMetaUint(tx, metaMet, 1); err != nil {
				return err
			}
		}
		if err := l.taken(tx, segments, out); err != nil {
			return err
		}
		if err := l.project(tx, l.waits(len(l.rows)-len(rows))); err != nil {
			return err
		}
		if _, err := l.w.models.Retry(tx); err != nil {
			return err
		}
		clock = l.w.clock
		return setMetaUint(tx, metaClock, clock.last)
	})
	if err != nil {
		l.rows = rows
		l.w.models.Forget()
		return nil, fmt.Errorf("storing received entries: %w", err)
	}
	if l.met {
		l.w.met.Store(true)
	}
	return out, nil
}

// accept checks one segment and stores and projects what is new in it. The
// error is this device's own trouble; a bad segment is an outcome.
func (l *local) accept(tx *eventstore.Tx, s syncproto.Segment) (syncclient.Outcome, error) {
	segment, err := envelope.DecodeSegment(s.Data)
	if err != nil {
		return refused(syncproto.Malformed, err), nil
	}
	if outcome, ok := l.authentic(segment, s); !ok {
		return outcome, nil
	}
	rows, err := tx.AddSegment(segment)
	switch {
	case errors.Is(err, eventstore.ErrHole):
		return syncclient.Outcome{Fate: syncclient.Waiting}, nil
	case errors.Is(err, eventstore.ErrChain), errors.Is(err, eventstore.ErrStale):
		return refused(syncproto.Malformed, err), nil
	case err != nil:
		return syncclient.Outcome{}, err
	}
	if err := l.replay(rows); err != nil {
		return syncclient.Outcome{}, err
	}
	l.met = l.met || len(rows) > 0 && segment.Feed() == l.w.feed()
	return syncclient.Outcome{Fate: syncclient.Taken, Events: len(rows)}, nil
}

// authentic checks that a segment is what it claims to be and that an admitted
// device signed it.
func (l *local) authentic(segment *envelope.Segment, s syncproto.Segment) (syncclient.Outcome, bool) {
	feed := syncproto.Feed{Device: segment.Device, Epoch: uint64(segment.Epoch)}
	if segment.Workspace != l.w.id || feed != s.Feed || segment.Number != s.Number {
		return refused(syncproto.Foreign, errors.New("it is another segment than its name says")), false
	}
	key, ok := l.w.roster.SignKey(segment.Device)
	if !ok {
		key, ok = segment.FounderKey()
	}
	if !ok {
		return syncclient.Outcome{Fate: syncclient.Waiting}, false
	}
	if err := segment.Verify(key); err != nil {
		return refused(syncproto.Unauthentic, err), false
	}
	return syncclient.Outcome{}, true
}

// Entries of several pages are projected together, since a document that many of
// them change is then derived and indexed once.
const (
	// projectAt is how many are projected at once at most behind a pack: some 30 MiB.
	projectAt = 32_000
	// gatherAt is how many otherwise, where some of them make documents.
	gatherAt = 12_000
	// pageful is how many a page has at least that others follow: fewer are
	// projected with the page, in its transaction.
	pageful = 1_000
)

// waits says whether the rows at hand may wait for those of the next page, of
// which fresh came with this one.
func (l *local) waits(fresh int) bool {
	if l.later {
		return len(l.rows) < projectAt
	}
	return fresh >= pageful && len(l.rows) < gatherAt
}

// replay takes the control events among new rows, which say who may write what
// comes behind them, and notes the rows to be projected.
func (l *local) replay(rows []eventstore.Row) error {
	var controls []*envelope.Envelope
	for _, row := range rows {
		if row.Envelope.IsControl() {
			controls = append(controls, row.Envelope)
		}
	}
	l.rows = append(l.rows[:len(l.rows):len(l.rows)], rows...)
	if len(controls) == 0 {
		return nil
	}
	l.w.roster.Admit(controls...)
	return l.w.roster.Take(l.w.identity)
}

// project opens the rows that wait and applies them, unless they may wait on.
func (l *local) project(tx *eventstore.Tx, wait bool) error {
	if wait {
		return nil
	}
	opened, now := l.w.openAll(l.rows), l.w.cfg.now()
	for i := range opened {
		if body := opened[i].Body; body != nil {
			l.w.clock.observe(body.HLC, now)
		}
	}
	l.rows = nil
	return l.w.models.Apply(tx, opened)
}

// flush projects what waits. Without it, the next write or opening does.
func (l *local) flush(ctx context.Context) error {
	if len(l.rows) == 0 {
		return nil
	}
	l.w.mu.Lock()
	defer l.w.mu.Unlock()
	err := l.w.update(ctx, func(tx *eventstore.Tx) error {
		if err := l.project(tx, false); err != nil {
			return err
		}
		return setMetaUint(tx, metaClock, l.w.clock.last)
	})
	if err != nil {
		l.w.models.Forget()
		return fmt.Errorf("projecting received entries: %w", err)
	}
	return nil
}

func refused(reason syncproto.Reason, err error) syncclient.Outcome {
	return syncclient.Outcome{Fate: syncclient.Refused, Reason: reason, Detail: err.Error()}
}

// witnesses are the tips of other devices' feeds as this device holds them: a
// remote that later shows less is found out.
func (w *Workspace) witnesses(branches []eventstore.Branch) []envelope.Head {
	var heads []envelope.Head
	for _, b := range branches {
		if b.Feed.Device != w.device {
			heads = append(heads, envelope.Head{Workspace: w.id, Device: b.Feed.Device, Epoch: b.Feed.Epoch, Seq: b.Seq, Hash: b.Hash})
		}
	}
	return heads
}
