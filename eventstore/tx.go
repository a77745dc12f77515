package eventstore

import (
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
)

// Position is an envelope's place in this device's log, from 1 in order of arrival without holes. It means nothing on
// another device.
type Position int64

// Tx is a transaction: one Update's, or one View's snapshot. It is valid until the function it was given to returns, and
// only in that function's goroutine.
type Tx struct {
	conn     *conn
	writes   bool
	unsigned map[int64]bool
}

// Conn is the connection of the transaction, for read models that live in the same file. It must not be closed, and its
// transaction not be ended.
func (t *Tx) Conn() *sqlite3.Conn { return t.conn.db }

// Stmt prepares sql, or hands out the statement prepared before on this connection, reset and its bindings cleared. It must
// not be closed; asking for the same text again ends the statement handed out before.
func (t *Tx) Stmt(sql string) (*sqlite3.Stmt, error) { return t.conn.stmt(sql) }

// finish refuses to commit appended envelopes that no signed head covers.
func (t *Tx) finish() error {
	if len(t.unsigned) > 0 {
		return ErrUnsigned
	}
	return nil
}

// Meta returns a setting of this device, nil if it was never set.
func (t *Tx) Meta(key string) (value []byte, err error) {
	err = t.conn.query("SELECT value FROM meta WHERE key = ?", []any{key}, func(s *sqlite3.Stmt) (bool, error) {
		value = s.ColumnBlob(0, []byte{})
		return false, nil
	})
	return value, fail("read setting "+key, err)
}

// SetMeta keeps a setting of this device, which is not part of the log and is never synced.
func (t *Tx) SetMeta(key string, value []byte) error {
	err := t.conn.exec("INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", key, value)
	return fail("keep setting "+key, err)
}

// Last is the position of the newest envelope, 0 in an empty log.
func (t *Tx) Last() (Position, error) {
	n, err := t.conn.count("SELECT max(position) FROM events")
	return Position(n), fail("read the last position", err)
}

// Count is the number of envelopes in the log. Positions have no holes, so that it costs no scan.
func (t *Tx) Count() (int64, error) {
	last, err := t.Last()
	return int64(last), err
}

// Read returns the envelope at a position, or ErrNotFound.
func (t *Tx) Read(p Position) (Row, error) {
	rows, err := t.rows(rowColumns+" WHERE position = ?", int64(p))
	if err == nil && len(rows) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return Row{}, fail(fmt.Sprintf("read position %d", p), err)
	}
	return rows[0], nil
}

// Find returns the envelope with this hash and name: feed and seq lead to it, since a feed rarely has more than one branch.
func (t *Tx) Find(feed envelope.FeedID, seq uint64, hash envelope.Hash) (Row, bool, error) {
	list, err := t.ofFeed(feed)
	if err != nil {
		return Row{}, false, fail("find in "+feed.String(), err)
	}
	for _, b := range list {
		rows, err := t.own(b, seq)
		if err != nil {
			return Row{}, false, fail(fmt.Sprintf("find %s %d", feed, seq), err)
		}
		if len(rows) > 0 && rows[0].Hash == hash {
			return rows[0], true, nil
		}
	}
	return Row{}, false, nil
}

// scanBatch rows are read at a time, so that the caller may use the transaction, also to write, between rows.
const scanBatch = 256

// Scan calls fn with each envelope after a position, in order, until fn returns an error.
func (t *Tx) Scan(after Position, fn func(Row) error) error {
	for {
		rows, err := t.rows(rowColumns+" WHERE position > ? ORDER BY position LIMIT ?", int64(after), int64(scanBatch))
		if err != nil {
			return fail(fmt.Sprintf("scan after position %d", after), err)
		}
		for _, row := range rows {
			if err := fn(row); err != nil {
				return err
			}
			after = row.Position
		}
		if len(rows) < scanBatch {
			return nil
		}
	}
}
