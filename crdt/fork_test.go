package crdt

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/record"
)

// event is a change and how it came.
type event struct {
	raw    []byte
	hash   Hash
	origin Origin
}

// TestForks: devices that clone each other's actor (a restored laptop image) and carry each other's changes under a wrong
// name. Whatever the order of arrival, every change has the same fate and the document is the same; and what stands is what
// Automerge says of the standing changes alone.
func TestForks(t *testing.T) {
	engine, err := NewAutomerge([32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		events := forked(t)
		a := arrive(t, events)
		b := arrive(t, rapid.Permutation(events).Draw(t, "order"))
		alike(t, a, b, events)
		d, err := Open(engine, b)
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		heads, _ := d.Heads()
		if !slices.Equal(heads, b.Heads()) {
			t.Fatalf("heads %v, want %v", heads, b.Heads())
		}
		for _, key := range b.Keys() {
			values, _ := d.Values(key)
			text, _, _ := d.Text(key)
			if want, _ := b.Text(key); text != want || len(values) != len(b.Live(key)) {
				t.Fatalf("key %s: %v %q, history %v %q", key, values, text, b.Live(key), want)
			}
		}
	})
}

// forked makes a random history of three laptops, two of which share an actor.
func forked(t *rapid.T) (events []event) {
	laptops := []*History{NewHistory(stream), NewHistory(stream), NewHistory(stream)}
	for i := range rapid.IntRange(2, 25).Draw(t, "steps") {
		n := rapid.IntRange(0, 2).Draw(t, "laptop")
		h, o := laptops[n], Origin{Device: [32]byte{byte(n / 2)}, Stream: stream, Salt: salt}
		if rapid.IntRange(0, 2).Draw(t, "sync") == 0 {
			for _, e := range events {
				h.Add(e.raw, e.origin)
			}
		}
		edits := []record.Edit{{Key: fmt.Sprint("k", i%3), Value: record.IntValue(int64(i))}}
		texts := []record.TextEdit{{Key: "t", Text: rapid.StringMatching("[abc]{0,6}").Draw(t, "text")}}
		raw, need, err := h.Author(Actor(o.Device, o.Stream, o.Salt), noon, edits, texts)
		if err != nil {
			t.Fatal(err)
		}
		o.Texts = need
		hash, _, _ := h.Add(raw, o)
		events = append(events, event{raw, hash, o})
		if rapid.IntRange(0, 4).Draw(t, "steal") == 0 {
			o.Device[0] += 7
			events = append(events, event{raw, hash, o})
		}
	}
	return events
}

func arrive(t *rapid.T, events []event) *History {
	h := NewHistory(stream)
	fate := map[Hash]Verdict{}
	for _, e := range events {
		hash, v, err := h.Add(e.raw, e.origin)
		if hash != e.hash || (v == Accepted) != (err == nil) && v != Waiting {
			t.Fatalf("%v %v %v", hash, v, err)
		}
		for _, m := range h.Moved() {
			if m == hash {
				t.Fatal("the added change is among the moved ones")
			}
			fate[m] = h.Verdict(m)
		}
		fate[hash] = h.Verdict(hash)
	}
	for hash, v := range fate { // whoever follows Moved knows every fate
		if h.Verdict(hash) != v {
			t.Fatalf("%v is %v; %v was the last that Moved told", hash, h.Verdict(hash), v)
		}
	}
	return h
}

func alike(t *rapid.T, a, b *History, events []event) {
	for _, e := range events {
		if a.Verdict(e.hash) != b.Verdict(e.hash) {
			t.Fatalf("%v is %v and %v", e.hash, a.Verdict(e.hash), b.Verdict(e.hash))
		}
		if !slices.EqualFunc(a.Effects(e.hash), b.Effects(e.hash), func(x, y Effect) bool { return fmt.Sprint(x) == fmt.Sprint(y) }) {
			t.Fatalf("effects of %v: %v and %v", e.hash, a.Effects(e.hash), b.Effects(e.hash))
		}
	}
	av, at := a.Snapshot()
	bv, bt := b.Snapshot()
	if !slices.Equal(a.Heads(), b.Heads()) || a.Len() != b.Len() || a.MaxOp() != b.MaxOp() || fmt.Sprint(av) != fmt.Sprint(bv) || !maps.Equal(at, bt) {
		t.Fatalf("%v %v %v, and %v %v %v", a.Heads(), av, at, b.Heads(), bv, bt)
	}
	again, err := a.At(a.Heads())
	if err != nil {
		t.Fatal(err)
	}
	cv, ct := again.Snapshot()
	if fmt.Sprint(av) != fmt.Sprint(cv) || !maps.Equal(at, ct) {
		t.Fatalf("now %v %v, at its heads %v %v", av, at, cv, ct)
	}
}
