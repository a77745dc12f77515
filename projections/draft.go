package projections

import (
	"fieldbook/crdt"
	"fieldbook/record"
)

// draft is a document with new events, worked out but not yet written. Making one needs no transaction.
type draft struct {
	doc     *document
	events  []*Opened
	refs    []ref    // of the new events
	effects [][]byte // of the new events
	moved   []int    // older events with another verdict than before
	fresh   bool     // the document has no rows yet
	came    bool     // it is of another entity than before
	snap    record.Snapshot
	old     *facts
	now     *facts
	found   []finding
}

// newDraft adds events to a document and derives its rows.
func newDraft(d *document, events []*Opened) (*draft, error) {
	dr := &draft{doc: d, events: events, fresh: d.fresh, refs: make([]ref, len(events)), effects: make([][]byte, len(events))}
	for i, o := range events {
		dr.refs[i] = refOf(o)
		dr.refs[i].change, dr.refs[i].state = d.add(o)
		dr.refs[i].bare = dr.refs[i].change == crdt.Hash{}
	}
	dr.settle()
	for i, o := range events {
		dr.effects[i] = d.effects(&dr.refs[i], o)
	}
	d.refs = append(d.refs, dr.refs...)
	return dr, dr.derive()
}

func refOf(o *Opened) ref {
	return ref{position: int64(o.Position), hash: o.Hash, recorded: o.Body.Recorded, entity: record.EntityOf(o.Body.Type)}
}

func stateOfFate(o *Opened) eventState {
	switch o.Fate {
	case Waiting:
		return stateUnopened
	case Masked:
		return stateMasked
	case Newer:
		return stateNewer
	case Malformed:
		return stateMalformed
	}
	return stateAccepted
}

// settle gives each of the new events the verdict of its change, and finds the older events that the new ones moved.
func (dr *draft) settle() {
	d := dr.doc
	for i := range dr.refs {
		if r := &dr.refs[i]; !r.bare {
			r.state = stateOfVerdict(d.history.Verdict(r.change))
		}
	}
	if !d.moved && d.row.pending == 0 {
		return
	}
	d.moved = false
	for i := range d.refs {
		r := &d.refs[i]
		if r.bare {
			continue
		}
		if now := stateOfVerdict(d.history.Verdict(r.change)); now != r.state {
			r.state = now
			dr.moved = append(dr.moved, i)
		}
	}
}

func (dr *draft) derive() error {
	d := dr.doc
	var err error
	if dr.old, err = d.facts(); err != nil {
		return err
	}
	entity := d.row.entity
	st := d.refresh()
	dr.snap, dr.came = st.snapshot(), dr.fresh || entity != d.row.entity
	if own := ownStatus(dr.snap); own == voided || d.row.status != absorbed {
		d.row.status, d.row.survivor = own, record.ID{}
	}
	dr.now = derive(dr.snap, d.row.status, d.row.survivor)
	d.known = dr.now
	d.row.site, d.row.tag = dr.now.site, dr.now.tag
	dr.found = d.findings(st, dr.snap)
	return nil
}
