package eventstore

import (
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
)

// Vouch keeps an encoded control envelope that a grant carried, so that its holder can check other feeds before the feed it
// belongs to arrives. The caller has checked the grant.
func (t *Tx) Vouch(control []byte) error {
	if !t.writes {
		return ErrReadOnly
	}
	e, err := envelope.Decode(control)
	if err != nil {
		return fail("keep a control envelope", err)
	}
	if !e.IsControl() {
		return fmt.Errorf("keep a control envelope: it is sealed: %w", ErrChain)
	}
	hash := e.Hash()
	err = t.conn.exec("INSERT INTO vouched (hash, envelope) VALUES (?, ?) ON CONFLICT (hash) DO NOTHING", hash[:], control)
	return fail("keep a control envelope", err)
}

// Control returns every control envelope held: those of the feeds in order of arrival, then those a grant vouched for
// whose feed has not brought them yet.
func (t *Tx) Control() ([]*envelope.Envelope, error) {
	rows, err := t.rows(rowColumns + " INDEXED BY controls WHERE key = 0 ORDER BY position")
	if err != nil {
		return nil, fail("read the control envelopes", err)
	}
	list, held := make([]*envelope.Envelope, len(rows)), make(map[envelope.Hash]bool, len(rows))
	for i, row := range rows {
		list[i], held[row.Hash] = row.Envelope, true
	}
	err = t.conn.query("SELECT envelope FROM vouched ORDER BY rowid", nil, func(s *sqlite3.Stmt) (bool, error) {
		e, err := envelope.Decode(s.ColumnBlob(0, nil))
		if err != nil {
			return false, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		if !held[e.Hash()] {
			list = append(list, e)
		}
		return true, nil
	})
	return list, fail("read the vouched control envelopes", err)
}
