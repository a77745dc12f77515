package projections

import (
	"context"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
)

// swap applies what came since to the new generation, makes it the live one, and drops the old.
func (m *Models) swap(ctx context.Context, g *generation) error {
	err := m.store.Update(ctx, func(tx *eventstore.Tx) error {
		t := table{g, tx}
		if err := m.overtake(t); err != nil {
			return err
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		m.cache.clear()
		return tx.Conn().Exec(fmt.Sprintf(`UPDATE projection_state SET live = %d, version = %d WHERE id = 1`, g.number, version))
	})
	if err != nil {
		m.Forget()
		return err
	}
	return m.store.Update(ctx, func(tx *eventstore.Tx) error {
		if err := (table{m.generations[3-g.number], tx}).dropTables(); err != nil {
			return err
		}
		return tx.Conn().Exec(`PRAGMA incremental_vacuum`)
	})
}

// overtake applies to a filled generation the events that were appended while it was filled.
func (m *Models) overtake(t table) error {
	var checkpoint int64
	if _, err := t.one(func(s *sqlite3.Stmt) error { checkpoint = s.ColumnInt64(0); return nil }, `SELECT max(id & 1099511627775) FROM $events`); err != nil {
		return err
	}
	for {
		events, err := m.read(t.tx, eventstore.Position(checkpoint))
		if err != nil {
			return err
		}
		if len(events) == 0 {
			return setCheckpoint(t.tx, checkpoint)
		}
		if err := m.newWork(t, newCache(m.cfg.cacheBytes())).project(events); err != nil {
			return err
		}
		checkpoint = int64(events[len(events)-1].Position)
	}
}
