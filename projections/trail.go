package projections

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// Caps of a page of history.
const (
	usualRows = 100
	maxRows   = 500
	// maxVisits bounds the entries that a page looks at. A filter that few of them pass gives short pages, and their cursors lead on.
	maxVisits = 20_000
	// reopened counts for so many visits: the entry has to be read back from the log.
	reopened = 20
)

// Trail gives a page of history in the order of Log, or the other way round, the rows of an entry always in the order of its
// fields. A page costs what its rows cost, whatever lies before it; of an asset, what that asset's history costs. Where a
// filter is met rarely it may hold fewer rows than asked for, and Next says whether others follow. An entry whose hybrid clock
// lies before its own recorded time is not found by Since. With Fold a page gives of an act of more than three entries the first
// one alone and says how many it stands for, and holds more rows than asked for where its first act needs them. Of an act that is
// longer than a page looks at, the next page gives the rest in the same way. Where neither a field nor a state is asked for, most of
// a long act costs no more than its place in the index on clocks.
func (m *Models) Trail(ctx context.Context, tx *eventstore.Tx, q TrailQuery) (TrailPage, error) {
	t, err := m.live(tx)
	if err != nil {
		return TrailPage{}, err
	}
	p, err := m.newPager(ctx, t, q)
	if err == nil {
		err = p.walk()
	}
	if err != nil && !errors.Is(err, errStop) {
		return TrailPage{}, fmt.Errorf("reading history: %w", err)
	}
	return p.page, nil
}

// EachTrail calls fn with all rows of history that fit a query, in its order; its cursor and limit do not matter. It needs little
// memory, however many rows there are.
func (m *Models) EachTrail(ctx context.Context, tx *eventstore.Tx, q TrailQuery, fn func(LogRow) error) error {
	t, err := m.live(tx)
	if err != nil {
		return err
	}
	q.Cursor, q.Fold = "", false
	p, err := m.newPager(ctx, t, q)
	if err == nil {
		p.each = fn
		err = p.walk()
	}
	if err != nil {
		return fmt.Errorf("reading history: %w", err)
	}
	return nil
}

// pager gathers the rows of one page.
type pager struct {
	*logger
	trailFilter
	q      TrailQuery
	from   cursor // where the page begins; no entry for the beginning of all
	limit  int
	visits int
	at     *entry // at hand
	given  int    // rows of it, also those on the page before
	can    *bool  // whether it can be undone; nil as long as nobody has asked
	act    act    // at hand, on a page that folds
	page   TrailPage
	states map[int64]*state   // of documents on the page
	counts func(*entry)       // if set, hears of the entries that fit, and no page is made
	each   func(LogRow) error // if set, takes all rows, and no page is made
}

func (m *Models) newPager(ctx context.Context, t table, q TrailQuery) (*pager, error) {
	p := &pager{q: q, limit: min(max(q.Limit, 0), maxRows), page: TrailPage{Items: []TrailRow{}}, states: map[int64]*state{}}
	if p.limit == 0 {
		p.limit = usualRows
	}
	var err error
	if p.trailFilter, err = newTrailFilter(q); err != nil {
		return nil, err
	}
	if q.Cursor != "" {
		if p.from, err = parseCursor(q.Cursor); err != nil {
			return nil, err
		}
	}
	p.logger, err = m.newLogger(ctx, t, LogQuery{Asset: q.Asset, Stream: q.Stream, Member: q.Member, Since: q.Since, Until: q.Until}, p.take)
	return p, err
}

// walk visits entries from the cursor on.
func (p *pager) walk() error {
	streams, whole, err := p.streams()
	if err != nil {
		return err
	}
	if whole {
		return p.all()
	}
	entries, err := p.t.ofStreams(streams)
	if err != nil {
		return err
	}
	direction := 1
	if !p.q.Oldest {
		direction = -1
	}
	slices.SortFunc(entries, func(a, b *entry) int { return direction * compareEntries(a, b) })
	for _, e := range entries {
		if p.from.entry != nil && direction*compareEntries(e, p.from.entry) < 0 {
			continue
		}
		if err := p.visit(e); err != nil {
			return err
		}
	}
	return nil
}

// ofStreams reads all entries of some documents.
func (t table) ofStreams(streams []record.ID) (all []*entry, err error) {
	for _, stream := range streams {
		doc, _, err := t.readDoc(stream)
		if err != nil {
			return nil, err
		}
		if doc == 0 {
			continue
		}
		own, err := t.entries(doc)
		if err != nil {
			return nil, err
		}
		all = append(all, own...)
	}
	return all, nil
}

// The whole of history in both directions, from a place on. SQLite walks the index on clocks and sorts only what has one clock.
const (
	trailColumns = `SELECT e.id, e.hlc, f.device, f.epoch, e.seq, e.hash, e.member, e.state, e.type, e.recorded, e.observed, e.change, e.source, e.name, e.reason, e.effects, e.act
		FROM $events e INDEXED BY $events_hlc CROSS JOIN $feeds f ON f.id = e.feed WHERE e.hlc BETWEEN `
	upwards   = trailColumns + `?1 AND ?2 AND (?3 IS NULL OR (e.hlc, f.device, f.epoch, e.seq, e.hash) >= (?1, ?3, ?4, ?5, ?6)) ORDER BY e.hlc, f.device, f.epoch, e.seq, e.hash`
	downwards = trailColumns + `?2 AND ?1 AND (?3 IS NULL OR (e.hlc, f.device, f.epoch, e.seq, e.hash) <= (?1, ?3, ?4, ?5, ?6)) ORDER BY e.hlc DESC, f.device DESC, f.epoch DESC, e.seq DESC, e.hash DESC`
)

// all visits the whole of history, as far as the times asked for reach.
func (p *pager) all() error {
	far, near, err := p.t.clocks(p.q.Since, p.q.Until)
	if err != nil {
		return err
	}
	text := downwards
	if p.q.Oldest {
		near, far, text = far, near, upwards
	}
	place := []any{near, far, nil, nil, nil, nil}
	if c := p.from.entry; c != nil {
		place = []any{sortable(c.hlc), far, c.device[:], int64(c.epoch), int64(c.seq), c.hash[:]}
	}
	for err == nil && place != nil {
		place, err = p.stretch(text, far, place)
	}
	return err
}

// stretch visits entries from a place on, until the end or until the page leaps, and gives the place to go on from, nil at the end.
func (p *pager) stretch(text string, far int64, place []any) (next []any, err error) {
	var reached *entry
	err = p.t.query(func(s *sqlite3.Stmt) error {
		e := readEntry(s)
		if p.leaps(e) {
			reached = e
			return errStop
		}
		return p.visit(e)
	}, text, place...)
	if reached == nil {
		return nil, err
	}
	return p.leap(sortable(reached.hlc), far)
}

// visit takes the rows of one entry, if they are asked for.
func (p *pager) visit(e *entry) error {
	p.at, p.given, p.can = e, 0, nil
	if p.folds(e) {
		p.enter()
		return p.ctx.Err()
	}
	if p.visits++; p.visits > maxVisits && p.counts == nil && p.each == nil {
		return p.stop()
	}
	switch {
	case !p.fits(e):
		return p.ctx.Err()
	case p.counts != nil && len(p.fields) == 0:
		if p.wanted(e) {
			p.counts(e)
		}
		return p.ctx.Err()
	case e.effects == nil && !e.bare:
		p.visits += reopened
	}
	return p.write(e)
}

// take takes one row of the entry at hand.
func (p *pager) take(row LogRow) error {
	if !p.fitsField(row.Field) {
		return nil
	}
	p.given++
	if p.counts != nil {
		if p.given == 1 {
			p.counts(p.at)
		}
		return nil
	}
	if p.each != nil {
		return p.each(row)
	}
	if p.q.Fold {
		if p.given == 1 {
			p.enter()
		}
		if p.act.folded() {
			return nil
		}
	}
	if p.from.entry != nil && p.at.hash == p.from.entry.hash && p.given <= p.from.rows {
		return nil
	}
	if p.full() {
		p.given--
		return p.stop()
	}
	can, err := p.undoable()
	p.page.Items = append(p.page.Items, TrailRow{LogRow: row, Undoable: can})
	return err
}

// stop ends the page before what is at hand.
func (p *pager) stop() error {
	next := p.back().String()
	p.page.Next = &next
	return errStop
}
