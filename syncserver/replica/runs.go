package replica

import (
	"bytes"
	"context"

	"fieldbook/envelope"
)

// cursor goes through the documents of one run, part by part.
type cursor struct {
	refs []envelope.PartRef
	docs []envelope.PackDocument
}

// head gives the next document, nil at the end.
func (c *cursor) head(ctx context.Context, r *Replica) (*envelope.PackDocument, error) {
	for len(c.docs) == 0 {
		if len(c.refs) == 0 {
			return nil, nil
		}
		part, err := r.part(ctx, envelope.PartDocuments, c.refs[0].Name)
		if err != nil {
			return nil, err
		}
		c.docs, c.refs = part.Documents, c.refs[1:]
	}
	return &c.docs[0], nil
}

// writeRun writes older runs and the new events as one run, document by document.
func (r *Replica) writeRun(ctx context.Context, w *writer, older [][]envelope.PartRef) ([]envelope.PartRef, error) {
	sources := make([]*cursor, 0, len(older)+1)
	for _, run := range older {
		sources = append(sources, &cursor{refs: run})
	}
	sources = append(sources, &cursor{docs: r.state.tailDocuments()})
	out := &builder{writer: w}
	for {
		doc, err := r.next(ctx, sources)
		if err != nil {
			return nil, err
		}
		if doc == nil {
			return out.end()
		}
		if err := out.add(doc); err != nil {
			return nil, err
		}
	}
}

// next takes the document with the smallest id off all sources, the oldest events
// first.
func (r *Replica) next(ctx context.Context, sources []*cursor) (*envelope.PackDocument, error) {
	var least *envelope.PackDocument
	for _, c := range sources {
		doc, err := c.head(ctx, r)
		if err != nil {
			return nil, err
		}
		if doc != nil && (least == nil || bytes.Compare(doc.Stream[:], least.Stream[:]) < 0) {
			least = doc
		}
	}
	if least == nil {
		return nil, nil
	}
	whole := &envelope.PackDocument{Stream: least.Stream}
	for _, c := range sources {
		for {
			doc, err := c.head(ctx, r)
			if err != nil {
				return nil, err
			}
			if doc == nil || doc.Stream != whole.Stream {
				break
			}
			whole.Events = append(whole.Events, doc.Events...)
			c.docs = c.docs[1:]
		}
	}
	return whole, nil
}

// builder cuts documents into parts.
type builder struct {
	writer *writer
	part   envelope.Part
	size   int
	refs   []envelope.PartRef
}

// add puts a document into the part, and goes on in another one where there is no
// room.
func (b *builder) add(doc *envelope.PackDocument) error {
	piece := envelope.PackDocument{Stream: doc.Stream}
	for i := range doc.Events {
		size := packedSize(&doc.Events[i])
		if b.size > 0 && b.size+size > envelope.PartTarget {
			b.keep(piece)
			piece.Events = nil
			if err := b.cut(); err != nil {
				return err
			}
		}
		piece.Events = append(piece.Events, doc.Events[i])
		b.size += size
	}
	b.keep(piece)
	return nil
}

// packedSize is about what an event takes in a part.
func packedSize(e *envelope.PackEvent) int {
	size := 96 + len(e.Change)
	for _, key := range e.Texts {
		size += len(key) + 3
	}
	return size
}

func (b *builder) keep(piece envelope.PackDocument) {
	if len(piece.Events) > 0 {
		b.part.Documents = append(b.part.Documents, piece)
	}
}

// cut writes the part.
func (b *builder) cut() error {
	b.part.Kind = envelope.PartDocuments
	ref, err := b.writer.put(&b.part)
	b.refs = append(b.refs, ref)
	b.part, b.size = envelope.Part{}, 0
	return err
}

// end writes the last part and names all.
func (b *builder) end() ([]envelope.PartRef, error) {
	if len(b.part.Documents) > 0 {
		if err := b.cut(); err != nil {
			return nil, err
		}
	}
	return b.refs, nil
}
