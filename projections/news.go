package projections

import (
	"context"
	"errors"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/record"
)

// News lists what other devices than one have written and this log took after a position, the latest to arrive first: so many
// rows, 500 at most.
func (m *Models) News(ctx context.Context, tx *eventstore.Tx, own envelope.DeviceID, after int64, limit int) (News, error) {
	t, err := m.live(tx)
	if err != nil {
		return News{}, err
	}
	last, err := tx.Last()
	if err != nil {
		return News{}, err
	}
	p, err := m.newPager(ctx, t, TrailQuery{Limit: limit})
	if err != nil {
		return News{}, fmt.Errorf("reading news: %w", err)
	}
	total, positions, err := tx.Arrived(eventstore.Position(after), own, p.limit)
	if err != nil {
		return News{}, err
	}
	for _, at := range positions {
		e, err := m.entryAt(t, int64(at))
		if err == nil && e != nil {
			err = p.visit(e)
		}
		if errors.Is(err, errStop) {
			break
		}
		if err != nil {
			return News{}, fmt.Errorf("reading news: %w", err)
		}
	}
	return News{Position: int64(last), Total: total, Items: p.page.Items}, nil
}

// entryAt finds the entry of a position, nil if it is not projected yet.
func (m *Models) entryAt(t table, at int64) (e *entry, err error) {
	o, err := m.reopen(t.tx, at)
	if err != nil {
		return nil, err
	}
	doc := int64(0)
	if o.Body != nil {
		if doc, _, err = t.readDoc(record.ID(o.Body.Stream)); err != nil {
			return nil, err
		}
	}
	err = t.each(func(s *sqlite3.Stmt) error { e = readEntry(s); return nil }, entryColumns+` WHERE e.id = ?`, doc<<positionBits|at)
	return e, err
}
