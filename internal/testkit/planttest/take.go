package planttest

import (
	"bytes"
	"slices"
	"time"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/record"
	"fieldbook/roster"
	"fieldbook/syncproto"
)

// begin is when all changes are written: times do not matter to documents.
var begin = time.UnixMilli(1_700_000_000_000)

// Take hands segments of other devices to this one, in any order that puts each
// behind the one it continues.
func (d *Device) Take(segments ...syncproto.Segment) {
	d.plant.t.Helper()
	for _, s := range segments {
		if d.held[s.Name()] {
			continue
		}
		d.held[s.Name()] = true
		segment, err := envelope.DecodeSegment(s.Data)
		d.plant.must(err)
		d.plant.must(segment.Walk(func(e *envelope.Envelope, _ envelope.Hash) error {
			d.see(e)
			return nil
		}))
	}
}

// see counts an event as part of the record, or keeps it until it can be opened.
func (d *Device) see(e *envelope.Envelope) {
	if e.IsControl() {
		d.roster.Admit(e)
		_ = d.roster.Take(d.Identity) // without a key events wait
		waiting := d.waiting
		d.waiting = nil
		for _, w := range waiting {
			d.see(w)
		}
		return
	}
	o := d.roster.Open(e)
	switch {
	case o.Fate == roster.Waiting:
		d.waiting = append(d.waiting, e)
	case (o.Fate == roster.Accepted || o.Fate == roster.Masked) && len(o.Body.Change) > 0:
		id := record.ID(o.Body.Stream)
		// A malformed change is evidence and nothing else.
		_, _, _ = d.doc(id).Add(o.Body.Change, crdt.Origin{Device: e.Device, Stream: id, Salt: o.Body.Salt, Texts: o.Body.Texts})
	}
}

// doc gives a document's history.
func (d *Device) doc(id record.ID) *crdt.History {
	if d.docs[id] == nil {
		d.docs[id] = crdt.NewHistory(id)
	}
	return d.docs[id]
}

// Documents are the heads of the device's documents.
func (d *Device) Documents() []syncproto.DocumentHeads {
	out := make([]syncproto.DocumentHeads, 0, len(d.docs))
	for id, h := range d.docs {
		if heads := crdt.HeadsDigest(h.Heads()); heads != (crdt.Hash{}) {
			out = append(out, syncproto.DocumentHeads{ID: id, Heads: syncproto.Hash(heads)})
		}
	}
	slices.SortFunc(out, func(a, b syncproto.DocumentHeads) int { return bytes.Compare(a.ID[:], b.ID[:]) })
	return out
}

// Root is the root of the tree of the device's documents.
func (d *Device) Root() syncproto.Hash {
	tree := syncproto.NewTree(d.Documents())
	return tree.Root()
}

// Reader is a device with the founder's keys that holds nothing yet.
func Reader(p *Plant) *Device {
	d := p.device(p.Founder.Identity)
	d.epoch = p.Founder.epoch
	return d
}
