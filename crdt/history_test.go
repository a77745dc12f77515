package crdt

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/record"
)

func accept(t testing.TB, h *History, raw []byte, err error, o Origin) Hash {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	hash, v, err := h.Add(raw, o)
	if v != Accepted {
		t.Fatalf("%v: %v", v, err)
	}
	return hash
}

// TestEffects: what a change is said to have replaced is what the document showed at its dependencies.
func TestEffects(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := forked(t)
		h := arrive(t, events)
		for _, e := range events {
			if !h.Contains(e.hash) {
				continue
			}
			c, err := Decode(e.raw)
			if err != nil {
				t.Fatal(err)
			}
			before, err := h.At(c.Deps)
			if err != nil {
				t.Fatal(err)
			}
			after, err := h.At([]Hash{e.hash})
			if err != nil {
				t.Fatal(err)
			}
			for _, effect := range h.Effects(e.hash) {
				checkEffect(t, effect, before, after)
			}
		}
	})
}

func checkEffect(t *rapid.T, e Effect, before, after *History) {
	if e.Text {
		was, _ := before.Text(e.Key)
		is, _ := after.Text(e.Key)
		if e.BeforeText != was || e.AfterText != is {
			t.Fatalf("text %q to %q, document %q to %q", e.BeforeText, e.AfterText, was, is)
		}
		return
	}
	var was []record.Value
	for _, live := range before.Live(e.Key) {
		was = append(was, live.Value)
		if !slices.Contains(e.Pred, live.Change) {
			t.Fatalf("%v is not among the replaced %v", live.Change, e.Pred)
		}
	}
	is := after.Live(e.Key)
	if fmt.Sprint(was) != fmt.Sprint(e.Before) || len(is) != 1 || !is[0].Value.Equal(e.After) {
		t.Fatalf("%v to %v, document %v to %v", e.Before, e.After, was, is)
	}
}

// TestCounters: increments of several devices add up as in Automerge, concurrent with a put of another value.
func TestCounters(t *testing.T) {
	engine, err := NewAutomerge([32]byte{})
	if err != nil {
		t.Fatal(err)
	}
	h := NewHistory(stream)
	raw, err := Encode(next(h, Op{Action: Put, Key: "c", Value: record.IntValue(10), Counter: true}))
	accept(t, h, raw, err, origin)
	at := h.Heads()
	var late [][]byte
	for n := range byte(3) {
		o := Origin{Device: [32]byte{9, n}, Stream: stream, Salt: salt}
		c := &Change{Actor: Actor(o.Device, stream, salt), Seq: 1, StartOp: 2, Deps: at,
			Ops: []Op{{Action: Increment, Key: "c", Value: record.IntValue(int64(n) + 1), Pred: []OpID{{1, me}}}}}
		if n == 2 {
			c.Ops[0] = put("c", record.StringValue("other"), OpID{1, me})
		}
		raw, err := Encode(c)
		if err != nil {
			t.Fatal(err)
		}
		late = append(late, raw)
	}
	for n, raw := range late {
		hash := accept(t, h, raw, nil, Origin{Device: [32]byte{9, byte(n)}, Stream: stream, Salt: salt})
		if e := h.Effects(hash)[0]; e.Before[0].Int != 10 {
			t.Fatalf("before %v", e.Before)
		}
		mirrors(t, engine, h)
	}
	if live := h.Live("c"); len(live) != 1 || live[0].Value.Str != "other" {
		t.Fatalf("live %v", live)
	}
	now, err := h.At([]Hash{h.changes[1].hash, h.changes[2].hash})
	if err != nil || now.Live("c")[0].Value.Int != 13 {
		t.Fatalf("counted %v %v", now.Live("c"), err)
	}
}

// TestWaiting: a change waits for its dependencies, dependents of a malformed one are malformed, and both revive.
func TestWaiting(t *testing.T) {
	other := Origin{Device: [32]byte{2}, Stream: stream, Salt: salt}
	author, h := NewHistory(stream), NewHistory(stream)
	var raws [][]byte
	var hashes []Hash
	for i := range int64(3) {
		raw, _, err := author.Author(me, noon, []record.Edit{{Key: "x", Value: record.IntValue(i)}}, nil)
		hashes, raws = append(hashes, accept(t, author, raw, err, origin)), append(raws, raw)
	}
	if _, v, err := h.Add(raws[2], origin); v != Waiting || err != nil || h.Len() != 0 {
		t.Fatal(v, err)
	}
	if _, v, err := h.Add(raws[0], other); v != Malformed || !errors.Is(err, ErrActor) {
		t.Fatal(v, err)
	}
	if _, v, err := h.Add(raws[1], origin); v != Malformed || !errors.Is(err, ErrPast) {
		t.Fatal(v, err)
	}
	if h.Verdict(hashes[2]) != Malformed || !slices.Contains(h.Moved(), hashes[2]) {
		t.Fatal("the dependent of a malformed change still waits")
	}
	if _, v, err := h.Add(raws[0], origin); v != Accepted || err != nil || h.Len() != 3 || len(h.Moved()) != 2 {
		t.Fatal(v, err, h.Len(), h.Moved())
	}
	if !h.Ancestor(hashes[0], hashes[2]) || h.Ancestor(hashes[2], hashes[0]) || h.Ancestor(hashes[0], hashes[0]) {
		t.Fatal("ancestors")
	}
	if h.Verdict(Hash{1}) != Unknown {
		t.Fatal("verdict of an unknown hash")
	}
}

// TestDeterministic: imported twice on two devices it is one change, and edits made since are no conflict.
func TestDeterministic(t *testing.T) {
	h := NewHistory(stream)
	edits := []record.Edit{{Key: "tag", Value: record.StringValue("A")}, {Key: "site", Value: record.StringValue("RAV")}}
	raw, err := AuthorNew(stream, edits)
	accept(t, h, raw, err, Origin{Stream: stream})
	slices.Reverse(edits)
	again, err := AuthorNew(stream, edits)
	if err != nil || string(again) != string(raw) {
		t.Fatalf("order of edits matters: %v", err)
	}
	change, _, err := h.Author(me, noon, []record.Edit{{Key: "tag", Value: record.StringValue("B")}}, nil)
	accept(t, h, change, err, origin)
	accept(t, h, again, nil, Origin{Stream: stream, Device: [32]byte{5}})
	if live := h.Live("tag"); len(live) != 1 || live[0].Value.Str != "B" || h.Len() != 2 {
		t.Fatalf("live %v, %d changes", live, h.Len())
	}
	text, err := AuthorText(stream, "t", "prose")
	accept(t, h, text, err, Origin{Stream: stream, Texts: []string{"t"}})
	if got, ok := h.Text("t"); !ok || got != "prose" {
		t.Fatalf("text %q %v", got, ok)
	}
	other, err := AuthorText(stream, "u", "prose")
	accept(t, h, other, err, Origin{Stream: stream, Texts: []string{"u"}})
	if values, texts := h.Snapshot(); len(values) != 2 || len(texts) != 2 || texts["u"] != "prose" {
		t.Fatalf("snapshot %v %v", values, texts)
	}
}

// TestAuthorRefuses: what the guard would refuse is not authored.
func TestAuthorRefuses(t *testing.T) {
	h := NewHistory(stream)
	raw, need, err := h.Author(me, noon, nil, []record.TextEdit{{Key: "t", Text: "x"}})
	o := origin
	o.Texts = need
	accept(t, h, raw, err, o)
	x := record.Edit{Key: "x", Value: record.IntValue(1)}
	for _, c := range []struct {
		want  error
		edits []record.Edit
		texts []record.TextEdit
	}{
		{ErrEmpty, nil, nil},
		{ErrEmpty, nil, []record.TextEdit{{Key: "t", Text: "x"}}},
		{ErrEmpty, nil, []record.TextEdit{{Key: "new", Text: ""}}},
		{ErrProfile, []record.Edit{x, x}, nil},
		{ErrProfile, []record.Edit{x, {Key: "a"}, x}, nil},
		{ErrProfile, []record.Edit{{Key: "t", Value: record.IntValue(1)}}, nil},
		{ErrProfile, []record.Edit{{Key: "", Value: record.IntValue(1)}}, nil},
		{ErrProfile, []record.Edit{{Key: "x", Value: record.IntValue(MaxInt + 1)}}, nil},
		{ErrProfile, nil, []record.TextEdit{{Key: "t", Text: "a"}, {Key: "t", Text: "b"}}},
		{ErrProfile, nil, []record.TextEdit{{Key: "t", Text: "\xff"}}},
		{ErrLimit, []record.Edit{{Key: "x", Value: record.BytesValue(make([]byte, MaxBytes))}}, nil},
		{ErrLimit, nil, []record.TextEdit{{Key: "t", Text: string(make([]byte, MaxOps+1))}}},
	} {
		if _, _, err := h.Author(me, noon, c.edits, c.texts); !errors.Is(err, c.want) {
			t.Errorf("%v %v: %v, want %v", c.edits, c.texts, err, c.want)
		}
	}
	if _, err := AuthorNew(stream, []record.Edit{x, x}); !errors.Is(err, ErrProfile) {
		t.Error(err)
	}
	if _, err := AuthorNew(stream, nil); !errors.Is(err, ErrEmpty) {
		t.Error(err)
	}
	if _, err := AuthorText(stream, "t", ""); !errors.Is(err, ErrEmpty) {
		t.Error(err)
	}
}

// TestCrowd: more heads than one change may name are taken in by several changes.
func TestCrowd(t *testing.T) {
	h := NewHistory(stream)
	for i := range MaxDeps + 10 {
		raw, err := AuthorNew(stream, []record.Edit{{Key: "x", Value: record.IntValue(int64(i))}})
		accept(t, h, raw, err, Origin{Stream: stream})
	}
	for len(h.Live("x")) > 1 {
		before := len(h.Heads())
		raw, _, err := h.Author(me, noon, []record.Edit{{Key: "x", Value: record.IntValue(-1)}}, nil)
		accept(t, h, raw, err, origin)
		if len(h.Heads()) >= before {
			t.Fatal("no progress")
		}
	}
}

// TestDiff: the edits lead from one text to the other, and a reworded word leaves the others alone.
func TestDiff(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abc  ⚙.")), 0, 60, -1)
		old, want := []rune(text.Draw(t, "old")), []rune(text.Draw(t, "new"))
		var got []rune
		last := 0
		for _, e := range diff(old, want) {
			got = append(append(got, old[last:e.at]...), e.add...)
			last = e.at + e.cut
		}
		if got = append(got, old[last:]...); string(got) != string(want) {
			t.Fatalf("%q", string(got))
		}
	})
	edits := diff([]rune("the red pump leaks at the seal"), []rune("the blue pump leaks on the seal"))
	if len(edits) != 2 || edits[0].cut > 3 || edits[1].cut > 2 {
		t.Fatalf("edits %v", edits)
	}
	long := make([]rune, 20_000)
	for i := range long {
		long[i] = rune('a' + i%2*40)
	}
	if edits := diff(long, slices.Repeat([]rune("zy. "), 4000)); len(edits) != 1 {
		t.Fatalf("%d edits", len(edits))
	}
}
