package projections

import (
	"fmt"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/record"
)

// Unverified counts the documents with events that only a service's pack has shown, and those events.
func (m *Models) Unverified(tx *eventstore.Tx) (docs, events int64, err error) {
	t, err := m.live(tx)
	if err != nil || t.claimed == 0 {
		return 0, 0, err
	}
	_, err = t.one(func(s *sqlite3.Stmt) error {
		docs, events = s.ColumnInt64(0), s.ColumnInt64(1)
		return nil
	}, `SELECT count(*), ifnull(sum(missing), 0) FROM $unverified`)
	return docs, events, err
}

// IsUnverified tells whether a document has such events.
func (m *Models) IsUnverified(tx *eventstore.Tx, stream record.ID) (bool, error) {
	t, err := m.live(tx)
	if err != nil || t.claimed == 0 {
		return false, err
	}
	return t.one(func(*sqlite3.Stmt) error { return nil },
		`SELECT 1 FROM $unverified WHERE doc = (SELECT id FROM $docs WHERE stream = ?)`, stream[:])
}

// missing is how many events of a document no verified feed has shown yet.
func (t table) missing(doc int64) (n int64, err error) {
	if t.claimed == 0 {
		return 0, nil
	}
	_, err = t.one(func(s *sqlite3.Stmt) error { n = s.ColumnInt64(0); return nil }, `SELECT missing FROM $unverified WHERE doc = ?`, doc)
	return n, err
}

// claims reads the claims of a document, also those whose event has arrived since they were written.
func (t table) claims(doc int64, stream record.ID) (list []claim, err error) {
	_, err = t.one(func(s *sqlite3.Stmt) error {
		list, err = decodeClaims(stream, s.ColumnBlob(0, nil))
		return err
	}, `SELECT events FROM $claims WHERE doc = ?`, doc)
	if err != nil {
		return nil, fmt.Errorf("claims on document %s: %w", stream, err)
	}
	return list, nil
}

// recall takes the claims that are left on a document into its history.
func (d *document) recall(t table) error {
	left, err := t.missing(d.id)
	if err != nil || left == 0 {
		return err
	}
	list, err := t.claims(d.id, d.stream)
	if err != nil {
		return err
	}
	arrived := make(map[envelope.Hash]bool, len(d.refs))
	for i := range d.refs {
		arrived[d.refs[i].hash] = true
	}
	d.learn(slices.DeleteFunc(list, func(c claim) bool { return arrived[c.Hash] }))
	return nil
}

// writeClaims makes the claims of a document the stored ones.
func (w *work) writeClaims(dr *draft) error {
	d := dr.doc
	switch {
	case !d.claimed:
		return nil
	case dr.unproven == 0:
		d.claimed = false
		if dr.fresh {
			return nil
		}
		return w.proven(d.id)
	case dr.fresh:
		w.claimed++
	}
	if err := w.t.exec(`INSERT OR REPLACE INTO $claims VALUES (?,?)`, d.id, dr.claims); err != nil {
		return err
	}
	return w.t.exec(`INSERT OR REPLACE INTO $unverified VALUES (?,?)`, d.id, int64(dr.unproven))
}

// proven notes that nothing is claimed of a document any more.
func (w *work) proven(doc int64) error {
	w.claimed--
	if err := w.t.exec(`DELETE FROM $claims WHERE doc = ?`, doc); err != nil {
		return err
	}
	return w.t.exec(`DELETE FROM $unverified WHERE doc = ?`, doc)
}

// arrive looks at new events of verified feeds that were claimed. Groups of which each event is just what was claimed change
// nothing in their documents: they get their rows of history here and are taken out. In the others what has arrived takes the
// place of its claim.
func (w *work) arrive(groups []*group) ([]*group, error) {
	known := make([]*group, 0, len(groups))
	for _, g := range groups {
		if g.doc != nil {
			continue // a rebuild makes its own
		}
		_, err := w.t.one(func(s *sqlite3.Stmt) error { g.id = s.ColumnInt64(0); return nil }, `SELECT id FROM $docs WHERE stream = ?`, g.stream[:])
		if err != nil {
			return nil, err
		}
		if g.id != 0 {
			known = append(known, g)
		}
	}
	slices.SortFunc(known, func(a, b *group) int { return int(a.id - b.id) }) // as the rows lie
	for _, g := range known {
		if err := w.confirm(g); err != nil {
			return nil, fmt.Errorf("document %s: %w", g.stream, err)
		}
	}
	return slices.DeleteFunc(groups, func(g *group) bool { return g.confirmed }), nil
}

// confirm looks at the new events of one document.
func (w *work) confirm(g *group) error {
	left, err := w.t.missing(g.id)
	if err != nil || left == 0 || w.cache.get(g.stream) != nil {
		return err
	}
	list, err := w.t.claims(g.id, g.stream)
	if err != nil {
		return err
	}
	found := make([]*claim, len(g.events))
	for i, o := range g.events {
		at := slices.IndexFunc(list, func(c claim) bool { return c.Hash == o.Hash })
		if at < 0 || !list[at].agrees(o) {
			return nil
		}
		found[i] = &list[at]
	}
	d := &document{id: g.id, stream: g.stream}
	for i, o := range g.events {
		r := found[i].ref()
		r.position = int64(o.Position)
		if err := w.insert(d, &r, o, found[i].effects); err != nil {
			return err
		}
	}
	g.confirmed = true
	if left -= int64(len(g.events)); left <= 0 {
		return w.proven(g.id)
	}
	return w.t.exec(`UPDATE $unverified SET missing = ? WHERE doc = ?`, left, g.id)
}

// meet lets new events take the places of their claims. A claim that its event belies never was: the document is read anew
// without it.
func (w *work) meet(g *group) error {
	lies := g.meet()
	if len(lies) == 0 {
		return nil
	}
	w.belied[g.stream] = append(w.belied[g.stream], lies...)
	return g.doc.relearn(func(position int64) (Opened, error) { return w.m.reopen(w.t.tx, position) })
}

// meet takes the claims from a document whose events are here, and gives those that were false.
func (g *group) meet() (lies []envelope.Hash) {
	if !g.doc.claimed {
		return nil
	}
	g.doc.refs = slices.DeleteFunc(g.doc.refs, func(r ref) bool {
		at := slices.IndexFunc(g.events, func(o *Opened) bool { return r.claim != nil && o.Hash == r.hash })
		if at >= 0 && !r.claim.agrees(g.events[at]) {
			lies = append(lies, r.hash)
		}
		return at >= 0
	})
	return lies
}

// relearn builds a document's history anew from what it refers to.
func (d *document) relearn(reopen func(position int64) (Opened, error)) (err error) {
	d.history = crdt.NewHistory(d.stream)
	for i := range d.refs {
		r := &d.refs[i]
		if r.bare {
			continue
		}
		o := Opened{}
		if r.claim != nil {
			o = r.claim.Opened
		} else if o, err = reopen(r.position); err != nil {
			return err
		}
		if o.Body != nil {
			_, r.fate = d.add(&o)
		}
	}
	d.moved, d.relearnt = true, true
	return nil
}
