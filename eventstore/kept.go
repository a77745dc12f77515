package eventstore

import "github.com/ncruces/go-sqlite3"

// Kept is a value that a program keeps on this device, beside the log: a draft, a view, a setting of its screens.
type Kept struct {
	Key   string
	Value []byte
	// At is when it was kept, in ms since 1970 UTC.
	At int64
}

// makeKept makes the table where it is missing: a log is complete without it.
const makeKept = "CREATE TABLE IF NOT EXISTS kept (key TEXT PRIMARY KEY, value BLOB NOT NULL, at INTEGER NOT NULL) STRICT"

// Keep keeps a value in place of the one of its key. It is not part of the log and is never synced.
func (t *Tx) Keep(k Kept) error {
	if err := t.conn.db.Exec(makeKept); err != nil {
		return fail("keep "+k.Key, err)
	}
	err := t.conn.exec("INSERT INTO kept (key, value, at) VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value, at = excluded.at",
		k.Key, k.Value, k.At)
	return fail("keep "+k.Key, err)
}

// Discard lets go of what is kept under a key, and tells whether there was anything.
func (t *Tx) Discard(key string) (bool, error) {
	if there, err := t.keeps(); err != nil || !there {
		return false, err
	}
	err := t.conn.exec("DELETE FROM kept WHERE key = ?", key)
	return t.conn.db.Changes() > 0, fail("discard "+key, err)
}

// Kept calls fn with what is kept under keys with a prefix, by key, until fn returns an error.
func (t *Tx) Kept(prefix string, fn func(Kept) error) error {
	if there, err := t.keeps(); err != nil || !there {
		return err
	}
	err := t.conn.query("SELECT key, value, at FROM kept WHERE key >= ?1 AND substr(key, 1, length(?1)) = ?1 ORDER BY key", []any{prefix},
		func(s *sqlite3.Stmt) (bool, error) {
			return true, fn(Kept{Key: s.ColumnText(0), Value: s.ColumnBlob(1, []byte{}), At: s.ColumnInt64(2)})
		})
	return fail("read what is kept", err)
}

// KeptBeside counts what is kept under other keys than one.
func (t *Tx) KeptBeside(key string) (int64, error) {
	if there, err := t.keeps(); err != nil || !there {
		return 0, err
	}
	n, err := t.conn.count("SELECT count(*) FROM kept WHERE key <> ?", key)
	return n, fail("count what is kept", err)
}

func (t *Tx) keeps() (bool, error) {
	n, err := t.conn.count("SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'kept'")
	return n > 0, fail("read what is kept", err)
}
