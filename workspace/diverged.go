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
	comparable, mine, err := w.comparable(ctx)
	if err != nil || !comparable || !report.Level || !said.Complete {
		return out, err
	}
	streams, err := diverging(ctx, service, mine, said.Digest)
	if err != nil {
		return out, fmt.Errorf("comparing documents with the service: %w", err)
	}
	for _, id := range streams {
		out.Diverged = append(out.Diverged, id.String())
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return out, w.update(ctx, func(tx *eventstore.Tx) error { return w.models.SetDiverged(tx, name, streams) })
}

// comparable gives the heads of this device's documents. False: it holds events
// that it cannot read yet, so that a difference would say nothing.
func (w *Workspace) comparable(ctx context.Context) (ok bool, mine []syncproto.DocumentHeads, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		counts, err := w.models.Counts(tx)
		if ok = counts.Waiting+counts.Newer == 0; err != nil || !ok {
			return err
		}
		unverified, _, err := w.models.Unverified(tx)
		if ok = unverified == 0; err != nil || !ok {
			return err
		}
		heads, err := w.models.Heads(ctx, tx)
		mine = make([]syncproto.DocumentHeads, len(heads))
		for i, h := range heads {
			mine[i] = syncproto.DocumentHeads{ID: h.Stream, Heads: syncproto.Hash(h.Digest)}
		}
		return err
	})
	return ok, mine, err
}

// diverging finds the documents that a service has otherwise. It names those in
// buckets that differ; a bucket that it has nothing in looks like an equal one,
// so if what it named does not explain the difference it is asked once more, for
// all of the buckets it named nothing in.
func diverging(ctx context.Context, service Service, mine []syncproto.DocumentHeads, digest syncproto.Hash) ([]record.ID, error) {
	tree := syncproto.NewTree(mine)
	if tree.Root() == digest {
		return nil, nil
	}
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
