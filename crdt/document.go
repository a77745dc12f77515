package crdt

import (
	"fmt"
	"iter"
	"time"

	"fieldbook/record"
)

// Admitted is a change that a History accepted: the only thing that a Document takes. Only this package can make one.
type Admitted struct {
	raw  string
	hash Hash
}

// Hash names the change.
func (a Admitted) Hash() Hash { return a.hash }

// Admitted gives an accepted change for a Document.
func (h *History) Admitted(hash Hash) (Admitted, bool) {
	n, ok := h.standing(hash)
	if !ok {
		return Admitted{}, false
	}
	return Admitted{h.changes[n].raw, hash}, true
}

// All gives the accepted changes, each after its dependencies.
func (h *History) All() iter.Seq[Admitted] {
	return func(yield func(Admitted) bool) {
		for i := range h.changes {
			if c := &h.changes[i]; !c.fallen && !yield(Admitted{c.raw, c.hash}) {
				return
			}
		}
	}
}

// Object gives the TextObject change of a key, which needs no history to be admitted; a key outside the profile has none.
func Object(key string) (Admitted, error) {
	if err := checkKey(key); err != nil {
		return Admitted{}, err
	}
	raw, hash := TextObject(key)
	return Admitted{string(raw), hash}, nil
}

// Document is one document in some engine. All engines pass the suite in crdttest. A Document is not safe for concurrent use
// and holds memory until it is closed.
type Document interface {
	// Apply adds a change whose dependencies were applied before; ErrUnknown if one was not. Applying it again has no effect.
	Apply(Admitted) error
	// Set and Splice collect what the next Commit writes; until then nothing is to be seen of it. Setting a key again
	// replaces what was to be set.
	Set(key string, v record.Value) error
	// Splice cuts characters (code points) of the prose of a key from a place on and puts text there. The places count in
	// the text as the splices before it leave it. The Text object must be there, or it is ErrObject.
	Splice(key string, at, cut int, text string) error
	// Commit makes one change of what was collected, applies it and gives its bytes, which the caller passes to its History.
	// Setting a key to the one value it has is nothing; if nothing is left it is ErrEmpty.
	Commit(actor ActorID, at time.Time) ([]byte, error)
	// Values gives all concurrent values of a key, the winner first; none if it has no value.
	Values(key string) ([]record.Value, error)
	// Text gives the prose of a key; false if the key has no Text object.
	Text(key string) (string, bool, error)
	// Keys gives the keys that have a value or a text, ascending.
	Keys() ([]string, error)
	// Heads gives the changes that no other depends on, ascending.
	Heads() ([]Hash, error)
	// At gives a new document as of earlier heads; ErrUnknown if one of them was not applied.
	At(heads []Hash) (Document, error)
	// Save gives bytes from which Load of an engine with the same key makes the document again.
	Save() ([]byte, error)
	// Size estimates the memory held, in bytes.
	Size() int
	// Close frees the memory; all methods then give ErrClosed. Closing again has no effect.
	Close()
}

// Engine makes documents.
type Engine interface {
	// New gives an empty document.
	New(stream record.ID) (Document, error)
	// Load gives a saved document, or ErrSaved for bytes that this engine's key did not save.
	Load(stream record.ID, saved []byte) (Document, error)
}

// Open gives a document with all accepted changes of a history.
func Open(e Engine, h *History) (Document, error) {
	d, err := e.New(h.stream)
	if err != nil {
		return nil, fmt.Errorf("open document: %w", err)
	}
	for a := range h.All() {
		if err := d.Apply(a); err != nil {
			d.Close()
			return nil, fmt.Errorf("open document: %w", err)
		}
	}
	return d, nil
}

// draft collects what a Commit writes; both engines share it.
type draft struct {
	sets    []record.Edit
	splices []patch
}

type patch struct {
	key     string
	at, cut int
	text    string
}

func (d *draft) set(key string, v record.Value) error {
	if err := checkKey(key); err != nil {
		return fmt.Errorf("set: %w", err)
	}
	raw, kind := appendValue(nil, v)
	if err := checkValue(kind, string(raw)); err != nil {
		return fmt.Errorf("set key %q: %w", key, err)
	}
	for i := range d.sets {
		if d.sets[i].Key == key {
			d.sets[i].Value = v
			return nil
		}
	}
	d.sets = append(d.sets, record.Edit{Key: key, Value: v})
	return nil
}

func (d *draft) splice(key string, at, cut int, text string) error {
	if err := checkProse(key, text); err != nil {
		return fmt.Errorf("splice: %w", err)
	}
	if at < 0 || cut < 0 {
		return fmt.Errorf("splice at %d of %d: %w", at, cut, ErrElement)
	}
	d.splices = append(d.splices, patch{key, at, cut, text})
	return nil
}
