package projections

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// List lists assets for a table on the screen: sorted by any field, filtered on any fields, with the columns asked for as text.
// Empty fields come last whichever way a list is sorted, choices in the order in which they are defined, and everything else in
// natural order, PLC-2 before PLC-10; what is equal there stands by site, tag and id. A field or text that means nothing gives
// the error of package record.
func (m *Models) List(ctx context.Context, tx *eventstore.Tx, q ListQuery) (ListPage, error) {
	assets, err := m.listed(ctx, tx, q)
	if err != nil {
		return ListPage{}, err
	}
	page := ListPage{Total: len(assets), Items: []ListItem{}}
	assets = assets[min(max(q.Offset, 0), len(assets)):]
	if q.Limit > 0 && q.Limit < len(assets) {
		assets = assets[:q.Limit]
	}
	for _, a := range assets {
		page.Items = append(page.Items, listItem(a, q.Columns))
	}
	return page, nil
}

// Facets counts the values that a field has among the assets that a list holds, the most frequent first, 200 at most. The
// query's order, page and columns do not matter.
func (m *Models) Facets(ctx context.Context, tx *eventstore.Tx, field string, q ListQuery) ([]Facet, error) {
	assets, err := m.listed(ctx, tx, q)
	if err != nil {
		return nil, err
	}
	f, _ := record.Lookup(record.Asset, field)
	counts := map[string]int{}
	for _, a := range assets {
		counts[record.Show(a.Snapshot, f)]++
	}
	list := []Facet{}
	for value, n := range counts {
		list = append(list, Facet{value, n})
	}
	slices.SortFunc(list, func(a, b Facet) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Value, b.Value)) })
	return list[:min(len(list), maxFacets)], nil
}

func (m *Models) listed(ctx context.Context, tx *eventstore.Tx, q ListQuery) (list []Asset, err error) {
	_, err = m.EachAsset(ctx, tx, Query{Search: q.Search, Site: q.Site, AsOf: q.AsOf, IncludeVoid: q.IncludeVoid}, func(a Asset) error {
		for _, c := range q.Where {
			if ok, err := holds(a.Snapshot, c); !ok || err != nil {
				return err
			}
		}
		list = append(list, a)
		return nil
	})
	if name, down := strings.CutPrefix(q.Sort, "-"); name != "" && err == nil {
		f, _ := record.Lookup(record.Asset, name)
		slices.SortStableFunc(list, func(a, b Asset) int {
			n := cmp.Compare(record.Show(a.Snapshot, f), record.Show(b.Snapshot, f))
			if down {
				n = -n
			}
			return n
		})
	}
	return list, err
}

func holds(s record.Snapshot, c Condition) (bool, error) {
	f, ok := record.Lookup(record.Asset, c.Field)
	if !ok {
		return record.Matches(s, record.Assignment{Field: c.Field})
	}
	switch c.Op {
	case Contains:
		return strings.Contains(strings.ToLower(record.Show(s, f)), strings.ToLower(c.Text)), nil
	case IsNot:
		ok, err := record.Matches(s, record.Assignment{Field: c.Field, Text: c.Text})
		return !ok, err
	case Is:
		return record.Matches(s, record.Assignment{Field: c.Field, Text: c.Text})
	}
	return false, &record.UsageError{Message: fmt.Sprintf("%q is no comparison; take =, != or ~", c.Op)}
}

func listItem(a Asset, columns []string) ListItem {
	item := ListItem{
		ID: a.ID.String(), Tag: a.Tag, Site: a.Site, Lifecycle: a.Snapshot.Current("lifecycle").Str, Values: map[string]string{},
		Concurrent: a.Concurrent, Unverified: a.Unverified, Void: nullable(a.Void), MergedInto: nullable(a.MergedInto),
	}
	if item.Concurrent == nil {
		item.Concurrent = []string{}
	}
	for _, name := range columns {
		if f, ok := record.Lookup(record.Asset, name); ok {
			item.Values[name] = record.Show(a.Snapshot, f)
		}
	}
	return item
}
