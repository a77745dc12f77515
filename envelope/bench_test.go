package envelope

import (
	"fmt"
	"testing"
)

// typical is an envelope as a single-field edit makes it: two ACL references, 384 bytes of ciphertext.
func typical() *Envelope {
	e := newPlant().feed(2, 384)[1]
	e.ACL = []Hash{{1}, {2}}
	return e
}

func BenchmarkEncode(b *testing.B) {
	e := typical()
	b.ReportAllocs()
	for b.Loop() {
		e.Encode()
	}
}

func BenchmarkDecode(b *testing.B) {
	p := typical().Encode()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(p); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkHash(b *testing.B) {
	e := typical()
	b.ReportAllocs()
	for b.Loop() {
		e.Hash()
	}
}

func BenchmarkEncodeBody(b *testing.B) {
	p := fullBody()
	b.ReportAllocs()
	for b.Loop() {
		EncodeBody(p)
	}
}

func BenchmarkDecodeBody(b *testing.B) {
	p := EncodeBody(fullBody())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := DecodeBody(p); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkState is what an opener asks for every envelope of a rebuild.
func BenchmarkState(b *testing.B) {
	h := newHistory()
	a := NewACL(h.id)
	for _, e := range h.all() {
		if err := a.Add(e); err != nil {
			b.Fatal(err)
		}
	}
	refs := a.Heads()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := a.State(refs); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkReplay is what opening a workspace of 500 devices costs.
func BenchmarkReplay(b *testing.B) {
	p := newPlant()
	events := []*Envelope{p.created}
	for i := range 500 {
		events = append(events, p.admit(p.founder, newActor(fmt.Sprint(i)), Engineer, events[i].Hash()))
	}
	b.ReportAllocs()
	for b.Loop() {
		a := NewACL(p.id)
		for _, e := range events {
			if err := a.Add(e); err != nil {
				b.Fatal(err)
			}
		}
	}
}
