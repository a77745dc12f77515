package crdt

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/record"
)

// may gives the origin of an event that is allowed, or not, to carry its change.
func may(o Origin, allowed bool) Origin {
	o.Allowed = func(Writes) bool { return allowed }
	return o
}

// mixed makes a random history of three laptops in which some events are not allowed. Two laptops hold masks against what they
// receive; the third believes everything, and so builds on masked changes. Some changes come with a second event.
func mixed(t *rapid.T) (events []event) {
	laptops := []*History{NewHistory(stream), NewHistory(stream), NewHistory(stream)}
	for i := range rapid.IntRange(2, 25).Draw(t, "steps") {
		n := rapid.IntRange(0, 2).Draw(t, "laptop")
		h, o := laptops[n], Origin{Device: [32]byte{byte(n)}, Stream: stream, Salt: salt}
		if rapid.IntRange(0, 2).Draw(t, "sync") < 2 {
			for _, e := range events {
				if n == 2 {
					e.origin.Allowed = nil
				}
				h.Add(e.raw, e.origin)
			}
		}
		edits := []record.Edit{{Key: fmt.Sprint("k", i%3), Value: record.IntValue(int64(i))}}
		texts := []record.TextEdit{{Key: rapid.SampledFrom([]string{"t", "u"}).Draw(t, "key"), Text: rapid.StringMatching("[abc]{0,6}").Draw(t, "text")}}
		raw, need, err := h.Author(Actor(o.Device, o.Stream, o.Salt), noon, edits, texts)
		if err != nil {
			t.Fatal(err)
		}
		o.Texts = need
		own := may(o, rapid.IntRange(0, 2).Draw(t, "mask") > 0)
		if n == 2 {
			o.Allowed = nil
		}
		hash, _, _ := h.Add(raw, o)
		events = append(events, event{raw, hash, own})
		if rapid.IntRange(0, 5).Draw(t, "again") == 0 {
			events = append(events, event{raw, hash, may(o, rapid.Bool().Draw(t, "mask again"))})
		}
	}
	return events
}

func (m *model) check(t *rapid.T, h *History) {
	for i := range 3 {
		key := fmt.Sprint("k", i)
		var got []OpID
		for _, live := range h.Live(key) {
			got = append(got, live.ID)
		}
		if want := m.values(key); !slices.Equal(got, want) || slices.Contains(h.Keys(), key) != (len(want) > 0) {
			t.Fatalf("%s: live %v, want %v, keys %v", key, got, want, h.Keys())
		}
	}
	for _, key := range []string{"t", "u"} {
		got, ok := h.Text(key)
		if want := m.text(key, OpID{}); got != want || ok != m.texts[key] || slices.Contains(h.Keys(), key) != ok {
			t.Fatalf("text %s is %q %v, want %q %v, keys %v", key, got, ok, want, m.texts[key], h.Keys())
		}
	}
	checkEach(t, h)
}

// checkEach: all keys in one go are what asking for each of them gives.
func checkEach(t *rapid.T, h *History) {
	var keys []string
	h.Each(func(key string, live []Live) {
		keys = append(keys, key)
		want := h.Live(key)
		if !slices.EqualFunc(live, want, func(a, b Live) bool { return a.ID == b.ID && a.Change == b.Change && a.Value.Equal(b.Value) }) {
			t.Fatalf("%s: %v in one go, %v alone", key, live, want)
		}
	}, func(key, text string) {
		keys = append(keys, key)
		if want, ok := h.Text(key); !ok || text != want {
			t.Fatalf("%s: %q in one go, %q alone", key, text, want)
		}
	})
	if !slices.Equal(keys, h.Keys()) {
		t.Fatalf("keys %q in one go, %q alone", keys, h.Keys())
	}
}

// TestMasks: whatever events are not allowed, in whatever order they and what depends on them arrive, everything is accepted
// and the document says what the allowed changes say; and Automerge still agrees with the document without masks.
func TestMasks(t *testing.T) {
	engine, err := NewAutomerge([32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		events := mixed(t)
		m := newModel(t, events)
		a, b := arrive(t, events), arrive(t, rapid.Permutation(events).Draw(t, "order"))
		for _, h := range []*History{a, b} {
			m.check(t, h)
			for _, e := range events {
				if v := h.Verdict(e.hash); v != Accepted {
					t.Fatalf("%v is %v", e.hash, v)
				}
				if h.Masked(e.hash) != m.masked[first(t, e)] || h.Masked(e.hash) != slices.Contains(h.Masks(), e.hash) {
					t.Fatalf("%v: masked %v", e.hash, h.Masked(e.hash))
				}
			}
			if err := Agree(engine, h); err != nil {
				t.Fatal(err)
			}
		}
		alike(t, a, b, events)
	})
}

// first is the first operation of an event's change.
func first(t *rapid.T, e event) OpID {
	c, err := Decode(e.raw)
	if err != nil {
		t.Fatal(err)
	}
	return OpID{c.StartOp, c.Actor}
}

// TestMaskedEffects: what a change is said to have replaced is what its author saw without masked changes.
func TestMaskedEffects(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := arrive(t, mixed(t))
		for a := range h.All() {
			c, err := Decode([]byte(a.raw))
			if err != nil {
				t.Fatal(err)
			}
			if h.Masked(c.Hash) {
				continue
			}
			before, err := h.At(c.Deps)
			if err != nil {
				t.Fatal(err)
			}
			after, err := h.At([]Hash{c.Hash})
			if err != nil {
				t.Fatal(err)
			}
			for _, effect := range h.Effects(c.Hash) {
				checkEffect(t, effect, before, after)
			}
		}
	})
}

// TestLifted: a masked change comes alive with the event that is allowed to carry it, and only that is told.
func TestLifted(t *testing.T) {
	h := NewHistory(stream)
	raw, _, err := h.Author(me, noon, []record.Edit{{Key: "x", Value: record.IntValue(1)}}, nil)
	hash := accept(t, h, raw, err, may(origin, false))
	if h.Lifted() || !h.Masked(hash) || len(h.Live("x")) != 0 || len(h.Keys()) != 0 {
		t.Fatal("not masked")
	}
	accept(t, h, raw, nil, may(origin, true))
	if !h.Lifted() || h.Masked(hash) || len(h.Live("x")) != 1 {
		t.Fatal("the mask was not lifted")
	}
	accept(t, h, raw, nil, may(origin, false))
	if h.Lifted() || h.Masked(hash) {
		t.Fatal("a mask came back")
	}
}

// TestWrites: the keys that are judged are all that the change and its event write.
func TestWrites(t *testing.T) {
	h := NewHistory(stream)
	edits := []record.Edit{{Key: "zone", Value: record.IntValue(1)}, {Key: "unit", Value: record.IntValue(2)}}
	texts := []record.TextEdit{{Key: "description", Text: "ab"}, {Key: "strange", Text: "cd"}}
	raw, need, err := h.Author(me, noon, edits, texts)
	var got Writes
	o := origin
	o.Texts = need
	o.Allowed = func(w Writes) bool { got = w; return true }
	accept(t, h, raw, err, o)
	if !slices.Equal(got.Values, []string{"zone", "unit"}) || !slices.Equal(got.Texts, []string{"description", "strange", ""}) {
		t.Fatalf("%q", got)
	}
	raw, _, err = h.Author(me, noon, nil, []record.TextEdit{{Key: "description", Text: "b"}})
	o.Texts = nil
	accept(t, h, raw, err, o)
	if len(got.Values) != 0 || !slices.Equal(got.Texts, []string{"description"}) {
		t.Fatalf("%q", got)
	}
	object, _ := TextObject("zone")
	accept(t, h, object, nil, Origin{Stream: stream, Allowed: o.Allowed})
	if !slices.Equal(got.Texts, []string{"zone"}) {
		t.Fatalf("%q", got)
	}
}

// TestProseUnderAValue: who begins prose under a key that holds a value, without the right to, hides nothing and stops nobody,
// even if an allowed change was put on top of it.
func TestProseUnderAValue(t *testing.T) {
	engine, err := NewAutomerge([32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	set := func(h *History, n byte, i int64) {
		t.Helper()
		o := Origin{Device: [32]byte{7, n}, Stream: stream, Salt: salt}
		raw, _, err := h.Author(Actor(o.Device, stream, salt), noon, []record.Edit{{Key: "zone", Value: record.IntValue(i)}}, nil)
		accept(t, h, raw, err, o)
		if live := h.Live("zone"); len(live) != 1 || live[0].Value.Int != i {
			t.Fatalf("live %v", live)
		}
	}
	h := NewHistory(stream)
	set(h, 1, 1)
	hostile := NewHistory(stream)
	raw, need, err := hostile.Author(me, noon, nil, []record.TextEdit{{Key: "zone", Text: "prose"}})
	o := may(origin, false)
	o.Texts = need
	for _, h := range []*History{h, hostile} {
		accept(t, h, raw, err, o)
	}
	if _, ok := h.Text("zone"); ok || len(h.Live("zone")) != 1 {
		t.Fatal("a masked text hides the value")
	}
	set(h, 2, 2)
	c := &Change{Actor: me, Seq: 2, StartOp: hostile.MaxOp() + 1, Deps: hostile.Heads(), Ops: []Op{put("other", record.IntValue(1))}}
	raw, err = Encode(c)
	accept(t, h, raw, err, origin)
	set(h, 3, 3)
	if err := Agree(engine, h); err != nil {
		t.Fatal(err)
	}
}

// TestMaskedCounter: increments that are not allowed do not count.
func TestMaskedCounter(t *testing.T) {
	h := NewHistory(stream)
	raw, err := Encode(next(h, Op{Action: Put, Key: "c", Value: record.IntValue(10), Counter: true}))
	accept(t, h, raw, err, origin)
	for i, allowed := range []bool{true, false} {
		raw, err := Encode(next(h, Op{Action: Increment, Key: "c", Value: record.IntValue(int64(i) + 1), Pred: []OpID{{1, me}}}))
		hash := accept(t, h, raw, err, may(origin, allowed))
		if before := h.Effects(hash)[0].Before; before[0].Int != 10+int64(i) {
			t.Fatalf("before %v", before)
		}
	}
	if live := h.Live("c"); live[0].Value.Int != 11 {
		t.Fatalf("counted %v", live)
	}
}
