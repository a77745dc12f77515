package projections

import (
	"context"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
)

// swap applies what came since to the new generation, makes it the live one, and drops the old. In the same transaction with says
// how many of its documents have claims. Up to wordless its documents are not in the full-text index yet.
func (m *Models) swap(ctx context.Context, g *generation, wordless int64, with func(*eventstore.Tx) (claimed int64, err error)) error {
	err := m.store.Update(ctx, func(tx *eventstore.Tx) error {
		old, err := readStanding(tx)
		if err != nil {
			return err
		}
		claimed, err := with(tx)
		if err != nil {
			return err
		}
		checkpoint, claimed, err := m.overtake(g.in(tx), claimed)
		if err != nil {
			return err
		}
		m.mu.Lock()
		defer m.mu.Unlock()
		m.cache.clear()
		return m.writeStanding(tx, standing{live: g.number, version: version, checkpoint: checkpoint, claimed: claimed, edition: old.edition + 1, wordless: wordless})
	})
	if err != nil {
		m.Forget()
		return err
	}
	// The file keeps its size: the pages of the old generation hold the next one.
	return m.store.Update(ctx, func(tx *eventstore.Tx) error { return m.generations[3-g.number].in(tx).dropTables() })
}

// overtake applies to a filled generation the events that were appended while it was filled. It gives the last position, and how
// many documents have claims then.
func (m *Models) overtake(t table, claims int64) (checkpoint, claimed int64, err error) {
	t.claimed = claims
	if _, err := t.one(func(s *sqlite3.Stmt) error { checkpoint = s.ColumnInt64(0); return nil }, `SELECT max(id & 1099511627775) FROM $events`); err != nil {
		return 0, 0, err
	}
	for {
		events, err := m.read(t.tx, eventstore.Position(checkpoint))
		if err != nil || len(events) == 0 {
			return checkpoint, t.claimed, err
		}
		w := m.newWork(t, newCache(m.cfg.cacheBytes()))
		if err := w.project(events); err != nil {
			return 0, 0, err
		}
		t.claimed += w.claimed
		checkpoint = int64(events[len(events)-1].Position)
	}
}
