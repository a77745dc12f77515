package eventstore

import (
	"errors"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
)

// names remembers both directions of a table that gives long values short numbers. Number 0 is the empty value and has no row.
type names[K comparable] struct {
	number map[K]int64
	value  map[int64]K
}

func (n *names[K]) remember(number int64, value K) {
	if n.number == nil || len(n.number) >= maxInterned {
		n.number, n.value = map[K]int64{}, map[int64]K{}
	}
	n.number[value], n.value[number] = number, value
}

// owner is what all envelopes of a branch share.
type owner struct {
	workspace envelope.WorkspaceID
	feed      envelope.FeedID
}

// owner returns whose a branch is.
func (t *Tx) owner(branch int64) (owner, error) {
	if own, ok := t.conn.owners[branch]; ok {
		return own, nil
	}
	b, err := t.byID(branch)
	if errors.Is(err, ErrNotFound) {
		err = fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if err != nil {
		return owner{}, err
	}
	if t.conn.owners == nil || len(t.conn.owners) >= maxInterned {
		t.conn.owners = map[int64]owner{}
	}
	t.conn.owners[branch] = owner{b.Workspace, b.Feed}
	return t.conn.owners[branch], nil
}

// intern finds the number of a value or gives it one.
func (t *Tx) intern(find, add string, value []byte) (int64, error) {
	id, err := t.conn.count(find, value)
	if err != nil || id != 0 {
		return id, err
	}
	err = t.conn.exec(add, value)
	return t.conn.db.LastInsertRowID(), err
}

// value reads what a number stands for.
func (t *Tx) value(sql string, id int64) (value []byte, err error) {
	err = t.conn.query(sql, []any{id}, func(s *sqlite3.Stmt) (bool, error) {
		value = s.ColumnBlob(0, []byte{})
		return false, nil
	})
	if err == nil && value == nil {
		err = fmt.Errorf("row refers to number %d, which is not there: %w", id, ErrDamaged)
	}
	return value, err
}

func (t *Tx) keyNumber(key envelope.KeyID) (int64, error) {
	if key.IsZero() {
		return 0, nil
	}
	if id, ok := t.conn.keys.number[key]; ok {
		return id, nil
	}
	id, err := t.intern("SELECT id FROM keys WHERE name = ?", "INSERT INTO keys (name) VALUES (?)", key[:])
	if err == nil {
		t.conn.keys.remember(id, key)
	}
	return id, err
}

func (t *Tx) keyName(id int64) (key envelope.KeyID, err error) {
	if id == 0 {
		return key, nil
	}
	if key, ok := t.conn.keys.value[id]; ok {
		return key, nil
	}
	value, err := t.value("SELECT name FROM keys WHERE id = ?", id)
	if err != nil {
		return key, err
	}
	if copy(key[:], value) != len(key) || len(value) != len(key) {
		return key, fmt.Errorf("key number %d: %w", id, ErrDamaged)
	}
	t.conn.keys.remember(id, key)
	return key, nil
}

func (t *Tx) aclNumber(refs []envelope.Hash) (int64, error) {
	if len(refs) == 0 {
		return 0, nil
	}
	joined := joinRefs(refs)
	if id, ok := t.conn.acls.number[string(joined)]; ok {
		return id, nil
	}
	id, err := t.intern("SELECT id FROM acls WHERE refs = ?", "INSERT INTO acls (refs) VALUES (?)", joined)
	if err == nil {
		t.conn.acls.remember(id, string(joined))
	}
	return id, err
}

// aclRefs returns a list that all rows with this number share.
func (t *Tx) aclRefs(id int64) ([]envelope.Hash, error) {
	if id == 0 {
		return nil, nil
	}
	if refs, ok := t.conn.lists[id]; ok {
		return refs, nil
	}
	value, err := t.value("SELECT refs FROM acls WHERE id = ?", id)
	if err != nil {
		return nil, err
	}
	refs, ok := splitRefs(value)
	if !ok {
		return nil, fmt.Errorf("ACL reference number %d: %w", id, ErrDamaged)
	}
	if t.conn.lists == nil || len(t.conn.lists) >= maxInterned {
		t.conn.lists = map[int64][]envelope.Hash{}
	}
	t.conn.lists[id] = refs
	return refs, nil
}

func joinRefs(refs []envelope.Hash) []byte {
	joined := make([]byte, 0, len(refs)*len(envelope.Hash{}))
	for _, ref := range refs {
		joined = append(joined, ref[:]...)
	}
	return joined
}

func splitRefs(joined []byte) ([]envelope.Hash, bool) {
	const size = len(envelope.Hash{})
	if len(joined) == 0 || len(joined)%size != 0 || len(joined)/size > envelope.MaxRefs {
		return nil, false
	}
	refs := make([]envelope.Hash, len(joined)/size)
	for i := range refs {
		copy(refs[i][:], joined[i*size:])
	}
	return refs, true
}
