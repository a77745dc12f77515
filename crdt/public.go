package crdt

import (
	"fmt"
	"slices"
)

// public gives the exported form of a chunk.
func (c *chunk) public() *Change {
	p := &Change{Hash: c.hash, Actor: c.actors[0], Seq: c.seq, StartOp: c.start, Time: c.time, Message: c.note, Raw: []byte(c.raw)}
	for i := range c.ndeps() {
		p.Deps = append(p.Deps, c.dep(i))
	}
	p.Ops = make([]Op, len(c.ops))
	for i := range c.ops {
		o, q := &c.ops[i], &p.Ops[i]
		*q = Op{Action: o.action, Key: o.key, Insert: o.insert, Obj: c.id(o.obj), Elem: c.id(o.elem),
			Value: decodeValue(o.kind, c.value(o)), Counter: o.kind == kindCounter}
		for _, r := range c.predsOf(o) {
			q.Pred = append(q.Pred, c.id(r))
		}
	}
	return p
}

func (c *chunk) id(r ref) OpID {
	if r.ctr == 0 {
		return OpID{}
	}
	return OpID{Counter: uint64(r.ctr), Actor: c.actors[r.actor]}
}

// Encode writes a change in its canonical encoding; Hash and Raw of the argument are not used. It does not judge: it also
// writes changes that Decode or the guard refuse, unless a number does not fit (ErrLimit).
func Encode(p *Change) ([]byte, error) {
	c, err := private(p)
	if err != nil {
		return nil, fmt.Errorf("encode change: %w", err)
	}
	raw, _ := seal(c.encode(nil))
	if len(raw) > MaxBytes {
		return nil, fmt.Errorf("encode change of %d bytes: %w", len(raw), ErrLimit)
	}
	return raw, nil
}

// private gives the internal form of a change.
func private(p *Change) (*chunk, error) {
	c := &chunk{actors: table(p), seq: p.Seq, start: p.StartOp, time: p.Time, note: p.Message}
	deps := slices.Clone(p.Deps)
	slices.SortFunc(deps, Hash.Compare)
	for _, d := range deps {
		c.deps += string(d[:])
	}
	var data []byte
	for i := range p.Ops {
		q := &p.Ops[i]
		o := op{key: q.Key, action: q.Action, insert: q.Insert, obj: c.ref(q.Obj), elem: c.ref(q.Elem),
			off: uint32(len(data)), pred: uint32(len(c.preds)), npred: uint32(len(q.Pred))}
		data, o.kind = appendValue(data, q.Value)
		if q.Counter {
			o.kind = kindCounter
		}
		o.size = uint32(len(data)) - o.off
		for _, id := range q.Pred {
			if id.Counter > 1<<32-1 {
				return nil, ErrLimit
			}
			c.preds = append(c.preds, c.ref(id))
		}
		slices.SortFunc(c.preds[o.pred:], c.compare)
		if q.Obj.Counter > 1<<32-1 || q.Elem.Counter > 1<<32-1 || len(data) > MaxBytes {
			return nil, ErrLimit
		}
		c.ops = append(c.ops, o)
	}
	c.data = string(data)
	return c, nil
}

// table collects the actors that a change names: its own first, the others ascending.
func table(p *Change) []ActorID {
	var all []ActorID
	add := func(id OpID) {
		if id.Counter != 0 && id.Actor != p.Actor {
			all = append(all, id.Actor)
		}
	}
	for i := range p.Ops {
		add(p.Ops[i].Obj)
		add(p.Ops[i].Elem)
		for _, id := range p.Ops[i].Pred {
			add(id)
		}
	}
	slices.SortFunc(all, ActorID.Compare)
	return append([]ActorID{p.Actor}, slices.Compact(all)...)
}

// ref finds an id's actor in the table.
func (c *chunk) ref(id OpID) ref {
	if id.Counter == 0 {
		return ref{}
	}
	if id.Actor == c.actors[0] {
		return ref{0, uint32(id.Counter)}
	}
	i, _ := slices.BinarySearchFunc(c.actors[1:], id.Actor, ActorID.Compare)
	return ref{uint32(i + 1), uint32(id.Counter)}
}

// sortActors puts the table of actors in its canonical order: the author's first, the others ascending.
func (c *chunk) sortActors() {
	if len(c.actors) < 3 {
		return
	}
	old := slices.Clone(c.actors)
	slices.SortFunc(c.actors[1:], ActorID.Compare)
	to := make([]uint32, len(old))
	for i, a := range old[1:] {
		at, _ := slices.BinarySearchFunc(c.actors[1:], a, ActorID.Compare)
		to[i+1] = uint32(at) + 1
	}
	for i := range c.ops {
		o := &c.ops[i]
		o.obj.actor, o.elem.actor = to[o.obj.actor], to[o.elem.actor]
	}
	for i := range c.preds {
		c.preds[i].actor = to[c.preds[i].actor]
	}
}
