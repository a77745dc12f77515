package crdt

import (
	"fmt"
	"slices"

	"fieldbook/record"
)

// Masked tells whether an accepted change is masked: no event that carries it was allowed to write what it writes. A masked
// change takes part in the causal order and in the guard, so that what depends on it needs not wait, but in nothing that the
// document says. What it replaced stays live unless another change replaces that, or replaces what the masked one put:
// replacement passes through it. Prose reads as if it had typed and deleted nothing.
func (h *History) Masked(hash Hash) bool {
	n, ok := h.standing(hash)
	return ok && h.changes[n].masked
}

// Masks lists the masked changes, ascending.
func (h *History) Masks() []Hash {
	var out []Hash
	for _, n := range h.byHash {
		if c := &h.changes[n]; h.masks > 0 && c.masked && !c.fallen {
			out = append(out, c.hash)
		}
	}
	return out
}

// Lifted tells whether the last Add lifted the mask of a change that was here before, because it came with an event that is
// allowed to carry it. Values and effects of other changes may differ from then on.
func (h *History) Lifted() bool { return h.lifted }

// carry notes that one more event carries a change that passed the guard.
func (h *History) carry(n uint32, masked bool) {
	if c := &h.changes[n]; c.masked && !masked {
		c.masked, h.lifted = false, true
		h.masks--
	}
}

// textActors finds the key of a Text by the actor of its TextObject change, among the keys that hold prose in some entity.
var textActors = func() map[ActorID]string {
	keys := map[ActorID]string{}
	for _, key := range record.ProseKeys() {
		keys[objectActor(key)] = key
	}
	return keys
}()

// writes lists the keys that a change and the text objects it implies write.
func (c *chunk) writes(texts []string) Writes {
	w := Writes{Values: make([]string, 0, len(c.ops)), Texts: texts[:len(texts):len(texts)]}
	last := none
	for i := range c.ops {
		switch o := &c.ops[i]; {
		case o.obj.ctr == 0 && o.action == MakeText:
			w.Texts = append(w.Texts, o.key)
		case o.obj.ctr == 0:
			w.Values = append(w.Values, o.key)
		case o.obj.actor != last:
			last = o.obj.actor
			if key := textActors[c.actors[last]]; !slices.Contains(w.Texts, key) {
				w.Texts = append(w.Texts, key)
			}
		}
	}
	return w
}

// shown calls fn for the rows of a key that hold its values in the causal past as far as it is not masked, newest first.
func (h *History) shown(k uint32, past *causes, fn func(row uint32)) {
	if h.masks == 0 {
		h.visible(k, past, fn)
		return
	}
	gone := map[uint32]bool{}
	for at := h.keys[k].last; at != 0; at = h.rows[at-1].link { // a row comes after those it replaces, and so is met before them
		n := at - 1
		r := &h.rows[n]
		if r.action != Put || !past.has(r.change) {
			continue
		}
		masked := h.changes[r.change].masked
		if !masked && !gone[n] {
			fn(n)
		}
		if !masked || gone[n] {
			for _, p := range h.predsOf(n) {
				gone[p] = true
			}
		}
	}
}

// replaced gives the rows that an operation on a key's value replaces, as a reader of its causal past saw them.
func (h *History) replaced(n uint32, past *causes) []uint32 {
	if h.masks == 0 {
		return slices.Clone(h.predsOf(n))
	}
	var out []uint32
	h.shown(h.rows[n].key, past, func(r uint32) {
		if h.rows[n].action == Put || h.rows[r].kind == kindCounter {
			out = append(out, r)
		}
	})
	return out
}

// says tells whether a key has a value or a text.
func (h *History) says(k uint32) bool {
	if h.masks == 0 || h.prosed(k) {
		return h.keys[k].live > 0 || h.keys[k].text != 0
	}
	some, all := false, h.everything()
	h.shown(k, &all, func(uint32) { some = true })
	return some
}

// prosed tells whether a key holds a Text that an allowed change began or wrote to.
func (h *History) prosed(k uint32) bool {
	text := h.keys[k].text
	if text == 0 || h.masks == 0 || !h.changes[h.rows[text-1].change].masked {
		return text != 0
	}
	for at := h.keys[k].head; at != 0; at = h.rows[at-1].link {
		if h.counts(at - 1) {
			return true
		}
		for cut := h.rows[at-1].cut; cut != 0; cut = h.rows[cut-1].link {
			if h.counts(cut - 1) {
				return true
			}
		}
	}
	return false
}

// counts tells whether a row's change stands and is not masked.
func (h *History) counts(row uint32) bool {
	c := &h.changes[h.rows[row].change]
	return !c.fallen && !c.masked
}

// readable tells whether a character is part of its text.
func (h *History) readable(r *row) bool {
	c := &h.changes[r.change]
	if h.masks == 0 || r.dead == 0 {
		return r.dead == 0 && !c.fallen && !c.masked
	}
	all := h.everything()
	gone, _ := h.cutBy(r, none, &all)
	return !gone && !c.fallen && !c.masked
}

// unmasked gives the same document without masks.
func (h *History) unmasked() (*History, error) {
	if h.masks == 0 {
		return h, nil
	}
	plain := NewHistory(h.stream)
	for i := range h.changes {
		if h.changes[i].fallen {
			continue
		}
		if _, err := plain.adopt(h.changes[i].raw, false); err != nil {
			return h, fmt.Errorf("document without masks: %w", err)
		}
	}
	return plain, nil
}
