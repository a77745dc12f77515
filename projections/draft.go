package projections

import (
	"strings"

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
	keys    []string // that the new events wrote
	unclear bool     // they may have changed more than these
	fresh   bool     // the document has no rows yet
	came    bool     // it is of another entity than before
	snap    record.Snapshot
	old     *facts
	now     *facts
	found   []finding

	claims   []byte // what only a service's pack has shown
	unproven int    // how many events that is

	reworded bool   // the document may have other words than before
	words    string // of a reworded document, unless they are to wait
}

// newDraft adds events to a document and derives its rows, its words too if they are wanted now.
func newDraft(d *document, events []*Opened, wanted bool) (*draft, error) {
	dr := &draft{doc: d, events: events, fresh: d.fresh, refs: make([]ref, len(events)), effects: make([][]byte, len(events))}
	for i, o := range events {
		dr.refs[i] = refOf(o)
		dr.refs[i].change, dr.refs[i].fate = d.add(o)
		dr.refs[i].state = dr.refs[i].fate
		dr.refs[i].bare = dr.refs[i].change == crdt.Hash{}
	}
	dr.settle()
	for i, o := range events {
		dr.replaced(i, o)
	}
	d.refs = append(d.refs, dr.refs...)
	dr.unclear = dr.unclear || d.relearnt || len(dr.moved) > 0
	if err := dr.derive(); err != nil {
		return nil, err
	}
	dr.reworded = dr.reworded || dr.came || d.relearnt || len(dr.moved) > 0
	d.relearnt = false
	if d.claimed {
		if dr.unproven = d.settleClaims(); dr.unproven > 0 {
			dr.claims = d.encodeClaims()
		}
	}
	if wanted && dr.reworded {
		dr.words = words(dr.snap)
	}
	return dr, nil
}

// replaced works out what one of the new events replaced, as far as its row keeps it.
func (dr *draft) replaced(i int, o *Opened) {
	r := &dr.refs[i]
	if r.bare || r.state != stateAccepted {
		return
	}
	if len(o.Body.Change) > maxKeptChange {
		dr.reworded, dr.unclear = true, true
		return
	}
	effects := dr.doc.history.Effects(r.change)
	dr.unclear = dr.unclear || len(o.Body.Texts) > 0 || len(effects) == 0
	for _, e := range effects {
		dr.keys = append(dr.keys, e.Key)
		dr.reworded = dr.reworded || e.Text || !wordless(e.Key) || strings.HasPrefix(e.Key, ownPrefix)
	}
	dr.effects[i] = kept(effects)
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
			r.state = d.verdict(r)
		}
	}
	if !d.moved && !d.lifted && d.row.pending == 0 {
		return
	}
	lifted := d.lifted
	d.moved, d.lifted = false, false
	for i := range d.refs {
		r := &d.refs[i]
		if r.bare {
			continue
		}
		if now := d.verdict(r); now != r.state || lifted && now == stateAccepted {
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
	if !dr.unclear && !dr.came {
		dr.now = dr.old.after(dr.snap, d.row.status, d.row.survivor, dr.keys)
	}
	if dr.now == nil {
		dr.now = derive(dr.snap, d.row.status, d.row.survivor)
	}
	d.known = dr.now
	d.row.site, d.row.tag = dr.now.site, dr.now.tag
	dr.found = d.findings(st, dr.snap)
	return nil
}
