package crdt

import (
	"slices"

	"fieldbook/record"
)

// basis gives the causal past that an actor's next change stands on: all that stands, without masked changes that nothing
// else depends on. Where a masked change has begun prose under a key of one of the edits, which would forbid the key any value
// from then on, the basis leaves out all that depends on that, too. It never leaves out a change of the actor itself, whose
// seq would be used twice.
func (h *History) basis(actor ActorID, edits []record.Edit) causes {
	if h.masks == 0 {
		return h.everything()
	}
	past := h.causesOf(h.frontier(h.begun(edits)))
	if w := h.writer(actor); w != none && slices.ContainsFunc(h.writers[w].changes, func(n uint32) bool { return !past.has(n) }) {
		return h.everything()
	}
	return past
}

// Frontier gives what a document's reader has seen as heads: the accepted changes that are not masked and that no other such
// change depends on, ascending. Without masks these are Heads.
func (h *History) Frontier() []Hash {
	if h.masks == 0 {
		return h.Heads()
	}
	tips := h.frontier(nil)
	out := make([]Hash, len(tips))
	for i, n := range tips {
		out[i] = h.changes[n].hash
	}
	return out
}

// begun gives the changes that began prose, without a right to, under the keys of edits.
func (h *History) begun(edits []record.Edit) (made []uint32) {
	for i := range edits {
		if k := h.key(edits[i].Key); k != none && h.keys[k].text != 0 && !h.prosed(k) {
			made = append(made, h.rows[h.keys[k].text-1].change)
		}
	}
	return made
}

// frontier gives the unmasked changes that no other one of them depends on, in order of their hashes, leaving out those that
// depend on a change to avoid.
func (h *History) frontier(avoid []uint32) []uint32 {
	var tips []uint32
	for i := len(h.changes) - 1; i >= 0; i-- {
		n, c := uint32(i), &h.changes[i]
		covered := slices.ContainsFunc(tips, func(t uint32) bool { return h.changes[t].past.has(c.past) })
		after := slices.ContainsFunc(avoid, func(a uint32) bool { return a == n || c.past.has(h.changes[a].past) })
		if !c.masked && !c.fallen && !covered && !after {
			tips = append(tips, n)
		}
	}
	slices.SortFunc(tips, func(a, b uint32) int { return h.changes[a].hash.Compare(h.changes[b].hash) })
	return tips
}
