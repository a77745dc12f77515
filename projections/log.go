package projections

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/record"
)

// Log gives history in the order of (hybrid clock, device, epoch, seq), row by row: one for each field that an event changed,
// one for an event that changed none. It needs little memory, however long the history.
func (m *Models) Log(ctx context.Context, tx *eventstore.Tx, q LogQuery, fn func(LogRow) error) error {
	t, err := m.live(tx)
	if err != nil {
		return err
	}
	l, err := m.newLogger(ctx, t, q, fn)
	if err != nil {
		return err
	}
	streams, whole, err := l.streams()
	if err != nil {
		return fmt.Errorf("reading history: %w", err)
	}
	if whole {
		err = t.each(func(s *sqlite3.Stmt) error { return l.write(readEntry(s)) }, entryColumns+
			` WHERE ?1 IS NULL OR e.recorded >= ?1 ORDER BY e.hlc, f.device, f.epoch, e.seq, e.hash`, bound(q.Since))
	} else {
		err = l.ofDocuments(streams)
	}
	if err != nil {
		return fmt.Errorf("reading history: %w", err)
	}
	return nil
}

// logger writes entries as rows.
type logger struct {
	ctx   context.Context
	m     *Models
	t     table
	q     LogQuery
	names *names
	docs  *cache // histories read to expand long changes
	late  map[int64]bool
	times *eventstore.ReceivedTimes
	fn    func(LogRow) error
}

func (m *Models) newLogger(ctx context.Context, t table, q LogQuery, fn func(LogRow) error) (*logger, error) {
	names, err := t.names()
	if err != nil {
		return nil, fmt.Errorf("reading history: %w", err)
	}
	times, err := t.tx.ReceivedTimes()
	if err != nil {
		return nil, fmt.Errorf("reading history: %w", err)
	}
	return &logger{ctx: ctx, m: m, t: t, q: q, names: names, times: times, docs: newCache(m.cfg.cacheBytes()), fn: fn}, nil
}

// streams lists the documents asked for; whole is true for all of them.
func (l *logger) streams() (list []record.ID, whole bool, err error) {
	switch {
	case !l.q.Stream.IsZero():
		return []record.ID{l.q.Stream}, false, nil
	case l.q.Asset.IsZero():
		return nil, true, nil
	}
	list, err = l.t.family(l.q.Asset)
	return list, false, err
}

// ofDocuments writes the history of a few documents.
func (l *logger) ofDocuments(streams []record.ID) error {
	var entries []*entry
	l.late = map[int64]bool{}
	for _, stream := range streams {
		doc, _, err := l.t.readDoc(stream)
		if err != nil {
			return err
		}
		if doc == 0 {
			continue
		}
		own, err := l.t.entries(doc)
		if err != nil {
			return err
		}
		if l.q.AsOf != nil {
			if err := l.markLate(stream, own); err != nil {
				return err
			}
		}
		entries = append(entries, own...)
	}
	slices.SortFunc(entries, compareEntries)
	for _, e := range entries {
		if err := l.write(e); err != nil {
			return err
		}
	}
	return nil
}

// entries lists the events of a document, unsorted.
func (t table) entries(doc int64) (list []*entry, err error) {
	err = t.each(func(s *sqlite3.Stmt) error {
		list = append(list, readEntry(s))
		return nil
	}, entryColumns+` WHERE e.id >= ? AND e.id < ?`, doc<<positionBits, (doc+1)<<positionBits)
	return list, err
}

// markLate finds the events of a document that are not part of it as of the time asked for.
func (l *logger) markLate(stream record.ID, entries []*entry) error {
	d, err := l.m.load(l.t, stream)
	if err != nil {
		return err
	}
	then, err := d.asOf(l.q.AsOf.UnixMilli())
	if err != nil {
		return err
	}
	for _, e := range entries {
		if !e.bare {
			l.late[e.id] = then == nil || !then.Contains(e.change)
		}
	}
	return nil
}

func (l *logger) write(e *entry) error {
	if err := l.ctx.Err(); err != nil {
		return err
	}
	if !l.wanted(e) {
		return nil
	}
	d, err := l.names.doc(e.doc())
	if err != nil {
		return err
	}
	effects, err := l.effects(e, d.stream)
	if err != nil {
		return err
	}
	row, err := l.row(e, d)
	if err != nil {
		return err
	}
	if len(effects) == 0 {
		return l.fn(row)
	}
	for _, eff := range effects {
		field := d.field(eff.Key)
		row.Field, row.Before, row.After = &field, plain(eff.Before), eff.After.JSON()
		if eff.Text {
			row.Before, row.After = textOrNull(eff.BeforeText), textOrNull(eff.AfterText)
		}
		if err := l.fn(row); err != nil {
			return err
		}
	}
	return nil
}

func (l *logger) wanted(e *entry) bool {
	if !l.q.Member.IsZero() && e.member != l.q.Member {
		return false
	}
	if l.q.Since != nil && (e.recorded == nil || *e.recorded < l.q.Since.UnixMilli()) {
		return false
	}
	return l.q.Until == nil || e.recorded == nil || *e.recorded <= l.q.Until.UnixMilli()
}

func (l *logger) row(e *entry, d *docNames) (LogRow, error) {
	row := LogRow{
		Position: e.position(), Device: e.device.String(), Epoch: e.epoch.String(), Seq: e.seq, Hash: e.hash.String(),
		Member: l.names.member(e.member), MemberID: e.member.String(), Type: e.kind, Reason: nullable(e.reason),
		Source: e.source, SourceName: nullable(e.name), State: e.state.String(), Tag: nullable(d.tag),
	}
	if e.doc() != 0 {
		stream := d.stream.String()
		row.Stream = &stream
	}
	if e.recorded != nil {
		row.RecordedAt = stamp(*e.recorded)
		row.Late = l.q.AsOf != nil && *e.recorded > l.q.AsOf.UnixMilli()
	}
	if late, known := l.late[e.id]; known {
		row.Late = late
	}
	if e.observed != nil {
		row.ObservedAt = stamp(*e.observed)
	}
	feed := envelope.FeedID{Device: e.device, Epoch: e.epoch}
	at, received, err := l.times.At(feed, e.seq, eventstore.Position(e.position()))
	if received {
		row.ReceivedAt = stamp(at)
	}
	return row, err
}

// effects are what an event changed, from its row or, where it was too long for that, from the change itself. Of a masked event
// they are what it would have changed.
func (l *logger) effects(e *entry, stream record.ID) ([]crdt.Effect, error) {
	if e.bare || e.state != stateAccepted && e.state != stateMasked {
		return nil, nil
	}
	if e.effects != nil {
		return decodeEffects(e.effects)
	}
	o, err := l.m.reopen(l.t.tx, e.position())
	if err != nil {
		return nil, err
	}
	if o.Body != nil && len(o.Body.Texts) == 0 {
		if c, err := crdt.Decode(o.Body.Change); err == nil && len(c.Deps) == 0 {
			return creation(c), nil
		}
	}
	d := l.docs.get(stream)
	if d == nil {
		if d, err = l.m.load(l.t, stream); err != nil {
			return nil, err
		}
		l.docs.put(d)
	}
	return d.history.Effects(e.change), nil
}

// creation is what a change without a past set.
func creation(c *crdt.Change) []crdt.Effect {
	effects := make([]crdt.Effect, 0, len(c.Ops))
	for i := range c.Ops {
		effects = append(effects, crdt.Effect{Key: c.Ops[i].Key, After: c.Ops[i].Value})
	}
	slices.SortStableFunc(effects, func(a, b crdt.Effect) int { return cmp.Compare(a.Key, b.Key) })
	return effects
}

func textOrNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
