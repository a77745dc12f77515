package projections

import (
	"context"
	"fmt"
	"slices"
	"strings"

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
	return test{}, record.Misuse(`"{0}" is no comparison; take =, != or ~`, c.Op)
}

// part is a page of a list.
func part[T any](list []T, offset, limit int) []T {
	list = list[min(max(offset, 0), len(list)):]
	if limit > 0 && limit < len(list) {
		list = list[:limit]
	}
	return list
}
