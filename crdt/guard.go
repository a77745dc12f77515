package crdt

import (
	"cmp"
	"fmt"
	"slices"
)

// plan is what the guard found out about a change: which key each operation belongs to, which rows it refers to.
type plan struct {
	past  causes
	keys  []uint32 // of each operation; none for a key that is new
	elems []uint32 // row plus one of the character each operation refers to; zero for none
	preds []uint32 // rows, as chunk.preds
}

const none = ^uint32(0)

// guard checks a change against its causal past, all of which passed the guard before. Its verdict is a function of the
// bytes and that past.
func (h *History) guard(c *chunk, deps []uint32) (*plan, error) {
	p := &plan{past: h.causesOf(deps), keys: make([]uint32, len(c.ops)), preds: make([]uint32, 0, len(c.preds))}
	for _, f := range h.forks {
		if p.past.has(f[0]) && p.past.has(f[1]) {
			return nil, fmt.Errorf("both in the causal past: %w", ErrEquivocation)
		}
	}
	if err := h.guardOrder(c, p); err != nil {
		return nil, err
	}
	from := make([][]uint32, len(c.actors)) // changes of each actor, ascending by start operation
	for i, a := range c.actors {
		from[i] = h.changesOf(a, &p.past)
	}
	for i := range c.ops {
		if err := h.guardOp(c, i, from, p); err != nil {
			return nil, fmt.Errorf("operation %d: %w", i, err)
		}
	}
	return p, nil
}

// guardOrder checks sequence number and start operation.
func (h *History) guardOrder(c *chunk, p *plan) error {
	seq := uint64(0)
	if w := h.writer(c.actors[0]); w != none {
		for i := len(h.writers[w].changes) - 1; i >= 0; i-- {
			if n := h.writers[w].changes[i]; p.past.has(n) {
				seq = max(seq, uint64(h.changes[n].seq))
				if len(h.forks) == 0 {
					break
				}
			}
		}
	}
	if c.seq != seq+1 {
		return fmt.Errorf("seq %d after %d: %w", c.seq, seq, ErrSeq)
	}
	top := uint64(0)
	for _, d := range p.past.deps {
		top = max(top, uint64(h.changes[d].start+h.changes[d].count-1))
	}
	if c.start != top+1 {
		return fmt.Errorf("start operation %d after %d: %w", c.start, top, ErrStart)
	}
	return nil
}

func (h *History) guardOp(c *chunk, i int, from [][]uint32, p *plan) error {
	o := &c.ops[i]
	if o.obj.ctr != 0 {
		return h.guardText(c, i, from, p)
	}
	p.keys[i] = h.key(o.key)
	if p.keys[i] != none && o.action != MakeText && h.holdsText(p.keys[i], &p.past) {
		return fmt.Errorf("value under a text key: %w", ErrProfile)
	}
	for _, r := range c.predsOf(o) {
		n, ok := h.row(r, from, &p.past)
		if !ok || h.rows[n].key != p.keys[i] || h.rows[n].insert || h.rows[n].action != Put {
			return fmt.Errorf("predecessor %d: %w", r.ctr, ErrPred)
		}
		p.preds = append(p.preds, n)
	}
	if p.keys[i] != none && o.action != MakeText && !h.exact(p.keys[i], p.preds[o.pred:], o.action == Increment, &p.past) {
		return ErrPred
	}
	return nil
}

// holdsText tells whether the Text object of a key is in the causal past.
func (h *History) holdsText(k uint32, past *causes) bool {
	text := h.keys[k].text
	return text != 0 && past.has(h.rows[text-1].change)
}

// exact tells whether preds are all rows of the key that are visible in the causal past; of an increment, all counters.
func (h *History) exact(k uint32, preds []uint32, counters bool, past *causes) bool {
	n := 0
	h.visible(k, past, func(r uint32) {
		switch {
		case counters && h.rows[r].kind != kindCounter:
		case n >= 0 && slices.Contains(preds, r):
			n++
		default:
			n = -1 << 31
		}
	})
	return n == len(preds)
}

// visible calls fn for the rows of a key that hold its values in the causal past, newest first.
func (h *History) visible(k uint32, past *causes, fn func(row uint32)) {
	if past.all {
		h.current(k, fn)
		return
	}
	var gone []uint32 // replaced by a row already passed, not yet passed themselves
	for at := h.keys[k].last; at != 0; at = h.rows[at-1].link {
		n := at - 1
		if h.rows[n].action != Put || !past.has(h.rows[n].change) {
			continue
		}
		if i := slices.Index(gone, n); i >= 0 {
			gone = slices.Delete(gone, i, i+1)
		} else {
			fn(n)
		}
		for _, p := range h.predsOf(n) {
			if !slices.Contains(gone, p) {
				gone = append(gone, p)
			}
		}
	}
}

// current calls fn for the rows of a key that hold its values now, newest first.
func (h *History) current(k uint32, fn func(row uint32)) {
	left := h.keys[k].live
	for at := h.keys[k].last; at != 0 && left > 0; at = h.rows[at-1].link {
		if r := &h.rows[at-1]; r.action == Put && r.dead == 0 && !h.changes[r.change].fallen {
			left--
			fn(at - 1)
		}
	}
}

// guardText checks an operation inside a Text.
func (h *History) guardText(c *chunk, i int, from [][]uint32, p *plan) error {
	o := &c.ops[i]
	made, ok := h.row(o.obj, from, &p.past)
	if !ok || h.rows[made].action != MakeText {
		return ErrObject
	}
	p.keys[i] = h.rows[made].key
	if p.elems == nil {
		p.elems = make([]uint32, len(c.ops))
	}
	n, ok := uint32(0), o.elem.ctr == 0
	if o.elem.actor == 0 && uint64(o.elem.ctr) >= c.start {
		own := uint64(o.elem.ctr) - c.start
		n, ok = uint32(len(h.rows))+uint32(own), c.ops[own].insert && p.keys[own] == p.keys[i]
	} else if !ok {
		n, ok = h.row(o.elem, from, &p.past)
		ok = ok && h.rows[n].insert && h.rows[n].key == p.keys[i]
	}
	if !ok {
		return ErrElement
	}
	if o.elem.ctr != 0 {
		p.elems[i] = n + 1
	}
	if o.npred > 0 {
		p.preds = append(p.preds, n)
	}
	return nil
}

// changesOf gives the changes of an actor in order. Where actors have forked, only those of the causal past are, which holds
// one of each seq.
func (h *History) changesOf(a ActorID, past *causes) []uint32 {
	w := h.writer(a)
	if w == none {
		return nil
	}
	list := h.writers[w].changes
	if len(h.forks) == 0 {
		return list
	}
	list = slices.DeleteFunc(slices.Clone(list), func(n uint32) bool { return !past.has(n) })
	slices.SortFunc(list, func(a, b uint32) int { return cmp.Compare(h.changes[a].seq, h.changes[b].seq) })
	return list
}

// row finds the operation that a reference names in the causal past.
func (h *History) row(r ref, from [][]uint32, past *causes) (uint32, bool) {
	list := from[r.actor]
	at, ok := slices.BinarySearchFunc(list, r.ctr, func(n, ctr uint32) int { return cmp.Compare(h.changes[n].start, ctr) })
	if !ok {
		at--
	}
	if at < 0 {
		return 0, false
	}
	c := &h.changes[list[at]]
	return c.first + r.ctr - c.start, r.ctr-c.start < c.count && past.has(list[at])
}

// writer finds an actor.
func (h *History) writer(a ActorID) uint32 {
	if at, ok := h.seekWriter(a); ok {
		return h.byActor[at]
	}
	return none
}

func (h *History) seekWriter(a ActorID) (int, bool) {
	return slices.BinarySearchFunc(h.byActor, a, func(i uint32, a ActorID) int { return h.writers[i].id.Compare(a) })
}

// key finds a key of the root.
func (h *History) key(name string) uint32 {
	if at, ok := h.seekKey(name); ok {
		return h.byKey[at]
	}
	return none
}

func (h *History) seekKey(name string) (int, bool) {
	return slices.BinarySearchFunc(h.byKey, name, func(i uint32, name string) int { return cmp.Compare(h.keys[i].name, name) })
}

func (h *History) predsOf(n uint32) []uint32 {
	end := uint32(len(h.preds))
	if int(n)+1 < len(h.rows) {
		end = h.rows[n+1].pred
	}
	return h.preds[h.rows[n].pred:end]
}
