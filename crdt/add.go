package crdt

import (
	"fmt"

	"fieldbook/record"
)

// Add checks a change and makes it part of the document, or keeps it until its dependencies arrive, or refuses it; the error
// says why it is malformed. Adding a change again has no effect, whoever carries it. The hash is zero if the bytes do not
// prove one. The bytes are copied.
func (h *History) Add(raw []byte, o Origin) (Hash, Verdict, error) {
	h.moved, h.lifted = nil, false
	c, err := parse(raw)
	if err == nil {
		err = c.allowed(h.stream, o)
	}
	if err != nil {
		h.refuse(c.hash, err)
		return c.hash, Malformed, fmt.Errorf("add change: %w", err)
	}
	c.masked = o.Allowed != nil && !o.Allowed(c.writes(o.Texts))
	for _, key := range o.Texts {
		if err := h.imply(key, c.masked); err != nil {
			return c.hash, Malformed, fmt.Errorf("add text object: %w", err)
		}
	}
	v, err := h.place(c)
	h.moved = others(h.moved, c.hash)
	if err != nil {
		return c.hash, v, fmt.Errorf("add change: %w", err)
	}
	return c.hash, v, nil
}

// allowed checks what the origin says: whose actor it is, and which text keys the change needs.
func (c *chunk) allowed(stream record.ID, o Origin) error {
	if o.Stream != stream || len(o.Salt) > MaxSalt {
		return ErrActor
	}
	if len(o.Salt) == 0 && !c.isFixed(stream) && !c.isTextObject() {
		return fmt.Errorf("not deterministic: %w", ErrActor)
	}
	if len(o.Salt) > 0 && c.actors[0] != Actor(o.Device, stream, o.Salt) {
		return ErrActor
	}
	if len(o.Texts) > c.ndeps() {
		return ErrTexts
	}
	for i, key := range o.Texts {
		if i > 0 && o.Texts[i-1] >= key || checkKey(key) != nil {
			return fmt.Errorf("keys: %w", ErrTexts)
		}
		if _, hash := TextObject(key); !c.dependsOn(hash) {
			return ErrTexts
		}
	}
	return nil
}

func (c *chunk) dependsOn(hash Hash) bool {
	for i := range c.ndeps() {
		if c.dep(i) == hash {
			return true
		}
	}
	return false
}

// imply adds the TextObject change of a key.
func (h *History) imply(key string, masked bool) error {
	raw, hash := TextObject(key)
	if n, ok := h.find(hash); ok {
		h.carry(n, masked)
		return nil
	}
	c, err := parse(raw)
	if err != nil {
		return err
	}
	c.masked = masked
	_, err = h.place(c)
	return err
}

// place adds a change whose origin is proven.
func (h *History) place(c *chunk) (Verdict, error) {
	if n, ok := h.find(c.hash); ok {
		h.carry(n, c.masked)
		return h.standingOrNot(n)
	}
	deps := h.locate(c)
	if deps == nil {
		return h.wait(c)
	}
	if err := h.settle(c, deps); err != nil {
		return Malformed, err
	}
	n, _ := h.find(c.hash)
	if h.late != nil {
		h.promote(c.hash)
	}
	return h.standingOrNot(n)
}

func (h *History) standingOrNot(n uint32) (Verdict, error) {
	if h.changes[n].fallen {
		return Malformed, ErrEquivocation
	}
	return Accepted, nil
}

// settle passes a change whose dependencies are here through the guard.
func (h *History) settle(c *chunk, deps []uint32) error {
	p, err := h.guard(c, deps)
	if err != nil {
		h.refuse(c.hash, err)
		return err
	}
	h.insert(c, deps, p)
	return nil
}
