package projections

import (
	"time"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
)

const insertEvent = `INSERT INTO $events VALUES (?,?,?,?,?,?, ?,?,?,?,?, ?,?,?,?,?)`

func (w *work) insert(d *document, r *ref, o *Opened, effects []byte) error {
	feed, err := w.feed(o)
	if err != nil {
		return err
	}
	b := o.Body
	var change, observed any
	if !r.bare {
		change = r.change[:]
	}
	if b.Observed != nil {
		observed = *b.Observed
	}
	return w.t.exec(insertEvent, d.id<<positionBits|r.position, sortable(b.HLC), actOf(o), feed, int64(o.Seq), o.Hash[:],
		o.Member[:], int64(r.state), b.Type, b.Recorded, observed, change, b.Source.Kind, optional(b.Source.Name), optional(b.Reason), effects)
}

// sortable keeps the order of unsigned clocks in SQLite's signed integers.
func sortable(hlc uint64) int64 { return int64(hlc ^ 1<<63) }

// loose writes an event that belongs to no document: of control, or unopened.
func (w *work) loose(o *Opened) error {
	feed, err := w.feed(o)
	if err != nil {
		return err
	}
	kind, source := "", ""
	if o.Control != nil {
		kind, source = o.Control.Type, "control"
	}
	state := stateOfFate(o)
	if err := w.t.exec(insertEvent, int64(o.Position), sortable(0), nil, feed, int64(o.Seq), o.Hash[:],
		o.Member[:], int64(state), kind, nil, nil, nil, source, nil, nil, nil); err != nil {
		return err
	}
	return w.looseFinding(o, state)
}

// number gives a new document the next row number.
func (w *work) number(d *document) error {
	if w.next == 0 {
		if _, err := w.t.one(func(s *sqlite3.Stmt) error { w.next = s.ColumnInt64(0); return nil }, `SELECT max(id) FROM $docs`); err != nil {
			return err
		}
	}
	w.next++
	d.id = w.next
	return nil
}

// feed gives the number of the event's feed and notes how far its wall clock is behind its hybrid clock.
func (w *work) feed(o *Opened) (int64, error) {
	id, known := w.feeds[o.Feed]
	if !known {
		var err error
		if id, err = w.t.feed(o.Feed); err != nil {
			return 0, err
		}
		w.feeds[o.Feed] = id
	}
	if late := behind(o); late > 0 {
		return id, w.t.exec(`UPDATE $feeds SET behind = ?1 WHERE id = ?2 AND behind < ?1`, late, id)
	}
	return id, nil
}

func (t table) feed(f envelope.FeedID) (id int64, err error) {
	found, err := t.one(func(s *sqlite3.Stmt) error {
		id = s.ColumnInt64(0)
		return nil
	}, `SELECT id FROM $feeds WHERE device = ? AND epoch = ?`, f.Device[:], int64(f.Epoch))
	if err != nil || found {
		return id, err
	}
	err = t.exec(`INSERT INTO $feeds (device, epoch, behind) VALUES (?,?,0)`, f.Device[:], int64(f.Epoch))
	return t.tx.Conn().LastInsertRowID(), err
}

// restate corrects the row of an event whose change was accepted, or found malformed, after it came.
func (w *work) restate(d *document, r *ref) error {
	o, err := w.m.reopen(w.t.tx, r.position)
	if err != nil {
		return err
	}
	return w.t.exec(`UPDATE $events SET state = ?, effects = ? WHERE id = ?`,
		int64(r.state), d.effects(r, &o), d.id<<positionBits|r.position)
}

// tolerance is how far a wall clock may be behind the hybrid clock before it is called skewed.
const tolerance = 10 * time.Minute

// behind is how far, in milliseconds, the author's wall clock was behind the hybrid clock; 0 within the tolerance.
func behind(o *Opened) int64 {
	if o.Body == nil || o.Fate != Accepted {
		return 0
	}
	late := int64(o.Body.HLC>>16) - o.Body.Recorded
	if late <= tolerance.Milliseconds() {
		return 0
	}
	return late
}
