package projections

import (
	"context"
	"slices"
	"time"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// forgetThen takes out the rows of an earlier time.
func (g *grid) forgetThen() {
	if g.then == 0 {
		return
	}
	g.then, g.words, g.place = 0, nil, nil
	g.rows = g.rows[:g.present]
	for _, c := range g.fields {
		c.codes = c.codes[:min(len(c.codes), g.present)]
	}
}

// turn puts the assets that have changed since a time, as they were then, behind the rows of now.
func (g *grid) turn(ctx context.Context, m *Models, t table, at time.Time) error {
	if g.then == at.UnixMilli() {
		return nil
	}
	g.forgetThen()
	g.then, g.place = at.UnixMilli(), nil
	for _, c := range g.fields {
		c.gather()
		defer c.settle()
	}
	err := g.before(ctx, m, t, at)
	if err != nil {
		g.forgetThen()
	}
	return err
}

// before reads the assets that have changed, some at a time, and takes them apart on all cores.
func (g *grid) before(ctx context.Context, m *Models, t table, at time.Time) error {
	var changed []gridRow
	for _, now := range g.rows[:g.present] {
		if now.status != gone && now.first <= g.then && now.last > g.then {
			changed = append(changed, now)
		}
	}
	for batch := range slices.Chunk(changed, gridBatch) {
		list := make([]*earlier, len(batch))
		for i, now := range batch {
			if err := ctx.Err(); err != nil {
				return err
			}
			list[i] = &earlier{row: now}
			var err error
			if list[i].doc, list[i].events, err = m.fetch(t, now.stream); err == nil && t.claimed > 0 {
				list[i].doc, err = m.load(t, now.stream) // claims are read in the transaction
				list[i].loaded = true
			}
			if err != nil {
				return err
			}
		}
		if err := parallel(len(list), func(i int) error { return list[i].build(m, at) }); err != nil {
			return err
		}
		for _, e := range list {
			if err := g.append(t, e); err != nil {
				return err
			}
		}
	}
	return nil
}

// earlier is an asset on its way to what it was.
type earlier struct {
	row    gridRow // of now
	doc    *document
	events []eventstore.Row
	loaded bool // the document has its history already
	stored stored
	snap   record.Snapshot
	words  string
}

func (e *earlier) build(m *Models, at time.Time) error {
	if !e.loaded {
		if err := m.replay(e.doc, e.events); err != nil {
			return err
		}
	}
	ms := at.UnixMilli()
	then, err := e.doc.asOf(ms)
	if err != nil {
		return err
	}
	e.snap = record.Snapshot{ID: e.row.stream, Entity: e.doc.row.entity}
	if then != nil {
		e.snap = stateOf(e.row.stream, e.doc.row.entity, then).snapshot()
	}
	e.stored.gridRow = gridRow{doc: e.row.doc, stream: e.row.stream, first: e.row.first, last: ms, then: true}
	e.stored.show(e.snap, record.Fields(record.Asset))
	e.words, e.doc, e.events = words(e.snap), nil, nil
	return nil
}

// append puts an asset of an earlier time behind all rows.
func (g *grid) append(t table, e *earlier) error {
	a := &e.stored
	if a.status != gone {
		var err error
		if a.status, err = t.statusThen(e.snap); err != nil {
			return err
		}
	}
	row := len(g.rows)
	g.rows, g.words = append(g.rows, a.gridRow), append(g.words, e.words)
	g.addOwn(a)
	for i, f := range record.Fields(record.Asset) {
		g.fields[f.Name].set(row, a.texts[i])
	}
	for name, text := range a.own {
		if c := g.fields[name]; c != nil {
			c.set(row, text)
		}
	}
	return nil
}

// statusThen is where an asset as of an earlier time stands in lists.
func (t table) statusThen(snap record.Snapshot) (status, error) {
	own := ownStatus(snap)
	if target, ok := mergeTarget(snap); ok && own != voided {
		if stands, err := t.stands(target); err != nil || stands {
			return absorbed, err
		}
	}
	return own, nil
}

// shown tells whether a row belongs to the list of the time that a query asks for.
func (g *grid) shown(row int, q *ListQuery) bool {
	r := &g.rows[row]
	switch {
	case r.status != listed && (r.status != voided || !q.IncludeVoid):
		return false
	case q.AsOf == nil:
		return row < g.present
	case row < g.present:
		return r.last <= g.then
	}
	return true
}
