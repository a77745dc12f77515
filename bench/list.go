package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fieldbook/projections"
	"fieldbook/workspace"
)

// question is something that a person asks of the list: in a window, and on the command line.
type question struct {
	name   string
	window projections.ListQuery
	line   projections.Query
}

func (b *bench) questions() []question {
	where := func(name, text string) projections.Condition {
		return projections.Condition{Field: name, Op: projections.Is, Text: text}
	}
	const own, origin = "custom.data_provenance", "model+part from CSAF product tree; instance invented"
	columns := []string{"role", "vendor", "model", "firmware", "ip_address", "zone", "custodian", "location.room"}
	list := []question{
		{"first page", projections.ListQuery{}, projections.Query{}},
		{"last page", projections.ListQuery{Offset: b.rows - page}, projections.Query{Offset: b.rows - page}},
		{"filter by role and vendor", projections.ListQuery{Where: []projections.Condition{where("role", "plc"), where("vendor", "Siemens")}},
			projections.Query{Where: map[string]string{"role": "plc", "vendor": "Siemens"}}},
		{"filter by an own column", projections.ListQuery{Where: []projections.Condition{where(own, origin)}}, projections.Query{Where: map[string]string{own: origin}}},
		{"search part of a tag", projections.ListQuery{Search: "plc 000"}, projections.Query{Search: "plc 000"}},
		{"search a word of most assets", projections.ListQuery{Search: "siemens"}, projections.Query{Search: "siemens"}},
	}
	for i := range list {
		list[i].window.Limit, list[i].line.Limit, list[i].window.Columns = page, page, columns
	}
	return list
}

// browsed opens the workspace with the large list, as a window holds it.
func (b *bench) browsed(ctx context.Context) (*workspace.Workspace, error) {
	dir, err := b.listed(ctx)
	if err != nil {
		return nil, err
	}
	return workspace.Open(ctx, config(dir, cheap))
}

// list measures pages of the list as a window asks for them, which it does again and again of one open workspace, and as the
// command line does, all fields of each asset; and the whole of it.
func (b *bench) list(ctx context.Context) (row, error) {
	w, err := b.browsed(ctx)
	if err != nil {
		return row{}, err
	}
	defer w.Close()
	out := row{what: fmt.Sprintf("list, filter, search %s assets", count(b.rows)), target: "under 50 ms"}
	first, err := timed(func() error { _, err := w.List(ctx, b.questions()[0].window); return err })
	if err != nil {
		return row{}, err
	}
	var slowest time.Duration
	for _, q := range b.questions() {
		d, total, err := b.ask(func() (int, int, error) {
			answer, err := w.List(ctx, q.window)
			return len(answer.Items), answer.Total, err
		})
		if err != nil {
			return row{}, fmt.Errorf("%s: %w", q.name, err)
		}
		line, also, err := b.ask(func() (int, int, error) {
			answer, err := w.Assets(ctx, q.line)
			return len(answer.Items), answer.Total, err
		})
		if err == nil && total != also {
			err = fmt.Errorf("%d and %d fit", total, also)
		}
		if err != nil {
			return row{}, fmt.Errorf("%s: %w", q.name, err)
		}
		slowest = max(slowest, d)
		out.notes = append(out.notes, fmt.Sprintf("%s (%s fit): %s; on the command line %s", q.name, count(total), span(d), span(line)))
	}
	whole, err := repeat(max(1, b.rounds-2), func(int) (time.Duration, error) {
		return timed(func() error {
			_, err := w.EachAsset(ctx, projections.Query{}, func(projections.Asset) error { return nil })
			return err
		})
	})
	out.measured = fmt.Sprintf("pages of %d: each under %s", page, span(slowest))
	out.met = met(slowest < 50*time.Millisecond)
	out.notes = append(out.notes, fmt.Sprintf("the first list of a window, which reads the whole of it: %s", span(first)),
		fmt.Sprintf("the whole list with all fields, asset by asset: %s", span(whole)))
	return out, err
}

// ask repeats a question that finds something.
func (b *bench) ask(answer func() (found, total int, err error)) (d time.Duration, total int, err error) {
	d, err = repeat(4*b.rounds+1, func(int) (time.Duration, error) {
		return timed(func() error {
			found, n, err := answer()
			if err == nil && found == 0 {
				err = errors.New("nothing found")
			}
			total = n
			return err
		})
	})
	return d, total, err
}
