package main

import (
	"context"
	"fmt"
	"time"

	"fieldbook/projections"
	"fieldbook/workspace"
)

// page is what a window asks for at a time.
const page = 200

// open measures from the unlocked device to the first page of the list.
func (b *bench) open(ctx context.Context) (row, error) {
	dir, err := b.many(ctx)
	if err != nil {
		return row{}, err
	}
	few, events, err := b.openAndAsk(ctx, dir)
	if err != nil {
		return row{}, err
	}
	out := row{
		what:     fmt.Sprintf("open a workspace of %s events (after unlock) to first query answered", count(events)),
		measured: span(few), target: "under 300 ms, no slower at 1,000,000", met: met(few < 300*time.Millisecond),
		notes: []string{fmt.Sprintf("the query is a page of %d of %s assets; the files are in the system's cache", page, count(b.assets))},
	}
	if b.more == 0 {
		out.measured += "; 1,000,000: " + unmeasured
		return out, nil
	}
	if dir, err = b.most(ctx); err != nil {
		return row{}, err
	}
	long, events, err := b.openAndAsk(ctx, dir)
	out.measured += fmt.Sprintf("; at %s events: %s", count(events), span(long))
	out.met = met(few < 300*time.Millisecond && long < 300*time.Millisecond && long < few*5/4)
	return out, err
}

func (b *bench) openAndAsk(ctx context.Context, dir string) (d time.Duration, events int64, err error) {
	d, err = repeat(4*b.rounds+1, func(int) (time.Duration, error) {
		var w *workspace.Workspace
		took, err := timed(func() (err error) {
			if w, err = workspace.Open(ctx, config(dir, cheap)); err != nil {
				return err
			}
			_, err = w.Assets(ctx, projections.Query{Limit: page})
			return err
		})
		if err != nil {
			return 0, err
		}
		status, err := w.Status(ctx)
		if err != nil {
			return 0, err
		}
		events = status.Events
		return took, w.Close()
	})
	return d, events, err
}
