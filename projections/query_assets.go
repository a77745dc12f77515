package projections

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// MarshalJSON writes the view: every field under its name.
func (a Asset) MarshalJSON() ([]byte, error) { return json.Marshal(a.View) }

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
	if err := t.search(p); err != nil {
		return 0, fmt.Errorf("listing assets: %w", err)
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
	for batch := range slices.Chunk(places, assetBatch) {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		assets, err := t.assets(batch)
		if err != nil {
			return 0, fmt.Errorf("listing assets: %w", err)
		}
		for _, a := range assets {
			if err := fn(a); err != nil {
				return 0, err
			}
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

// window gives a page and says how many fit. Of all assets SQL reads the page alone, and counts without reading rows; where there
// are conditions, one pass over what fits does both.
func (t table) window(p *plan, q Query) (total int, places []place, err error) {
	where := ` FROM $assets a WHERE ` + strings.Join(p.where, " AND ")
	limit, offset := q.Limit, max(q.Offset, 0)
	if limit <= 0 {
		limit = math.MaxInt
	}
	if len(p.where) > 1 || offset == 0 && limit == math.MaxInt {
		return t.pass(where+inOrder, offset, limit, p.args)
	}
	if places, err = t.places(where+inOrder+` LIMIT ? OFFSET ?`, append(slices.Clone(p.args), limit, offset)...); err != nil {
		return 0, nil, err
	}
	err = t.query(func(s *sqlite3.Stmt) error { total = s.ColumnInt(0); return nil }, `SELECT count(*)`+where, p.args...)
	return total, places, err
}

// inOrder is the order of lists.
const inOrder = ` ORDER BY a.site, a.tag, a.doc`

// pass counts what fits and keeps a page of it.
func (t table) pass(rest string, offset, limit int, args []any) (total int, list []place, err error) {
	err = t.query(func(s *sqlite3.Stmt) error {
		if total >= offset && len(list) < limit {
			list = append(list, readPlace(s))
		}
		total++
		return nil
	}, placeColumns+rest, args...)
	return total, list, err
}

const placeColumns = `SELECT a.site, a.tag, a.doc`

func readPlace(s *sqlite3.Stmt) place {
	return place{site: s.ColumnText(0), tag: s.ColumnText(1), doc: s.ColumnInt64(2)}
}

func (t table) places(rest string, args ...any) (list []place, err error) {
	err = t.query(func(s *sqlite3.Stmt) error {
		list = append(list, readPlace(s))
		return nil
	}, placeColumns+rest, args...)
	return list, err
}

// verified lists all that fit a query which needs the documents themselves.
func (m *Models) verified(ctx context.Context, t table, p *plan, q Query) ([]place, error) {
	all, err := t.places(` FROM $assets a WHERE `+strings.Join(p.where, " AND ")+inOrder, p.args...)
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

// assetBatch assets are read and then shaped together, on all cores: shaping is most of the work of a page.
const assetBatch = 64

func (t table) assets(places []place) ([]Asset, error) {
	states := make([]*state, len(places))
	for i, at := range places {
		if at.snap != nil {
			continue
		}
		var err error
		if states[i], err = t.stateOf(at.doc); err != nil {
			return nil, err
		}
	}
	assets := make([]Asset, len(places))
	err := parallel(len(places), func(i int) error {
		if st := states[i]; st != nil {
			assets[i] = viewAsset(st.snapshot(), hexHeads(st))
		} else {
			assets[i] = viewAsset(*places[i].snap, places[i].heads)
		}
		return nil
	})
	if t.claimed == 0 || err != nil {
		return assets, err
	}
	for i, at := range places {
		left, err := t.missing(at.doc)
		if err != nil {
			return nil, err
		}
		assets[i].mark(left > 0)
	}
	return assets, nil
}

// mark says of an asset that it is unverified, if it is.
func (a *Asset) mark(unverified bool) {
	if a.Unverified = unverified; unverified {
		a.View["unverified"] = true
	}
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
