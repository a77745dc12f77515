package envelope

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// draft collects the vectors of one file.
type draft struct {
	t       *testing.T
	key     []byte
	vectors []vector
}

// add takes bytes with the outcome they must have; the fields of valid ones are filled in when the file is written.
func (d *draft) add(name, why, expect string, b []byte) {
	d.vectors = append(d.vectors, vector{Name: name, Why: why, Hex: hexed(b), Key: hexed(d.key), Expect: expect})
}

// replaced is b with one occurrence of old replaced.
func (d *draft) replaced(b, old, with []byte) []byte {
	d.t.Helper()
	if !bytes.Contains(b, old) {
		d.t.Fatalf("%x is not in %x", old, b)
	}
	return bytes.Replace(b, old, with, 1)
}

func writeVectors(t *testing.T) {
	for file, make := range map[string]func(d *draft){
		"envelope.json": draftEnvelopes, "body.json": draftBodies, "head.json": draftHeads,
		"segment.json": draftSegments, "control.json": draftControls, "receipt.json": draftReceipts,
	} {
		d := &draft{t: t}
		make(d)
		for i, v := range d.vectors {
			if v.Expect == "valid" {
				b := slices.Clone(unhex(t, v.Hex))
				fields, _, err := kinds()[file](b, unhex(t, v.Key))
				must(t, err)
				d.vectors[i].Fields = fields
			}
		}
		save(t, file, d.vectors)
	}
	save(t, "acl.json", draftReplay())
}

func save(t *testing.T, file string, v any) {
	t.Helper()
	b, err := json.MarshalIndent(v, "", " ")
	must(t, err)
	must(t, os.WriteFile(filepath.Join(vectorDir, file), append(b, '\n'), 0o644))
}

func draftEnvelopes(d *draft) {
	p := newPlant()
	feed := p.feed(2, 64)
	sealed, control := feed[1].Encode(), p.open(p.founder, p.created.Hash()).Encode()
	d.add("sealed", "an event sealed under a workspace key", "valid", sealed)
	d.add("control", "a control event in the clear, a feed's first envelope", "valid", control)
	d.add("newer", "format version 2", ErrNewer.Error(), d.replaced(sealed, []byte{0x83, 0x88, 1}, []byte{0x83, 0x88, 2}))
	d.add("version-zero", "format version 0", ErrMalformed.Error(), d.replaced(sealed, []byte{0x83, 0x88, 1}, []byte{0x83, 0x88, 0}))
	d.add("empty", "no bytes", ErrMalformed.Error(), nil)
	d.add("truncated", "the last byte is missing", ErrMalformed.Error(), sealed[:len(sealed)-1])
	d.add("trailing", "a byte follows", ErrMalformed.Error(), append(bytes.Clone(sealed), 0))
	d.add("long-seq", "the sequence number takes two bytes", ErrNotCanonical.Error(), d.replaced(sealed, []byte{1, 2, 0x58, 0x20}, []byte{1, 0x18, 2, 0x58, 0x20}))
	d.add("indefinite", "an array of indefinite length", ErrNotCanonical.Error(), append(append([]byte{0x9f}, sealed[1:]...), 0xff))
	d.add("text-for-bytes", "the workspace is a text string", ErrMalformed.Error(), d.replaced(sealed, []byte{0x83, 0x88, 1, 0x58}, []byte{0x83, 0x88, 1, 0x78}))
	d.spoiled("seq-zero", "sequence numbers start at 1", ErrMalformed.Error(), func(e *Envelope) { e.Seq, e.Prev = 0, Hash{} })
	d.spoiled("first-with-prev", "the first envelope names one before it", ErrChain.Error(), func(e *Envelope) { e.Seq = 1 })
	d.spoiled("second-without-prev", "the second envelope names none before it", ErrChain.Error(), func(e *Envelope) { e.Prev = Hash{} })
	d.spoiled("refs-descending", "ACL references out of order", ErrNotCanonical.Error(), func(e *Envelope) { e.ACL = []Hash{{2}, {1}} })
	d.spoiled("refs-repeated", "an ACL reference twice", ErrNotCanonical.Error(), func(e *Envelope) { e.ACL = []Hash{{2}, {2}} })
	d.spoiled("too-many-refs", "17 ACL references", ErrTooLarge.Error(), func(e *Envelope) { e.ACL = make([]Hash, MaxRefs+1) })
	d.spoiled("short-nonce", "a nonce of 23 bytes", ErrMalformed.Error(), func(e *Envelope) { e.Nonce = e.Nonce[1:] })
	d.spoiled("control-with-nonce", "no key id, yet a nonce", ErrMalformed.Error(), func(e *Envelope) { e.Key = KeyID{} })
	d.spoiled("no-tag", "a body shorter than its authentication tag", ErrMalformed.Error(), func(e *Envelope) { e.Body = e.Body[:15] })
}

func (d *draft) spoiled(name, why, expect string, spoil func(e *Envelope)) {
	e := newPlant().feed(2, 64)[1]
	spoil(e)
	d.add(name, why, expect, e.Encode())
}

func draftBodies(d *draft) {
	small := EncodeBody(&Body{Type: "note.added", Schema: 1, Stream: StreamID{9}, HLC: 1 << 16, Recorded: -1})
	d.add("full", "every field", "valid", EncodeBody(fullBody()))
	d.add("small", "required fields only, a time before 1970", "valid", small)
	d.add("newer", "a field of a newer version", ErrNewer.Error(), extended(5))
	d.add("newer-not-canonical", "a field of a newer version in a longer form than needed", ErrNotCanonical.Error(), extended(0x18, 5))
	d.add("newer-float", "a field of a newer version of a type that is not used", ErrMalformed.Error(), extended(0xf9, 0, 0))
	d.add("unpadded", "the zeros are missing", ErrMalformed.Error(), bytes.TrimRight(small, "\x00"))
	d.add("padded-twice", "64 zeros more than needed", ErrNotCanonical.Error(), append(bytes.Clone(small), make([]byte, 64)...))
	d.add("padded-with-one", "padding is not zero", ErrNotCanonical.Error(), append(bytes.Clone(small[:len(small)-1]), 1))
	d.add("no-stream", "a required field is missing", ErrMalformed.Error(),
		append([]byte{0xa4, 1, 0x61, 'x', 2, 1, 7, 1, 8, 1}, make([]byte, 54)...))
	d.add("keys-descending", "fields out of order", ErrNotCanonical.Error(), d.replaced(small, []byte{7, 0x1a, 0, 1, 0, 0, 8, 0x20}, []byte{8, 0x20, 7, 0x1a, 0, 1, 0, 0}))
	d.add("not-utf8", "text that is not UTF-8", ErrMalformed.Error(), d.replaced(small, []byte("note"), []byte("not\xff")))
	empty := d.replaced(small, []byte{0xa5}, []byte{0xa6})
	empty = append(bytes.TrimRight(empty, "\x00"), 10, 0x60)
	d.add("empty-reason", "an optional field is written though empty", ErrMalformed.Error(), append(empty, make([]byte, 64-len(empty)%64)...))
	long := fullBody()
	long.Salt = make([]byte, MaxID+1)
	d.add("long-salt", "a salt of 65 bytes", ErrTooLarge.Error(), EncodeBody(long))
	twice := fullBody()
	twice.Texts = []string{"a", "a"}
	d.add("text-key-twice", "text keys are a set", ErrNotCanonical.Error(), EncodeBody(twice))
}

func draftHeads(d *draft) {
	a, h := newActor("founder"), someHead()
	d.key = a.public()
	sig, err := SignHead(h, a)
	must(d.t, err)
	b := EncodeHead(h, sig)
	d.add("head", "a signed head", "valid", b)
	other, err := SignHead(h, newActor("other"))
	must(d.t, err)
	d.add("another-signer", "signed by another device", ErrSignature.Error(), EncodeHead(h, other))
	h.Seq++
	d.add("another-seq", "the sequence number was changed after signing", ErrSignature.Error(), EncodeHead(h, sig))
	d.add("another-type", "signed as a segment", ErrType.Error(), appendSign1(nil, typeSegment, h.payload(), sig))
	d.add("another-algorithm", "ES256 in the protected header", ErrMalformed.Error(), d.replaced(b, []byte{0xa2, 1, 0x27}, []byte{0xa2, 1, 0x26}))
	d.add("untagged", "without the tag of COSE_Sign1", ErrMalformed.Error(), b[1:])
	d.add("unprotected", "something in the unprotected header", ErrMalformed.Error(), d.replaced(b, []byte("head\xa0"), []byte("head\xa1\x04\x40")))
	d.add("newer", "payload of format version 2", ErrNewer.Error(), d.replaced(b, []byte{0x86, 1, 0x58}, []byte{0x86, 2, 0x58}))
	d.add("short-signature", "a signature of 63 bytes", ErrMalformed.Error(), EncodeHead(h, sig[:63]))
	d.add("trailing", "a byte follows", ErrMalformed.Error(), append(bytes.Clone(b), 0))
}

func draftReceipts(d *draft) {
	r, service := someReceipt()
	d.key = service.public()
	signed := func(r Receipt, by actor) []byte {
		sig, err := sign(by, typeReceipt, r.payload())
		must(d.t, err)
		return appendSign1(nil, typeReceipt, r.payload(), sig)
	}
	b := signed(r, service)
	d.add("receipt", "a service's word that it held a head", "valid", b)
	d.add("another-signer", "signed by another service", ErrSignature.Error(), signed(r, newActor("other")))
	other := r
	other.Time = -1
	d.add("negative-time", "a time before 1970", ErrMalformed.Error(), signed(other, service))
	other = r
	other.Head.Seq = 0
	d.add("seq-zero", "sequence numbers start at 1", ErrMalformed.Error(), signed(other, service))
	_, sig, err := DecodeReceipt(b)
	must(d.t, err)
	other = r
	other.Time++
	d.add("another-time", "the time was changed after signing", ErrSignature.Error(), appendSign1(nil, typeReceipt, other.payload(), sig))
	head, err := SignHead(r.Head, service)
	must(d.t, err)
	d.add("head", "signed as a head", ErrType.Error(), EncodeHead(r.Head, head))
	d.add("newer", "payload of format version 2", ErrNewer.Error(), d.replaced(b, []byte{0x88, 1, 0x58}, []byte{0x88, 2, 0x58}))
	d.add("too-large", "513 bytes", ErrTooLarge.Error(), append(bytes.Clone(b), make([]byte, MaxReceipt+1-len(b))...))
	d.add("trailing", "a byte follows", ErrMalformed.Error(), append(bytes.Clone(b), 0))
}

func draftSegments(d *draft) {
	p := newPlant()
	d.key = p.founder.public()
	cut := func() *Segment {
		s, err := CutSegment(1, encoded(p.feed(3, 0)), witnesses(p, 2), p.founder)
		must(d.t, err)
		return s
	}
	b := cut().Encode()
	d.add("first", "the first three envelopes of a feed, with two witnesses", "valid", b)
	next, err := CutSegment(2, encoded(p.feed(5, 0)[3:]), nil, p.founder)
	must(d.t, err)
	d.add("second", "the envelopes after those, with no witness", "valid", next.Encode())
	for _, c := range []struct {
		name, why string
		want      error
		spoil     func(s *Segment)
	}{
		{"renumbered", "another number than was signed", ErrSignature, func(s *Segment) { s.Number = 2 }},
		{"witness-dropped", "a witness is missing", ErrSignature, func(s *Segment) { s.Witnesses = s.Witnesses[1:] }},
		{"witnesses-swapped", "witnesses out of order", ErrNotCanonical, func(s *Segment) { slices.Reverse(s.Witnesses) }},
		{"envelope-dropped", "an envelope is missing in the middle", ErrChain, func(s *Segment) { s.Envelopes = slices.Delete(s.Envelopes, 1, 2) }},
		{"first-dropped", "the first envelope is missing", ErrChain, func(s *Segment) { s.Envelopes = s.Envelopes[1:] }},
		{"last-dropped", "the last envelope is missing", ErrChain, func(s *Segment) { s.Envelopes = s.Envelopes[:2] }},
		{"cut-short", "without its last envelope, and it says so", ErrSignature, func(s *Segment) { s.Envelopes = s.Envelopes[:2]; must(d.t, s.measure()) }},
		{"body-changed", "one bit of a ciphertext", ErrChain, func(s *Segment) { e := s.Envelopes[1]; e[len(e)-1] ^= 1 }},
		{"empty", "no envelope", ErrMalformed, func(s *Segment) { s.Envelopes = nil }},
		{"bad-envelope", "an envelope that is not canonical", ErrNotCanonical, func(s *Segment) {
			s.Envelopes[1] = d.replaced(s.Envelopes[1], []byte{1, 2, 0x58, 0x20}, []byte{1, 0x18, 2, 0x58, 0x20})
		}},
	} {
		s := cut()
		c.spoil(s)
		d.add(c.name, c.why, c.want.Error(), s.Encode())
	}
	d.add("newer", "format version 2", ErrNewer.Error(), append([]byte{0x84, 2}, b[2:]...))
	d.add("head-for-segment", "what is signed is a head", ErrType.Error(),
		d.replaced(b, appendBytes(nil, protected(typeSegment)), appendBytes(nil, protected(typeHead))))
}
