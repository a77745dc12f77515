package projections

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/record"
	"fieldbook/wording"
)

func readFinding(s *sqlite3.Stmt) (f storedFinding, err error) {
	copy(f.full[:], s.ColumnRawBlob(0))
	f.Kind, f.doc, f.status = s.ColumnText(1), s.ColumnInt64(4), status(s.ColumnInt64(5))
	if err := json.Unmarshal(s.ColumnRawText(3), &f.finding); err != nil {
		return f, fmt.Errorf("finding: %w", errRow)
	}
	if err := json.Unmarshal(s.ColumnRawText(2), &f.Subjects); err != nil {
		return f, fmt.Errorf("finding: %w", errRow)
	}
	return f, nil
}

// Findings lists open findings, and settled ones too if asked, in the order in which FindingPage gives them.
func (m *Models) Findings(ctx context.Context, tx *eventstore.Tx, settled bool) ([]FindingView, error) {
	open, err := m.FindingPage(ctx, tx, FindingQuery{Conflicts: true, Limit: math.MaxInt})
	if err != nil || !settled {
		return open.Items, err
	}
	decided, err := m.FindingPage(ctx, tx, FindingQuery{Settled: true, Conflicts: true, Limit: math.MaxInt})
	list := append(open.Items, decided.Items...)
	slices.SortFunc(list, compareFindings)
	return list, err
}

// FindFinding resolves a finding's id or a unique beginning of one: also of those that are settled, and of those that concern
// struck or merged assets alone, which no list shows.
func (m *Models) FindFinding(ctx context.Context, tx *eventstore.Tx, ref string) (FindingView, error) {
	t, err := m.live(tx)
	if err != nil {
		return FindingView{}, err
	}
	all, err := m.headings(t)
	if err != nil {
		return FindingView{}, err
	}
	ref = strings.ToLower(strings.TrimSpace(ref))
	fit := slices.DeleteFunc(all, func(f heading) bool {
		return len(ref) < minPrefix || !strings.HasPrefix(hex.EncodeToString(f.id[:]), ref)
	})
	switch len(fit) {
	case 0:
		return FindingView{}, &NotFound{What: "finding", Ref: ref}
	case 1:
		found, err := t.views(ctx, fit)
		if err != nil {
			return FindingView{}, err
		}
		return found[0], nil
	}
	a := &Ambiguous{What: "finding", Ref: ref}
	for _, f := range fit {
		a.Candidates = append(a.Candidates, Candidate{ID: hex.EncodeToString(f.id[:]), Label: f.kind})
	}
	return FindingView{}, a
}

// derived are the findings that are read from the log, its segments and the clock.
func (m *Models) derived(t table) (list []finding, err error) {
	for _, read := range []func() ([]finding, error){
		func() ([]finding, error) { return forks(t.tx) },
		func() ([]finding, error) { return t.skewed(m.cfg.now()) },
		func() ([]finding, error) { return diverged(t.tx) },
		func() ([]finding, error) { return belied(t.tx) },
		func() ([]finding, error) { return withheld(t.tx) },
	} {
		found, err := read()
		if err != nil {
			return nil, err
		}
		list = append(list, found...)
	}
	return list, nil
}

// maxAhead is how far a device's clock may be ahead of ours before it is called skewed.
const maxAhead = 24 * time.Hour

// skewed finds the devices whose clocks are wrong: behind the hybrid clock, or far ahead of ours. What it finds depends on
// today, and so is no part of the digest.
func (t table) skewed(now time.Time) (found []finding, err error) {
	late := map[envelope.DeviceID]wording.Sentence{}
	note := func(s *sqlite3.Stmt, what wording.Pattern, by time.Duration) {
		var id envelope.DeviceID
		copy(id[:], s.ColumnRawBlob(0))
		if late[id].IsZero() {
			late[id] = wording.Say(what, id.String()[:8], by)
		}
	}
	err = t.each(func(s *sqlite3.Stmt) error {
		note(s, "the clock of device {0} was up to {1} behind what it had seen", (time.Duration(s.ColumnInt64(1)) * time.Millisecond).Round(time.Second))
		return nil
	}, `SELECT device, max(behind) FROM $feeds WHERE behind > 0 GROUP BY device`)
	if err != nil {
		return nil, err
	}
	limit := uint64(max(now.Add(maxAhead).UnixMilli(), 0)) << 16
	err = t.each(func(s *sqlite3.Stmt) error {
		note(s, "the clock of device {0} is more than {1} ahead of this one", maxAhead)
		return nil
	}, `SELECT f.device FROM $feeds f WHERE f.id IN (SELECT e.feed FROM $events e WHERE e.hlc > ?)`, sortable(limit))
	for id, said := range late {
		found = append(found, finding{Kind: kindSkew, Subjects: []string{id.String()}, say: said})
	}
	return found, err
}

// named is how many subjects of a finding are named; a list may give hundreds of assets one address.
const named = 12

// view puts a finding into words.
func (t table) view(names *names, f *storedFinding) (FindingView, error) {
	v := FindingView{ID: hex.EncodeToString(f.full[:]), Full: f.full, Kind: f.Kind}
	err := t.name(&v, f.Subjects)
	if err != nil {
		return v, err
	}
	if v.Said, err = t.detail(names, f, v); err != nil {
		return v, err
	}
	v.Detail = v.Said.String()
	if f.Kind == kindConcurrent {
		return v, nil
	}
	return v, t.decision(&v)
}

// name reads what the first subjects are called and puts them into the order of people, assets by their tags: in that of
// their ids, which are random, each record would tell the same finding another way round.
func (t table) name(v *FindingView, subjects []string) error {
	type subject struct{ id, tag string }
	list := make([]subject, 0, named)
	for _, id := range subjects[:min(len(subjects), named)] {
		tag, err := t.assetTag(id)
		if err != nil {
			return err
		}
		list = append(list, subject{id, tag})
	}
	slices.SortStableFunc(list, func(a, b subject) int { return compareNatural(a.tag, b.tag) })
	v.Subjects, v.Tags, v.More = make([]string, 0, len(list)), []string{}, len(subjects)-len(list)
	for _, s := range list {
		v.Subjects = append(v.Subjects, s.id)
		if s.tag != "" {
			v.Tags = append(v.Tags, s.tag)
		}
	}
	return nil
}

// assetTag gives the SITE/TAG of a subject that is an asset, and nothing for all others.
func (t table) assetTag(subject string) (string, error) {
	if id, err := record.ParseID(subject); err == nil {
		_, row, err := t.readDoc(id)
		if err != nil || row.entity == record.Asset {
			return row.site + "/" + row.tag, err
		}
	}
	return "", nil
}

// decision reads whether a person has settled the finding, and why.
func (t table) decision(v *FindingView) error {
	doc, row, err := t.readDoc(v.Decision())
	if err != nil || doc == 0 || row.entity != record.Finding {
		return err
	}
	st, err := decodeState(v.Decision(), row.state)
	if err != nil || !st.snapshot().Current("settled").Bool {
		return err
	}
	v.Settled = true
	entries, err := t.entries(doc)
	if err != nil {
		return err
	}
	slices.SortFunc(entries, compareEntries)
	for _, e := range entries {
		if e.reason != "" {
			v.Reason = nullable(e.reason)
		}
	}
	return nil
}
