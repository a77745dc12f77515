package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"fieldbook/projections"
	"fieldbook/workspace"
)

// append measures one engineer's edits on a warm workspace: decide, author, seal,
// sign, insert, project, and wait for the disk, one transaction each.
func (b *bench) append(ctx context.Context) (row, error) {
	w, dir, err := b.found(ctx, "append")
	if err != nil {
		return row{}, err
	}
	if err := b.fill(ctx, w, b.assets); err != nil {
		return row{}, err
	}
	e := &editor{w: w}
	if e.ids, err = someAssets(ctx, w, b.single); err != nil {
		return row{}, err
	}
	if _, err := e.round(ctx, b.single); err != nil { // warms caches and gives the reference its bytes
		return row{}, err
	}
	entries, err := b.lastEntries(ctx, &e.w, dir, b.single)
	if err != nil {
		return row{}, err
	}
	defer func() { e.w.Close() }()
	if _, err := e.round(ctx, b.single); err != nil {
		return row{}, err
	}
	reference, err := newPlain(ctx, filepath.Join(b.dir, "append-reference.db"))
	if err != nil {
		return row{}, err
	}
	defer reference.close()
	p, r, err := turns(2*b.rounds+1,
		func(int) (time.Duration, error) { return e.round(ctx, b.single) },
		func(int) (time.Duration, error) { return reference.singly(ctx, entries) })
	if err != nil {
		return row{}, err
	}
	wide, err := b.wide(ctx, e.w)
	ratio := r.Seconds() / p.Seconds()
	return row{
		what:      "append one durable edit (decide, change, seal, sign, insert, project)",
		measured:  fmt.Sprintf("%s, %s each", rate(b.single, p), span(p/time.Duration(b.single))),
		reference: fmt.Sprintf("mattn/go-sqlite3, the same bytes, WAL FULL, one per transaction: %s", rate(b.single, r)),
		ratio:     fmt.Sprintf("%.2f", ratio), target: "0.35", met: met(ratio >= 0.35),
		notes: []string{
			fmt.Sprintf("%d rounds of %s edits by turns, of %s assets among %s", 2*b.rounds+1, count(b.single), count(len(e.ids)), count(b.assets)),
			fmt.Sprintf("of %s assets in turn, more than wait for the full-text index or stay in the cache: %s each", count(4*b.single), span(wide/time.Duration(4*b.single))),
		},
	}, err
}

// wide makes edits of so many assets that each reads its history from the log, and
// that the full-text index has to take up what waits.
func (b *bench) wide(ctx context.Context, w *workspace.Workspace) (time.Duration, error) {
	ids, err := someAssets(ctx, w, 4*b.single)
	if err != nil {
		return 0, err
	}
	e := &editor{w: w, ids: ids}
	return e.round(ctx, len(ids))
}

// editor makes single-field edits, one asset after the other.
type editor struct {
	w   *workspace.Workspace
	ids []string
	n   int
}

func (e *editor) round(ctx context.Context, edits int) (time.Duration, error) {
	return timed(func() error {
		for range edits {
			// Every asset gets a new value of the same field before the field changes.
			if _, err := e.w.SetAsset(ctx, entry, e.ids[e.n%len(e.ids)], change(e.n/len(e.ids))); err != nil {
				return err
			}
			e.n++
		}
		return nil
	})
}

// someAssets gives the ids of n assets spread over the list.
func someAssets(ctx context.Context, w *workspace.Workspace, n int) ([]string, error) {
	var all []string
	_, err := w.EachAsset(ctx, projections.Query{}, func(a projections.Asset) error {
		all = append(all, a.ID.String())
		return nil
	})
	if err != nil {
		return nil, err
	}
	step := max(1, len(all)/n)
	var ids []string
	for i := 0; i < len(all) && len(ids) < n; i += step {
		ids = append(ids, all[i])
	}
	return ids, nil
}

// lastEntries closes the workspace to read the last n sealed entries of its log,
// and opens it again.
func (b *bench) lastEntries(ctx context.Context, w **workspace.Workspace, dir string, n int) ([][]byte, error) {
	if err := (*w).Close(); err != nil {
		return nil, err
	}
	entries, err := encodedLog(ctx, dir)
	if err != nil {
		return nil, err
	}
	*w, err = workspace.Open(ctx, config(dir, cheap))
	return entries[len(entries)-n:], err
}

// encodedLog are all sealed envelopes of a closed workspace.
func encodedLog(ctx context.Context, dir string) ([][]byte, error) {
	r, err := openRaw(ctx, dir)
	if err != nil {
		return nil, err
	}
	defer r.close()
	return r.encoded(ctx, 0)
}
