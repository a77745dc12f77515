package projections

import (
	"context"
	"time"

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

func (g *grid) before(ctx context.Context, m *Models, t table, at time.Time) error {
	fields := record.Fields(record.Asset)
	for i := range g.present {
		now := g.rows[i]
		if now.status == gone || now.first > g.then || now.last <= g.then {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		snap, _, err := m.snapshotAt(t, now.stream, at)
		if err != nil {
			return err
		}
		a := &stored{gridRow: gridRow{doc: now.doc, stream: now.stream, first: now.first, last: g.then, then: true}}
		if a.status, err = t.statusThen(snap); err != nil {
			return err
		}
		a.show(snap, fields)
		g.append(a, words(snap))
	}
	return nil
}

// append puts an asset of an earlier time behind all rows.
func (g *grid) append(a *stored, words string) {
	row := len(g.rows)
	g.rows, g.words = append(g.rows, a.gridRow), append(g.words, words)
	g.addOwn(a)
	for i, f := range record.Fields(record.Asset) {
		g.fields[f.Name].set(row, a.texts[i])
	}
	for name, text := range a.own {
		if c := g.fields[name]; c != nil {
			c.set(row, text)
		}
	}
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
