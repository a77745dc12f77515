package projections_test

import (
	"cmp"
	"fmt"
	"math/big"
	"regexp"
	"slices"
	"strings"

	"fieldbook/projections"
	"fieldbook/record"
)

// listed is what List promises, made plainly: all assets read, each condition asked of each, the rest sorted.
func (l *laptop) listed(q projections.ListQuery) []record.Snapshot {
	l.t.Helper()
	var fit []record.Snapshot
	for _, a := range l.assets(projections.Query{Search: q.Search, Site: q.Site, AsOf: q.AsOf, IncludeVoid: q.IncludeVoid}).Items {
		if l.holds(a.Snapshot, q.Where) {
			fit = append(fit, a.Snapshot)
		}
	}
	name, down := strings.CutPrefix(q.Sort, "-")
	f, _ := record.Lookup(record.Asset, cmp.Or(name, "site"))
	slices.SortFunc(fit, func(a, b record.Snapshot) int {
		x, y := record.Show(a, f), record.Show(b, f)
		by := inOrder(f, x, y)
		if down && x != "" && y != "" {
			by = -by
		}
		return cmp.Or(by, inOrder(record.Field{}, tell(a, "site"), tell(b, "site")), inOrder(record.Field{}, tell(a, "tag"), tell(b, "tag")), cmp.Compare(a.ID.String(), b.ID.String()))
	})
	return fit
}

func tell(s record.Snapshot, name string) string {
	f, _ := record.Lookup(record.Asset, name)
	return record.Show(s, f)
}

func (l *laptop) holds(s record.Snapshot, where []projections.Condition) bool {
	l.t.Helper()
	for _, c := range where {
		is, err := record.Matches(s, record.Assignment{Field: c.Field, Text: c.Text})
		switch c.Op {
		case projections.Contains:
			is, err = strings.Contains(strings.ToLower(tell(s, c.Field)), strings.ToLower(c.Text)), nil
		case projections.IsNot:
			is = !is
		}
		must(l.t, err)
		if !is {
			return false
		}
	}
	return true
}

var runs = regexp.MustCompile(`[0-9]+|[^0-9]+`)

// inOrder is the order of two texts of a field: empty ones last, choices as defined, others with their numbers as numbers.
func inOrder(f record.Field, x, y string) int {
	switch {
	case x == y:
		return 0
	case x == "" || y == "":
		return cmp.Compare(len(y), len(x))
	case len(f.Enum) > 0:
		return slices.Index(f.Enum, x) - slices.Index(f.Enum, y)
	}
	x, y = x[:min(len(x), 256)], y[:min(len(y), 256)]
	a, b := runs.FindAllString(strings.ToLower(x), -1), runs.FindAllString(strings.ToLower(y), -1)
	for i := range min(len(a), len(b)) {
		n, isNumber := new(big.Int).SetString(a[i], 10)
		m, both := new(big.Int).SetString(b[i], 10)
		by := cmp.Compare(a[i], b[i])
		if isNumber && both {
			by = n.Cmp(m)
		}
		if by != 0 {
			return by
		}
	}
	return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(x, y))
}

// faceted counts what Facets promises.
func faceted(fit []record.Snapshot, name string) []projections.Facet {
	f, _ := record.Lookup(record.Asset, name)
	counts := map[string]int{}
	for _, s := range fit {
		for _, member := range strings.Split(record.Show(s, f), ";") {
			counts[member]++
		}
	}
	list := []projections.Facet{}
	for value, n := range counts {
		list = append(list, projections.Facet{Value: value, Count: n})
	}
	slices.SortFunc(list, func(a, b projections.Facet) int {
		return cmp.Or(b.Count-a.Count, inOrder(record.Field{}, a.Value, b.Value))
	})
	return list
}

// same tells what differs between a page and what was promised; empty if nothing does.
func same(got projections.ListPage, want []record.Snapshot, q projections.ListQuery) string {
	if got.Total != len(want) {
		return fmt.Sprintf("%d fit, want %d", got.Total, len(want))
	}
	want = want[min(q.Offset, len(want)):]
	if q.Limit > 0 {
		want = want[:min(q.Limit, len(want))]
	}
	if len(got.Items) != len(want) {
		return fmt.Sprintf("%d rows, want %d", len(got.Items), len(want))
	}
	for i, s := range want {
		item := got.Items[i]
		if item.ID != s.ID.String() {
			return fmt.Sprintf("row %d is %s %s, want %s %s", i, item.ID, item.Tag, s.ID, tell(s, "tag"))
		}
		for _, name := range q.Columns {
			if item.Values[name] != tell(s, name) {
				return fmt.Sprintf("row %d: %s is %q, want %q", i, name, item.Values[name], tell(s, name))
			}
		}
		if !slices.Equal(item.Concurrent, s.ConcurrentNames()) || (item.Void != nil) == s.Current("void").IsNull() {
			return fmt.Sprintf("row %d: %+v", i, item)
		}
	}
	return ""
}
