package projections

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// List lists assets for a table on the screen: sorted by any field, filtered on any fields, with the columns asked for as text.
// Empty fields come last whichever way a list is sorted, choices in the order in which they are defined, and everything else in
// natural order, PLC-2 before PLC-10, long texts by their first 256 bytes; what is equal there stands by site, tag and id. A
// field or text that means nothing gives the error of package record; errors.Is(err, ErrMoved) says to ask again in a new
// transaction.
func (m *Models) List(ctx context.Context, tx *eventstore.Tx, q ListQuery) (ListPage, error) {
	l, err := m.newLister(ctx, tx, q)
	if err != nil {
		return ListPage{}, err
	}
	columns, err := fieldsNamed(q.Columns)
	if err != nil {
		return ListPage{}, err
	}
	page := ListPage{Items: []ListItem{}}
	var rows []gridRow
	err = l.with(func(g *grid, fit []int32) error {
		page.Total = len(fit)
		for _, row := range part(l.sorted(g, fit), q.Offset, q.Limit) {
			rows = append(rows, g.rows[row])
		}
		return nil
	})
	if err == nil {
		page.Items, err = l.items(rows, columns)
	}
	if err != nil {
		return ListPage{}, fmt.Errorf("listing assets: %w", err)
	}
	return page, nil
}

// lister answers one query from the grid.
type lister struct {
	ctx   context.Context
	m     *Models
	tx    *eventstore.Tx
	t     table
	q     ListQuery
	tests []test
	sort  *record.Field // nil for site and tag
	down  bool
	terms []term
	never bool // nothing can fit
}

// test is a condition made ready.
type test struct {
	field record.Field
	fits  func(shown string) bool
}

func (m *Models) newLister(ctx context.Context, tx *eventstore.Tx, q ListQuery) (*lister, error) {
	l := &lister{ctx: ctx, m: m, tx: tx, q: q, terms: termsOf(q.Search)}
	l.never = len(l.terms) == 0 && strings.TrimSpace(q.Search) != ""
	if site := strings.TrimSpace(q.Site); site != "" {
		q.Where = append(slices.Clone(q.Where), Condition{"site", Is, site})
	}
	for _, c := range q.Where {
		t, err := newTest(c)
		if err != nil {
			return nil, err
		}
		l.tests = append(l.tests, t)
	}
	name, down := strings.CutPrefix(q.Sort, "-")
	if name != "" {
		f, err := fieldNamed(name)
		if err != nil {
			return nil, err
		}
		l.sort, l.down = &f, down
	}
	return l, nil
}

// fieldNamed finds a field of assets; the error names those that may be meant.
func fieldNamed(name string) (record.Field, error) {
	f, ok := record.Lookup(record.Asset, name)
	if !ok {
		_, err := record.Matches(record.Snapshot{Entity: record.Asset}, record.Assignment{Field: name})
		return f, err
	}
	return f, nil
}

func fieldsNamed(names []string) ([]record.Field, error) {
	fields := make([]record.Field, len(names))
	for i, name := range names {
		var err error
		if fields[i], err = fieldNamed(name); err != nil {
			return nil, err
		}
	}
	return fields, nil
}

func newTest(c Condition) (test, error) {
	f, err := fieldNamed(c.Field)
	if err != nil {
		return test{}, err
	}
	switch c.Op {
	case Contains:
		part := strings.ToLower(c.Text)
		return test{f, func(shown string) bool { return strings.Contains(strings.ToLower(shown), part) }}, nil
	case Is, IsNot:
		match, err := f.Matcher(c.Text)
		if c.Op == Is || err != nil {
			return test{f, match}, err
		}
		return test{f, func(shown string) bool { return !match(shown) }}, nil
	}
	return test{}, &record.UsageError{Message: fmt.Sprintf("%q is no comparison; take =, != or ~", c.Op)}
}

// with calls fn with the grid, as the query's time has it, and the rows that fit. The grid stays as it is until fn returns.
func (l *lister) with(fn func(g *grid, fit []int32) error) error {
	l.m.grids.mu.Lock()
	defer l.m.grids.mu.Unlock()
	g, t, err := l.m.grids.at(l.ctx, l.m, l.tx)
	if err != nil {
		return err
	}
	l.t = t
	g.trim()
	columns := make([]*gridColumn, len(l.tests))
	for i := range l.tests {
		if columns[i], err = g.column(l.ctx, t, l.tests[i].field); err != nil {
			return err
		}
	}
	if l.sort != nil {
		if _, err := g.column(l.ctx, t, *l.sort); err != nil {
			return err
		}
	}
	if l.q.AsOf != nil {
		if err := g.turn(l.ctx, l.m, t, *l.q.AsOf); err != nil {
			return err
		}
	}
	fit, err := l.fit(g, columns)
	if err != nil {
		return err
	}
	return fn(g, fit)
}

// fit lists the rows that fit the query.
func (l *lister) fit(g *grid, columns []*gridColumn) ([]int32, error) {
	if l.never {
		return nil, nil
	}
	fit, err := l.candidates(g)
	for i := range l.tests {
		if err == nil {
			fit, err = l.test(g, columns[i], l.tests[i].fits, fit)
		}
	}
	return fit, err
}

// candidates lists the rows that a search finds, of those in the list at all.
func (l *lister) candidates(g *grid) (fit []int32, err error) {
	if len(l.terms) == 0 {
		fit = make([]int32, 0, len(g.rows))
		for row := range g.rows {
			if g.shown(row, &l.q) {
				fit = append(fit, int32(row))
			}
		}
		return fit, nil
	}
	if err := l.search(g); err != nil {
		return nil, err
	}
	for _, row := range g.hits {
		if g.shown(int(row), &l.q) {
			fit = append(fit, row)
		}
	}
	for i, words := range g.words {
		if row := g.present + i; l.q.AsOf != nil && g.shown(row, &l.q) && found(words, l.terms) {
			fit = append(fit, int32(row))
		}
	}
	return fit, nil
}

// search finds the rows of now that have the words. The pages of one search follow each other, so the last is remembered.
func (l *lister) search(g *grid) error {
	if g.found == match(l.terms) {
		return nil
	}
	g.found, g.hits = "", nil
	err := l.t.hits(l.terms, func(doc int64) {
		if row, known := g.byDoc[doc]; known {
			g.hits = append(g.hits, row)
		}
	})
	if err == nil {
		g.found = match(l.terms)
	}
	return err
}

// hits calls fn with the documents that a search finds: those that the index names, but of documents that wait for it those
// whose words fit.
func (t table) hits(terms []term, fn func(doc int64)) error {
	if err := t.fitting(terms, fn); err != nil {
		return err
	}
	return t.each(func(s *sqlite3.Stmt) error {
		if doc := s.ColumnInt64(0); !t.waits(doc) {
			fn(doc)
		}
		return nil
	}, `SELECT rowid FROM $fts WHERE $fts MATCH ?`, match(terms))
}

// test keeps the rows of which a field passes: each text is tested once. What was cut is tested on the document.
func (l *lister) test(g *grid, c *gridColumn, fits func(string) bool, rows []int32) ([]int32, error) {
	passes := make([]bool, len(c.values))
	for code, text := range c.values {
		passes[code] = !isCut(text) && fits(text)
	}
	kept := rows[:0]
	for _, row := range rows {
		code := c.at(row)
		if passes[code] {
			kept = append(kept, row)
			continue
		}
		if !isCut(c.values[code]) {
			continue
		}
		snap, err := l.snapshot(&g.rows[row])
		if err != nil {
			return nil, err
		}
		if fits(record.Show(snap, c.field)) {
			kept = append(kept, row)
		}
	}
	return kept, nil
}

// snapshot reads the document of a row, as of the query's time if it has changed since then.
func (l *lister) snapshot(row *gridRow) (record.Snapshot, error) {
	if row.then {
		snap, _, err := l.m.snapshotAt(l.t, row.stream, *l.q.AsOf)
		return snap, err
	}
	return l.t.snapshotOf(row.doc)
}

// sorted puts rows in the order of the query.
func (l *lister) sorted(g *grid, rows []int32) []int32 {
	place := g.places()
	var ranks []uint32
	var c *gridColumn
	if l.sort != nil {
		if c = g.fields[l.sort.Name]; c != nil {
			ranks = c.ranks()
		}
	}
	keys := make([]uint64, len(rows))
	for i, row := range rows {
		keys[i] = uint64(place[row])
		if ranks == nil {
			continue
		}
		rank := ranks[c.at(row)]
		if l.down && rank != none {
			rank = uint32(len(ranks)) - rank
		}
		keys[i] |= uint64(rank) << 32
	}
	slices.Sort(keys)
	for i, key := range keys {
		rows[i] = g.byPlace[uint32(key)]
	}
	return rows
}

// part is a page of a list.
func part[T any](list []T, offset, limit int) []T {
	list = list[min(max(offset, 0), len(list)):]
	if limit > 0 && limit < len(list) {
		list = list[:limit]
	}
	return list
}
