package crdt

import (
	"math"
	"slices"
	"strings"

	"fieldbook/record"
)

// base gives the events of a small document: values, a counter, a text of two letters.
func base() (before []vector) {
	h := NewHistory(stream)
	add := func(c *Change, texts ...string) {
		raw, err := Encode(c)
		if err != nil {
			panic(err)
		}
		o := origin
		o.Texts = texts
		if _, v, err := h.Add(raw, o); v != Accepted {
			panic(err)
		}
		before = append(before, vector{Device: device[:], Stream: stream[:], Salt: salt, Texts: texts, Raw: raw})
	}
	add(next(h, put("a", record.StringValue("one")), put("b", record.IntValue(2)),
		Op{Action: Put, Key: "c", Value: record.IntValue(5), Counter: true}))
	first := next(h)
	_, object := TextObject("t")
	_, other := TextObject("u")
	first.Deps = append(first.Deps, object, other)
	first.Ops = []Op{letter("t", OpID{}, "x"), letter("t", OpID{4, me}, "y"), letter("u", OpID{}, "z")}
	add(first, "t", "u")
	a := put("a", record.StringValue("two"))
	a.Pred = []OpID{{1, me}}
	add(next(h, a, cut("t", OpID{5, me}, OpID{5, me})))
	return before
}

var me = Actor(device, stream, salt)

// next gives a change on top of a history.
func next(h *History, ops ...Op) *Change {
	seq := uint64(1)
	if w := h.writer(me); w != none {
		seq += uint64(len(h.writers[w].changes))
	}
	return &Change{Actor: me, Seq: seq, StartOp: h.MaxOp() + 1, Time: noon.UnixMilli(), Deps: h.Heads(), Ops: ops}
}

func put(key string, v record.Value, pred ...OpID) Op {
	return Op{Action: Put, Key: key, Value: v, Pred: pred}
}

func letter(key string, after OpID, s string) Op {
	return Op{Action: Put, Insert: true, Obj: OpID{1, objectActor(key)}, Elem: after, Value: record.StringValue(s)}
}

func cut(key string, char OpID, pred ...OpID) Op {
	return Op{Action: Delete, Obj: OpID{1, objectActor(key)}, Elem: char, Pred: pred}
}

// attack is a change that must be refused, and why.
type attack struct {
	name string
	want error
	edit func(c *Change) // of an otherwise good change
	raw  func(good []byte) []byte
	by   func(o *Origin)
}

// In base, operations 1-3 set a, b and the counter c; 4-6 put x, y and z; 7 replaces 1, 8 deletes 5. The good
// change is 9.
var (
	op1, op2, op3, op4, op6, op7 = OpID{1, me}, OpID{2, me}, OpID{3, me}, OpID{4, me}, OpID{6, me}, OpID{7, me}
	ghost                        = OpID{5, ActorID{9}}
)

func ops(list ...Op) func(*Change) { return func(c *Change) { c.Ops = list } }

func value(v record.Value) func(*Change) { return ops(put("n", v)) }

// causal are attacks that only the causal past shows.
func causal() []attack {
	return []attack{
		{name: "start too low", want: ErrStart, edit: func(c *Change) { c.StartOp = 8 }},
		{name: "start too high", want: ErrStart, edit: func(c *Change) { c.StartOp = 10 }},
		{name: "start 2^32-1", want: ErrStart, edit: func(c *Change) { c.StartOp = 1<<32 - 1 }},
		{name: "start 2^31", want: ErrStart, edit: func(c *Change) { c.StartOp = 1 << 31 }},
		{name: "start 0", want: ErrStart, edit: func(c *Change) { c.StartOp = 0 }},
		{name: "seq skipped", want: ErrSeq, edit: func(c *Change) { c.Seq++ }},
		{name: "seq reused", want: ErrSeq, edit: func(c *Change) { c.Seq-- }},
		{name: "seq 0", want: ErrSeq, edit: func(c *Change) { c.Seq = 0 }},
		{name: "predecessor missing", want: ErrPred, edit: ops(put("a", record.NullValue(), OpID{99, me}))},
		{name: "predecessor of nobody", want: ErrPred, edit: ops(put("a", record.NullValue(), ghost))},
		{name: "predecessor under another key", want: ErrPred, edit: ops(put("a", record.NullValue(), op2))},
		{name: "predecessor left out", want: ErrPred, edit: ops(put("a", record.NullValue()))},
		{name: "predecessor replaced before", want: ErrPred, edit: ops(put("a", record.NullValue(), op1))},
		{name: "predecessor and its predecessor", want: ErrPred, edit: ops(put("a", record.NullValue(), op1, op7))},
		{name: "predecessor is a character", want: ErrPred, edit: ops(put("a", record.NullValue(), op4))},
		{name: "predecessor twice", want: ErrPred, edit: ops(put("a", record.NullValue(), op7, op7))},
		{name: "predecessor of the future", want: ErrPred, edit: ops(put("a", record.NullValue(), OpID{9, me}))},
		{name: "predecessor for a new key", want: ErrPred, edit: ops(put("n", record.NullValue(), op7))},
		{name: "increment of a string", want: ErrPred, edit: ops(Op{Action: Increment, Key: "a", Value: record.IntValue(1), Pred: []OpID{op7}})},
		{name: "increment of nothing", want: ErrPred, edit: ops(Op{Action: Increment, Key: "c", Value: record.IntValue(1)})},
		{name: "text object missing", want: ErrObject, edit: ops(letter("v", OpID{}, "x"))},
		{name: "text object is a value", want: ErrObject, edit: ops(Op{Action: Put, Insert: true, Obj: op1, Value: record.StringValue("x")})},
		{name: "element missing", want: ErrElement, edit: ops(letter("t", OpID{99, me}, "x"))},
		{name: "element of nobody", want: ErrElement, edit: ops(letter("t", ghost, "x"))},
		{name: "element of another text", want: ErrElement, edit: ops(letter("t", op6, "x"))},
		{name: "element is a value", want: ErrElement, edit: ops(letter("t", op1, "x"))},
		{name: "element is itself", want: ErrElement, edit: ops(letter("t", OpID{9, me}, "x"))},
		{name: "element is a delete", want: ErrElement, edit: ops(letter("t", OpID{8, me}, "x"))},
		{name: "element is a delete of its own", want: ErrElement, edit: ops(cut("t", op4, op4), letter("t", OpID{9, me}, "x"))},
		{name: "element is a value of its own", want: ErrElement, edit: ops(put("n", record.NullValue()), letter("t", OpID{9, me}, "x"))},
		{name: "element is of its own other text", want: ErrElement, edit: ops(letter("u", OpID{}, "x"), letter("t", OpID{9, me}, "x"))},
		{name: "delete of another text", want: ErrElement, edit: ops(cut("t", op6, op6))},
		{name: "delete of the beginning", want: ErrPred, edit: ops(cut("t", OpID{}, op4))},
		{name: "delete with another predecessor", want: ErrPred, edit: ops(cut("t", op4, op6))},
		{name: "delete without predecessor", want: ErrPred, edit: ops(cut("t", op4))},
		{name: "insert with predecessor", want: ErrPred, edit: ops(Op{Action: Put, Insert: true, Obj: OpID{1, objectActor("t")}, Value: record.StringValue("x"), Pred: []OpID{op4}})},
		{name: "value under a text key", want: ErrProfile, edit: ops(put("t", record.NullValue(), OpID{1, objectActor("t")}))},
	}
}

// static are attacks that the operations alone show.
func static() []attack {
	text := OpID{1, objectActor("t")}
	return []attack{
		{name: "make a map", want: ErrProfile, edit: ops(Op{Action: 0, Key: "n"})},
		{name: "make a list", want: ErrProfile, edit: ops(Op{Action: 2, Key: "n"})},
		{name: "make a text", want: ErrProfile, edit: ops(Op{Action: MakeText, Key: "n"})},
		{name: "delete a key", want: ErrProfile, edit: ops(Op{Action: Delete, Key: "a", Pred: []OpID{op7}})},
		{name: "mark", want: ErrProfile, edit: ops(Op{Action: 7, Obj: text, Insert: true})},
		{name: "overwrite a character", want: ErrProfile, edit: ops(Op{Action: Put, Obj: text, Elem: op4, Value: record.StringValue("q"), Pred: []OpID{op4}})},
		{name: "increment a character", want: ErrProfile, edit: ops(Op{Action: Increment, Obj: text, Elem: op4, Value: record.IntValue(1), Pred: []OpID{op4}})},
		{name: "two characters in one", want: ErrProfile, edit: ops(letter("t", OpID{}, "xy"))},
		{name: "no character", want: ErrProfile, edit: ops(letter("t", OpID{}, ""))},
		{name: "number as character", want: ErrProfile, edit: ops(Op{Action: Put, Insert: true, Obj: text, Value: record.IntValue(1)})},
		{name: "insert in the root", want: ErrProfile, edit: ops(Op{Action: Put, Insert: true, Key: "n"})},
		{name: "increment by text", want: ErrProfile, edit: ops(Op{Action: Increment, Key: "c", Value: record.StringValue("1"), Pred: []OpID{op3}})},
		{name: "increment by a float", want: ErrProfile, edit: ops(Op{Action: Increment, Key: "c", Value: record.FloatValue(1), Pred: []OpID{op3}})},
		{name: "increment beyond 2^31", want: ErrProfile, edit: ops(Op{Action: Increment, Key: "c", Value: record.IntValue(MaxStep + 1), Pred: []OpID{op3}})},
		{name: "int beyond 2^53", want: ErrProfile, edit: value(record.IntValue(MaxInt + 1))},
		{name: "int below -2^53", want: ErrProfile, edit: value(record.IntValue(-MaxInt - 1))},
		{name: "time beyond 2^53", want: ErrProfile, edit: value(record.Value{Kind: record.Time, Int: MaxInt + 1})},
		{name: "not a number", want: ErrProfile, edit: value(record.FloatValue(math.NaN()))},
		{name: "infinite", want: ErrProfile, edit: value(record.FloatValue(math.Inf(-1)))},
		{name: "value not UTF-8", want: ErrProfile, edit: value(record.StringValue("\xc3\x28"))},
		{name: "key not UTF-8", want: ErrProfile, edit: ops(put("\xff", record.NullValue()))},
		{name: "key empty", want: ErrProfile, edit: ops(put("", record.NullValue()))},
		{name: "key too long", want: ErrProfile, edit: ops(put(strings.Repeat("k", MaxKey+1), record.NullValue()))},
		{name: "key twice", want: ErrProfile, edit: ops(put("n", record.NullValue()), put("n", record.NullValue(), OpID{9, me}))},
		{name: "key twice apart", want: ErrProfile, edit: ops(put("n", record.NullValue()), put("m", record.NullValue()), put("n", record.NullValue()))},
		{name: "no operations", want: ErrProfile, edit: ops()},
		{name: "message", want: ErrProfile, edit: func(c *Change) { c.Message = "hello" }},
		{name: "time of the change beyond 2^53", want: ErrProfile, edit: func(c *Change) { c.Time = MaxInt + 1 }},
		{name: "dependency twice", want: ErrChunk, edit: func(c *Change) { c.Deps = append(c.Deps, c.Deps[0]) }},
		{name: "too many dependencies", want: ErrLimit, edit: func(c *Change) { c.Deps = slices.Repeat(c.Deps, MaxDeps+1) }},
		{name: "too many operations", want: ErrLimit, edit: func(c *Change) { c.Ops = slices.Repeat([]Op{letter("t", OpID{}, "x")}, MaxOps+1) }},
	}
}
