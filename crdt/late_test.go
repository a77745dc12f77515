package crdt

import (
	"errors"
	"slices"
	"testing"

	"fieldbook/record"
)

// merged gives two changes of two devices without dependencies, and one on top of both.
func merged(t *testing.T) (events [3]event) {
	h := NewHistory(stream)
	for n := range 2 {
		o := Origin{Device: [32]byte{byte(n)}, Stream: stream, Salt: salt}
		raw, _, err := NewHistory(stream).Author(Actor(o.Device, stream, salt), noon, []record.Edit{{Key: "x", Value: record.IntValue(int64(n))}}, nil)
		events[n] = event{raw, accept(t, h, raw, err, o), o}
	}
	raw, _, err := h.Author(me, noon, []record.Edit{{Key: "x", Value: record.IntValue(2)}}, nil)
	if events[1].origin.Device != device {
		t.Fatal("the second device is not the usual one")
	}
	events[2] = event{raw, accept(t, h, raw, err, origin), origin}
	return events
}

func (e event) by(device byte) Origin {
	o := e.origin
	o.Device = [32]byte{device}
	return o
}

func fates(h *History, events [3]event) (out [3]Verdict) {
	for i, e := range events {
		out[i] = h.Verdict(e.hash)
	}
	return out
}

// TestDoom: what waits for a change is malformed as soon as that change is, and waits again when an event with the right
// origin brings it, though something else is still missing.
func TestDoom(t *testing.T) {
	h, events := NewHistory(stream), merged(t)
	if _, v, err := h.Add(events[2].raw, origin); v != Waiting || err != nil {
		t.Fatal(v, err)
	}
	if _, _, err := h.Add(events[0].raw, events[0].by(9)); !errors.Is(err, ErrActor) || fates(h, events) != [3]Verdict{Malformed, Unknown, Malformed} ||
		!slices.Equal(h.Moved(), []Hash{events[2].hash}) {
		t.Fatal(err, fates(h, events), h.Moved())
	}
	if _, _, err := h.Add(events[0].raw, events[0].origin); err != nil || fates(h, events) != [3]Verdict{Accepted, Unknown, Waiting} ||
		!slices.Equal(h.Moved(), []Hash{events[2].hash}) {
		t.Fatal(err, fates(h, events), h.Moved())
	}
	if _, _, err := h.Add(events[1].raw, events[1].origin); err != nil || fates(h, events) != [3]Verdict{Accepted, Accepted, Accepted} {
		t.Fatal(err, fates(h, events))
	}
}

// TestRevive: a change that came under a wrong name while it lacked a dependency waits once it comes under the right one,
// and what depends on it waits too.
func TestRevive(t *testing.T) {
	h, author := NewHistory(stream), NewHistory(stream)
	var events [3]event
	for i := range events {
		raw, _, err := author.Author(me, noon, []record.Edit{{Key: "x", Value: record.IntValue(int64(i))}}, nil)
		events[i] = event{raw, accept(t, author, raw, err, origin), origin}
	}
	h.Add(events[1].raw, events[1].by(9))
	if _, v, err := h.Add(events[2].raw, origin); v != Malformed || !errors.Is(err, ErrPast) {
		t.Fatal(v, err)
	}
	if _, v, err := h.Add(events[1].raw, origin); v != Waiting || err != nil || fates(h, events) != [3]Verdict{Unknown, Waiting, Waiting} ||
		!slices.Equal(h.Moved(), []Hash{events[2].hash}) {
		t.Fatal(v, err, fates(h, events), h.Moved())
	}
}

// TestPromotedMalformed: a change that waited can turn out malformed when its past arrives, and what waits for it too.
func TestPromotedMalformed(t *testing.T) {
	h, events := NewHistory(stream), merged(t)
	c, err := Decode(events[2].raw)
	if err != nil {
		t.Fatal(err)
	}
	c.StartOp++
	raw, err := Encode(c)
	if err != nil {
		t.Fatal(err)
	}
	bad, v, _ := h.Add(raw, origin)
	next := &Change{Actor: me, Seq: c.Seq + 1, StartOp: c.StartOp + 1, Deps: []Hash{bad}, Ops: []Op{put("y", record.NullValue())}}
	raw, err = Encode(next)
	if err != nil {
		t.Fatal(err)
	}
	after, w, _ := h.Add(raw, origin)
	if v != Waiting || w != Waiting {
		t.Fatal(v, w)
	}
	h.Add(events[0].raw, events[0].origin)
	h.Add(events[1].raw, events[1].origin)
	if h.Verdict(bad) != Malformed || h.Verdict(after) != Malformed || h.Len() != 2 || len(h.Moved()) != 2 {
		t.Fatal(h.Verdict(bad), h.Verdict(after), h.Moved())
	}
}

// TestSmallerHash: of two changes with one actor and seq the smaller hash stands in either order, and what was built on the
// other falls with it.
func TestSmallerHash(t *testing.T) {
	var pair [2]event
	for i := range pair {
		raw, _, err := NewHistory(stream).Author(me, noon, []record.Edit{{Key: "x", Value: record.IntValue(int64(i))}}, nil)
		pair[i] = event{raw, accept(t, NewHistory(stream), raw, err, origin), origin}
	}
	if pair[0].hash.Compare(pair[1].hash) > 0 {
		pair[0], pair[1] = pair[1], pair[0]
	}
	h := NewHistory(stream)
	accept(t, h, pair[1].raw, nil, origin)
	raw, _, err := h.Author(me, noon, []record.Edit{{Key: "y", Value: record.IntValue(1)}}, nil)
	child := accept(t, h, raw, err, origin)
	accept(t, h, pair[0].raw, nil, origin)
	if h.Contains(pair[1].hash) || h.Contains(child) || h.Len() != 1 || len(h.Moved()) != 2 || h.Live("y") != nil {
		t.Fatal(h.Heads(), h.Moved())
	}
	other := NewHistory(stream)
	accept(t, other, pair[0].raw, nil, origin)
	if _, v, err := other.Add(pair[1].raw, origin); v != Malformed || !errors.Is(err, ErrEquivocation) {
		t.Fatal(v, err)
	}
	if _, v, err := other.Add(raw, origin); v != Malformed || !errors.Is(err, ErrEquivocation) || !slices.Equal(h.Heads(), other.Heads()) {
		t.Fatal(v, err)
	}
	both := &Change{Actor: Actor([32]byte{4}, stream, salt), Seq: 1, StartOp: 2, Deps: []Hash{pair[0].hash, pair[1].hash}, Ops: []Op{put("z", record.NullValue())}}
	joined, err := Encode(both)
	if err != nil {
		t.Fatal(err)
	}
	if _, v, err := h.Add(joined, Origin{Device: [32]byte{4}, Stream: stream, Salt: salt}); v != Malformed || !errors.Is(err, ErrEquivocation) {
		t.Fatal(v, err)
	}
	if _, ok := h.find(Hash{}); ok || len(h.changes) != 3 {
		t.Fatal("a past with both changes was taken for sound")
	}
}
