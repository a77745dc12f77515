package projections

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

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

	seen atomic.Pointer[sighting]

	changes changes
	grids   grids

	building sync.Mutex // one generation is built at a time

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
	var st standing
	err := store.View(ctx, func(tx *eventstore.Tx) (err error) {
		st, err = readStanding(tx)
		return err
	})
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
		st, err := readStanding(tx)
		if err != nil || st.live == 0 || st.version != version {
			return ErrVersion
		}
		return nil
	})
}

// live gives the live generation as the transaction sees it: a rebuild may swap beside it.
func (m *Models) live(tx *eventstore.Tx) (table, error) {
	t, _, err := m.standing(tx)
	return t, err
}

func (m *Models) standing(tx *eventstore.Tx) (table, standing, error) {
	st, err := m.readStanding(tx)
	if err != nil {
		return table{}, st, fmt.Errorf("read models: %w", err)
	}
	if st.live == 0 {
		return table{}, st, ErrVersion
	}
	t := m.generations[st.live].in(tx)
	t.unindexed, t.wordless, t.claimed = st.unindexed, st.wordless, st.claimed
	return t, st, nil
}

// Forget drops all cached documents. Call it when a transaction that used History or Apply was rolled back.
func (m *Models) Forget() {
	m.grids.back.Store(true)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.cache.clear()
	m.seen.Store(nil)
}

// History gives a document's history, empty if there is none, to decide and author on. In an Update it is the cached one: the
// caller may add the changes it authors, Apply takes them up, and it is valid until the transaction ends. In a View it is
// read back from the log and is the caller's own.
func (m *Models) History(tx *eventstore.Tx, stream record.ID) (*crdt.History, error) {
	t, err := m.live(tx)
	if err != nil {
		return nil, err
	}
	if !writes(tx) {
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

func writes(tx *eventstore.Tx) bool { return tx.Conn().TxnState("main") == sqlite3.TXN_WRITE }

// Snapshot gives a document's state as its row has it, without loading its history. Of an unknown document Exists is false. The
// caller must not change it.
func (m *Models) Snapshot(tx *eventstore.Tx, stream record.ID) (record.Snapshot, error) {
	if writes(tx) {
		if snap, ok := m.cached(stream); ok {
			return snap, nil
		}
	}
	t, err := m.live(tx)
	if err != nil {
		return record.Snapshot{}, err
	}
	snap, _, err := t.snapshot(stream)
	return snap, err
}

// cachedRow gives the row of a document that the writing transaction, or one before it, projected last.
func (m *Models) cachedRow(stream record.ID) (row docRow, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d := m.cache.get(stream)
	if d == nil || d.known == nil {
		return row, false
	}
	return d.row, true
}

// cached gives the state of a document that the writing transaction, or one before it, projected last.
func (m *Models) cached(stream record.ID) (snap record.Snapshot, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d := m.cache.get(stream)
	if d == nil || d.known == nil {
		return snap, false
	}
	return d.known.snap, true
}
