package localapi

import (
	"context"
	"strings"

	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/workspace"
)

func getAsset(ctx context.Context, w *workspace.Workspace, in *assetInput) (a Asset, err error) {
	asOf, err := momentOf(w, in.AsOf)
	if err != nil {
		return a, err
	}
	d, err := w.ShowAsset(ctx, in.Ref, asOf)
	if err != nil {
		return a, err
	}
	s := d.Snapshot
	a = Asset{
		ID: d.ID.String(), Tag: d.Tag, Site: d.Site, Heads: d.Heads, Lifecycle: s.Current("lifecycle").Str,
		Void: optional(d.Void), MergedInto: optional(d.MergedInto), Unverified: d.Unverified,
		Fields: texts(s), Custom: custom(s), Aliases: d.Aliases,
		Units: units(d), Interfaces: interfaces(s),
	}
	for _, n := range d.Notes {
		a.Notes = append(a.Notes, noteOf(n))
	}
	if len(d.Concurrent) > 0 && asOf == nil {
		a.Conflicts, err = conflicts(ctx, w, projections.ConflictQuery{Stream: d.ID})
	}
	return a, err
}

// texts shows the fields of an asset.
func texts(s record.Snapshot) map[string]string {
	shown := map[string]string{}
	for _, f := range record.Fields(record.Asset) {
		shown[f.Name] = record.Show(s, f)
	}
	return shown
}

// customKey is where custom fields lie in a document.
const customKey = "custom/"

func custom(s record.Snapshot) map[string]string {
	shown := map[string]string{}
	for key := range s.Values {
		header, own := strings.CutPrefix(key, customKey)
		if v := s.Current(key); own && !v.IsNull() {
			shown[header] = v.Display()
		}
	}
	return shown
}

// scoped are the asset's fields of a unit or an interface.
func scoped(scope record.Scope) (fields []record.Field) {
	for _, f := range record.Fields(record.Asset) {
		if f.Scope == scope {
			fields = append(fields, f)
		}
	}
	return fields
}

func units(d projections.Detail) (list []Unit) {
	for _, u := range d.Units {
		shown := Unit{ID: u.ID, Installed: u.Installed, From: u.From, Until: u.Until, Fields: map[string]string{}}
		for _, f := range scoped(record.Unit) {
			shown.Fields[f.Name] = record.ShowPart(d.Snapshot, f, u.ID)
		}
		list = append(list, shown)
	}
	return list
}

func conflictOf(c projections.Conflict) Conflict {
	out := Conflict{ID: c.ID, Entity: c.Entity, Stream: c.Stream.String(), Tag: c.Tag, Field: c.Field, Current: words(c.Current)}
	for _, v := range c.Values {
		out.Values = append(out.Values, ConflictValue{
			Value: v.Raw.Display(), Display: v.Display, Member: v.Member, Device: v.Device, RecordedAt: instant(v.RecordedAt), Reason: v.Reason,
		})
	}
	return out
}

func listConflicts(ctx context.Context, w *workspace.Workspace, in *conflictsInput) ([]Conflict, error) {
	return conflicts(ctx, w, projections.ConflictQuery{Limit: in.Limit})
}

func conflicts(ctx context.Context, w *workspace.Workspace, q projections.ConflictQuery) (list []Conflict, err error) {
	found, err := w.Conflicts(ctx, q)
	for _, c := range found {
		list = append(list, conflictOf(c))
	}
	return list, err
}

func resolveConflict(ctx context.Context, w *workspace.Workspace, in *byID[Resolution]) (Written, error) {
	return written(w.Resolve(ctx, workspace.Entry{Reason: in.Body.Reason}, in.ID, workspace.Choice{Keep: in.Body.Keep, Seen: in.Body.Seen}))
}
