package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fieldbook/projections"
	"fieldbook/workspace"
)

// question is something a window asks of the list.
type question struct {
	name  string
	query projections.Query
}

func (b *bench) questions() []question {
	return []question{
		{"first page", projections.Query{Limit: page}},
		{"last page", projections.Query{Limit: page, Offset: b.rows - page}},
		{"filter by role and vendor", projections.Query{Limit: page, Where: map[string]string{"role": "plc", "vendor": "Siemens"}}},
		{"filter by an own column", projections.Query{Limit: page, Where: map[string]string{"custom.data_provenance": "model+part from CSAF product tree; instance invented"}}},
		{"search part of a tag", projections.Query{Limit: page, Search: "plc 000"}},
		{"search a word of most assets", projections.Query{Limit: page, Search: "siemens"}},
	}
}

// list measures pages of the list, as a window shows them, and the whole of it.
func (b *bench) list(ctx context.Context) (row, error) {
	dir, err := b.listed(ctx)
	if err != nil {
		return row{}, err
	}
	w, err := workspace.Open(ctx, config(dir, cheap))
	if err != nil {
		return row{}, err
	}
	defer w.Close()
	out := row{what: fmt.Sprintf("list, filter, search %s assets", count(b.rows)), target: "under 50 ms"}
	var slowest time.Duration
	for _, q := range b.questions() {
		d, total, err := b.ask(ctx, w, q.query)
		if err != nil {
			return row{}, fmt.Errorf("%s: %w", q.name, err)
		}
		slowest = max(slowest, d)
		out.notes = append(out.notes, fmt.Sprintf("%s (%s fit): %s", q.name, count(total), span(d)))
	}
	whole, err := repeat(max(1, b.rounds-2), func(int) (time.Duration, error) {
		return timed(func() error {
			_, err := w.EachAsset(ctx, projections.Query{}, func(projections.Asset) error { return nil })
			return err
		})
	})
	out.measured = fmt.Sprintf("pages of %d: each under %s", page, span(slowest))
	out.met = met(slowest < 50*time.Millisecond)
	out.notes = append(out.notes, fmt.Sprintf("the whole list with all fields, asset by asset: %s", span(whole)))
	return out, err
}

func (b *bench) ask(ctx context.Context, w *workspace.Workspace, q projections.Query) (d time.Duration, total int, err error) {
	d, err = repeat(4*b.rounds+1, func(int) (time.Duration, error) {
		return timed(func() error {
			answer, err := w.Assets(ctx, q)
			if err == nil && len(answer.Items) == 0 {
				err = errors.New("nothing found")
			}
			total = answer.Total
			return err
		})
	})
	return d, total, err
}
