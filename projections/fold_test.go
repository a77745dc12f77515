package projections_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// folded is what a folding page promises, by the plain way: of neighbours that one act wrote, more than three, the first one alone.
func folded(rows []projections.LogRow) (list []projections.TrailRow) {
	same := func(a, b projections.LogRow) bool {
		return a.Device == b.Device && a.Epoch == b.Epoch && a.Source == b.Source && reflect.DeepEqual([]*string{a.RecordedAt, a.SourceName, a.Reason}, []*string{b.RecordedAt, b.SourceName, b.Reason}) &&
			a.Reason != nil
	}
	for len(rows) > 0 {
		entries, types, end, first := 0, []string{}, 0, 0
		for last := ""; end < len(rows) && (end == 0 || rows[end].Hash == last || same(rows[0], rows[end])); end++ {
			if rows[end].Hash == last {
				continue
			}
			if last = rows[end].Hash; entries == 1 {
				first = end
			}
			if entries++; !slices.Contains(types, rows[end].Type) {
				types = append(types, rows[end].Type)
			}
		}
		own := rows[:end]
		if entries > 3 {
			own = rows[:first]
		}
		for i, row := range own {
			list = append(list, projections.TrailRow{LogRow: row})
			if i == 0 && entries > 3 {
				list[len(list)-1].Act = &projections.Act{Entries: entries, Types: types}
			}
		}
		rows = rows[end:]
	}
	return list
}

func entriesOf(rows []projections.TrailRow) int {
	hashes := map[string]bool{}
	for _, row := range rows {
		hashes[row.Hash] = true
	}
	return len(hashes)
}

// folds checks that the pages of a query, folded, are what is promised.
func (l *laptop) folds(r *rapid.T, q projections.TrailQuery) {
	want := folded(l.trailed(q))
	q.Fold = true
	var got []projections.TrailRow
	for more := true; more; {
		page := l.trail(q)
		if acts := entriesOf(page.Items); len(page.Items) > q.Limit && acts > 3 {
			r.Fatalf("a page of %d rows in %d entries, at most %d were asked for", len(page.Items), acts, q.Limit)
		}
		for _, row := range page.Items {
			row.Undoable = false
			got = append(got, row)
		}
		if more = page.Next != nil; more {
			q.Cursor = *page.Next
		}
	}
	if !reflect.DeepEqual(got, want) {
		r.Fatalf("%+v:\n%+v\nwant\n%+v", q, got, want)
	}
}

// TestAFoldedTrailGivesLongActsOnce: whatever is asked for and wherever pages end.
func TestAFoldedTrailGivesLongActsOnce(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := twoLaptops(t)
		defer w.close()
		for range rapid.IntRange(10, 40).Draw(r, "acts") {
			if l := w.laptops[0]; rapid.IntRange(0, 5).Draw(r, "another act") == 0 {
				l.reason = rapid.SampledFrom([]string{"", "round", "list rev 14"}).Draw(r, "reason")
				l.wall = l.now.Add(-time.Duration(rapid.IntRange(0, 5).Draw(r, "seconds")) * time.Second)
			}
			w.act(r)
		}
		l := w.laptops[0]
		l.pull(w.laptops[1])
		for range 8 {
			l.folds(r, randomTrail(r, w))
		}
	})
}

var batched = []string{"asset.field_changed", "asset.described", "asset.retired", "asset.voided", "asset.merged", "asset.unit_swapped"}

// batch writes many entries in one act: edits of some types, every ninth masked, one with another reason, one sealed with a key that
// not everybody has. A clock may be that of two entries, as no honest program has it.
func (l *laptop) batch(r *rapid.T, id record.ID) {
	l.t.Helper()
	reason, source := l.reason, l.source
	l.reason, l.wall, l.source = "list rev 14", begin, envelope.Source{Kind: "import", Name: "list.csv"}
	defer func() { l.reason, l.wall, l.source = reason, time.Time{}, source }()
	n, types := rapid.IntRange(20, 110).Draw(r, "entries"), rapid.IntRange(1, 6).Draw(r, "types")
	odd, shut := rapid.IntRange(0, 2*n).Draw(r, "odd one"), rapid.IntRange(0, 2*n).Draw(r, "shut one")
	twins, mixed, clock := rapid.Bool().Draw(r, "twins"), rapid.Bool().Draw(r, "mixed"), uint64(0)
	l.update(func(tx *eventstore.Tx) error {
		for i := range n {
			key, edit := plainKey, record.Edit{Key: "custom/Own", Value: record.StringValue(fmt.Sprint(n, i))}
			if i%9 == 8 {
				edit.Key = "no/such"
			}
			if l.reason = "list rev 14"; i == odd {
				l.reason = "by hand"
			}
			if i == shut {
				key = shutKey
			}
			at := i * types / n
			if mixed {
				at = i % types
			}
			body, err := l.author(tx, record.Event{Type: batched[at], Schema: 1, Stream: id, Edits: []record.Edit{edit}})
			if err != nil {
				return err
			}
			if twins && i%2 == 1 {
				body.HLC = clock
			}
			clock = body.HLC
			if err := l.append(tx, key, body); err != nil {
				return err
			}
		}
		return nil
	})
}

// TestAFoldedTrailLeapsOverLongActs: it counts all that it leaps over, and nothing else, also where entries of others arrive late and
// split an act, where some wait or are masked, and after a rebuild.
func TestAFoldedTrailLeapsOverLongActs(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := twoLaptops(t)
		defer w.close()
		w.assets = append(w.assets, w.laptops[0].add("PLC-1"))
		w.laptops[1].pull(w.laptops[0])
		for range rapid.IntRange(3, 8).Draw(r, "acts") {
			if rapid.Bool().Draw(r, "long") {
				rapid.SampledFrom(w.laptops).Draw(r, "by").batch(r, w.assets[0])
			} else {
				w.act(r)
			}
		}
		w.laptops[0].pull(w.laptops[1])
		late := newLaptop(t, 9)
		defer late.store.Close()
		check := func() {
			for range 4 {
				q := randomTrail(r, w)
				if q.Asset = (record.ID{}); q.Field != "" {
					q.Field = "custom.Own"
				}
				late.folds(r, q)
			}
		}
		late.shut = true
		late.shuffled(r, w.laptops[0].log())
		check()
		late.shut = false
		late.update(func(tx *eventstore.Tx) error {
			_, err := late.models.Retry(tx)
			return err
		})
		check()
		late.sound()
		check()
	})
}

// TestALeapEndsAtWhatIsOfAnotherKind: the types of an act are told wherever in it they begin, and an entry with another reason splits it.
func TestALeapEndsAtWhatIsOfAnotherKind(t *testing.T) {
	l := newLaptop(t, 1)
	l.site("RAV")
	id := l.add("PLC-1")
	l.wall = l.now
	edit := func(kind, reason string, n int) {
		l.reason = reason
		events := make([]record.Event, n)
		for i := range events {
			events[i] = record.Event{Type: kind, Schema: 1, Stream: id, Edits: []record.Edit{{Key: []string{"custom/Own", "zone"}[i%2], Value: record.StringValue(fmt.Sprint(l.seq, i))}}}
		}
		l.write(events...)
	}
	edit("asset.field_changed", "list", 100)
	edit("asset.imported", "list", 100)
	edit("asset.field_changed", "list", 100)
	edit("asset.field_changed", "by hand", 1)
	edit("asset.field_changed", "list", 100)
	for _, c := range []struct {
		q    projections.TrailQuery
		want string
	}{
		{projections.TrailQuery{Oldest: true}, "300 [asset.field_changed asset.imported] 100 [asset.field_changed] "},
		{projections.TrailQuery{}, "100 [asset.field_changed] 300 [asset.field_changed asset.imported] "},
		{projections.TrailQuery{Type: "asset.imported"}, "100 [asset.imported] "},
		{projections.TrailQuery{Field: "zone", Oldest: true}, "200 [asset.field_changed asset.imported] "},
	} {
		c.q.Fold = true
		got := ""
		for _, row := range l.trail(c.q).Items {
			if row.Act != nil {
				got += fmt.Sprint(row.Act.Entries, " ", row.Act.Types, " ")
			}
		}
		if got != c.want {
			t.Errorf("%+v: %s, want %s", c.q, got, c.want)
		}
	}
}
