package crdt

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"

	"fieldbook/record"
)

// Labels that keep the hashes of different deterministic changes apart.
const (
	objectLabel = "fieldbook text object 1\x00"
	fixedLabel  = "fieldbook deterministic change 1\x00"
)

// objectActor is the actor of the change that makes the Text object of a key.
func objectActor(key string) ActorID {
	sum := sha256.Sum256(append([]byte(objectLabel), key...))
	return ActorID(sum[:16])
}

// TextObject gives the deterministic change that makes the Text object of a key, a function of the key alone, so that prose
// which two people begin at the same time merges into one text. Events never carry it; they imply it with Origin.Texts.
func TextObject(key string) (raw []byte, hash Hash) {
	c := &chunk{actors: []ActorID{objectActor(key)}, seq: 1, start: 1, ops: []op{{key: key, action: MakeText}}}
	return seal(c.encode(nil))
}

// isTextObject tells whether a chunk is the TextObject change of the key of its first operation.
func (c *chunk) isTextObject() bool {
	o := &c.ops[0]
	return len(c.ops) == 1 && c.seq == 1 && c.start == 1 && c.time == 0 && c.deps == "" && o.npred == 0 && o.size == 0 &&
		o.kind == kindNull && c.actors[0] == objectActor(o.key)
}

// AuthorNew makes the deterministic change that creates an entity: no dependencies, time zero, keys ascending. Two devices
// that create the same thing make the same bytes.
func AuthorNew(stream record.ID, edits []record.Edit) ([]byte, error) {
	if len(edits) == 0 {
		return nil, fmt.Errorf("create: %w", ErrEmpty)
	}
	if !slices.IsSortedFunc(edits, byKey) {
		edits = slices.Clone(edits)
		slices.SortFunc(edits, byKey)
	}
	c := &chunk{actors: make([]ActorID, 1), seq: 1, start: 1, ops: make([]op, len(edits))}
	var data strings.Builder
	for i := range edits {
		if i > 0 && edits[i].Key == edits[i-1].Key {
			return nil, fmt.Errorf("create: key twice: %w", ErrProfile)
		}
		c.ops[i] = op{key: edits[i].Key, action: Put, off: uint32(data.Len())}
		if err := c.put(&c.ops[i], edits[i].Value, &data); err != nil {
			return nil, fmt.Errorf("create: %w", err)
		}
	}
	c.data = data.String()
	return c.fix(stream)
}

func byKey(a, b record.Edit) int { return strings.Compare(a.Key, b.Key) }

// AuthorText makes the deterministic change that writes the first text of a prose key. It depends on TextObject(key), which
// the event that carries it names in its texts.
func AuthorText(stream record.ID, key, text string) ([]byte, error) {
	if text == "" {
		return nil, fmt.Errorf("first text: %w", ErrEmpty)
	}
	_, dep := TextObject(key)
	c := &chunk{actors: []ActorID{{}, objectActor(key)}, seq: 1, start: 2, deps: string(dep[:]), data: text}
	if err := checkProse(key, text); err != nil {
		return nil, fmt.Errorf("first text: %w", err)
	}
	for i, r := range text {
		o := op{obj: ref{1, 1}, action: Put, insert: true, kind: kindString, off: uint32(i), size: uint32(runeLen(r))}
		if i > 0 {
			o.elem = ref{0, uint32(len(c.ops)) + 1}
		}
		c.ops = append(c.ops, o)
	}
	return c.fix(stream)
}

// fix gives a deterministic change its actor and seals it.
func (c *chunk) fix(stream record.ID) ([]byte, error) {
	if len(c.ops) > MaxOps {
		return nil, fmt.Errorf("%d operations: %w", len(c.ops), ErrLimit)
	}
	c.actors[0] = fixedActor(stream, c.tail(nil))
	raw, _ := seal(c.encode(nil))
	if len(raw) > MaxBytes {
		return nil, fmt.Errorf("change of %d bytes: %w", len(raw), ErrLimit)
	}
	return raw, nil
}

// fixedActor derives the actor of a deterministic change from its stream and its operations: tail is the part of the chunk
// from the table of other actors on, which does not hold the actor itself but names the Text object.
func fixedActor(stream record.ID, tail []byte) ActorID {
	sum := sha256.New()
	sum.Write([]byte(fixedLabel))
	sum.Write(stream[:])
	sum.Write(tail)
	var out [32]byte
	return ActorID(sum.Sum(out[:0])[:16])
}

// isFixed tells whether a chunk is what AuthorNew or AuthorText make for the stream.
func (c *chunk) isFixed(stream record.ID) bool {
	if c.seq != 1 || c.time != 0 || len(c.preds) != 0 {
		return false
	}
	return (c.createsOnly() || c.writesOnly()) && c.actors[0] == fixedActor(stream, []byte(c.raw[c.body:]))
}

// createsOnly: puts in the root under ascending keys, no dependencies.
func (c *chunk) createsOnly() bool {
	for i := range c.ops {
		if c.ops[i].action != Put || c.ops[i].obj.ctr != 0 || (i > 0 && c.ops[i-1].key >= c.ops[i].key) {
			return false
		}
	}
	return c.deps == "" && c.start == 1
}

// writesOnly: one run of characters at the beginning of one Text object, the only dependency.
func (c *chunk) writesOnly() bool {
	for i := range c.ops {
		after := ref{0, uint32(i) + 1}
		if i == 0 {
			after = ref{}
		}
		if o := &c.ops[i]; !o.insert || o.obj != (ref{1, 1}) || o.elem != after {
			return false
		}
	}
	return c.ndeps() == 1 && c.start == 2
}
