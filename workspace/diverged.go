package workspace

import (
	"bytes"
	"context"
	"fmt"
	"slices"

	"fieldbook/eventstore"
	"fieldbook/record"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
)

// maxDiverged bounds the documents that are named as diverged: more of them are
// one trouble, not many.
const maxDiverged = 1000

// MergedBy says what a service that a sync went to holds.
type MergedBy struct {
	Mode      string   `json:"mode"`      // merging or sealed
	Documents uint64   `json:"documents"` // that it has merged; 0 when sealed
	Diverged  []string `json:"diverged"`  // ids of documents that it has otherwise than this laptop
	Failed    []string `json:"failed"`    // ids of documents that it could not merge
	Unopened  uint64   `json:"unopened"`  // events that it holds and could not open or merge
}

// compare says what a service told of itself and, when both sides hold the same,
// compares the documents' heads. What it has otherwise becomes a finding, what
// was and is not any more ends one; nothing is overwritten.
func (w *Workspace) compare(ctx context.Context, name string, service Service, report *syncclient.Report) (*MergedBy, error) {
	said := report.Service
	out := &MergedBy{Mode: string(said.Mode), Documents: said.Documents, Diverged: []string{}, Failed: []string{}, Unopened: said.Unopened}
	for _, id := range said.Failed {
		out.Failed = append(out.Failed, record.ID(id).String())
	}
	mine, err := w.documents(ctx)
	if err != nil || mine == nil || !report.Level || !said.Complete {
		return out, err
	}
	streams, err := w.diverging(ctx, service, mine, said.Digest)
	if err != nil {
		return out, fmt.Errorf("comparing documents with the service: %w", err)
	}
	for _, id := range streams {
		out.Diverged = append(out.Diverged, id.String())
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return out, w.update(ctx, func(tx *eventstore.Tx) error {
		if err := mine.keep(tx); err != nil {
			return err
		}
		return w.models.SetDiverged(tx, name, streams)
	})
}

// metaCompared is where a device keeps the root over its documents as they were
// when it last worked it out, with what tells that they are still the same.
const metaCompared = "workspace.compared"

// documents are this device's, as far as a comparison needs them.
type documents struct {
	print [32]byte       // of their state
	root  syncproto.Hash // over their heads
	known bool           // the root was worked out before, and stands
}

// documents says how this device's documents stand; nil if it holds events that it
// cannot read yet, so that a difference would say nothing.
func (w *Workspace) documents(ctx context.Context) (mine *documents, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		counts, err := w.models.Counts(tx)
		if err != nil || counts.Waiting+counts.Newer > 0 {
			return err
		}
		unverified, _, err := w.models.Unverified(tx)
		if err != nil || unverified > 0 {
			return err
		}
		d := &documents{}
		if d.print, err = w.models.Fingerprint(tx); err != nil {
			return err
		}
		kept, err := tx.Meta(metaCompared)
		if d.known = len(kept) == len(d.print)+len(d.root) && bytes.HasPrefix(kept, d.print[:]); d.known {
			copy(d.root[:], kept[len(d.print):])
		}
		mine = d
		return err
	})
	return mine, err
}

// keep remembers the root for the next comparison.
func (d *documents) keep(tx *eventstore.Tx) error {
	if d.known {
		return nil
	}
	return tx.SetMeta(metaCompared, append(d.print[:], d.root[:]...))
}

// read gives the heads of this device's documents, and works out their root.
func (d *documents) read(ctx context.Context, w *Workspace) (mine []syncproto.DocumentHeads, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) (err error) {
		if d.print, err = w.models.Fingerprint(tx); err != nil { // it may have moved on since it was asked for
			return err
		}
		heads, err := w.models.Heads(ctx, tx)
		mine = make([]syncproto.DocumentHeads, len(heads))
		for i, h := range heads {
			mine[i] = syncproto.DocumentHeads{ID: h.Stream, Heads: syncproto.Hash(h.Digest)}
		}
		return err
	})
	tree := syncproto.NewTree(mine)
	d.root, d.known = tree.Root(), false
	return mine, err
}

// diverging finds the documents that a service has otherwise. They are read only
// if they changed since the last comparison, or are not what the service has.
func (w *Workspace) diverging(ctx context.Context, service Service, d *documents, digest syncproto.Hash) ([]record.ID, error) {
	if d.known && d.root == digest {
		return nil, nil
	}
	mine, err := d.read(ctx, w)
	if err != nil || d.root == digest {
		return nil, err
	}
	return differences(ctx, service, mine, digest)
}

// differences names the documents that a service has otherwise. It is asked for those in
// buckets that differ; a bucket that it has nothing in looks like an equal one,
// so if what it named does not explain the difference it is asked once more, for
// all of the buckets it named nothing in.
func differences(ctx context.Context, service Service, mine []syncproto.DocumentHeads, digest syncproto.Hash) ([]record.ID, error) {
	tree := syncproto.NewTree(mine)
	named, err := service.Documents(ctx, tree)
	if err != nil {
		return nil, err
	}
	told, explained, rest := syncproto.NewTree(named.Documents), tree, tree
	for b := range tree {
		if rest[b] = told[b]; told[b] != (syncproto.Hash{}) {
			explained[b] = told[b]
		}
	}
	ids := differing(mine, named, func(b byte) bool { return told[b] != (syncproto.Hash{}) })
	if !named.More && explained.Root() != digest {
		if named, err = service.Documents(ctx, rest); err != nil {
			return nil, err
		}
		ids = append(ids, differing(mine, named, func(b byte) bool { return told[b] == (syncproto.Hash{}) })...)
	}
	slices.SortFunc(ids, func(a, b record.ID) int { return bytes.Compare(a[:], b[:]) })
	return ids[:min(len(ids), maxDiverged)], nil
}

// differing lists the documents that are not the same on both sides, of the
// buckets of which the other side named all it has.
func differing(mine []syncproto.DocumentHeads, theirs *syncproto.DocumentsAnswer, named func(byte) bool) (ids []record.ID) {
	left := map[[16]byte]syncproto.Hash{}
	for _, d := range mine {
		if named(d.ID[0]) && !beyond(theirs, d.ID) {
			left[d.ID] = d.Heads
		}
	}
	for _, d := range theirs.Documents {
		heads, held := left[d.ID]
		delete(left, d.ID)
		if !held || heads != d.Heads {
			ids = append(ids, d.ID)
		}
	}
	for id := range left {
		ids = append(ids, id)
	}
	return ids
}

// beyond says whether an answer had no room to say anything about a document.
func beyond(a *syncproto.DocumentsAnswer, id [16]byte) bool {
	n := len(a.Documents)
	return a.More && (n == 0 || bytes.Compare(id[:], a.Documents[n-1].ID[:]) > 0)
}
