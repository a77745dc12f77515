package projections

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// MarshalJSON writes the asset's view with units_over_time, notes and aliases beside it.
func (d Detail) MarshalJSON() ([]byte, error) {
	all := maps.Clone(d.View)
	all["units_over_time"], all["notes"], all["aliases"] = d.Units, d.Notes, d.Aliases
	return json.Marshal(all)
}

// Show gives one asset with all that belongs to it; asOf nil is now. It shows the very asset named by the id: FindAsset is what
// follows merges.
func (m *Models) Show(ctx context.Context, tx *eventstore.Tx, id record.ID, asOf *time.Time) (Detail, error) {
	t, err := m.live(tx)
	if err != nil {
		return Detail{}, err
	}
	d, err := m.load(t, id)
	if err != nil {
		return Detail{}, fmt.Errorf("showing asset %s: %w", id, err)
	}
	if d.row.entity != record.Asset {
		return Detail{}, &NotFound{What: "asset", Ref: id.String()}
	}
	if asOf != nil {
		if d.history, err = d.asOf(asOf.UnixMilli()); err != nil {
			return Detail{}, fmt.Errorf("showing asset %s: %w", id, err)
		}
		if d.history == nil {
			return Detail{}, &NotFound{What: "asset", Ref: id.String() + " as of " + asOf.UTC().Format(time.RFC3339)}
		}
	}
	st := stateOf(id, record.Asset, d.history)
	detail := Detail{Asset: viewAsset(st.snapshot(), hexHeads(st)), Aliases: []string{}}
	detail.mark(d.claimed)
	detail.Units = d.units(detail.Snapshot)
	family, err := t.family(id)
	if err != nil {
		return Detail{}, fmt.Errorf("showing asset %s: %w", id, err)
	}
	for _, alias := range family[1:] {
		detail.Aliases = append(detail.Aliases, alias.String())
	}
	detail.Notes, err = m.Notes(ctx, tx, NoteQuery{Asset: id})
	if asOf != nil {
		detail.Notes = slices.DeleteFunc(detail.Notes, func(n NoteView) bool { return n.recorded > asOf.UnixMilli() })
	}
	return detail, err
}

// units lists the units that the position has had, by the time at which each was installed.
func (d *document) units(snap record.Snapshot) []UnitSpan {
	recorded := map[string]*[2]int64{}
	span := func(unit string) *[2]int64 {
		if recorded[unit] == nil {
			recorded[unit] = &[2]int64{}
		}
		return recorded[unit]
	}
	for i := range d.refs {
		r := &d.refs[i]
		if r.state != stateAccepted || r.bare || !d.history.Contains(r.change) {
			continue
		}
		for _, e := range d.history.Effects(r.change) {
			if e.Key != "unit" {
				continue
			}
			if from := span(e.After.Str); from[0] == 0 || r.recorded < from[0] {
				from[0] = r.recorded
			}
			for _, before := range e.Before {
				if until := span(before.Str); before.Str != e.After.Str {
					until[1] = max(until[1], r.recorded)
				}
			}
		}
	}
	return spans(snap, recorded)
}

func spans(snap record.Snapshot, recorded map[string]*[2]int64) []UnitSpan {
	now := installed(snap)
	fields := map[string]map[string]any{}
	if units, ok := record.View(snap)["units"].([]any); ok {
		for _, u := range units {
			if unit, ok := u.(map[string]any); ok {
				fields[fmt.Sprint(unit["id"])] = unit
			}
		}
	}
	list := []UnitSpan{}
	for _, id := range snap.Units() {
		u := UnitSpan{ID: id, Installed: id == now, Fields: fields[id]}
		if at := recorded[id]; at != nil {
			u.From = instant(at[0])
			if !u.Installed {
				u.Until = instant(at[1])
			}
		}
		list = append(list, u)
	}
	slices.SortStableFunc(list, func(a, b UnitSpan) int {
		return cmp.Or(cmp.Compare(since(a.From), since(b.From)), cmp.Compare(a.ID, b.ID))
	})
	return list
}

func instant(ms int64) *time.Time {
	if ms == 0 {
		return nil
	}
	at := time.UnixMilli(ms).UTC()
	return &at
}

func since(at *time.Time) int64 {
	if at == nil {
		return 0
	}
	return at.UnixMilli()
}
