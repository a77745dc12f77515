package projections

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// MarshalJSON writes the view: every field under its name.
func (a Asset) MarshalJSON() ([]byte, error) { return json.Marshal(a.View) }

// plan is a query as SQL over the narrow asset table, and what SQL cannot decide.
type plan struct {
	where  []string
	args   []any
	verify []record.Assignment // decided on each document
	never  bool                // nothing can fit
}

func (p *plan) and(condition string, args ...any) {
	p.where = append(p.where, condition)
	p.args = append(p.args, args...)
}

func newPlan(q Query) (*plan, error) {
	p := &plan{}
	p.and(statusCondition(q))
	if q.Site != "" {
		p.and("a.site = ?", strings.ToUpper(strings.TrimSpace(q.Site)))
	}
	terms := match(q.Search)
	p.never = terms == "" && strings.TrimSpace(q.Search) != ""
	for _, name := range sortedKeys(q.Where) {
		more, err := p.field(record.Assignment{Field: name, Text: q.Where[name]})
		if err != nil {
			return nil, err
		}
		if more != "" {
			terms = strings.TrimPrefix(terms+" AND "+more, " AND ")
		}
	}
	if terms != "" {
		p.and("a.doc IN (SELECT rowid FROM $fts WHERE $fts MATCH ?)", terms)
	}
	if q.AsOf != nil {
		p.and("a.last <= ?", bound(q.AsOf))
	}
	return p, nil
}

// statusCondition leaves out what is in no list. A list without conditions is read from the index on status alone; the plus
// keeps the others from it, since they need the whole row.
func statusCondition(q Query) string {
	switch {
	case q.IncludeVoid:
		return "a.status IN (0, 1)"
	case len(q.Where) == 0 && q.Search == "" && q.Site == "" && q.AsOf == nil:
		return "a.status = 0"
	}
	return "+a.status = 0"
}

// field adds a condition on one field; the text it gives narrows the search where only the document decides.
func (p *plan) field(a record.Assignment) (terms string, err error) {
	f, ok := record.Lookup(record.Asset, a.Field)
	if !ok {
		_, err := record.Matches(record.Snapshot{Entity: record.Asset}, a) // names the fields it may mean
		return "", err
	}
	v, err := f.Parse(a.Text)
	if err != nil {
		return "", err
	}
	switch at := slices.IndexFunc(columns, func(c column) bool { return c.field.Name == f.Name }); {
	case f.Key == "tag" && f.Scope == record.Own:
		p.and("a.doc IN (SELECT doc FROM $keys WHERE kind = 1 AND value = ?)", record.NormTag(v.Display()))
	case f.Key == "site" && f.Scope == record.Own:
		p.and("a.site = ?", v.Display())
	case at >= 0 && v.IsNull():
		p.and("a." + columns[at].name + " IS NULL")
	case at >= 0:
		p.and("a."+columns[at].name+" = ?", columns[at].hash(v))
	default:
		p.verify = append(p.verify, a)
		if f.Type == record.Prose || f.Type == record.Free {
			return match(a.Text), nil
		}
	}
	return "", nil
}

// place is where an asset stands in a list.
type place struct {
	site, tag string
	doc       int64
	snap      *record.Snapshot // as of an earlier time, nil for now
	heads     []string
}

func comparePlaces(a, b place) int {
	return cmp.Or(cmp.Compare(a.site, b.site), cmp.Compare(a.tag, b.tag), cmp.Compare(a.doc, b.doc))
}

// Assets lists assets ordered by site and tag. A field name or value that means nothing gives the error of package record.
func (m *Models) Assets(ctx context.Context, tx *eventstore.Tx, q Query) (Page, error) {
	page := Page{Items: []Asset{}}
	total, err := m.EachAsset(ctx, tx, q, func(a Asset) error {
		page.Items = append(page.Items, a)
		return nil
	})
	page.Total = total
	if err != nil {
		return Page{}, err
	}
	return page, nil
}

// EachAsset calls fn with the assets that Assets lists, one at a time: a whole list needs the memory of one asset. It says
// how many fit the query, beyond its limit too.
func (m *Models) EachAsset(ctx context.Context, tx *eventstore.Tx, q Query, fn func(Asset) error) (total int, err error) {
	t, err := m.live(tx)
	if err != nil {
		return 0, err
	}
	p, err := newPlan(q)
	if err != nil || p.never {
		return 0, err
	}
	var places []place
	if len(p.verify) == 0 && q.AsOf == nil {
		total, places, err = t.window(p, q)
	} else {
		places, err = m.verified(ctx, t, p, q)
		total = len(places)
		places = cut(places, q.Offset, q.Limit)
	}
	if err != nil {
		return 0, fmt.Errorf("listing assets: %w", err)
	}
	for _, at := range places {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		a, err := t.asset(at)
		if err != nil {
			return 0, fmt.Errorf("listing assets: %w", err)
		}
		if err := fn(a); err != nil {
			return 0, err
		}
	}
	return total, nil
}

func cut(places []place, offset, limit int) []place {
	places = places[min(max(offset, 0), len(places)):]
	if limit > 0 && limit < len(places) {
		places = places[:limit]
	}
	return places
}

// window lets SQL page and, unless the page shows it, count: one scan for what is rare, and one that ends early with one that
// reads no rows for what is common.
func (t table) window(p *plan, q Query) (total int, places []place, err error) {
	where := ` FROM $assets a WHERE ` + strings.Join(p.where, " AND ")
	limit, offset := q.Limit, max(q.Offset, 0)
	if limit <= 0 {
		limit = -1
	}
	places, err = t.places(where+` ORDER BY a.site, a.tag, a.doc LIMIT ? OFFSET ?`, append(slices.Clone(p.args), limit, offset)...)
	if err != nil || len(places) > 0 && len(places) != limit || offset == 0 && len(places) == 0 {
		return offset + len(places), places, err
	}
	err = t.query(func(s *sqlite3.Stmt) error { total = s.ColumnInt(0); return nil }, `SELECT count(*)`+where, p.args...)
	return total, places, err
}

func (t table) places(rest string, args ...any) (list []place, err error) {
	err = t.query(func(s *sqlite3.Stmt) error {
		list = append(list, place{site: s.ColumnText(0), tag: s.ColumnText(1), doc: s.ColumnInt64(2)})
		return nil
	}, `SELECT a.site, a.tag, a.doc`+rest, args...)
	return list, err
}

// verified lists all that fit a query which needs the documents themselves.
func (m *Models) verified(ctx context.Context, t table, p *plan, q Query) ([]place, error) {
	all, err := t.places(` FROM $assets a WHERE `+strings.Join(p.where, " AND ")+` ORDER BY a.site, a.tag, a.doc`, p.args...)
	if err != nil {
		return nil, err
	}
	var fit []place
	for _, at := range all {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		ok := len(p.verify) == 0
		if !ok {
			snap, err := t.snapshotOf(at.doc)
			if err != nil {
				return nil, err
			}
			if ok, err = matchesAll(snap, p.verify); err != nil {
				return nil, err
			}
		}
		if ok {
			fit = append(fit, at)
		}
	}
	if q.AsOf == nil {
		return fit, nil
	}
	then, err := m.changedSince(ctx, t, q)
	fit = append(fit, then...)
	slices.SortFunc(fit, comparePlaces)
	return fit, err
}

func matchesAll(snap record.Snapshot, conditions []record.Assignment) (bool, error) {
	for _, c := range conditions {
		if ok, err := record.Matches(snap, c); err != nil || !ok {
			return false, err
		}
	}
	return true, nil
}

// changedSince evaluates, as of an earlier time, the assets that have changed since.
func (m *Models) changedSince(ctx context.Context, t table, q Query) (list []place, err error) {
	var conditions []record.Assignment
	for _, name := range sortedKeys(q.Where) {
		conditions = append(conditions, record.Assignment{Field: name, Text: q.Where[name]})
	}
	changed, err := t.places(` FROM $assets a WHERE a.first <= ?1 AND a.last > ?1`, bound(q.AsOf))
	if err != nil {
		return nil, err
	}
	for _, at := range changed {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		stream, err := t.stream(at.doc)
		if err != nil {
			return nil, err
		}
		snap, heads, err := m.snapshotAt(t, stream, *q.AsOf)
		if err != nil {
			return nil, err
		}
		if ok, err := t.fits(snap, q, conditions); err != nil || !ok {
			if err != nil {
				return nil, err
			}
			continue
		}
		at = place{site: snap.Current("site").Str, tag: snap.Current("tag").Str, doc: at.doc, snap: &snap}
		for _, h := range heads {
			at.heads = append(at.heads, h.String())
		}
		list = append(list, at)
	}
	return list, nil
}

// fits tells whether an asset as of an earlier time belongs in the list.
func (t table) fits(snap record.Snapshot, q Query, conditions []record.Assignment) (bool, error) {
	if !snap.Exists || ownStatus(snap) == voided && !q.IncludeVoid {
		return false, nil
	}
	if q.Site != "" && !strings.EqualFold(snap.Current("site").Str, strings.TrimSpace(q.Site)) {
		return false, nil
	}
	if q.Search != "" && !found(words(snap), q.Search) {
		return false, nil
	}
	if target, ok := mergeTarget(snap); ok {
		if stands, err := t.stands(target); err != nil || stands {
			return false, err
		}
	}
	return matchesAll(snap, conditions)
}

// snapshotOf reads a document by its row number.
func (t table) snapshotOf(doc int64) (snap record.Snapshot, err error) {
	st, err := t.stateOf(doc)
	if err != nil {
		return snap, err
	}
	return st.snapshot(), nil
}

func (t table) stateOf(doc int64) (st *state, err error) {
	var stream record.ID
	var encoded []byte
	_, err = t.one(func(s *sqlite3.Stmt) error {
		copy(stream[:], s.ColumnRawBlob(0))
		encoded = s.ColumnBlob(1, nil)
		return nil
	}, `SELECT stream, state FROM $docs WHERE id = ?`, doc)
	if err != nil {
		return nil, err
	}
	return decodeState(stream, encoded)
}

// asset shows the asset at a place of a list.
func (t table) asset(at place) (Asset, error) {
	if at.snap != nil {
		return viewAsset(*at.snap, at.heads), nil
	}
	st, err := t.stateOf(at.doc)
	if err != nil {
		return Asset{}, err
	}
	return viewAsset(st.snapshot(), hexHeads(st)), nil
}

func hexHeads(st *state) []string {
	heads := make([]string, len(st.heads))
	for i, h := range st.heads {
		heads[i] = h.String()
	}
	return heads
}

func viewAsset(snap record.Snapshot, heads []string) Asset {
	a := Asset{
		ID: snap.ID, Tag: snap.Current("tag").Str, Site: snap.Current("site").Str, Heads: heads,
		Void: snap.Current("void").Display(), MergedInto: snap.Current("merged_into").Str, View: record.View(snap), Snapshot: snap,
	}
	a.Concurrent, _ = a.View["concurrent"].([]string)
	a.View["heads"] = heads
	return a
}
