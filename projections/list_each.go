package projections

import (
	"context"
	"fmt"
	"slices"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// Listing is a whole list, whatever its page: the assets that fit a query, in its order. It is valid as long as its transaction.
type Listing struct {
	l    *lister
	rows []gridRow
}

// Listing finds the assets of a list. Its errors are those of List.
func (m *Models) Listing(ctx context.Context, tx *eventstore.Tx, q ListQuery) (*Listing, error) {
	l, err := m.newLister(ctx, tx, q)
	if err != nil {
		return nil, err
	}
	list := &Listing{l: l}
	err = l.with(func(g *grid, fit []int32) error {
		for _, row := range l.sorted(g, fit) {
			list.rows = append(list.rows, g.rows[row])
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("listing assets: %w", err)
	}
	return list, nil
}

// IDs gives the ids of the assets.
func (l *Listing) IDs() []record.ID {
	ids := make([]record.ID, len(l.rows))
	for i := range l.rows {
		ids[i] = l.rows[i].stream
	}
	return ids
}

// Each calls fn with the assets. It holds some of them at a time.
func (l *Listing) Each(fn func(record.Snapshot) error) error {
	for batch := range slices.Chunk(l.rows, assetBatch) {
		snaps, err := l.l.snapshots(batch)
		if err != nil {
			return fmt.Errorf("listing assets: %w", err)
		}
		for _, s := range snaps {
			if err := fn(s); err != nil {
				return err
			}
		}
	}
	return nil
}
