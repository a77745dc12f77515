package projections

import (
	"context"
	"fmt"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
)

// maxBuckets bounds the stretches of time of a span.
const maxBuckets = 500

// TrailSpan says how the entries that fit a query lie in time, by their hybrid clocks, which show when they were recorded unless
// their author's clock was behind others'. Entries about members and keys bear no time and are left out. Of everything it
// reads an index alone; with a filter it reads the history.
func (m *Models) TrailSpan(ctx context.Context, tx *eventstore.Tx, q TrailQuery, buckets int) (span TrailSpan, err error) {
	t, err := m.live(tx)
	if err != nil {
		return TrailSpan{}, err
	}
	buckets = min(max(buckets, 1), maxBuckets)
	if plain := (TrailQuery{Oldest: q.Oldest, Cursor: q.Cursor, Limit: q.Limit}); q == plain {
		span, err = t.span(buckets)
	} else {
		span, err = m.spanOf(ctx, t, q, buckets)
	}
	if err != nil {
		return TrailSpan{}, fmt.Errorf("reading history: %w", err)
	}
	return span, nil
}

// span counts all entries.
func (t table) span(buckets int) (TrailSpan, error) {
	var first, last int64
	some := false
	_, err := t.one(func(s *sqlite3.Stmt) error {
		some, first = s.ColumnType(0) != sqlite3.NULL, clockOf(s.ColumnInt64(0))
		return nil
	}, `SELECT min(hlc) FROM $events WHERE hlc > ?`, sortable(0))
	if err == nil {
		_, err = t.one(func(s *sqlite3.Stmt) error { last = clockOf(s.ColumnInt64(0)); return nil }, `SELECT max(hlc) FROM $events`)
	}
	if err != nil || !some {
		return TrailSpan{Buckets: []Bucket{}}, err
	}
	span, width := newSpan(first, last, buckets)
	for i := range span.Buckets {
		from := first + int64(i)*width
		_, err := t.one(func(s *sqlite3.Stmt) error { span.count(i, s.ColumnInt64(0)); return nil },
			`SELECT count(*) FROM $events INDEXED BY $events_hlc WHERE hlc BETWEEN ? AND ?`,
			max(sortable(uint64(from)<<16), sortable(1)), sortable(uint64(from+width)<<16-1))
		if err != nil {
			return TrailSpan{}, err
		}
	}
	return span, nil
}

// clockOf is the time, in ms, of a hybrid clock as rows have it.
func clockOf(stored int64) int64 { return int64((uint64(stored) ^ 1<<63) >> 16) }

// spanOf counts the entries that fit a query.
func (m *Models) spanOf(ctx context.Context, t table, q TrailQuery, buckets int) (TrailSpan, error) {
	q.Cursor, q.Oldest, q.Limit = "", true, 1
	p, err := m.newPager(ctx, t, q)
	if err != nil {
		return TrailSpan{}, err
	}
	var times []int64
	p.counts = func(e *entry) {
		if e.hlc > 0 {
			times = append(times, int64(e.hlc>>16))
		}
	}
	if err := p.walk(); err != nil || len(times) == 0 {
		return TrailSpan{Buckets: []Bucket{}}, err
	}
	first := slices.Min(times)
	span, width := newSpan(first, slices.Max(times), buckets)
	for _, at := range times {
		span.count(int((at-first)/width), 1)
	}
	return span, nil
}

// newSpan cuts a time into stretches.
func newSpan(first, last int64, buckets int) (TrailSpan, int64) {
	span, width := TrailSpan{First: stamp(first), Last: stamp(last)}, (last-first)/int64(buckets)+1
	for i := range int64(buckets) {
		span.Buckets = append(span.Buckets, Bucket{At: *stamp(first + i*width)})
	}
	return span, width
}

func (s *TrailSpan) count(bucket int, n int64) {
	s.Events += n
	s.Buckets[bucket].Count += n
}
