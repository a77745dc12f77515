package projections

import (
	"context"
	"strings"
	"time"

	"fieldbook/crdt"
	"fieldbook/record"
)

// asOf is the document as of a time: the changes recorded up to then with all that they depend on, nil if there were none.
// It is the same on every device that holds the same events.
func (d *document) asOf(ms int64) (*crdt.History, error) {
	var heads []crdt.Hash
	for i := range d.refs {
		if r := &d.refs[i]; r.state == stateAccepted && !r.bare && r.recorded <= ms {
			heads = append(heads, r.change)
		}
	}
	if len(heads) == 0 {
		return nil, nil
	}
	return d.history.At(heads)
}

// snapshotAt is the document as of a time. Exists is false if there was none.
func (m *Models) snapshotAt(t table, stream record.ID, at time.Time) (record.Snapshot, []crdt.Hash, error) {
	d, err := m.load(t, stream)
	if err != nil {
		return record.Snapshot{}, nil, err
	}
	then, err := d.asOf(at.UnixMilli())
	if err != nil || then == nil {
		return record.Snapshot{ID: stream, Entity: d.row.entity}, nil, err
	}
	st := stateOf(stream, d.row.entity, then)
	return st.snapshot(), st.heads, nil
}

// bound is a time as rows keep it, null for none.
func bound(at *time.Time) any {
	if at == nil {
		return nil
	}
	return at.UnixMilli()
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
	if q.Search != "" && !found(words(snap), termsOf(q.Search)) {
		return false, nil
	}
	if target, ok := mergeTarget(snap); ok {
		if stands, err := t.stands(target); err != nil || stands {
			return false, err
		}
	}
	return matchesAll(snap, conditions)
}
