package projections_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

func (l *laptop) list(q projections.ListQuery) projections.ListPage {
	l.t.Helper()
	return view(l, func(ctx context.Context, tx *eventstore.Tx) (projections.ListPage, error) {
		return l.models.List(ctx, tx, q)
	})
}

func (l *laptop) facets(field string, q projections.ListQuery) []projections.Facet {
	l.t.Helper()
	return view(l, func(ctx context.Context, tx *eventstore.Tx) ([]projections.Facet, error) {
		return l.models.Facets(ctx, tx, field, q)
	})
}

// TestListIsWhatThePlainWayGives asks at random in the middle of random histories, after edits, exchanges, rebuilds and writes
// that were rolled back.
func TestListIsWhatThePlainWayGives(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := &world{laptops: []*laptop{newLaptop(t, 1), newLaptopWith(t, 2, 4)}}
		defer w.close()
		w.laptops[0].site("RAV")
		for range rapid.IntRange(20, 60).Draw(r, "acts") {
			l := w.laptops[rapid.IntRange(0, 1).Draw(r, "who")]
			switch rapid.IntRange(0, 12).Draw(r, "do") {
			case 0:
				must(t, l.models.Rebuild(t.Context(), nil))
			case 1, 2:
				l.describe(r, w)
			case 3:
				l.rollBack(r, w)
			case 4, 5, 6:
				l.ask(r)
			default:
				w.act(r)
			}
		}
		w.laptops[0].pull(w.laptops[1])
		for range 5 {
			w.laptops[0].ask(r)
		}
	})
}

// describe writes fields of kinds that other acts leave alone: custom ones, a set, a choice, long prose.
func (l *laptop) describe(r *rapid.T, w *world) {
	for _, id := range w.known(r, l, w.assets) {
		switch rapid.IntRange(0, 3).Draw(r, "what") {
		case 0:
			l.force(id, "asset.field_changed", []record.Edit{{Key: "custom/" + rapid.SampledFrom([]string{"Loop", "Panel"}).Draw(r, "header"), Value: record.StringValue(rapid.SampledFrom([]string{"L2", "l10", "L02", ""}).Draw(r, "own"))}}, nil)
		case 1:
			l.force(id, "asset.field_changed", []record.Edit{{Key: "criticality", Value: record.StringValue(rapid.SampledFrom([]string{"high", "medium", "low"}).Draw(r, "criticality"))}}, nil)
		case 2:
			text := strings.Repeat("pump ", rapid.SampledFrom([]int{1, 51, 52, 60}).Draw(r, "long")) + rapid.SampledFrom([]string{"a", "b"}).Draw(r, "end")
			l.force(id, "asset.described", nil, []record.TextEdit{{Key: "description", Text: text}})
		case 3:
			l.force(id, "asset.field_changed", []record.Edit{{Key: "accounts/" + rapid.SampledFrom([]string{"admin", "guest"}).Draw(r, "slug"), Value: record.StringValue(rapid.SampledFrom([]string{"admin", "guest"}).Draw(r, "account"))}}, nil)
		}
	}
}

var errRolledBack = errors.New("rolled back")

// rollBack writes, lists what it has written, and fails.
func (l *laptop) rollBack(r *rapid.T, w *world) {
	seq, prev, now, hlc := l.seq, l.prev, l.now, l.hlc
	for _, id := range w.known(r, l, w.assets) {
		err := l.store.Update(l.t.Context(), func(tx *eventstore.Tx) error {
			ev := record.Event{Type: "asset.field_changed", Schema: 1, Stream: id, Edits: []record.Edit{{Key: "tag", Value: record.StringValue("NEVER-WAS")}}}
			body, err := l.author(tx, ev)
			must(l.t, err)
			must(l.t, l.append(tx, plainKey, body))
			page, err := l.models.List(l.t.Context(), tx, projections.ListQuery{IncludeVoid: true, Where: []projections.Condition{{Field: "tag", Op: projections.Is, Text: "NEVER-WAS"}}})
			must(l.t, err)
			if page.Total > 1 {
				l.t.Fatalf("%d assets of a tag that one has", page.Total)
			}
			return errRolledBack
		})
		if !errors.Is(err, errRolledBack) {
			l.t.Fatal(err)
		}
		l.models.Forget()
	}
	l.seq, l.prev, l.now, l.hlc = seq, prev, now, hlc
}

// ask compares a random query, its page and its facets with the plain way.
func (l *laptop) ask(r *rapid.T) {
	l.t.Helper()
	q := projections.ListQuery{
		Search:      rapid.SampledFrom([]string{"", "", "plc", "v1", "s1 plc", "pump", "-"}).Draw(r, "search"),
		Site:        rapid.SampledFrom([]string{"", "", "RAV", "new"}).Draw(r, "site"),
		Sort:        rapid.SampledFrom([]string{"", "tag", "-tag", "serial", "-firmware", "criticality", "-description", "custom.Loop", "-custom.None", "lifecycle", "accounts"}).Draw(r, "sort"),
		Offset:      rapid.IntRange(0, 2).Draw(r, "offset"),
		Limit:       rapid.IntRange(0, 4).Draw(r, "limit"),
		IncludeVoid: rapid.Bool().Draw(r, "void"),
		Columns:     []string{"tag", "firmware", "description", "custom.Loop", "accounts"},
	}
	if rapid.IntRange(0, 2).Draw(r, "then") == 0 {
		at := begin.Add(time.Duration(rapid.IntRange(0, 60).Draw(r, "seconds")) * time.Second)
		q.AsOf = &at
	}
	for range rapid.IntRange(0, 2).Draw(r, "conditions") {
		c := rapid.SampledFrom([]projections.Condition{
			{Field: "tag", Text: "plc 1"}, {Field: "firmware", Text: "v2"}, {Field: "firmware"}, {Field: "serial", Text: "s-1"}, {Field: "description", Text: "pump a"},
			{Field: "description", Text: strings.TrimSpace(strings.Repeat("pump ", 60)) + " b"}, {Field: "custom.Loop", Text: "l2"}, {Field: "custom.None"},
			{Field: "accounts", Text: "guest"}, {Field: "criticality", Text: "high"}, {Field: "site", Text: "RAV"},
		}).Draw(r, "condition")
		c.Op = rapid.SampledFrom([]projections.Op{projections.Is, projections.IsNot, projections.Contains}).Draw(r, "op")
		q.Where = append(q.Where, c)
	}
	want := l.listed(q)
	if diff := same(l.list(q), want, q); diff != "" {
		r.Fatalf("%+v: %s", q, diff)
	}
	field := rapid.SampledFrom([]string{"firmware", "accounts", "custom.Loop", "tag"}).Draw(r, "facet")
	if got, want := l.facets(field, q), faceted(want, field); !slices.Equal(got, want) {
		r.Fatalf("%+v: facets of %s are %v, want %v", q, field, got, want)
	}
}
