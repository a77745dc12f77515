package crdt

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"fieldbook/record"
)

// Pure is the engine in pure Go: a Document over a History. It runs on every platform.
type Pure struct{ vault vault }

// NewPure gives the engine; key authenticates what it saves.
func NewPure(key [32]byte) *Pure { return &Pure{vault{key}} }

// New gives an empty document.
func (e *Pure) New(stream record.ID) (Document, error) {
	return &pure{h: NewHistory(stream), vault: e.vault}, nil
}

// Load gives a saved document.
func (e *Pure) Load(stream record.ID, saved []byte) (Document, error) {
	raw, err := e.vault.open(stream, saved)
	if err != nil {
		return nil, err
	}
	d := &pure{h: NewHistory(stream), vault: e.vault}
	for s := string(raw); s != ""; {
		n, next := readU(s, 0)
		if next < 0 || n > uint64(len(s)-next) {
			return nil, fmt.Errorf("load document: %w", ErrSaved)
		}
		if _, err := d.h.adopt(s[next:next+int(n)], false); err != nil {
			return nil, fmt.Errorf("load document: %w", err)
		}
		s = s[next+int(n):]
	}
	return d, nil
}

type pure struct {
	h     *History // nil once closed
	vault vault
	draft draft
}

// Apply implements Document.
func (d *pure) Apply(a Admitted) error {
	switch {
	case d.h == nil:
		return ErrClosed
	case a.raw == "":
		return ErrProof
	}
	c, err := parse([]byte(a.raw))
	if err != nil {
		return fmt.Errorf("apply change: %w", err)
	}
	if d.h.locate(c) == nil {
		return fmt.Errorf("apply change: dependency: %w", ErrUnknown)
	}
	if _, err := d.h.place(c); err != nil {
		return fmt.Errorf("apply change: %w", err)
	}
	return nil
}

// Set implements Document.
func (d *pure) Set(key string, v record.Value) error {
	if d.h == nil {
		return ErrClosed
	}
	return d.draft.set(key, v)
}

// Splice implements Document.
func (d *pure) Splice(key string, at, cut int, text string) error {
	if d.h == nil {
		return ErrClosed
	}
	return d.draft.splice(key, at, cut, text)
}

// Commit implements Document.
func (d *pure) Commit(actor ActorID, at time.Time) ([]byte, error) {
	if d.h == nil {
		return nil, ErrClosed
	}
	draft := d.draft
	d.draft.sets, d.draft.splices = nil, nil
	sets := slices.DeleteFunc(draft.sets, func(e record.Edit) bool {
		live := d.h.Live(e.Key)
		return len(live) == 1 && !live[0].Counter && live[0].Value.Equal(e.Value)
	})
	slices.SortFunc(sets, byKey)
	texts, err := d.rewrite(draft.splices)
	if err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	raw, _, err := d.h.Author(actor, at, sets, texts)
	if err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	if _, err := d.h.adopt(string(raw), false); err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	return raw, nil
}

// rewrite gives the texts that splices lead to.
func (d *pure) rewrite(splices []patch) ([]record.TextEdit, error) {
	texts := map[string][]rune{}
	for _, p := range splices {
		now, ok := texts[p.key]
		if !ok {
			old, there := d.h.Text(p.key)
			if !there {
				return nil, ErrObject
			}
			now = []rune(old)
		}
		if p.at > len(now) || p.cut > len(now)-p.at {
			return nil, fmt.Errorf("splice at %d of %d: %w", p.at, len(now), ErrElement)
		}
		texts[p.key] = slices.Replace(now, p.at, p.at+p.cut, []rune(p.text)...)
	}
	var out []record.TextEdit
	for key, text := range texts {
		out = append(out, record.TextEdit{Key: key, Text: string(text)})
	}
	slices.SortFunc(out, func(a, b record.TextEdit) int { return cmp.Compare(a.Key, b.Key) })
	return out, nil
}

// Values implements Document.
func (d *pure) Values(key string) ([]record.Value, error) {
	if d.h == nil {
		return nil, ErrClosed
	}
	var out []record.Value
	for _, live := range d.h.Live(key) {
		out = append(out, live.Value)
	}
	return out, nil
}

// Text implements Document.
func (d *pure) Text(key string) (string, bool, error) {
	if d.h == nil {
		return "", false, ErrClosed
	}
	text, ok := d.h.Text(key)
	return text, ok, nil
}

// Keys implements Document.
func (d *pure) Keys() ([]string, error) {
	if d.h == nil {
		return nil, ErrClosed
	}
	return d.h.Keys(), nil
}

// Heads implements Document.
func (d *pure) Heads() ([]Hash, error) {
	if d.h == nil {
		return nil, ErrClosed
	}
	return d.h.Heads(), nil
}

// At implements Document.
func (d *pure) At(heads []Hash) (Document, error) {
	if d.h == nil {
		return nil, ErrClosed
	}
	old, err := d.h.At(heads)
	if err != nil {
		return nil, err
	}
	return &pure{h: old, vault: d.vault}, nil
}

// Save implements Document.
func (d *pure) Save() ([]byte, error) {
	if d.h == nil {
		return nil, ErrClosed
	}
	var out []byte
	for a := range d.h.All() {
		out = appendText(out, a.raw)
	}
	return d.vault.seal(d.h.stream, out), nil
}

// Size implements Document.
func (d *pure) Size() int {
	if d.h == nil {
		return 0
	}
	return d.h.Size()
}

// Close implements Document.
func (d *pure) Close() { d.h = nil }

// Size estimates the memory that the history holds, in bytes.
func (h *History) Size() int {
	n := 256 + 104*cap(h.changes) + 40*cap(h.rows) + 4*cap(h.preds) + 40*cap(h.keys)
	for i := range h.changes {
		n += len(h.changes[i].raw)
	}
	return n
}
