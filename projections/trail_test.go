package projections_test

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

func (l *laptop) trail(q projections.TrailQuery) projections.TrailPage {
	l.t.Helper()
	return view(l, func(ctx context.Context, tx *eventstore.Tx) (projections.TrailPage, error) {
		return l.models.Trail(ctx, tx, q)
	})
}

// pages reads a trail to its end, with between called between pages.
func (l *laptop) pages(q projections.TrailQuery, between func()) (rows []projections.LogRow) {
	l.t.Helper()
	for {
		page := l.trail(q)
		if q.Limit > 0 && len(page.Items) > q.Limit {
			l.t.Fatalf("a page of %d rows, at most %d were asked for", len(page.Items), q.Limit)
		}
		for _, row := range page.Items {
			rows = append(rows, row.LogRow)
		}
		if page.Next == nil {
			return rows
		}
		q.Cursor = *page.Next
		between()
	}
}

// trailed is what Trail promises, by the plain way: the rows of Log that fit, entries the other way round if the newest go first.
func (l *laptop) trailed(q projections.TrailQuery) (fit []projections.LogRow) {
	l.t.Helper()
	for _, row := range l.history(projections.LogQuery{Asset: q.Asset, Stream: q.Stream, Member: q.Member, Since: q.Since, Until: q.Until}) {
		field := row.Field != nil && (*row.Field == q.Field || strings.HasPrefix(*row.Field, q.Field+"/"))
		if strings.HasPrefix(row.Device, q.Device) && (q.Field == "" || field) && (q.Type == "" || row.Type == q.Type) &&
			(q.Source == "" || row.Source == q.Source) && (q.State == "" || row.State == q.State) {
			fit = append(fit, row)
		}
	}
	if q.Oldest {
		return fit
	}
	var turned []projections.LogRow
	for len(fit) > 0 {
		at := len(fit) - 1
		for at > 0 && fit[at-1].Hash == fit[at].Hash {
			at--
		}
		turned, fit = append(turned, fit[at:]...), fit[:at]
	}
	return turned
}

func randomTrail(r *rapid.T, w *world) projections.TrailQuery {
	q := projections.TrailQuery{
		Field: rapid.SampledFrom([]string{"", "", "", "firmware", "tag", "text", "custom.Loop"}).Draw(r, "field"),
		Type:  rapid.SampledFrom([]string{"", "", "asset.field_changed", "note.written", "asset.registered"}).Draw(r, "type"),
		State: rapid.SampledFrom([]string{"", "", "accepted", "masked"}).Draw(r, "state"), Source: rapid.SampledFrom([]string{"", "", "manual", "scan"}).Draw(r, "source"),
		Device: rapid.SampledFrom([]string{"", "", "02dd", "01", w.laptops[0].feed.Device.String()}).Draw(r, "device"),
		Oldest: rapid.Bool().Draw(r, "oldest"), Limit: rapid.IntRange(1, 7).Draw(r, "limit"),
	}
	if rapid.IntRange(0, 3).Draw(r, "by") == 0 {
		q.Member = record.ID(w.laptops[1].member)
	}
	if len(w.assets) > 0 && rapid.IntRange(0, 2).Draw(r, "of") == 0 {
		q.Asset = rapid.SampledFrom(w.assets).Draw(r, "asset")
	}
	for _, bound := range []**time.Time{&q.Since, &q.Until} {
		if rapid.IntRange(0, 3).Draw(r, "bounded") == 0 {
			at := begin.Add(time.Duration(rapid.IntRange(0, 40).Draw(r, "seconds")) * time.Second)
			*bound = &at
		}
	}
	return q
}

// TestTrailIsTheLogByPages: whatever is asked for, the pages together are the rows of the log that fit, and the span counts their
// entries.
func TestTrailIsTheLogByPages(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := twoLaptops(t)
		defer w.close()
		for range rapid.IntRange(10, 40).Draw(r, "acts") {
			w.act(r)
		}
		l := w.laptops[0]
		l.pull(w.laptops[1])
		for range 8 {
			q := randomTrail(r, w)
			want := l.trailed(q)
			if got := l.pages(q, func() {}); !reflect.DeepEqual(got, want) {
				r.Fatalf("%+v:\n%+v\nwant\n%+v", q, got, want)
			}
			hashes := map[string]bool{}
			for _, row := range want {
				hashes[row.Hash] = true
			}
			span := view(l, func(ctx context.Context, tx *eventstore.Tx) (projections.TrailSpan, error) {
				return l.models.TrailSpan(ctx, tx, q, 5)
			})
			var sum int64
			for _, b := range span.Buckets {
				sum += b.Count
			}
			if span.Events != int64(len(hashes)) || sum != span.Events || len(hashes) > 0 && len(span.Buckets) != 5 {
				r.Fatalf("%+v: %d entries, span %+v", q, len(hashes), span)
			}
		}
	})
}

// TestPagesHoldWhileEntriesArrive: what was there at the first page is given once, in order, whatever comes in between.
func TestPagesHoldWhileEntriesArrive(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := twoLaptops(t)
		defer w.close()
		for range 15 {
			w.act(r)
		}
		l := w.laptops[0]
		q := projections.TrailQuery{Limit: rapid.IntRange(1, 9).Draw(r, "limit"), Oldest: rapid.Bool().Draw(r, "oldest")}
		name := func(row projections.LogRow) string {
			field := ""
			if row.Field != nil {
				field = *row.Field
			}
			return row.Hash + field
		}
		var before, got []string
		for _, row := range l.trailed(q) {
			before = append(before, name(row))
		}
		more := 10
		arrive := func() {
			if more--; more > 0 {
				w.act(r)
				l.pull(w.laptops[1])
			}
		}
		for _, row := range l.pages(q, arrive) {
			if slices.Contains(got, name(row)) {
				r.Fatalf("%s is given twice", name(row))
			}
			got = append(got, name(row))
		}
		kept := slices.DeleteFunc(got, func(s string) bool { return !slices.Contains(before, s) })
		if !slices.Equal(kept, before) {
			r.Fatalf("of\n%v\nit gave\n%v", before, kept)
		}
	})
}

func TestTrailRefusesWhatMeansNothing(t *testing.T) {
	l := newLaptop(t, 1)
	var misuse *record.UsageError
	for _, q := range []projections.TrailQuery{{Device: "xyz"}, {Device: strings.Repeat("0", 66)}, {State: "lost"}, {Cursor: "?"}, {Cursor: "AAAA"}} {
		err := l.store.View(t.Context(), func(tx *eventstore.Tx) error {
			_, err := l.models.Trail(t.Context(), tx, q)
			return err
		})
		if !errors.As(err, &misuse) {
			t.Errorf("%+v: %v", q, err)
		}
	}
}

// TestAFilterThatIsRarelyMetGivesShortPages: a page ends when it has looked at enough, and its cursor leads on to the end.
func TestAFilterThatIsRarelyMetGivesShortPages(t *testing.T) {
	l, ids := imported(t, 1200)
	l.force(ids[3], "asset.field_changed", []record.Edit{{Key: "custom/Own", Value: record.StringValue("x")}}, nil)
	q := projections.TrailQuery{Field: "custom.Own", Oldest: true}
	first := l.trail(q)
	if len(first.Items) != 0 || first.Next == nil {
		t.Fatalf("the first page has %d rows, next %v", len(first.Items), first.Next)
	}
	if rows := l.pages(q, func() {}); len(rows) != 1 || rows[0].After != "x" {
		t.Errorf("%+v", rows)
	}
}

// TestNewsIsWhatOthersWrote: behind a position, latest arrival first, and none of one's own.
func TestNewsIsWhatOthersWrote(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := &world{laptops: []*laptop{newLaptop(t, 1), newLaptop(t, 2), newLaptop(t, 3)}}
		defer w.close()
		w.laptops[0].site("RAV")
		for range rapid.IntRange(5, 30).Draw(r, "acts") {
			w.act(r)
		}
		l := w.laptops[0]
		l.pull(w.laptops[1])
		after := int64(rapid.IntRange(0, 30).Draw(r, "after"))
		news := view(l, func(ctx context.Context, tx *eventstore.Tx) (projections.News, error) {
			return l.models.News(ctx, tx, l.feed.Device, after, 500)
		})
		want := map[int64]bool{}
		for _, row := range l.history(projections.LogQuery{}) {
			if row.Device != l.feed.Device.String() && row.Position > after {
				want[row.Position] = true
			}
		}
		got := map[int64]bool{}
		last := news.Position + 1
		for _, row := range news.Items {
			if row.Position > last {
				r.Fatalf("position %d after %d", row.Position, last)
			}
			last, got[row.Position] = row.Position, true
		}
		if news.Position != int64(len(l.log())) || news.Total != int64(len(want)) || !reflect.DeepEqual(got, want) {
			r.Fatalf("after %d: %+v, want %v", after, news, want)
		}
	})
}

// BenchmarkTrail measures pages of a history of 200,000 entries.
func BenchmarkTrail(b *testing.B) {
	l, ids := imported(b, 20000)
	l.edit(ids, 9)
	middle := l.trail(projections.TrailQuery{Limit: 100})
	for _, bench := range []struct {
		name string
		q    projections.TrailQuery
	}{
		{"newest", projections.TrailQuery{}},
		{"folded", projections.TrailQuery{Fold: true}},
		{"next", projections.TrailQuery{Cursor: *middle.Next}},
		{"oldest", projections.TrailQuery{Oldest: true}},
		{"asset", projections.TrailQuery{Asset: ids[17]}},
		{"until", projections.TrailQuery{Until: new(begin.Add(time.Hour))}},
		{"rare", projections.TrailQuery{Type: "note.written"}},
	} {
		b.Run(bench.name, func(b *testing.B) {
			before, n := cpu(), 0
			for b.Loop() {
				l.trail(bench.q)
				n++
			}
			b.ReportMetric((cpu()-before).Seconds()*1000/float64(n), "cpu-ms/op")
		})
	}
	b.Run("span", func(b *testing.B) {
		for b.Loop() {
			view(l, func(ctx context.Context, tx *eventstore.Tx) (projections.TrailSpan, error) {
				return l.models.TrailSpan(ctx, tx, projections.TrailQuery{}, 100)
			})
		}
	})
	b.Run("news", func(b *testing.B) {
		for b.Loop() {
			view(l, func(ctx context.Context, tx *eventstore.Tx) (projections.News, error) {
				return l.models.News(ctx, tx, envelope.DeviceID{99}, 1000, 100)
			})
		}
	})
}
