package main

import (
	"context"
	"fmt"
	"time"

	"fieldbook/workspace"
)

// trailPage is what the screen of the audit trail asks for at a time.
const trailPage = 200

// trail measures the first page of the audit trail as its screen asks for it after each change: with the whole import folded into
// one line.
func (b *bench) trail(ctx context.Context) (row, error) {
	w, err := b.browsed(ctx)
	if err != nil {
		return row{}, err
	}
	defer w.Close()
	e := &editor{w: w}
	if e.ids, err = someAssets(ctx, w, b.single); err != nil {
		return row{}, err
	}
	status, err := w.Status(ctx)
	if err != nil {
		return row{}, err
	}
	out := row{what: fmt.Sprintf("first page of the audit trail after an edit, an import of %s entries on it as one act", count(b.rows)), target: "under 50 ms"}
	var slowest time.Duration
	for _, q := range []struct {
		name  string
		query workspace.TrailQuery
	}{
		{"newest first", workspace.TrailQuery{}},
		{"oldest first", workspace.TrailQuery{Oldest: true}},
		{"of this laptop", workspace.TrailQuery{Device: status.Device}},
		{"of this person", workspace.TrailQuery{Member: status.Member}},
		{"of imports", workspace.TrailQuery{Source: "import"}},
	} {
		q.query.Fold, q.query.Limit = true, trailPage
		d, err := repeat(4*b.rounds+1, func(int) (time.Duration, error) { return e.trail(ctx, q.query, b.rows) })
		if err != nil {
			return row{}, fmt.Errorf("%s: %w", q.name, err)
		}
		slowest = max(slowest, d)
		out.notes = append(out.notes, q.name+": "+span(d))
	}
	out.measured, out.met = "each under "+span(slowest), met(slowest < 50*time.Millisecond)
	return out, nil
}

// trail makes an edit and then times a page that has an act of so many entries.
func (e *editor) trail(ctx context.Context, q workspace.TrailQuery, entries int) (time.Duration, error) {
	if _, err := e.round(ctx, 1); err != nil {
		return 0, err
	}
	return timed(func() error {
		page, err := e.w.Trail(ctx, q)
		if err != nil {
			return err
		}
		for _, r := range page.Items {
			if r.Act != nil && r.Act.Entries >= entries {
				return nil
			}
		}
		return fmt.Errorf("no act of %d entries on a page of %d rows", entries, len(page.Items))
	})
}
