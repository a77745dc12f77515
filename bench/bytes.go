package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/keyring"
	"fieldbook/workspace"
)

// bytes measures what an edit adds to the log's file, and to the whole file with
// its read models, beside the size of its raw change.
func (b *bench) bytes(ctx context.Context) (row, error) {
	w, dir, err := b.found(ctx, "bytes")
	if err != nil {
		return row{}, err
	}
	assets := min(1000, b.assets)
	if err := b.fill(ctx, w, assets); err != nil {
		return row{}, err
	}
	ids, err := someAssets(ctx, w, assets)
	if err != nil {
		return row{}, err
	}
	if err := w.Close(); err != nil {
		return row{}, err
	}
	before, err := fileSize(dir)
	if err != nil {
		return row{}, err
	}
	edits := 10 * b.single
	if err := editAgain(ctx, dir, ids, edits); err != nil {
		return row{}, err
	}
	after, err := fileSize(dir)
	if err != nil {
		return row{}, err
	}
	log, change, sealed, err := b.logAlone(ctx, dir, edits)
	ratio := log / change
	return row{
		what:      "bytes on disk per single-field edit, log only",
		measured:  fmt.Sprintf("%.0f B", log),
		reference: fmt.Sprintf("the raw change: %.0f B", change),
		ratio:     fmt.Sprintf("%.1f times", ratio), target: "under 5 times", met: met(ratio < 5),
		notes: []string{
			fmt.Sprintf("growth of a file that holds the log alone by %s edits in transactions of their own; the sealed envelope has %.0f B", count(edits), sealed),
			fmt.Sprintf("the whole file, with history, search and the other read models, grows by %.0f B an edit", float64(after-before)/float64(edits)),
		},
	}, err
}

func editAgain(ctx context.Context, dir string, ids []string, edits int) error {
	w, err := workspace.Open(ctx, config(dir, cheap))
	if err != nil {
		return err
	}
	e := &editor{w: w, ids: ids}
	_, err = e.round(ctx, edits)
	return errors.Join(err, w.Close())
}

func fileSize(dir string) (int64, error) {
	info, err := os.Stat(filepath.Join(dir, "fieldbook.db"))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// logAlone appends a workspace's envelopes to an empty log, the last ones each in
// a transaction of its own, and gives the bytes an edit takes: in the file, as a
// raw change, as a sealed envelope.
func (b *bench) logAlone(ctx context.Context, dir string, edits int) (log, change, sealed float64, err error) {
	r, err := openRaw(ctx, dir)
	if err != nil {
		return 0, 0, 0, err
	}
	defer r.close()
	all, err := r.envelopes(ctx, 0)
	if err != nil {
		return 0, 0, 0, err
	}
	alone := filepath.Join(b.dir, "alone")
	if err := os.Mkdir(alone, 0o700); err != nil {
		return 0, 0, 0, err
	}
	first, last := all[:len(all)-edits], all[len(all)-edits:]
	if err := appendAll(ctx, alone, r.identity, [][]*envelope.Envelope{first}); err != nil {
		return 0, 0, 0, err
	}
	before, err := fileSize(alone)
	if err != nil {
		return 0, 0, 0, err
	}
	single := make([][]*envelope.Envelope, len(last))
	for i := range last {
		single[i] = last[i : i+1]
		body, err := r.body(last[i])
		if err != nil {
			return 0, 0, 0, err
		}
		change += float64(len(body.Change)) / float64(edits)
		sealed += float64(len(last[i].Encode())) / float64(edits)
	}
	if err := appendAll(ctx, alone, r.identity, single); err != nil {
		return 0, 0, 0, err
	}
	after, err := fileSize(alone)
	return float64(after-before) / float64(edits), change, sealed, err
}

// appendAll appends each group of envelopes in a transaction that ends in a signed head.
func appendAll(ctx context.Context, dir string, identity *keyring.Identity, groups [][]*envelope.Envelope) error {
	store, err := eventstore.Open(ctx, eventstore.Config{Path: filepath.Join(dir, "fieldbook.db"), Key: identity.DBKey()})
	if err != nil {
		return err
	}
	for _, group := range groups {
		err = store.Update(ctx, func(tx *eventstore.Tx) error {
			tip := group[len(group)-1]
			head := envelope.Head{Workspace: tip.Workspace, Device: tip.Device, Epoch: tip.Epoch, Seq: tip.Seq, Hash: tip.Hash()}
			sig, err := envelope.SignHead(head, identity)
			if err != nil {
				return err
			}
			_, err = tx.Append(group, sig)
			return err
		})
		if err != nil {
			break
		}
	}
	return errors.Join(err, store.Close())
}
