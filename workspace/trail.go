package workspace

import (
	"context"
	"time"

	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// TrailQuery selects a page of the audit trail. Its zero value is the newest of
// all.
type TrailQuery struct {
	Asset  string // reference of an asset; its history and that of those merged into it
	Stream string // id of a document of any kind
	Member string // name or id of a person
	Device string // id of a device, or its beginning
	Field  string // public name
	Type   string // of event
	Source string // manual, import, scan, template, undo or control
	State  string // accepted, waiting, malformed, masked or newer
	Since  *time.Time
	Until  *time.Time
	Oldest bool   // oldest first
	Fold   bool   // give what one act wrote in more than three entries as its first one
	Cursor string // TrailPage.Next of the page before
	Limit  int    // rows, 500 at most; 0 is 100
}

// Trail gives a page of the audit trail, in the order that all devices agree on.
// Its cost is that of the page, however long history is, unless a filter is met
// rarely. A page may hold fewer rows than asked for although others follow:
// Next says whether they do.
func (w *Workspace) Trail(ctx context.Context, q TrailQuery) (page projections.TrailPage, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		query, err := w.trailQuery(ctx, tx, q)
		if err != nil {
			return err
		}
		if page, err = w.models.Trail(ctx, tx, query); err != nil {
			return err
		}
		return w.allowUndo(page.Items)
	})
	return page, err
}

// TrailSpan says how the entries that fit a query lie in time, in so many
// stretches of equal length, 500 at most.
func (w *Workspace) TrailSpan(ctx context.Context, q TrailQuery, buckets int) (span projections.TrailSpan, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		query, err := w.trailQuery(ctx, tx, q)
		if err != nil {
			return err
		}
		span, err = w.models.TrailSpan(ctx, tx, query, buckets)
		return err
	})
	return span, err
}

// News lists what other devices' entries have brought to this laptop behind a
// position of its log, latest arrival first: so many rows, 500 at most.
func (w *Workspace) News(ctx context.Context, after int64, limit int) (news projections.News, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		if news, err = w.models.News(ctx, tx, w.device, after, limit); err != nil {
			return err
		}
		return w.allowUndo(news.Items)
	})
	return news, err
}

func (w *Workspace) trailQuery(ctx context.Context, tx *eventstore.Tx, q TrailQuery) (out projections.TrailQuery, err error) {
	out = projections.TrailQuery{
		Device: q.Device, Field: q.Field, Type: q.Type, Source: q.Source, State: q.State,
		Since: q.Since, Until: q.Until, Oldest: q.Oldest, Fold: q.Fold, Cursor: q.Cursor, Limit: q.Limit,
	}
	if q.Asset != "" {
		if out.Asset, err = w.models.FindAsset(tx, q.Asset); err != nil {
			return out, err
		}
	}
	if q.Stream != "" {
		if out.Stream, err = record.ParseID(q.Stream); err != nil {
			return out, record.Misuse("a stream is named by its id of 32 hexadecimal digits")
		}
	}
	if q.Member != "" {
		out.Member, err = w.member(ctx, q.Member)
	}
	return out, err
}
