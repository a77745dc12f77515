package envelope

import (
	"crypto/sha256"
	"fmt"
	"slices"
)

// EncodePart writes a part of a workspace's pack, sealed under key unless that is zero. It also tells the size of its content.
func (p *Packer) EncodePart(ws WorkspaceID, part *Part, key KeyID, seal Seal) (object []byte, plain int, err error) {
	content := part.content()
	if object, err = p.put(box{workspace: ws, key: key, kind: part.Kind}, content, seal); err == nil && len(object) > MaxPart {
		err = fmt.Errorf("part of %d bytes: %w", len(object), ErrTooLarge)
	}
	return object, len(content), err
}

// Digest names a part's content: a part of the same content need not be written again.
func (part *Part) Digest() Hash { return sha256.Sum256(part.content()) }

// DecodePart reads a part of a workspace's pack. Its byte fields share memory.
func (p *Packer) DecodePart(ws WorkspaceID, b []byte, open Open) (*Part, error) {
	if len(b) > MaxPart {
		return nil, fmt.Errorf("part of %d bytes: %w", len(b), ErrTooLarge)
	}
	x, plain, err := p.take(ws, b, open)
	if err != nil {
		return nil, err
	}
	part, r := &Part{Kind: x.kind}, &reader{b: plain}
	switch x.kind {
	case PartControls:
		part.Controls = r.controls()
	case PartCover:
		part.Cover = r.cover()
	case PartHeads:
		part.Heads = r.documentHeads()
	case PartDocuments:
		part.Documents = r.documents()
	default:
		return nil, fmt.Errorf("part of kind %d: %w", x.kind, ErrMalformed)
	}
	if err := r.end("part"); err != nil {
		return nil, err
	}
	return part, nil
}

// content is a part's content by its kind.
func (part *Part) content() []byte {
	switch part.Kind {
	case PartControls:
		return appendByteStrings(make([]byte, 0, 4096*len(part.Controls)), part.Controls)
	case PartCover:
		return appendCover(part.Cover)
	case PartHeads:
		return appendDocumentHeads(part.Heads)
	}
	return appendDocuments(part.Documents)
}

func appendByteStrings(b []byte, all [][]byte) []byte {
	b = appendHead(b, majorArray, uint64(len(all)))
	for _, v := range all {
		b = appendBytes(b, v)
	}
	return b
}

func (r *reader) controls() [][]byte {
	n := r.count(maxTable, "control events")
	all := make([][]byte, 0, n)
	for i := 0; i < n && r.err == nil; i++ {
		all = append(all, r.bytes(MaxEnvelope, "control event"))
	}
	return all
}

// headsSize is what one document takes in a table of heads.
const headsSize = len(StreamID{}) + len(Hash{})

// appendDocumentHeads writes the table as one byte string, since it has no other structure.
func appendDocumentHeads(all []DocumentHeads) []byte {
	b := appendHead(make([]byte, 0, 8+headsSize*len(all)), majorBytes, uint64(headsSize*len(all)))
	for i := range all {
		b = append(append(b, all[i].ID[:]...), all[i].Heads[:]...)
	}
	return b
}

func (r *reader) documentHeads() []DocumentHeads {
	b := r.bytes(MaxPartPlain, "heads")
	if r.err != nil || len(b)%headsSize != 0 {
		r.fail(ErrMalformed, "table of heads")
		return nil
	}
	all := make([]DocumentHeads, len(b)/headsSize)
	for i := range all {
		copy(all[i].ID[:], b[i*headsSize:])
		copy(all[i].Heads[:], b[i*headsSize+len(StreamID{}):])
		if i > 0 && slices.Compare(all[i-1].ID[:], all[i].ID[:]) >= 0 {
			r.fail(ErrNotCanonical, "documents not ascending")
			return nil
		}
	}
	return all
}
