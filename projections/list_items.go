package projections

import (
	"cmp"
	"context"
	"slices"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// snapshots reads the documents of rows, and takes them apart on all cores.
func (l *lister) snapshots(rows []gridRow) ([]record.Snapshot, error) {
	snaps := make([]record.Snapshot, len(rows))
	states := make([]*state, len(rows))
	for i := range rows {
		if err := l.ctx.Err(); err != nil {
			return nil, err
		}
		var err error
		if rows[i].then {
			snaps[i], err = l.snapshot(&rows[i])
		} else {
			states[i], err = l.t.stateOf(rows[i].doc)
		}
		if err != nil {
			return nil, err
		}
	}
	return snaps, parallel(len(rows), func(i int) error {
		if states[i] != nil {
			snaps[i] = states[i].snapshot()
		}
		return nil
	})
}

// items shows the assets of a page.
func (l *lister) items(rows []gridRow, columns []record.Field) ([]ListItem, error) {
	snaps, err := l.snapshots(rows)
	if err != nil {
		return nil, err
	}
	items := make([]ListItem, len(rows))
	for i := range rows {
		items[i] = newItem(snaps[i], columns, l.q.Columns)
		if l.t.claimed == 0 {
			continue
		}
		left, err := l.t.missing(rows[i].doc)
		if err != nil {
			return nil, err
		}
		items[i].Unverified = left > 0
	}
	return items, nil
}

func newItem(snap record.Snapshot, columns []record.Field, names []string) ListItem {
	item := ListItem{
		ID: snap.ID.String(), Tag: snap.Current("tag").Str, Site: snap.Current("site").Str, Lifecycle: snap.Current("lifecycle").Str,
		Values: make(map[string]string, len(columns)), Concurrent: snap.ConcurrentNames(),
		Void: nullable(snap.Current("void").Display()), MergedInto: nullable(snap.Current("merged_into").Str),
	}
	record.ShowEach(snap, columns, func(i int, text string) { item.Values[names[i]] = text })
	return item
}

// Facets counts the values that a field has among the assets that a list holds, the most frequent first, 200 at most: of a set
// its members, and "" for an empty field, which stands behind others as frequent. Texts too long to choose from are left out. The query's order, page and columns do
// not matter.
func (m *Models) Facets(ctx context.Context, tx *eventstore.Tx, field string, q ListQuery) ([]Facet, error) {
	q.Sort, q.Columns = "", nil
	l, err := m.newLister(ctx, tx, q)
	if err != nil {
		return nil, err
	}
	f, err := fieldNamed(field)
	if err != nil {
		return nil, err
	}
	l.sort = &f // the list needs its column
	var counts map[string]int
	err = l.with(func(g *grid, fit []int32) error {
		c, err := g.column(ctx, l.t, f)
		if err == nil {
			counts = c.count(fit)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	list := make([]Facet, 0, len(counts))
	for value, n := range counts {
		list = append(list, Facet{value, n})
	}
	slices.SortFunc(list, func(a, b Facet) int {
		if a.Count == b.Count && (a.Value == "") != (b.Value == "") {
			return cmp.Compare(len(b.Value), len(a.Value))
		}
		return cmp.Or(cmp.Compare(b.Count, a.Count), compareNatural(a.Value, b.Value))
	})
	return list[:min(len(list), maxFacets)], nil
}

// count counts the members, or the whole texts, of rows.
func (c *gridColumn) count(rows []int32) map[string]int {
	byCode := make([]int, len(c.values))
	for _, row := range rows {
		byCode[c.at(row)]++
	}
	counts := map[string]int{}
	for code, n := range byCode {
		if n == 0 || isCut(c.values[code]) {
			continue
		}
		for _, member := range c.field.Members(c.values[code]) {
			counts[member] += n
		}
	}
	return counts
}
