package projections

import (
	"errors"
	"fmt"
	"unsafe"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/record"
)

// document is one document at work: its history, its events, and the rows it has now.
type document struct {
	id       int64
	stream   record.ID
	fresh    bool // has no rows yet
	history  *crdt.History
	refs     []ref
	row      docRow
	known    *facts  // what the row derives to, nil if not yet known
	moved    bool    // an added change decided the fate of others
	lifted   bool    // an added event lifted the mask of an earlier change
	claimed  bool    // events that only a service's pack has shown are or were among its own
	relearnt bool    // some of those turned out false
	packed   []claim // still to be learnt
	held     bool    // handed out for authoring: the cache must not let it go before its changes are applied
}

// factsBytes is about what the decoded state of an asset and its rows take.
const factsBytes = 6 << 10

// size is about how many bytes of memory the document takes.
func (d *document) size() int {
	n := int(unsafe.Sizeof(*d)) + cap(d.refs)*int(unsafe.Sizeof(ref{})) + cap(d.row.state)
	if d.history != nil {
		n += d.history.Bytes()
	}
	if d.known != nil {
		n += factsBytes
	}
	return n
}

// docRow is a row of docs.
type docRow struct {
	entity   record.Entity
	digest   [32]byte
	site     string
	tag      string
	status   status
	survivor record.ID
	first    int64 // recorded times, ms, of the earliest and latest accepted event
	last     int64
	pending  int64 // events that wait for a dependency
	state    []byte
}

// ref is what derivation needs of an event of the document.
type ref struct {
	position int64
	hash     envelope.Hash
	recorded int64
	change   crdt.Hash
	entity   record.Entity
	state    eventState
	fate     eventState // state as soon as its change stands: accepted, masked or newer; not known of bare events
	bare     bool       // carries no change that the history may take
	claim    *claim     // of an event that no verified feed has shown yet, which has no position
}

// eventState is an event's fate, and within its document its change's verdict.
type eventState int64

const (
	stateAccepted eventState = iota
	stateWaiting             // for a dependency
	stateUnopened            // for a key or members' state
	stateMasked
	stateNewer
	stateMalformed
)

var stateNames = [...]string{"accepted", "waiting", "waiting", "masked", "newer", "malformed"}

// String is the word that the trail shows.
func (s eventState) String() string {
	if s < 0 || int(s) >= len(stateNames) {
		return "unknown"
	}
	return stateNames[s]
}

const selectDoc = `SELECT id, entity, digest, site, tag, status, survivor, first, last, pending, state FROM $docs WHERE stream = ?`

// readDoc reads the row of a document; id is 0 if there is none.
func (t table) readDoc(stream record.ID) (id int64, row docRow, err error) {
	_, err = t.one(func(s *sqlite3.Stmt) error {
		id = s.ColumnInt64(0)
		row.entity = record.Entity(s.ColumnText(1))
		copy(row.digest[:], s.ColumnRawBlob(2))
		row.site, row.tag, row.status = s.ColumnText(3), s.ColumnText(4), status(s.ColumnInt64(5))
		copy(row.survivor[:], s.ColumnRawBlob(6))
		row.first, row.last, row.pending = s.ColumnInt64(7), s.ColumnInt64(8), s.ColumnInt64(9)
		row.state = s.ColumnBlob(10, nil)
		return nil
	}, selectDoc, stream[:])
	return id, row, err
}

// snapshot reads the state of a document from its row.
func (t table) snapshot(stream record.ID) (record.Snapshot, docRow, error) {
	id, row, err := t.readDoc(stream)
	if err != nil || id == 0 {
		return record.Snapshot{ID: stream}, row, err
	}
	st, err := decodeState(stream, row.state)
	if err != nil {
		return record.Snapshot{ID: stream}, row, err
	}
	return st.snapshot(), row, nil
}

// load reads a document's history back from the log.
func (m *Models) load(t table, stream record.ID) (*document, error) {
	d, rows, err := m.fetch(t, stream)
	if err != nil || d.fresh {
		return d, err
	}
	if err := m.replay(d, rows); err != nil {
		return nil, err
	}
	if err := d.recall(t); err != nil {
		return nil, err
	}
	d.moved, d.lifted = false, false
	return d, nil
}

// fetch reads a document's row, and from the log the events that carry its changes.
func (m *Models) fetch(t table, stream record.ID) (d *document, rows []eventstore.Row, err error) {
	d = &document{stream: stream, history: crdt.NewHistory(stream)}
	if d.id, d.row, err = t.readDoc(stream); err != nil {
		return nil, nil, err
	}
	if d.id == 0 {
		d.fresh = true
		return d, nil, nil
	}
	if d.refs, err = t.refs(d.id); err != nil {
		return nil, nil, err
	}
	for i := range d.refs {
		if d.refs[i].bare {
			continue
		}
		row, err := t.tx.Read(eventstore.Position(d.refs[i].position))
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, row)
	}
	return d, rows, nil
}

// replay opens fetched events and adds their changes. It needs no transaction.
func (m *Models) replay(d *document, rows []eventstore.Row) error {
	for i := range d.refs {
		r := &d.refs[i]
		if r.bare {
			continue
		}
		o, err := m.opener(rows[0])
		if err != nil {
			return fmt.Errorf("opening position %d: %w", r.position, err)
		}
		if rows = rows[1:]; o.Body != nil {
			_, r.fate = d.add(&o)
		}
	}
	return nil
}

const selectRefs = `SELECT id, recorded, change, type, state, hash FROM $events WHERE id >= ? AND id < ? ORDER BY id`

func (t table) refs(doc int64) ([]ref, error) {
	var refs []ref
	err := t.each(func(s *sqlite3.Stmt) error {
		r := ref{position: s.ColumnInt64(0) & positionMask, recorded: s.ColumnInt64(1), state: eventState(s.ColumnInt64(4))}
		r.bare = copy(r.change[:], s.ColumnRawBlob(2)) == 0
		r.entity = record.EntityOf(s.ColumnText(3))
		copy(r.hash[:], s.ColumnRawBlob(5))
		refs = append(refs, r)
		return nil
	}, selectRefs, doc<<positionBits, (doc+1)<<positionBits)
	return refs, err
}

// reopen reads an event back from the log.
func (m *Models) reopen(tx *eventstore.Tx, position int64) (Opened, error) {
	row, err := tx.Read(eventstore.Position(position))
	if err != nil {
		return Opened{}, err
	}
	o, err := m.opener(row)
	if err != nil {
		return Opened{}, fmt.Errorf("opening position %d: %w", position, err)
	}
	return o, nil
}

// add gives the change of an event to the history. What the history thinks of it is asked for later, since a change may
// decide the fate of others; but a change that is wrong for what its own event says stays so, whoever else carries it. The state
// is the one that the event has as soon as its change stands.
func (d *document) add(o *Opened) (hash crdt.Hash, state eventState) {
	if len(o.Body.Change) == 0 || o.Fate != Accepted && o.Fate != Masked {
		return crdt.Hash{}, stateOfFate(o)
	}
	origin := OriginOf(o)
	origin.Allowed = func(writes crdt.Writes) bool {
		state = judge(o, writes)
		return state == stateAccepted
	}
	hash, _, err := d.history.Add(o.Body.Change, origin)
	d.moved = d.moved || len(d.history.Moved()) > 0
	d.lifted = d.lifted || d.history.Lifted()
	for _, own := range []error{crdt.ErrChunk, crdt.ErrChecksum, crdt.ErrLimit, crdt.ErrProfile, crdt.ErrActor, crdt.ErrTexts} {
		if errors.Is(err, own) {
			return crdt.Hash{}, stateMalformed
		}
	}
	return hash, state
}

// verdict is the state of an event that carries a change, by what the history holds now.
func (d *document) verdict(r *ref) eventState {
	switch d.history.Verdict(r.change) {
	case crdt.Accepted:
		return r.fate
	case crdt.Waiting:
		return stateWaiting
	}
	return stateMalformed
}
