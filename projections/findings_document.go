package projections

import (
	"slices"
	"strings"

	"fieldbook/crdt"
	"fieldbook/record"
)

// findings derives what follows from one document's own history.
func (d *document) findings(st *state, snap record.Snapshot) []finding {
	found := d.evidence()
	if !snap.Exists {
		return found
	}
	found = append(found, concurrentValues(st, snap)...)
	switch snap.Entity {
	case record.Asset:
		found = append(found, editsAfterRetire(d, st)...)
		found = append(found, stalePreconditions(d, snap)...)
	case record.Note:
		found = append(found, editsAfterSigning(d, st)...)
	}
	return found
}

// evidence reports the document's malformed and masked events.
func (d *document) evidence() (found []finding) {
	for i := range d.refs {
		kind := ""
		switch d.refs[i].state {
		case stateMalformed:
			kind = kindMalformed
		case stateMasked:
			kind = kindMasked
		default:
			continue
		}
		found = append(found, finding{Kind: kind, Subjects: []string{d.stream.String()}, Causes: []string{d.refs[i].hash.String()}})
	}
	return found
}

// concurrentValues finds the keys with several different live values. The same value twice is agreement.
func concurrentValues(st *state, snap record.Snapshot) (found []finding) {
	for _, k := range st.keys {
		if len(k.ops) < 2 || strings.HasPrefix(k.key, "signatures/") || snap.Concurrent(k.key) == nil {
			continue
		}
		f := finding{Kind: kindConcurrent, Subjects: []string{st.stream.String()}, Key: k.key}
		for _, op := range k.ops {
			f.Causes = append(f.Causes, op.Change.String())
		}
		slices.Sort(f.Causes)
		f.Causes = slices.Compact(f.Causes)
		found = append(found, f)
	}
	return found
}

// beside lists the accepted changes that are concurrent to one: neither knew of the other.
func (d *document) beside(change crdt.Hash) (list []crdt.Hash) {
	for _, c := range d.changes() {
		if c != change && !d.history.Ancestor(c, change) && !d.history.Ancestor(change, c) {
			list = append(list, c)
		}
	}
	return list
}

// changes lists the accepted changes of the document, each once, sorted.
func (d *document) changes() []crdt.Hash {
	list := make([]crdt.Hash, 0, len(d.refs))
	for i := range d.refs {
		if r := &d.refs[i]; r.state == stateAccepted && !r.bare {
			list = append(list, r.change)
		}
	}
	slices.SortFunc(list, crdt.Hash.Compare)
	return slices.Compact(list)
}

// editsAfterRetire finds the edits made by people who did not know that the asset was being retired. Retiring it too is
// agreement.
func editsAfterRetire(d *document, st *state) (found []finding) {
	for _, op := range st.live("lifecycle") {
		if op.Value.Str != record.Retired {
			continue
		}
		for _, c := range d.beside(op.Change) {
			edits := d.history.Effects(c)
			if !slices.ContainsFunc(edits, func(e crdt.Effect) bool { return e.Key != "lifecycle" || e.After.Str != record.Retired }) {
				continue
			}
			found = append(found, finding{Kind: kindRetired, Subjects: []string{d.stream.String()}, Causes: causes(op.Change, c), Value: c.String()})
		}
	}
	return found
}

// stalePreconditions finds the edits of a unit or an interface made by people who did not know that it was being swapped for
// another, or removed. It ends when it is back.
func stalePreconditions(d *document, snap record.Snapshot) (found []finding) {
	gone := absent(snap)
	if len(gone) == 0 {
		return nil
	}
	for _, change := range d.changes() {
		for _, part := range takenOut(d.history.Effects(change)) {
			if !slices.Contains(gone, part) {
				continue
			}
			for _, c := range d.beside(change) {
				if editsPart(d.history.Effects(c), part) {
					found = append(found, finding{Kind: kindStale, Subjects: []string{d.stream.String()}, Key: part, Causes: causes(change, c), Value: c.String()})
				}
			}
		}
	}
	return found
}

// absent lists the paths of the units that are not installed and of the interfaces that were removed.
func absent(snap record.Snapshot) (paths []string) {
	now := installed(snap)
	for _, id := range snap.Units() {
		if id != now {
			paths = append(paths, "units/"+id)
		}
	}
	for _, id := range snap.RemovedInterfaces() {
		paths = append(paths, "interfaces/"+id)
	}
	return paths
}

// takenOut lists the paths of what a change took out: the unit that it swapped, and what it removed.
func takenOut(effects []crdt.Effect) (paths []string) {
	for _, e := range effects {
		if e.Key == "unit" && len(e.Before) > 0 && e.Before[0].Str != e.After.Str {
			paths = append(paths, "units/"+e.Before[0].Str)
		}
		if path, ok := strings.CutSuffix(e.Key, "/removed"); ok && e.After.Bool {
			paths = append(paths, path)
		}
	}
	return paths
}

// editsPart tells an edit of a unit or interface; taking it out too is agreement.
func editsPart(effects []crdt.Effect, part string) bool {
	return slices.ContainsFunc(effects, func(e crdt.Effect) bool { return strings.HasPrefix(e.Key, part+"/") && e.Key != part+"/removed" })
}

// editsAfterSigning finds the edits of a signed note that were not part of what was signed, whoever knew of whom.
func editsAfterSigning(d *document, st *state) (found []finding) {
	for _, k := range st.within("signatures/") {
		if !strings.HasSuffix(k.key, "/heads") {
			continue
		}
		for _, op := range k.ops {
			signed := splitHeads(op.Value.Bytes)
			for _, c := range d.changes() {
				if !d.within(c, signed) && alters(d.history.Effects(c)) {
					found = append(found, finding{Kind: kindPolicy, Subjects: []string{d.stream.String()}, Key: k.key, Causes: causes(op.Change, c), Value: c.String()})
				}
			}
		}
	}
	return found
}

// alters tells an edit of the note from a signature under it, and from its being struck, which leaves what was signed.
func alters(effects []crdt.Effect) bool {
	return slices.ContainsFunc(effects, func(e crdt.Effect) bool { return e.Key != "void" && !strings.HasPrefix(e.Key, "signatures/") })
}

// within tells whether a change is among heads or in their past.
func (d *document) within(change crdt.Hash, heads []crdt.Hash) bool {
	return slices.ContainsFunc(heads, func(h crdt.Hash) bool { return h == change || d.history.Ancestor(change, h) })
}

// splitHeads reads concatenated change hashes.
func splitHeads(b []byte) []crdt.Hash {
	heads := make([]crdt.Hash, 0, len(b)/32)
	for ; len(b) >= 32; b = b[32:] {
		heads = append(heads, crdt.Hash(b[:32]))
	}
	return heads
}
