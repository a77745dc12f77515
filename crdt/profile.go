package crdt

import (
	"fmt"
	"unicode/utf8"
)

// check holds a chunk against the part of the profile that needs no causal past.
func (c *chunk) check() error {
	if c.note != "" {
		return fmt.Errorf("message: %w", ErrProfile)
	}
	if c.time < -MaxInt || c.time > MaxInt {
		return fmt.Errorf("time: %w", ErrProfile)
	}
	if len(c.ops) == 0 {
		return fmt.Errorf("no operations: %w", ErrProfile)
	}
	if c.seq == 0 || c.seq > MaxOp {
		return fmt.Errorf("seq %d: %w", c.seq, ErrSeq)
	}
	if c.start == 0 || c.start > MaxOp || c.start+uint64(len(c.ops))-1 > MaxOp {
		return fmt.Errorf("start operation %d: %w", c.start, ErrStart)
	}
	for i := 1; i < c.ndeps(); i++ {
		if c.deps[32*i-32:32*i] >= c.deps[32*i:32*i+32] {
			return fmt.Errorf("order of dependencies: %w", ErrChunk)
		}
	}
	if err := c.checkActors(); err != nil {
		return err
	}
	for i := range c.ops {
		if err := c.checkOp(&c.ops[i], c.start+uint64(i)); err != nil {
			return fmt.Errorf("operation %d: %w", i, err)
		}
	}
	return c.checkKeys()
}

// checkKeys wants each key of the root at most once, so that a change has one effect on it.
func (c *chunk) checkKeys() error {
	sorted := true
	for i := 1; i < len(c.ops) && sorted; i++ {
		sorted = c.ops[i].obj.ctr != 0 || c.ops[i-1].obj.ctr == 0 && c.ops[i-1].key < c.ops[i].key
	}
	if sorted {
		return nil
	}
	seen := make(map[string]bool, len(c.ops))
	for i := range c.ops {
		if o := &c.ops[i]; o.obj.ctr == 0 {
			if seen[o.key] {
				return fmt.Errorf("key twice: %w", ErrProfile)
			}
			seen[o.key] = true
		}
	}
	return nil
}

// checkActors wants the other actors ascending, each of them used.
func (c *chunk) checkActors() error {
	for i := 2; i < len(c.actors); i++ {
		if c.actors[i-1].Compare(c.actors[i]) >= 0 {
			return fmt.Errorf("order of actors: %w", ErrChunk)
		}
	}
	if len(c.actors) == 1 {
		return nil
	}
	used := make([]bool, len(c.actors))
	used[0] = true
	for i := range c.ops {
		used[c.ops[i].obj.actor], used[c.ops[i].elem.actor] = true, true
	}
	for _, p := range c.preds {
		used[p.actor] = true
	}
	for i, ok := range used {
		if !ok || (i > 0 && c.actors[i] == c.actors[0]) {
			return fmt.Errorf("actor %d not needed: %w", i, ErrChunk)
		}
	}
	return nil
}

// checkOp checks one operation, whose own counter is ctr.
func (c *chunk) checkOp(o *op, ctr uint64) error {
	preds := c.predsOf(o)
	for i, p := range preds {
		if uint64(p.ctr) >= ctr || (i > 0 && c.compare(preds[i-1], p) >= 0) {
			return fmt.Errorf("order of predecessors: %w", ErrPred)
		}
	}
	if o.obj.ctr == 0 {
		return c.checkRoot(o)
	}
	return c.checkText(o, ctr)
}

func (c *chunk) checkRoot(o *op) error {
	if err := checkKey(o.key); err != nil {
		return err
	}
	switch {
	case o.insert:
		return fmt.Errorf("insert in the root: %w", ErrProfile)
	case o.action == Put:
		return checkValue(o.kind, c.value(o))
	case o.action == Increment && o.kind == kindInt && o.npred > 0:
		if step, _ := readS(c.value(o), 0); step < -MaxStep || step > MaxStep {
			return fmt.Errorf("increment of %d: %w", step, ErrProfile)
		}
		return checkValue(o.kind, c.value(o))
	case o.action == Increment && o.npred == 0:
		return fmt.Errorf("increment of nothing: %w", ErrPred)
	case o.action == MakeText && c.isTextObject():
		return nil
	}
	return fmt.Errorf("action %d in the root: %w", o.action, ErrProfile)
}

func (c *chunk) checkText(o *op, ctr uint64) error {
	if uint64(o.elem.ctr) >= ctr || uint64(o.obj.ctr) >= ctr {
		return fmt.Errorf("reference to a later operation: %w", ErrElement)
	}
	switch {
	case o.action == Put && o.insert:
		s := c.value(o)
		if r, n := utf8.DecodeRuneInString(s); o.kind != kindString || n != len(s) || n == 0 || r == utf8.RuneError && n == 1 {
			return fmt.Errorf("element is not one character: %w", ErrProfile)
		}
		if o.npred != 0 {
			return fmt.Errorf("insert with predecessor: %w", ErrPred)
		}
		return nil
	case o.action == Delete && !o.insert && o.size == 0 && o.kind == kindNull:
		if preds := c.predsOf(o); len(preds) != 1 || preds[0] != o.elem {
			return fmt.Errorf("delete of another element: %w", ErrPred)
		}
		return nil
	}
	return fmt.Errorf("action %d in a text: %w", o.action, ErrProfile)
}

// compare orders two references as their OpIDs are ordered.
func (c *chunk) compare(a, b ref) int {
	if a.ctr != b.ctr {
		return int(int64(a.ctr) - int64(b.ctr))
	}
	return c.actors[a.actor].Compare(c.actors[b.actor])
}
