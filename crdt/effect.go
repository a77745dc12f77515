package crdt

import (
	"slices"
	"strings"

	"fieldbook/record"
)

// Effects tells what a change did, key by key in the order of its operations: a function of the change and its causal past.
// It is nil for a change that is not accepted.
func (h *History) Effects(hash Hash) []Effect {
	n, ok := h.standing(hash)
	if !ok {
		return nil
	}
	c := &h.changes[n]
	past := causes{h: h, clock: c.past}
	out := make([]Effect, 0, c.count)
	var texts []uint32
	for i := c.first; i < c.first+c.count; i++ {
		switch r := &h.rows[i]; {
		case r.action == MakeText:
		case r.insert || r.action == Delete:
			if !slices.Contains(texts, r.key) {
				texts = append(texts, r.key)
				out = append(out, h.prose(r.key, n, &past))
			}
		default:
			out = append(out, h.scalar(i, &past))
		}
	}
	return out
}

// scalar is the effect of an operation on a key's value.
func (h *History) scalar(n uint32, past *causes) Effect {
	e := Effect{Key: h.keys[h.rows[n].key].name}
	preds := h.replaced(n, past)
	slices.SortFunc(preds, func(a, b uint32) int { return h.id(b).Compare(h.id(a)) })
	for _, p := range preds {
		e.Before = append(e.Before, h.total(p, past))
		e.Pred = append(e.Pred, h.changes[h.rows[p].change].hash)
	}
	e.After = h.value(n)
	if h.rows[n].action == Increment && len(e.Before) > 0 {
		e.After = record.IntValue(e.Before[0].Int + e.After.Int)
	}
	e.Pred = others(e.Pred, Hash{})
	return e
}

// prose is the effect of change n on a text.
func (h *History) prose(k, n uint32, past *causes) Effect {
	e := Effect{Key: h.keys[k].name, Text: true}
	var before, after strings.Builder
	for at := h.keys[k].head; at != 0; at = h.rows[at-1].link {
		r := &h.rows[at-1]
		own := r.change == n
		if !own && (!past.has(r.change) || h.changes[r.change].masked) {
			continue
		}
		goneBefore, goneNow := h.cutBy(r, n, past)
		if !own && !goneBefore {
			before.WriteString(h.bytes(r))
		}
		if !goneBefore && !goneNow {
			after.WriteString(h.bytes(r))
		}
		if goneNow && !goneBefore && !own {
			e.Pred = append(e.Pred, h.changes[r.change].hash)
		}
	}
	e.BeforeText, e.AfterText = before.String(), after.String()
	e.Pred = others(e.Pred, Hash{})
	return e
}

// cutBy tells whether a character was deleted in the causal past by a change that is not masked, and whether change n deletes it.
func (h *History) cutBy(r *row, n uint32, past *causes) (before, now bool) {
	for at := r.cut; at != 0; at = h.rows[at-1].link {
		d := h.rows[at-1].change
		now = now || d == n
		before = before || past.has(d) && !h.changes[d].masked
	}
	return before, now
}
