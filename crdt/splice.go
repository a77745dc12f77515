package crdt

import (
	"fmt"
	"unicode/utf8"

	"fieldbook/record"
)

// splice adds the operations that turn a text into another one.
func (a *author) splice(t *record.TextEdit) error {
	var chars []uint32
	var old []rune
	if k := a.h.key(t.Key); k != none && a.h.holdsText(k, &a.past) {
		chars, old = a.characters(k)
	} else if len(a.h.Live(t.Key)) > 0 {
		return fmt.Errorf("key %q holds a value: %w", t.Key, ErrProfile)
	}
	obj := ref{ctr: 1}
	for _, edit := range diff(old, []rune(t.Text)) {
		if obj.actor == 0 {
			obj.actor = a.actor(objectActor(t.Key))
		}
		for _, n := range chars[edit.at : edit.at+edit.cut] {
			o := op{obj: obj, elem: a.reference(n), action: Delete, off: uint32(a.data.Len()), pred: uint32(len(a.c.preds)), npred: 1}
			a.c.preds = append(a.c.preds, o.elem)
			a.c.ops = append(a.c.ops, o)
		}
		after := ref{}
		if edit.at > 0 && len(edit.add) > 0 {
			after = a.reference(chars[edit.at-1])
		}
		for _, r := range edit.add {
			o := op{obj: obj, elem: after, action: Put, insert: true, kind: kindString, off: uint32(a.data.Len()),
				size: uint32(utf8.RuneLen(r)), pred: uint32(len(a.c.preds))}
			a.data.WriteRune(r)
			after = ref{0, uint32(a.top) + uint32(len(a.c.ops)) + 1}
			a.c.ops = append(a.c.ops, o)
		}
		if len(a.c.ops) > MaxOps {
			return fmt.Errorf("text of key %q: %w", t.Key, ErrLimit)
		}
	}
	return nil
}

// characters gives the visible characters of a text: their rows, and what they are.
func (a *author) characters(k uint32) (chars []uint32, text []rune) {
	for at := a.h.keys[k].head; at != 0; at = a.h.rows[at-1].link {
		r := &a.h.rows[at-1]
		gone := r.dead > 0
		if !a.past.all || a.h.masks > 0 {
			gone, _ = a.h.cutBy(r, none, &a.past)
		}
		if !gone && a.past.has(r.change) && !a.h.changes[r.change].masked {
			c, _ := utf8.DecodeRuneInString(a.h.bytes(r))
			chars, text = append(chars, at-1), append(text, c)
		}
	}
	return chars, text
}
