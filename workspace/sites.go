package workspace

import (
	"context"

	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// Sites lists the sites by code.
func (w *Workspace) Sites(ctx context.Context) (sites []projections.SiteView, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		sites, err = w.models.Sites(ctx, tx)
		return err
	})
	return sites, err
}

// SetSite changes a site, and makes it if it is not there.
func (w *Workspace) SetSite(ctx context.Context, entry Entry, code string, fields []record.Assignment) (Written, error) {
	var out Written
	err := w.write(ctx, entry, source{}, func(b *batch) error {
		id, err := record.SiteID(b.env(), code)
		if err != nil {
			return err
		}
		out, err = b.decide(id, record.Site, func(b *batch, s record.Snapshot) ([]record.Event, error) {
			return record.SetSite{Code: code, Fields: fields}.Decide(b.env(), s)
		})
		return err
	})
	return out, err
}
