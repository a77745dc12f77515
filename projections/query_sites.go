package projections

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// Sites lists sites by code.
func (m *Models) Sites(ctx context.Context, tx *eventstore.Tx) ([]SiteView, error) {
	t, err := m.live(tx)
	if err != nil {
		return nil, err
	}
	var docs []int64
	err = t.each(func(s *sqlite3.Stmt) error {
		docs = append(docs, s.ColumnInt64(0))
		return ctx.Err()
	}, `SELECT id FROM $docs WHERE entity = 'site' AND entity <> 'asset' ORDER BY site, stream`)
	if err != nil {
		return nil, fmt.Errorf("listing sites: %w", err)
	}
	list := []SiteView{}
	for _, doc := range docs {
		v, err := t.site(doc)
		if err != nil {
			return nil, fmt.Errorf("listing sites: %w", err)
		}
		list = append(list, v)
	}
	return list, nil
}

func (t table) site(doc int64) (SiteView, error) {
	st, err := t.stateOf(doc)
	if err != nil {
		return SiteView{}, err
	}
	snap := st.snapshot()
	text := func(key string) *string { return nullable(snap.Current(key).Display()) }
	v := SiteView{
		ID: snap.ID.String(), Stream: snap.ID, Code: snap.Current("code").Str, Name: text("name"), Sector: text("sector"),
		Address: text("address"), TZ: text("tz"), Concurrent: snap.ConcurrentNames(), Heads: hexHeads(st),
	}
	_, err = t.one(func(s *sqlite3.Stmt) error { v.Assets = s.ColumnInt(0); return nil },
		`SELECT count(*) FROM $assets WHERE site = ? AND status = 0`, v.Code)
	return v, err
}

// Members lists the names of members, by name.
func (m *Models) Members(ctx context.Context, tx *eventstore.Tx) ([]MemberView, error) {
	t, err := m.live(tx)
	if err != nil {
		return nil, err
	}
	names, err := t.names()
	if err != nil {
		return nil, fmt.Errorf("listing members: %w", err)
	}
	list := make([]MemberView, 0, len(names.members))
	for id, name := range names.members {
		list = append(list, MemberView{ID: id.String(), Name: name})
	}
	slices.SortFunc(list, func(a, b MemberView) int { return strings.Compare(a.Name+a.ID, b.Name+b.ID) })
	return list, ctx.Err()
}

// Counts sums up what the log holds.
func (m *Models) Counts(tx *eventstore.Tx) (c Counts, err error) {
	t, err := m.live(tx)
	if err != nil {
		return c, err
	}
	if c.Events, err = tx.Count(); err != nil {
		return c, err
	}
	if _, err = t.one(func(s *sqlite3.Stmt) error { c.Documents = s.ColumnInt64(0); return nil }, `SELECT count(*) FROM $docs`); err != nil {
		return c, err
	}
	err = t.each(func(s *sqlite3.Stmt) error {
		n := s.ColumnInt64(1)
		switch eventState(s.ColumnInt64(0)) {
		case stateWaiting, stateUnopened:
			c.Waiting += n
		case stateMalformed:
			c.Malformed += n
		case stateMasked:
			c.Masked += n
		case stateNewer:
			c.Newer += n
		}
		return nil
	}, `SELECT state, count(*) FROM $events WHERE state > 0 GROUP BY state`)
	return c, err
}

// LastImport gives for a key the last value, in the order of history, that an import asserted: what a repeated import
// compares with, so that it overwrites no edit made since.
func (m *Models) LastImport(tx *eventstore.Tx, stream record.ID) (func(key string) (record.Value, bool), error) {
	t, err := m.live(tx)
	if err != nil {
		return nil, err
	}
	values, err := m.imported(t, stream)
	if err != nil {
		return nil, fmt.Errorf("imports of %s: %w", stream, err)
	}
	return func(key string) (record.Value, bool) {
		v, ok := values[key]
		return v, ok
	}, nil
}

func (m *Models) imported(t table, stream record.ID) (map[string]record.Value, error) {
	doc, _, err := t.readDoc(stream)
	if err != nil || doc == 0 {
		return nil, err
	}
	entries, err := t.entries(doc)
	if err != nil {
		return nil, err
	}
	entries = slices.DeleteFunc(entries, func(e *entry) bool { return e.source != "import" || e.state != stateAccepted })
	slices.SortFunc(entries, compareEntries)
	values := map[string]record.Value{}
	l := &logger{m: m, t: t, docs: newCache(m.cfg.cacheBytes())}
	for _, e := range entries {
		effects, err := l.effects(e, stream)
		if err != nil {
			return nil, err
		}
		for _, eff := range effects {
			values[eff.Key] = eff.After
			if eff.Text {
				values[eff.Key] = record.StringValue(eff.AfterText)
			}
		}
	}
	return values, nil
}
