package replica

import (
	"bytes"
	"slices"

	"fieldbook/crdt"
	"fieldbook/record"
	"fieldbook/syncproto"
)

// table holds the digest of each document's heads, by first byte of the id, with
// the tree over it. A document of which no change was accepted has a zero
// digest, and no place in the tree.
type table struct {
	buckets [256][]syncproto.DocumentHeads
	stale   [256]bool
	tree    syncproto.Tree
	root    syncproto.Hash
	rooted  bool
	known   int
	merged  uint64 // documents with heads
}

func compareIDs(d syncproto.DocumentHeads, id record.ID) int { return bytes.Compare(d.ID[:], id[:]) }

// get tells a document's digest, and whether any event of it is here.
func (t *table) get(id record.ID) (crdt.Hash, bool) {
	bucket := t.buckets[id[0]]
	at, found := slices.BinarySearchFunc(bucket, id, compareIDs)
	if !found {
		return crdt.Hash{}, false
	}
	return crdt.Hash(bucket[at].Heads), true
}

// set changes a document's digest.
func (t *table) set(id record.ID, heads crdt.Hash) {
	b := id[0]
	at, found := slices.BinarySearchFunc(t.buckets[b], id, compareIDs)
	if !found {
		t.buckets[b] = slices.Insert(t.buckets[b], at, syncproto.DocumentHeads{ID: id})
		t.known++
	}
	entry := &t.buckets[b][at]
	if entry.Heads == syncproto.Hash(heads) {
		return
	}
	if entry.Heads == (syncproto.Hash{}) {
		t.merged++
	}
	entry.Heads = syncproto.Hash(heads)
	t.stale[b], t.rooted = true, false
}

// live lists the documents of a bucket that count.
func (t *table) live(bucket int) []syncproto.DocumentHeads {
	out := make([]syncproto.DocumentHeads, 0, len(t.buckets[bucket]))
	for _, d := range t.buckets[bucket] {
		if d.Heads != (syncproto.Hash{}) {
			out = append(out, d)
		}
	}
	return out
}

// sum brings the tree up to date.
func (t *table) sum() (*syncproto.Tree, syncproto.Hash) {
	for b := range t.stale {
		if t.stale[b] {
			part := syncproto.NewTree(t.live(b))
			t.tree[b], t.stale[b] = part[b], false
		}
	}
	if !t.rooted {
		t.root, t.rooted = t.tree.Root(), true
	}
	return &t.tree, t.root
}

// differing lists the documents of the buckets that are not as in another tree.
func (t *table) differing(other *syncproto.Tree) *syncproto.DocumentsAnswer {
	answer := &syncproto.DocumentsAnswer{}
	tree, _ := t.sum()
	for b := range tree {
		if tree[b] == other[b] {
			continue
		}
		live := t.live(b)
		room := syncproto.MaxDocuments - len(answer.Documents)
		answer.Documents = append(answer.Documents, live[:min(room, len(live))]...)
		if len(live) > room {
			answer.More = true
			break
		}
	}
	return answer
}
