package projections

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"slices"

	"fieldbook/crdt"
	"fieldbook/record"
)

// state is one document as its row keeps it: what is live, by which operations, and the prose. It is a function of the set of
// accepted changes.
type state struct {
	stream record.ID
	entity record.Entity
	heads  []crdt.Hash // sorted
	keys   []liveKey   // sorted by key
	texts  []liveText  // sorted by key
	masks  []crdt.Hash // masked changes, sorted
}

type liveKey struct {
	key string
	ops []crdt.Live // winner first
}

type liveText struct{ key, text string }

// stateOf reads the state from a history.
func stateOf(stream record.ID, entity record.Entity, h *crdt.History) *state {
	s := &state{stream: stream, entity: entity, heads: h.Heads(), masks: h.Masks()}
	slices.SortFunc(s.heads, crdt.Hash.Compare)
	s.keys = make([]liveKey, 0, 48)
	h.Each(func(key string, live []crdt.Live) { s.keys = append(s.keys, liveKey{key, live}) },
		func(key, text string) { s.texts = append(s.texts, liveText{key, text}) })
	return s
}

// encode writes the state as one canonical CBOR array: heads, the changes and actors that live operations name, the live
// operations by key, prose by key, masked changes.
func (s *state) encode() []byte {
	changes, actors := s.names()
	b := make([]byte, 0, 256+48*len(s.keys))
	b = appendHead(b, majorArray, 7)
	b = appendText(b, string(s.entity))
	b = appendHashes(b, s.heads)
	b = appendHashes(b, changes)
	b = appendHead(b, majorArray, uint64(len(actors)))
	for _, a := range actors {
		b = appendBytes(b, a[:])
	}
	b = appendHead(b, majorArray, uint64(len(s.keys)))
	n := &places{changes: changes, actors: actors}
	for i := range s.keys {
		b = s.keys[i].encode(b, n)
	}
	b = appendHead(b, majorArray, uint64(len(s.texts)))
	for _, t := range s.texts {
		b = appendText(appendText(appendHead(b, majorArray, 2), t.key), t.text)
	}
	return appendHashes(b, s.masks)
}

func (k *liveKey) encode(b []byte, n *places) []byte {
	b = appendText(appendHead(b, majorArray, uint64(1+len(k.ops))), k.key)
	for i := range k.ops {
		op := &k.ops[i]
		change, actor := n.of(op)
		b = appendHead(b, majorArray, 4)
		b = appendHead(b, majorUint, uint64(change))
		b = appendHead(b, majorUint, op.ID.Counter)
		b = appendHead(b, majorUint, uint64(actor))
		b = appendValue(b, op.Value)
	}
	return b
}

// places finds changes and actors in their sorted lists. Most keys of a document were written by the same change, so the
// last find is looked at first.
type places struct {
	changes       []crdt.Hash
	actors        []crdt.ActorID
	change, actor int
}

func (n *places) of(op *crdt.Live) (change, actor int) {
	if n.changes[n.change] != op.Change {
		n.change, _ = slices.BinarySearchFunc(n.changes, op.Change, crdt.Hash.Compare)
	}
	if n.actors[n.actor] != op.ID.Actor {
		n.actor, _ = slices.BinarySearchFunc(n.actors, op.ID.Actor, crdt.ActorID.Compare)
	}
	return n.change, n.actor
}

func appendHashes(b []byte, hashes []crdt.Hash) []byte {
	b = appendHead(b, majorArray, uint64(len(hashes)))
	for i := range hashes {
		b = appendBytes(b, hashes[i][:])
	}
	return b
}

// names lists the changes and actors of live operations, sorted, each once.
func (s *state) names() (changes []crdt.Hash, actors []crdt.ActorID) {
	for _, k := range s.keys {
		for i := range k.ops {
			op := &k.ops[i]
			if n := len(changes); n == 0 || changes[n-1] != op.Change {
				changes = append(changes, op.Change)
			}
			if n := len(actors); n == 0 || actors[n-1] != op.ID.Actor {
				actors = append(actors, op.ID.Actor)
			}
		}
	}
	slices.SortFunc(changes, crdt.Hash.Compare)
	slices.SortFunc(actors, crdt.ActorID.Compare)
	return slices.Compact(changes), slices.Compact(actors)
}

// decodeState reads what encode wrote.
func decodeState(stream record.ID, b []byte) (*state, error) {
	r := &reader{b: b}
	if r.array() != 7 {
		return nil, fmt.Errorf("document %s: %w", stream, errRow)
	}
	s := &state{stream: stream, entity: record.Entity(r.text())}
	s.heads = readHashes(r)
	changes := readHashes(r)
	actors := make([]crdt.ActorID, r.array())
	for i := range actors {
		r.fixed(actors[i][:])
	}
	s.keys = make([]liveKey, r.array())
	for i := range s.keys {
		s.keys[i].decode(r, changes, actors)
	}
	s.texts = make([]liveText, r.array())
	for i := range s.texts {
		r.array()
		s.texts[i] = liveText{r.text(), r.text()}
	}
	if s.masks = readHashes(r); r.bad {
		return nil, fmt.Errorf("document %s: %w", stream, errRow)
	}
	return s, nil
}

func readHashes(r *reader) []crdt.Hash {
	hashes := make([]crdt.Hash, r.array())
	for i := range hashes {
		r.fixed(hashes[i][:])
	}
	return hashes
}

func (k *liveKey) decode(r *reader, changes []crdt.Hash, actors []crdt.ActorID) {
	n := r.array()
	k.key = r.text()
	k.ops = make([]crdt.Live, max(n-1, 0))
	for i := range k.ops {
		r.array()
		change, counter, actor := r.uint(), r.uint(), r.uint()
		if r.bad || change >= uint64(len(changes)) || actor >= uint64(len(actors)) {
			r.bad = true
			return
		}
		k.ops[i] = crdt.Live{ID: crdt.OpID{Counter: counter, Actor: actors[actor]}, Change: changes[change], Value: r.value()}
	}
}

// digest names the state of one document.
func digestOf(encoded []byte) [32]byte { return sha256.Sum256(encoded) }

// live gives the live operations of a key, winner first.
func (s *state) live(key string) []crdt.Live {
	i, ok := slices.BinarySearchFunc(s.keys, key, func(k liveKey, key string) int { return cmp.Compare(k.key, key) })
	if !ok {
		return nil
	}
	return s.keys[i].ops
}

// snapshot is the state as the domain's rules read it.
func (s *state) snapshot() record.Snapshot {
	snap := record.Snapshot{
		ID: s.stream, Entity: s.entity, Exists: len(s.keys)+len(s.texts) > 0, // masked changes alone make nothing
		Values: make(map[string][]record.Value, len(s.keys)), Texts: make(map[string]string, len(s.texts)),
	}
	total := 0
	for _, k := range s.keys {
		total += len(k.ops)
	}
	all := make([]record.Value, 0, total)
	for _, k := range s.keys {
		start := len(all)
		for _, op := range k.ops {
			all = append(all, op.Value)
		}
		snap.Values[k.key] = all[start:len(all):len(all)]
	}
	for _, t := range s.texts {
		snap.Texts[t.key] = t.text
	}
	return snap
}

// within lists the keys below a path, "units/<id>/" for one unit's.
func (s *state) within(path string) []liveKey {
	from, _ := slices.BinarySearchFunc(s.keys, path, func(k liveKey, p string) int { return cmp.Compare(k.key, p) })
	to := from
	for to < len(s.keys) && len(s.keys[to].key) >= len(path) && s.keys[to].key[:len(path)] == path {
		to++
	}
	return s.keys[from:to]
}
