//go:build cgo && (linux || darwin) && (amd64 || arm64)

package crdt

// #include "core.h"
import "C"

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"fieldbook/record"
)

// Automerge is the engine on automerge-go's core. Memory outside Go is freed by Close, not by the garbage collector.
type Automerge struct{ vault vault }

// NewAutomerge gives the engine; key authenticates what it saves. On platforms for which automerge-go ships no library it is
// ErrEngine.
func NewAutomerge(key [32]byte) (*Automerge, error) { return &Automerge{vault{key}}, nil }

// New gives an empty document.
func (e *Automerge) New(stream record.ID) (Document, error) {
	return e.own(stream, result{C.AMcreate(nil)}, 0)
}

// Load gives a saved document.
func (e *Automerge) Load(stream record.ID, saved []byte) (Document, error) {
	raw, err := e.vault.open(stream, saved)
	if err != nil {
		return nil, err
	}
	p, n := chars(string(raw))
	return e.own(stream, result{C.load(p, n)}, len(raw))
}

// own wraps the document that a result holds.
func (e *Automerge) own(stream record.ID, r result, size int) (Document, error) {
	if !r.ok() {
		return nil, fmt.Errorf("make document: %w", ErrEngine)
	}
	d := &automerge{engine: e, stream: stream, size: size, core: core{owner: r.res}}
	if item := C.AMresultItem(r.res); item == nil || !bool(C.AMitemToDoc(item, &d.core.doc)) {
		r.free()
		return nil, fmt.Errorf("make document: %w", ErrEngine)
	}
	return d, nil
}

type automerge struct {
	engine *Automerge
	stream record.ID
	core   core // doc is nil once closed
	size   int  // bytes of changes
	draft  draft
}

// Apply implements Document.
func (d *automerge) Apply(a Admitted) error {
	switch {
	case d.core.doc == nil:
		return ErrClosed
	case a.raw == "":
		return ErrProof
	case d.core.holds(a.hash):
		return nil
	}
	c, err := parse([]byte(a.raw))
	if err != nil {
		return fmt.Errorf("apply change: %w", err)
	}
	for i := range c.ndeps() {
		if !d.core.holds(c.dep(i)) {
			return fmt.Errorf("apply change: dependency: %w", ErrUnknown)
		}
	}
	p, n := chars(a.raw)
	if err := (result{C.loadIncremental(d.core.doc, p, n)}).done("apply change"); err != nil {
		return err
	}
	if !d.core.holds(a.hash) {
		return fmt.Errorf("apply change: not kept: %w", ErrEngine)
	}
	d.size += len(a.raw)
	return nil
}

// applyAll hands all changes to the core in one call: most of the cost of one is in crossing over.
func (d *automerge) applyAll(changes []Admitted) error {
	if d.core.doc == nil {
		return ErrClosed
	}
	size := 0
	for _, a := range changes {
		if a.raw == "" {
			return ErrProof
		}
		size += len(a.raw)
	}
	all := make([]byte, 0, size)
	for _, a := range changes {
		all = append(all, a.raw...)
	}
	p, n := chars(string(all))
	if err := (result{C.loadIncremental(d.core.doc, p, n)}).done("apply changes"); err != nil {
		return err
	}
	d.size += size
	return nil
}

// Set implements Document.
func (d *automerge) Set(key string, v record.Value) error {
	if d.core.doc == nil {
		return ErrClosed
	}
	return d.draft.set(key, v)
}

// Splice implements Document.
func (d *automerge) Splice(key string, at, cut int, text string) error {
	if d.core.doc == nil {
		return ErrClosed
	}
	return d.draft.splice(key, at, cut, text)
}

// Commit implements Document.
func (d *automerge) Commit(actor ActorID, at time.Time) ([]byte, error) {
	if d.core.doc == nil {
		return nil, ErrClosed
	}
	draft := d.draft
	d.draft.sets, d.draft.splices = nil, nil
	slices.SortFunc(draft.sets, byKey)
	slices.SortStableFunc(draft.splices, func(a, b patch) int { return cmp.Compare(a.key, b.key) })
	err := d.core.write(actor, &draft)
	if err != nil {
		C.AMrollback(d.core.doc)
		return nil, fmt.Errorf("commit: %w", err)
	}
	raw, err := d.core.commit(at)
	if err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	d.size += len(raw)
	return raw, nil
}

// Values implements Document.
func (d *automerge) Values(key string) ([]record.Value, error) {
	if d.core.doc == nil {
		return nil, ErrClosed
	}
	r, err := d.core.all(key)
	if err != nil {
		return nil, err
	}
	defer r.free()
	var out []record.Value
	r.each(func(item *C.AMitem) {
		if v, ok := scalar(item); ok {
			out = append(out, v)
		}
	})
	slices.Reverse(out) // Automerge gives the winner last
	return out, nil
}

// Text implements Document.
func (d *automerge) Text(key string) (text string, ok bool, err error) {
	if d.core.doc == nil {
		return "", false, ErrClosed
	}
	return d.core.text(key)
}

// Keys implements Document.
func (d *automerge) Keys() ([]string, error) {
	if d.core.doc == nil {
		return nil, ErrClosed
	}
	return d.core.keys()
}

// Heads implements Document.
func (d *automerge) Heads() ([]Hash, error) {
	if d.core.doc == nil {
		return nil, ErrClosed
	}
	return d.core.heads()
}

// At implements Document.
func (d *automerge) At(heads []Hash) (Document, error) {
	if d.core.doc == nil {
		return nil, ErrClosed
	}
	if len(heads) == 0 {
		return d.engine.New(d.stream)
	}
	for _, hash := range heads {
		if !d.core.holds(hash) {
			return nil, fmt.Errorf("document at %v: %w", hash, ErrUnknown)
		}
	}
	return d.engine.own(d.stream, d.core.fork(heads), d.size)
}

// Save implements Document.
func (d *automerge) Save() ([]byte, error) {
	if d.core.doc == nil {
		return nil, ErrClosed
	}
	r := result{C.AMsave(d.core.doc)}
	if !r.ok() {
		return nil, fmt.Errorf("save document: %w", ErrEngine)
	}
	defer r.free()
	var s C.AMbyteSpan
	if !bool(C.AMitemToBytes(C.AMresultItem(r.res), &s)) {
		return nil, fmt.Errorf("save document: %w", ErrEngine)
	}
	return d.engine.vault.seal(d.stream, copied(s)), nil
}

// Size follows measurements of this core: about 8 KB for a document, and eight times the bytes of its changes.
func (d *automerge) Size() int {
	if d.core.doc == nil {
		return 0
	}
	return 8<<10 + 8*d.size
}

// Close implements Document.
func (d *automerge) Close() {
	if d.core.doc != nil {
		result{d.core.owner}.free()
		d.core = core{}
	}
}
