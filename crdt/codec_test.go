package crdt

import (
	"bytes"
	"encoding/hex"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/record"
)

// TestLEB: every number comes back from its shortest form, and nothing reads beyond 64 bits or the end.
func TestLEB(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		u, s := rapid.Uint64().Draw(t, "u"), rapid.Int64().Draw(t, "s")
		for _, u := range []uint64{u, 0, 127, 128, math.MaxUint64} {
			raw := string(appendU(nil, u))
			if got, next := readU(raw+"\x01", 0); got != u || next != len(raw) {
				t.Fatalf("%d read as %d from %x", u, got, raw)
			}
			if _, next := readU(raw[:len(raw)-1], 0); next >= 0 {
				t.Fatalf("%x read without its end", raw)
			}
		}
		for _, s := range []int64{s, 0, -1, 63, 64, -64, -65, math.MaxInt64, math.MinInt64} {
			raw := string(appendS(nil, s))
			if got, next := readS(raw+"\x01", 0); got != s || next != len(raw) {
				t.Fatalf("%d read as %d from %x", s, got, raw)
			}
			if _, next := readS(raw[:len(raw)-1], 0); next >= 0 {
				t.Fatalf("%x read without its end", raw)
			}
		}
	})
	for _, raw := range []string{"", strings.Repeat("\x80", 10) + "\x01", strings.Repeat("\xff", 9) + "\x02"} {
		if _, next := readU(raw, 0); next >= 0 {
			t.Errorf("unsigned %x read", raw)
		}
		if _, next := readS(raw, 0); next >= 0 {
			t.Errorf("signed %x read", raw)
		}
	}
}

// TestColumns: runs, literals and nulls come back row by row, and a column ends where its rows end.
func TestColumns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.Uint64Range(0, 3), 0, 40).Draw(t, "rows") // 3 stands for null
		at := func(i int) (uint64, bool) { return list[i] % 3, list[i] != 3 }
		raw := string(rle(nil, len(list), at, appendU))
		r := runs{s: raw}
		for i := range list {
			want, some := at(i)
			if got, null, ok := r.number(); !ok || null == some || some && got != want {
				t.Fatalf("row %d is %d %v %v in %x", i, got, null, ok, raw)
			}
		}
		if !r.done() {
			t.Fatalf("rows left over in %x", raw)
		}
		bits := string(booleans(nil, len(list), func(i int) bool { return list[i] > 1 }))
		f := flags{s: bits}
		for i := range list {
			if got, ok := f.next(); !ok || got != (list[i] > 1) {
				t.Fatalf("bit %d is %v %v in %x", i, got, ok, bits)
			}
		}
		if !f.done() {
			t.Fatalf("bits left over in %x", bits)
		}
	})
}

// TestExample: the example of docs/format/change.md.
func TestExample(t *testing.T) {
	raw, err := Encode(&Change{Actor: ActorID(bytes.Repeat([]byte{0x11}, 16)), Seq: 1, StartOp: 1, Ops: []Op{put("n", record.IntValue(1))}})
	want := "856f4a83a2ebb988012f00" + "10" + strings.Repeat("11", 16) + "0101000000" + "061503340142025602570170" + "027f016e017f017f14017f00"
	if err != nil || hex.EncodeToString(raw) != want {
		t.Fatalf("%x (%v), want %s", raw, err, want)
	}
}

// TestPublic: what Decode shows is what was encoded, for every kind of operation.
func TestPublic(t *testing.T) {
	c := &Change{Actor: me, Seq: 3, StartOp: 9, Time: -5, Deps: []Hash{{2}, {1}}, Ops: []Op{
		put("a", record.StringValue("x"), op1, ghost), put("b", record.BytesValue([]byte{1})),
		{Action: Put, Key: "c", Value: record.IntValue(4), Counter: true},
		{Action: Increment, Key: "d", Value: record.IntValue(-4), Pred: []OpID{op3}},
		letter("t", OpID{}, "é"), letter("t", ghost, "z"), cut("t", op4, op4), put("e", record.FloatValue(0.5)),
	}}
	raw, err := Encode(c)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode(raw)
	if err != nil {
		t.Fatal(err)
	}
	if got.Actor != c.Actor || got.Seq != 3 || got.StartOp != 9 || got.Time != -5 || got.Deps[0] != (Hash{1}) || !bytes.Equal(got.Raw, raw) {
		t.Fatalf("header %+v", got)
	}
	for i, o := range got.Ops {
		w := c.Ops[i]
		if o.Action != w.Action || o.Key != w.Key || o.Obj != w.Obj || o.Elem != w.Elem || o.Insert != w.Insert ||
			!o.Value.Equal(w.Value) || o.Counter != w.Counter || len(o.Pred) != len(w.Pred) {
			t.Errorf("operation %d: %+v, want %+v", i, o, w)
		}
	}
	if p := got.Ops[0].Pred; p[0] != op1 || p[1] != ghost {
		t.Errorf("predecessors %v", p)
	}
	c.Ops[0].Pred[0].Counter = 1 << 40
	if _, err := Encode(c); err == nil {
		t.Error("a counter beyond 32 bits was written")
	}
}

// TestAncestors: the causal past by chains is the causal past by following dependencies.
func TestAncestors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := forked(t)
		h := arrive(t, events)
		past := map[Hash]map[Hash]bool{}
		for a := range h.All() {
			c, err := Decode([]byte(a.raw))
			if err != nil {
				t.Fatal(err)
			}
			mine := map[Hash]bool{}
			for _, dep := range c.Deps {
				mine[dep] = true
				for hash := range past[dep] {
					mine[hash] = true
				}
			}
			past[a.hash] = mine
			for b := range past {
				if h.Ancestor(b, a.hash) != mine[b] {
					t.Fatalf("ancestor %v of %v: %v", b, a.hash, !mine[b])
				}
			}
		}
	})
}

// TestSize: the history of an imported row stays small.
func TestSize(t *testing.T) {
	h := NewHistory(stream)
	raw, err := AuthorNew(stream, creation())
	accept(t, h, raw, err, Origin{Stream: stream})
	if over := h.Size() - len(raw); over > 3<<10 {
		t.Fatalf("%d bytes beside a change of %d", over, len(raw))
	}
}
