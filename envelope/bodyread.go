package envelope

import (
	"bytes"
	"fmt"
	"math"
)

// DecodeBody reads what EncodeBody wrote; byte fields share p's memory. A body with fields of a newer version comes with
// ErrNewer and holds what is understood: it is kept, relayed and shown as made by a newer version, never applied.
func DecodeBody(p []byte) (*Body, error) {
	if len(p) > MaxPlain {
		return nil, fmt.Errorf("body of %d bytes: %w", len(p), ErrTooLarge)
	}
	r := reader{b: p}
	d := bodyReader{reader: &r}
	newer := r.fields("body", d.field)
	if r.err == nil && d.seen&required != required {
		r.fail(ErrMalformed, "body lacks a field")
	}
	if r.err == nil {
		checkPadding(&r, len(p))
	}
	switch {
	case r.err != nil:
		return nil, r.err
	case newer || d.newer:
		return &d.body, fmt.Errorf("body of %.64q: %w", d.body.Type, ErrNewer)
	}
	return &d.body, nil
}

// required has a bit for each key that every body holds.
const required = 1<<1 | 1<<2 | 1<<3 | 1<<7 | 1<<8

// checkPadding checks what follows the map: fewer than 64 zeros, up to a multiple of 64 bytes.
func checkPadding(r *reader, size int) {
	switch {
	case size%padding != 0:
		r.fail(ErrMalformed, "body not padded to 64 bytes")
	case len(r.b) >= padding:
		r.fail(ErrNotCanonical, "more padding than needed")
	case bytes.Count(r.b, []byte{0}) != len(r.b):
		r.fail(ErrNotCanonical, "padding is not zero")
	}
}

// bodyReader fills a body field by field.
type bodyReader struct {
	*reader
	body  Body
	seen  uint64
	newer bool
}

func (d *bodyReader) field(key uint64) bool {
	b := &d.body
	switch key {
	case 1:
		b.Type = d.text(MaxName, "event type")
	case 2:
		b.Schema = d.schema()
	case 3:
		d.fixed(b.Stream[:], "stream")
	case 4:
		b.Change = d.filled(MaxPlain, "change")
	case 5:
		b.Salt = d.filled(MaxID, "salt")
	case 6:
		b.Texts = d.texts()
	case 7:
		b.HLC = d.uint("clock")
	case 8:
		b.Recorded = d.int("recorded")
	case 9:
		at := d.int("observed")
		b.Observed = &at
	case 10:
		b.Reason = d.text(MaxReason, "reason")
	case 11:
		d.newer = d.source(&b.Source)
	case 12:
		b.ChangeRecord = d.filled(MaxID, "change record")
	default:
		return false
	}
	d.seen |= 1 << key
	return true
}

func (d *bodyReader) schema() uint {
	n := d.uint("schema")
	if n > math.MaxUint32 {
		d.fail(ErrMalformed, "schema out of range")
	}
	return uint(n)
}

func (d *bodyReader) texts() []string {
	n := d.count(MaxTexts, "text keys")
	if d.err == nil && n == 0 {
		d.fail(ErrNotCanonical, "text keys are written though empty")
	}
	texts := make([]string, 0, n)
	for i := 0; i < n && d.err == nil; i++ {
		t := d.text(MaxKey, "text key")
		if i > 0 && t <= texts[i-1] {
			d.fail(ErrNotCanonical, "text keys not ascending")
		}
		texts = append(texts, t)
	}
	return texts
}

// source reads where the values come from; zero numbers are left out, as empty strings are.
func (d *bodyReader) source(s *Source) (newer bool) {
	positive := func(what string) uint64 {
		n := d.uint(what)
		if d.err == nil && n == 0 {
			d.fail(ErrNotCanonical, what+" is written though zero")
		}
		return n
	}
	newer = d.fields("source", func(key uint64) bool {
		switch key {
		case 1:
			s.Kind = d.text(MaxName, "source kind")
		case 2:
			s.Batch = d.filled(MaxID, "batch")
		case 3:
			s.Index = positive("index")
		case 4:
			s.Count = positive("count")
		case 5:
			s.Name = d.text(MaxKey, "source name")
		default:
			return false
		}
		return true
	})
	if d.err == nil && s.Kind == "" {
		d.fail(ErrMalformed, "source lacks its kind")
	}
	return newer
}
