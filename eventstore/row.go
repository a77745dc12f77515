package eventstore

import (
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
)

// Row is an envelope with its place in the log. Several rows may share the slice of their ACL reference: it is read only.
type Row struct {
	Position Position
	Envelope *envelope.Envelope
	Hash     envelope.Hash
}

// rowColumns starts every query that rebuilds envelopes.
const rowColumns = "SELECT position, branch, seq, prev, key, acl, body FROM events"

// raw is a row as it is stored.
type raw struct {
	position         Position
	branch, key, acl int64
	seq              uint64
	prev             envelope.Hash
	body             []byte
}

func readRaw(s *sqlite3.Stmt) (r raw, err error) {
	r.position, r.branch, r.seq = Position(s.ColumnInt64(0)), s.ColumnInt64(1), uint64(s.ColumnInt64(2))
	r.key, r.acl, r.body = s.ColumnInt64(4), s.ColumnInt64(5), s.ColumnBlob(6, nil)
	if !fill(r.prev[:], s, 3) {
		err = fmt.Errorf("position %d: previous hash of the wrong length: %w", r.position, ErrDamaged)
	}
	return r, err
}

// raws reads what a query starting with rowColumns finds.
func (t *Tx) raws(sql string, args ...any) (raws []raw, err error) {
	err = t.conn.query(sql, args, func(s *sqlite3.Stmt) (bool, error) {
		r, err := readRaw(s)
		raws = append(raws, r)
		return true, err
	})
	return raws, err
}

// rows rebuilds the envelopes that a query starting with rowColumns finds, and computes their hashes.
func (t *Tx) rows(sql string, args ...any) ([]Row, error) {
	raws, err := t.raws(sql, args...)
	if err != nil {
		return nil, err
	}
	rows := make([]Row, len(raws))
	for i := range raws {
		e, err := t.rebuild(&raws[i])
		if err != nil {
			return nil, err
		}
		rows[i] = Row{Position: raws[i].position, Envelope: e, Hash: e.Hash()}
	}
	return rows, nil
}

// rebuild puts back what a row refers to by number.
func (t *Tx) rebuild(r *raw) (*envelope.Envelope, error) {
	e := &envelope.Envelope{Body: r.body}
	e.Seq, e.Prev = r.seq, r.prev
	own, err := t.owner(r.branch)
	if err != nil {
		return nil, err
	}
	e.Workspace, e.Device, e.Epoch = own.workspace, own.feed.Device, own.feed.Epoch
	if e.Key, err = t.keyName(r.key); err != nil {
		return nil, err
	}
	if e.ACL, err = t.aclRefs(r.acl); err != nil {
		return nil, err
	}
	if !e.IsControl() {
		if len(e.Body) < envelope.NonceSize {
			return nil, fmt.Errorf("position %d: body too short: %w", r.position, ErrDamaged)
		}
		e.Nonce, e.Body = e.Body[:envelope.NonceSize:envelope.NonceSize], e.Body[envelope.NonceSize:]
	}
	return e, nil
}

// insert adds an envelope to a branch at the next position.
func (t *Tx) insert(b *branch, e *envelope.Envelope) (Position, error) {
	key, err := t.keyNumber(e.Key)
	if err != nil {
		return 0, err
	}
	acl, err := t.aclNumber(e.ACL)
	if err != nil {
		return 0, err
	}
	body := append(e.Nonce[:len(e.Nonce):len(e.Nonce)], e.Body...)
	err = t.conn.exec("INSERT INTO events (branch, seq, key, acl, prev, body) VALUES (?, ?, ?, ?, ?, ?)",
		b.ID, int64(e.Seq), key, acl, e.Prev[:], body)
	if err != nil {
		return 0, err
	}
	position := Position(t.conn.db.LastInsertRowID())
	return position, t.place(b, e.Seq, position)
}
