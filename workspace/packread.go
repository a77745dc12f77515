package workspace

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"fieldbook/envelope"
	"fieldbook/projections"
	"fieldbook/record"
)

// packRun goes through the documents of one run of a pack, part by part.
type packRun struct {
	from *fetching
	refs []*envelope.PartRef
	docs []envelope.PackDocument
	last envelope.StreamID // of the documents read
	any  bool
}

// head gives the run's next document, nil at its end.
func (r *packRun) head() (*envelope.PackDocument, error) {
	for len(r.docs) == 0 {
		if len(r.refs) == 0 {
			return nil, nil
		}
		ref := r.refs[0]
		part, err := r.from.get(ref)
		if err != nil {
			return nil, err
		}
		if err := r.follows(ref, part.Documents); err != nil {
			return nil, err
		}
		r.docs, r.refs = part.Documents, r.refs[1:]
	}
	return &r.docs[0], nil
}

// follows checks that a part holds the documents that the manifest says, after
// those of the part before it. Only the last one of that may go on.
func (r *packRun) follows(ref *envelope.PartRef, docs []envelope.PackDocument) error {
	if len(docs) == 0 || docs[0].Stream != ref.First || docs[len(docs)-1].Stream != ref.Last ||
		r.any && bytes.Compare(ref.First[:], r.last[:]) < 0 {
		return fmt.Errorf("%w: a part holds other documents than its manifest says", errPack)
	}
	r.any, r.last = true, ref.Last
	return nil
}

// packDocuments merges the runs of a pack: each document once, with all of its
// events.
type packDocuments struct {
	reader *packReader
	runs   []*packRun
}

// read begins to read the documents.
func (p *packReader) read(ctx context.Context) *packDocuments {
	from, runs := p.documents(ctx)
	d := &packDocuments{reader: p}
	for _, refs := range runs {
		d.runs = append(d.runs, &packRun{from: from, refs: refs})
	}
	return d
}

// next gives the next document; io.EOF after the last.
func (d *packDocuments) next() (projections.Packed, error) {
	var least *envelope.PackDocument
	for _, r := range d.runs {
		doc, err := r.head()
		if err != nil {
			return projections.Packed{}, err
		}
		if doc != nil && (least == nil || bytes.Compare(doc.Stream[:], least.Stream[:]) < 0) {
			least = doc
		}
	}
	if least == nil {
		return projections.Packed{}, io.EOF
	}
	stream, size := least.Stream, 0
	var events []envelope.PackEvent
	for _, r := range d.runs {
		for {
			doc, err := r.head()
			if err != nil {
				return projections.Packed{}, err
			}
			if doc == nil || doc.Stream != stream {
				break
			}
			for i := range doc.Events {
				size += len(doc.Events[i].Change)
			}
			if size > maxPackDocument {
				return projections.Packed{}, fmt.Errorf("%w: a document of more than %d bytes", errPack, maxPackDocument)
			}
			events = append(events, doc.Events...)
			r.docs = r.docs[1:]
		}
	}
	opened, err := d.reader.judge(stream, events)
	return projections.Packed{Stream: record.ID(stream), Events: opened}, err
}

// judge says of the events of a document what opening their envelopes would.
// Those whose members' state is not known are left out until they arrive.
func (p *packReader) judge(stream envelope.StreamID, events []envelope.PackEvent) ([]projections.Opened, error) {
	bodies := make([]envelope.Body, len(events))
	seen := make(map[envelope.Hash]bool, len(events))
	out := make([]projections.Opened, 0, len(events))
	for i := range events {
		e := &events[i]
		if c := p.cover[e.Feed]; c == nil || e.Seq > c.last {
			return nil, fmt.Errorf("%w: it holds an event of feed %s that it does not cover", errPack, e.Feed)
		}
		state, err := p.roster.State(e.ACL)
		if err != nil || seen[e.Hash] {
			continue
		}
		seen[e.Hash] = true
		bodies[i] = envelope.Body{
			Type: e.Type, Schema: e.Schema, Stream: stream, Change: e.Change, Salt: e.Salt, Texts: e.Texts, HLC: e.HLC, Recorded: e.Recorded,
		}
		o := projections.Opened{Feed: e.Feed, Seq: e.Seq, Hash: e.Hash, Body: &bodies[i]}
		member, admitted := state.Device(e.Feed.Device)
		if o.Member, o.Role = member.ID, string(member.Role); !admitted {
			o.Fate = projections.Masked
		}
		p.clock = max(p.clock, e.HLC)
		out = append(out, o)
	}
	return out, nil
}
