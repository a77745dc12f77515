package envelope

import (
	"bytes"
	"errors"
	"testing"
)

// seed gives a fuzz target the shared vectors of its kind.
func seed(f *testing.F, file string) {
	f.Helper()
	var vectors []vector
	load(f, file, &vectors)
	for _, v := range vectors {
		f.Add(unhex(f, v.Hex))
	}
}

// same fails unless what was read is written as the same bytes.
func same(t *testing.T, b, again []byte) {
	t.Helper()
	if !bytes.Equal(b, again) {
		t.Fatalf("read\n%x\nwrote\n%x", b, again)
	}
}

func FuzzEnvelope(f *testing.F) {
	seed(f, "envelope.json")
	f.Fuzz(func(t *testing.T, b []byte) {
		e, err := Decode(b)
		if err != nil {
			if classOf(err) == "unclassified" {
				t.Fatal(err)
			}
			return
		}
		same(t, b, e.Encode())
		same(t, b, deterministic(t, b))
	})
}

func FuzzSegment(f *testing.F) {
	seed(f, "segment.json")
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := DecodeSegment(b)
		if err != nil {
			return
		}
		same(t, b, s.Encode())
		must(t, s.Walk(func(*Envelope, Hash) error { return nil }))
	})
}

func FuzzHead(f *testing.F) {
	seed(f, "head.json")
	f.Fuzz(func(t *testing.T, b []byte) {
		h, sig, err := DecodeHead(b)
		if err != nil {
			return
		}
		same(t, b, EncodeHead(h, sig))
		mustFail(t, VerifyHead(h, newActor("nobody").public(), sig), ErrSignature)
	})
}

func FuzzReceipt(f *testing.F) {
	seed(f, "receipt.json")
	f.Fuzz(func(t *testing.T, b []byte) {
		r, sig, err := DecodeReceipt(b)
		if err != nil {
			if classOf(err) == "unclassified" {
				t.Fatal(err)
			}
			return
		}
		same(t, b, appendSign1(nil, typeReceipt, r.payload(), sig))
		mustFail(t, VerifyReceipt(r, newActor("nobody").public(), sig), ErrSignature)
	})
}

func FuzzBody(f *testing.F) {
	seed(f, "body.json")
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := DecodeBody(b)
		if err == nil {
			same(t, b, EncodeBody(p))
			must(t, p.Check())
		} else if (p != nil) != errors.Is(err, ErrNewer) {
			t.Fatalf("%v with body %v", err, p)
		}
	})
}

func FuzzControl(f *testing.F) {
	seed(f, "control.json")
	p := newPlant()
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := DecodeControl(b)
		if err == nil {
			same(t, b, EncodeControl(c))
		} else if (c != nil) != errors.Is(err, ErrNewer) {
			t.Fatalf("%v with control event %v", err, c)
		}
		a := NewACL(p.id)
		must(t, a.Add(p.created))
		if classOf(a.Add(p.raw(p.founder, 2, Hash{2}, b, p.created.Hash()))) == "unclassified" {
			t.Fatal("an error without class")
		}
	})
}
