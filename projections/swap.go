package projections

import (
	"context"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
)

// swap applies what came since to the new generation, makes it the live one, and drops the old.
func (m *Models) swap(ctx context.Context, g *generation) error {
	err := m.store.Update(ctx, func(tx *eventstore.Tx) error {
		checkpoint, err := m.overtake(g.in(tx))
		if err != nil {
			return err
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		m.cache.clear()
		return m.writeStanding(tx, standing{live: g.number, version: version, checkpoint: checkpoint})
	})
	if err != nil {
		m.Forget()
		return err
	}
	return m.store.Update(ctx, func(tx *eventstore.Tx) error {
		if err := m.generations[3-g.number].in(tx).dropTables(); err != nil {
			return err
		}
		return tx.Conn().Exec(`PRAGMA incremental_vacuum`)
	})
}

// overtake applies to a filled generation the events that were appended while it was filled, and gives the last position.
func (m *Models) overtake(t table) (checkpoint int64, err error) {
	if _, err := t.one(func(s *sqlite3.Stmt) error { checkpoint = s.ColumnInt64(0); return nil }, `SELECT max(id & 1099511627775) FROM $events`); err != nil {
		return 0, err
	}
	for {
		events, err := m.read(t.tx, eventstore.Position(checkpoint))
		if err != nil || len(events) == 0 {
			return checkpoint, err
		}
		if err := m.newWork(t, newCache(m.cfg.cacheBytes())).project(events); err != nil {
			return checkpoint, err
		}
		checkpoint = int64(events[len(events)-1].Position)
	}
}
