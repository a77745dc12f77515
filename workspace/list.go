package workspace

import (
	"context"
	"errors"
	"fmt"

	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// List lists assets for a table on the screen; see projections.Models.List. At
// 50,000 assets a page takes some milliseconds, whatever the order and filters,
// once the first query has read them all.
func (w *Workspace) List(ctx context.Context, q projections.ListQuery) (page projections.ListPage, err error) {
	err = w.listing(ctx, func(tx *eventstore.Tx) error {
		page, err = w.models.List(ctx, tx, q)
		return err
	})
	return page, err
}

// Facets counts the values of a field among the assets of a list, the most
// frequent first, 200 at most.
func (w *Workspace) Facets(ctx context.Context, field string, q projections.ListQuery) (facets []projections.Facet, err error) {
	err = w.listing(ctx, func(tx *eventstore.Tx) error {
		facets, err = w.models.Facets(ctx, tx, field, q)
		return err
	})
	return facets, err
}

// Headers lists the titles of the custom fields that assets have; see
// projections.Models.Headers.
func (w *Workspace) Headers(ctx context.Context) (headers []string, err error) {
	err = w.listing(ctx, func(tx *eventstore.Tx) error {
		headers, err = w.models.Headers(ctx, tx)
		return err
	})
	return headers, err
}

// listing views the assets, anew as long as they change under it.
func (w *Workspace) listing(ctx context.Context, fn func(*eventstore.Tx) error) error {
	for {
		if err := w.store.View(ctx, fn); !errors.Is(err, projections.ErrMoved) {
			return err
		}
	}
}

// SetAssetsByID changes fields of the assets named by their ids, in one batch
// under one reason and one signature. *projections.NotFound: one is unknown, and
// nothing is changed.
func (w *Workspace) SetAssetsByID(ctx context.Context, entry Entry, ids []string, fields []record.Assignment) (Bulk, error) {
	return w.setMany(ctx, entry, fields, func(tx *eventstore.Tx) ([]named, error) {
		list, taken := []named{}, map[record.ID]bool{}
		for _, ref := range ids {
			id, err := record.ParseID(ref)
			if err == nil {
				id, err = w.models.FindAsset(tx, ref)
			}
			if err != nil {
				return nil, fmt.Errorf("asset %s: %w", ref, err)
			}
			if !taken[id] {
				taken[id], list = true, append(list, named{id: id})
			}
		}
		return list, nil
	})
}

// SetAssetsListed changes fields of all assets of a list, beyond its page too, as
// SetAssetsByID does.
func (w *Workspace) SetAssetsListed(ctx context.Context, entry Entry, q projections.ListQuery, fields []record.Assignment) (Bulk, error) {
	return w.setMany(ctx, entry, fields, func(tx *eventstore.Tx) (list []named, err error) {
		listing, err := w.models.Listing(ctx, tx, q)
		if err != nil {
			return nil, err
		}
		for _, id := range listing.IDs() {
			list = append(list, named{id: id})
		}
		return list, nil
	})
}

// Warm reads what List answers from, so that the first list does not have to. It
// is for the background, once a workspace is open.
func (w *Workspace) Warm(ctx context.Context) error {
	_, err := w.List(ctx, projections.ListQuery{Sort: "tag", Limit: 1})
	return err
}
