package projections

import (
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// Undo says what setting back the entry at a position takes: the document, and what the entry did to it with what became of that.
// Reason is left to the caller. A *record.Refusal says that the entry changed no document, or none that could be read.
func (m *Models) Undo(tx *eventstore.Tx, at eventstore.Position) (record.ID, record.Undo, error) {
	var u record.Undo
	t, err := m.live(tx)
	if err != nil {
		return record.ID{}, u, err
	}
	o, err := m.reopen(tx, int64(at))
	if err != nil {
		return record.ID{}, u, err
	}
	if o.Body == nil {
		return record.ID{}, u, record.Refuse("state", "an entry about members and keys is not undone")
	}
	stream := record.ID(o.Body.Stream)
	doc, row, err := t.readDoc(stream)
	if err != nil {
		return stream, u, err
	}
	var e *entry
	err = t.each(func(s *sqlite3.Stmt) error { e = readEntry(s); return nil }, entryColumns+` WHERE e.id = ?`, doc<<positionBits|int64(at))
	if err != nil {
		return stream, u, err
	}
	if e == nil || e.state != stateAccepted || e.bare {
		return stream, u, record.Refuse("state", "this entry is not part of the record as it stands, so there is nothing to set back")
	}
	st, err := decodeState(stream, row.state)
	if err != nil {
		return stream, u, err
	}
	l := &logger{m: m, t: t, docs: newCache(m.cfg.cacheBytes())}
	u, err = l.undo(e, st)
	return stream, u, err
}

// undo gathers what an entry did to a document that is in a state now.
func (l *logger) undo(e *entry, st *state) (record.Undo, error) {
	u := record.Undo{Type: e.kind}
	effects, err := l.effects(e, st.stream)
	if err != nil {
		return u, fmt.Errorf("reading what an entry changed: %w", err)
	}
	for _, f := range effects {
		live := st.live(f.Key)
		u.Effects = append(u.Effects, record.Effect{
			Key: f.Key, Before: f.Before, Text: f.Text, BeforeText: f.BeforeText, AfterText: f.AfterText,
			Stands: len(live) == 1 && live[0].Change == e.change,
		})
	}
	return u, nil
}

// undoable tells whether the entry at hand can be undone as things stand.
func (p *pager) undoable() (can bool, err error) {
	if p.can != nil {
		return *p.can, nil
	}
	defer func() { p.can = &can }()
	if e := p.at; e.state != stateAccepted || e.bare || !record.Undoable(e.kind) {
		return false, nil
	}
	st := p.states[p.at.doc()]
	if st == nil {
		if st, err = p.t.stateOf(p.at.doc()); err != nil {
			return false, err
		}
		p.states[p.at.doc()] = st
	}
	u, err := p.undo(p.at, st)
	if err != nil {
		return false, err
	}
	u.Reason = "asked" // of nobody yet
	_, refused := u.Decide(st.snapshot())
	return refused == nil, nil
}
