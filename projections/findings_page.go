package projections

import (
	"bytes"
	"cmp"
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// FindingQuery selects findings. Its zero value counts those that are open and gives none of them.
type FindingQuery struct {
	Settled   bool   // those that a person has settled, in place of those that are open
	Kind      string // of one kind; empty is all
	Conflicts bool   // with Kind empty: fields with several values too, which Conflicts tells more of
	Limit     int    // how many are given at most
}

// FindingPage counts findings and gives the first of them by kind and id, in the order of kinds and of the first asset of each.
type FindingPage struct {
	Kinds []KindCount   // of all kinds, whatever Kind and Limit say, by name
	Items []FindingView // of the kind asked for
}

// KindCount is how many findings there are of a kind.
type KindCount struct {
	Kind  string
	Count int
}

// heading is a finding before anybody reads it.
type heading struct {
	id      [32]byte
	kind    string
	settled bool
	hidden  bool     // concerns struck or merged assets alone
	derived *finding // from the log, its segments and the clock; nil for a stored one
}

// FindingPage gives a page of findings. What only concerns struck or merged assets is left out. It counts all findings and reads
// those alone that it gives, so that a list of assets with thousands of duplicates does not make every page slow.
func (m *Models) FindingPage(ctx context.Context, tx *eventstore.Tx, q FindingQuery) (page FindingPage, err error) {
	t, err := m.live(tx)
	if err != nil {
		return page, err
	}
	all, err := m.headings(t)
	if err != nil {
		return page, fmt.Errorf("listing findings: %w", err)
	}
	all = slices.DeleteFunc(all, func(f heading) bool { return f.hidden || f.settled != q.Settled })
	counts := map[string]int{}
	for _, f := range all {
		counts[f.kind]++
	}
	for kind, count := range counts {
		page.Kinds = append(page.Kinds, KindCount{kind, count})
	}
	slices.SortFunc(page.Kinds, func(a, b KindCount) int { return cmp.Compare(a.Kind, b.Kind) })
	all = slices.DeleteFunc(all, func(f heading) bool {
		return q.Kind == "" && f.kind == kindConcurrent && !q.Conflicts || q.Kind != "" && f.kind != q.Kind
	})
	slices.SortFunc(all, func(a, b heading) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), bytes.Compare(a.id[:], b.id[:]))
	})
	if page.Items, err = t.views(ctx, all[:max(0, min(len(all), q.Limit))]); err != nil {
		return page, fmt.Errorf("listing findings: %w", err)
	}
	slices.SortFunc(page.Items, compareFindings)
	return page, nil
}

// compareFindings is the order in which people look for a finding: its kind, and the tag of the first asset that it names.
func compareFindings(a, b FindingView) int {
	tag := func(v FindingView) string { return strings.Join(v.Tags[:min(len(v.Tags), 1)], "") }
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), compareNatural(tag(a), tag(b)), cmp.Compare(a.ID, b.ID))
}

// headings are those of all findings, the stored ones with the derived.
func (m *Models) headings(t table) (all []heading, err error) {
	settled, err := t.settled()
	if err != nil {
		return nil, err
	}
	add := func(f heading) {
		f.settled = f.kind != kindConcurrent && settled[record.ID(f.id[:16])]
		all = append(all, f)
	}
	err = t.each(func(s *sqlite3.Stmt) error {
		f := heading{kind: s.ColumnText(1)}
		copy(f.id[:], s.ColumnRawBlob(0))
		f.hidden = status(s.ColumnInt64(2)) != listed && f.kind != kindDangling
		add(f)
		return nil
	}, `SELECT f.id, f.kind, ifnull(d.status, 0) FROM $findings f LEFT JOIN $docs d ON d.id = f.doc`)
	if err != nil {
		return nil, err
	}
	derived, err := m.derived(t)
	for _, f := range derived {
		add(heading{id: f.id(), kind: f.Kind, derived: &f})
	}
	return all, err
}

// settled are the streams of the decisions by which a person settled a finding.
func (t table) settled() (map[record.ID]bool, error) {
	streams := map[record.ID]bool{}
	err := t.each(func(s *sqlite3.Stmt) error {
		var stream record.ID
		copy(stream[:], s.ColumnRawBlob(0))
		st, err := decodeState(stream, s.ColumnBlob(1, nil))
		if err != nil {
			return err
		}
		streams[stream] = st.snapshot().Current("settled").Bool
		return nil
	}, `SELECT stream, state FROM $docs WHERE entity = 'finding' AND entity <> 'asset'`)
	return streams, err
}

// views puts findings into words.
func (t table) views(ctx context.Context, chosen []heading) ([]FindingView, error) {
	names, err := t.names()
	if err != nil {
		return nil, err
	}
	list := make([]FindingView, 0, len(chosen))
	for _, f := range chosen {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		stored := &storedFinding{full: f.id}
		if f.derived != nil {
			stored.finding = *f.derived
		} else if stored, err = t.findingByID("finding", hex.EncodeToString(f.id[:]), "true"); err != nil {
			return nil, err
		}
		v, err := t.view(names, stored)
		if err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, nil
}
