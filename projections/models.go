package projections

import (
	"context"
	"fmt"
	"sync"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/crdt"
	"fieldbook/eventstore"
	"fieldbook/record"
)

// Models are the read models of one workspace. Queries run in the View or Update that the caller opened; Apply, Retry and
// History belong to an Update.
type Models struct {
	store  *eventstore.Store
	opener Opener
	cfg    Config

	generations [3]*generation // by number; 0 is not used

	mu    sync.Mutex // guards the cache
	cache *cache     // of documents as the writing transaction sees them
}

// Open takes up the read models of a log: it makes them if there are none or if another version of the program built them,
// and applies what was appended since the checkpoint.
func Open(ctx context.Context, store *eventstore.Store, opener Opener, cfg Config) (*Models, error) {
	m := &Models{
		store: store, opener: opener, cfg: cfg, cache: newCache(cfg.cacheBytes()),
		generations: [3]*generation{1: newGeneration(1), 2: newGeneration(2)},
	}
	if cfg.ReadOnly {
		return m, m.checkReadOnly(ctx)
	}
	st, err := m.prepare(ctx)
	if err != nil {
		return nil, fmt.Errorf("opening the read models: %w", err)
	}
	if st.live == 0 || st.version != version {
		err = m.Rebuild(ctx, cfg.report)
	} else {
		err = m.catchUp(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("opening the read models: %w", err)
	}
	return m, nil
}

func (m *Models) checkReadOnly(ctx context.Context) error {
	return m.store.View(ctx, func(tx *eventstore.Tx) error {
		st, err := readState(tx)
		if err != nil || st.live == 0 || st.version != version {
			return ErrVersion
		}
		return nil
	})
}

// liveState is the row of projection_state.
type liveState struct{ live, version, checkpoint int64 }

func readState(tx *eventstore.Tx) (st liveState, err error) {
	s, err := tx.Stmt(`SELECT live, version, checkpoint FROM projection_state WHERE id = 1`)
	if err != nil {
		return st, fmt.Errorf("read models: %w", err)
	}
	err = step(s, func(s *sqlite3.Stmt) error {
		st = liveState{s.ColumnInt64(0), s.ColumnInt64(1), s.ColumnInt64(2)}
		return nil
	})
	return st, err
}

// prepare makes the table that names the live generation. Its first row says that there is none yet.
func (m *Models) prepare(ctx context.Context) (st liveState, err error) {
	err = m.store.Update(ctx, func(tx *eventstore.Tx) error {
		if err := tx.Conn().Exec(control); err != nil {
			return err
		}
		if err := tx.Conn().Exec(`INSERT OR IGNORE INTO projection_state VALUES (1, 0, 0, 0)`); err != nil {
			return err
		}
		st, err = readState(tx)
		return err
	})
	return st, err
}

// live gives the live generation as the transaction sees it: a rebuild may swap beside it.
func (m *Models) live(tx *eventstore.Tx) (table, error) {
	st, err := readState(tx)
	if err != nil {
		return table{}, err
	}
	if st.live != 1 && st.live != 2 {
		return table{}, ErrVersion
	}
	return table{m.generations[st.live], tx}, nil
}

func setCheckpoint(tx *eventstore.Tx, position int64) error {
	s, err := tx.Stmt(`UPDATE projection_state SET checkpoint = ? WHERE id = 1 AND checkpoint < ?1`)
	if err != nil {
		return fmt.Errorf("read models: %w", err)
	}
	if err := s.BindInt64(1, position); err != nil {
		return fmt.Errorf("read models: %w", err)
	}
	return s.Exec()
}

// Forget drops all cached documents. Call it when a transaction that used History or Apply was rolled back.
func (m *Models) Forget() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.cache.clear()
}

// History gives a document's history, empty if there is none, to decide and author on. In an Update it is the cached one: the
// caller may add the changes it authors, Apply takes them up, and it is valid until the transaction ends. In a View it is
// read back from the log and is the caller's own.
func (m *Models) History(tx *eventstore.Tx, stream record.ID) (*crdt.History, error) {
	t, err := m.live(tx)
	if err != nil {
		return nil, err
	}
	if tx.Conn().TxnState("main") != sqlite3.TXN_WRITE {
		d, err := m.load(t, stream)
		if err != nil {
			return nil, fmt.Errorf("reading document %s: %w", stream, err)
		}
		return d.history, nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	d := m.cache.get(stream)
	if d == nil {
		if d, err = m.load(t, stream); err != nil {
			return nil, fmt.Errorf("reading document %s: %w", stream, err)
		}
	}
	d.held = true
	m.cache.put(d)
	return d.history, nil
}

// Snapshot gives a document's state from its row, without loading its history. Of an unknown document Exists is false.
func (m *Models) Snapshot(tx *eventstore.Tx, stream record.ID) (record.Snapshot, error) {
	t, err := m.live(tx)
	if err != nil {
		return record.Snapshot{}, err
	}
	snap, _, err := t.snapshot(stream)
	return snap, err
}
