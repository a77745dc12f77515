package crdt

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fieldbook/record"
)

// Author makes the change that sets values and replaces texts, on top of everything that stands and that its author can have
// seen: masked changes are left beside it, so that one which is accepted later is a concurrent value and not a replaced one.
// It does not add it. Texts are spliced: only the characters that differ are deleted and inserted. needTexts names the keys
// whose TextObject change the new change depends on and its past does not hold yet; the event must name them.
func (h *History) Author(actor ActorID, at time.Time, edits []record.Edit, texts []record.TextEdit) (raw []byte, needTexts []string, err error) {
	a := author{h: h, c: &chunk{actors: make([]ActorID, 1, 2), seq: 1, time: at.UnixMilli()}}
	a.c.actors[0] = actor
	if err := a.compose(edits, texts); err != nil {
		return nil, nil, fmt.Errorf("author change: %w", err)
	}
	if len(a.c.ops) > MaxOps || len(a.c.preds) > MaxPreds || a.top+uint64(len(a.c.ops)) > MaxOp {
		return nil, nil, fmt.Errorf("author change of %d operations: %w", len(a.c.ops), ErrLimit)
	}
	if raw, _ = seal(a.c.encode(make([]byte, 0, 128))); len(raw) > MaxBytes {
		return nil, nil, fmt.Errorf("author change of %d bytes: %w", len(raw), ErrLimit)
	}
	slices.Sort(a.need)
	return raw, a.need, nil
}

// author is a change in the making. Its table of actors grows as they are referred to and is put in order at the end.
type author struct {
	h    *History
	c    *chunk
	past causes
	top  uint64 // greatest operation of the dependencies
	data strings.Builder
	need []string
}

// compose fills the chunk.
func (a *author) compose(edits []record.Edit, texts []record.TextEdit) error {
	if len(texts) > MaxDeps/2 {
		return fmt.Errorf("%d texts: %w", len(texts), ErrLimit)
	}
	a.past = a.h.basis(a.c.actors[0], edits)
	if len(a.past.deps) > MaxDeps/2 { // the next changes take in the rest
		a.past = a.h.causesOf(a.past.deps[:MaxDeps/2])
	}
	if err := a.order(texts); err != nil {
		return err
	}
	for i := range edits {
		if err := a.put(&edits[i]); err != nil {
			return err
		}
	}
	for i := range texts {
		if err := a.splice(&texts[i]); err != nil {
			return err
		}
	}
	if len(a.c.ops) == 0 {
		return ErrEmpty
	}
	if twice(edits) {
		return fmt.Errorf("key twice: %w", ErrProfile)
	}
	a.c.data = a.data.String()
	a.c.sortActors()
	return nil
}

// order sets dependencies, start operation and seq.
func (a *author) order(texts []record.TextEdit) error {
	deps := make([]Hash, 0, len(a.past.deps)+len(texts))
	for _, d := range a.past.deps {
		c := &a.h.changes[d]
		a.top = max(a.top, uint64(c.start+c.count-1))
		deps = append(deps, c.hash)
	}
	for i := range texts {
		if err := checkProse(texts[i].Key, texts[i].Text); err != nil {
			return err
		}
		if slices.ContainsFunc(texts[:i], func(t record.TextEdit) bool { return t.Key == texts[i].Key }) {
			return fmt.Errorf("text twice: %w", ErrProfile)
		}
		if k := a.h.key(texts[i].Key); (k == none || !a.h.holdsText(k, &a.past)) && texts[i].Text != "" {
			_, hash := TextObject(texts[i].Key)
			a.need = append(a.need, texts[i].Key)
			deps = append(deps, hash)
			a.top = max(a.top, 1)
		}
	}
	slices.SortFunc(deps, Hash.Compare)
	var b strings.Builder
	b.Grow(len(deps) * len(Hash{}))
	for i := range deps {
		b.Write(deps[i][:])
	}
	a.c.deps, a.c.start = b.String(), a.top+1
	if w := a.h.writer(a.c.actors[0]); w != none {
		for _, n := range a.h.writers[w].changes {
			if a.past.has(n) {
				a.c.seq = max(a.c.seq, uint64(a.h.changes[n].seq)+1)
			}
		}
	}
	return nil
}

// put adds the operation that sets one key.
func (a *author) put(e *record.Edit) error {
	o := op{key: e.Key, action: Put, off: uint32(a.data.Len()), pred: uint32(len(a.c.preds))}
	if err := a.c.put(&o, e.Value, &a.data); err != nil {
		return fmt.Errorf("key %q: %w", e.Key, err)
	}
	if k := a.h.key(e.Key); k != none {
		if a.h.holdsText(k, &a.past) {
			return fmt.Errorf("key %q holds a text: %w", e.Key, ErrProfile)
		}
		a.h.visible(k, &a.past, func(n uint32) { a.c.preds = append(a.c.preds, a.reference(n)) })
		o.npred = uint32(len(a.c.preds)) - o.pred
		slices.SortFunc(a.c.preds[o.pred:], a.c.compare)
	}
	a.c.ops = append(a.c.ops, o)
	return nil
}

// reference names a row of the history.
func (a *author) reference(n uint32) ref {
	return ref{a.actor(a.h.writers[a.h.changes[a.h.rows[n].change].writer].id), a.h.counter(n)}
}

// actor gives the place of an actor in the table, adding it if needed. References come in runs, so the newest is tried first.
func (a *author) actor(id ActorID) uint32 {
	for i := len(a.c.actors) - 1; i >= 0; i-- {
		if a.c.actors[i] == id {
			return uint32(i)
		}
	}
	a.c.actors = append(a.c.actors, id)
	return uint32(len(a.c.actors)) - 1
}

func twice(edits []record.Edit) bool {
	if slices.IsSortedFunc(edits, byKey) {
		for i := 1; i < len(edits); i++ {
			if edits[i].Key == edits[i-1].Key {
				return true
			}
		}
		return false
	}
	seen := make(map[string]bool, len(edits))
	for i := range edits {
		if seen[edits[i].Key] {
			return true
		}
		seen[edits[i].Key] = true
	}
	return false
}
