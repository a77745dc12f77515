package workspace

import (
	"context"
	"time"

	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/wording"
)

// Written says what a command on one entity did.
type Written struct {
	ID      string              `json:"id"`
	Tag     *string             `json:"tag"` // null unless an asset
	Events  int                 `json:"events"`
	Changes []record.Difference `json:"changes"` // empty when everything was so already
}

// AddAsset registers a position.
func (w *Workspace) AddAsset(ctx context.Context, entry Entry, tag string, fields []record.Assignment) (Written, error) {
	var out Written
	err := w.write(ctx, entry, source{}, func(b *batch) error {
		ev, err := record.AddAsset{Tag: tag, Fields: fields, Reason: entry.Reason}.Decide(b.env())
		if err != nil {
			return err
		}
		if err := b.ensureSite(ev); err != nil {
			return err
		}
		out = written(record.Snapshot{ID: ev.Stream, Entity: record.Asset}, ev)
		return b.add(ev)
	})
	return out, err
}

// ensureSite makes the site that a new or changed asset names, if nobody has
// made it yet.
func (b *batch) ensureSite(ev record.Event) error {
	for _, edit := range ev.Edits {
		if edit.Key != "site" || edit.Value.IsNull() {
			continue
		}
		id, err := record.SiteID(b.env(), edit.Value.Str)
		if err != nil {
			return err
		}
		site, err := b.snapshot(id, record.Site)
		if err != nil {
			return err
		}
		events, err := record.EnsureSite(b.env(), edit.Value.Str, site)
		if err != nil {
			return err
		}
		return b.addAll(events)
	}
	return nil
}

// snapshot is a document's state inside the batch's transaction: its row in the
// read models, or its history where the batch has entries that wait to be
// projected.
func (b *batch) snapshot(id record.ID, entity record.Entity) (record.Snapshot, error) {
	if !b.pending[id] {
		s, err := b.w.models.Snapshot(b.tx, id)
		s.ID, s.Entity = id, entity
		return s, err
	}
	h, err := b.w.models.History(b.tx, id)
	if err != nil {
		return record.Snapshot{}, err
	}
	s := record.Snapshot{ID: id, Entity: entity}
	s.Values, s.Texts = h.Snapshot()
	s.Exists = len(s.Values)+len(s.Texts) > 0 // masked changes alone make nothing
	return s, nil
}

func written(s record.Snapshot, events ...record.Event) Written {
	out := Written{ID: s.ID.String(), Events: len(events), Changes: []record.Difference{}}
	if s.Entity == record.Asset {
		tag := s.With(events...).Current("tag").Display()
		out.Tag = &tag
	}
	out.Changes = append(out.Changes, record.Differences(s, events...)...)
	return out
}

// onAsset finds an asset, decides on it and writes what was decided.
func (w *Workspace) onAsset(ctx context.Context, entry Entry, ref string, decide func(*batch, record.Snapshot) ([]record.Event, error)) (Written, error) {
	var out Written
	err := w.write(ctx, entry, source{}, func(b *batch) error {
		id, err := w.models.FindAsset(b.tx, ref)
		if err != nil {
			return err
		}
		out, err = b.decide(id, record.Asset, decide)
		return err
	})
	return out, err
}

// decide lets a rule decide on one document and adds the events.
func (b *batch) decide(id record.ID, entity record.Entity, rule func(*batch, record.Snapshot) ([]record.Event, error)) (Written, error) {
	s, err := b.snapshot(id, entity)
	if err != nil {
		return Written{}, err
	}
	events, err := rule(b, s)
	if err != nil {
		return Written{}, err
	}
	for _, ev := range events {
		if entity == record.Asset {
			if err := b.ensureSite(ev); err != nil {
				return Written{}, err
			}
		}
		if err := b.add(ev); err != nil {
			return Written{}, err
		}
	}
	return written(s, events...), nil
}

func one(ev record.Event, err error) ([]record.Event, error) {
	if err != nil {
		return nil, err
	}
	return []record.Event{ev}, nil
}

// SetAsset changes fields of one asset.
func (w *Workspace) SetAsset(ctx context.Context, entry Entry, ref string, fields []record.Assignment) (Written, error) {
	return w.onAsset(ctx, entry, ref, func(b *batch, s record.Snapshot) ([]record.Event, error) {
		return record.SetAsset{Fields: fields, Reason: entry.Reason}.Decide(b.env(), s)
	})
}

// AddInterface registers a further interface of one asset.
func (w *Workspace) AddInterface(ctx context.Context, entry Entry, ref string, fields []record.Assignment) (Written, error) {
	return w.onAsset(ctx, entry, ref, func(b *batch, s record.Snapshot) ([]record.Event, error) {
		return one(record.AddInterface{Fields: fields, Reason: entry.Reason}.Decide(b.env(), s))
	})
}

// Bulk says what a command on many assets did. Refused assets stop nothing else.
type Bulk struct {
	ID      *string       `json:"id"` // of the batch; null when nothing was changed
	Items   []Written     `json:"items"`
	Refused []BulkRefusal `json:"refused"`
}

// BulkRefusal is one asset that a rule kept as it is.
type BulkRefusal struct {
	ID      string           `json:"id"`
	Tag     string           `json:"tag"`
	Message string           `json:"message"`
	Said    wording.Sentence `json:"-"` // Message in its parts, without what only the command line adds
}

// SetAssets changes fields of all assets that fit where, in one batch under one
// reason and one signature.
func (w *Workspace) SetAssets(ctx context.Context, entry Entry, where map[string]string, fields []record.Assignment) (Bulk, error) {
	return w.setMany(ctx, entry, fields, func(tx *eventstore.Tx) ([]named, error) { return w.fitting(ctx, tx, where) })
}

// setMany changes fields of the assets that pick lists.
func (w *Workspace) setMany(ctx context.Context, entry Entry, fields []record.Assignment, pick func(*eventstore.Tx) ([]named, error)) (Bulk, error) {
	var out Bulk
	batchID := newID()
	err := w.write(ctx, entry, source{batch: batchID[:]}, func(b *batch) error {
		out = Bulk{Items: []Written{}, Refused: []BulkRefusal{}}
		fit, err := pick(b.tx)
		if err != nil {
			return err
		}
		for i, asset := range fit {
			w.cfg.report(ctx, "changing assets", int64(i), int64(len(fit)))
			if err := ctx.Err(); err != nil {
				return err
			}
			done, err := b.decide(asset.id, record.Asset, func(b *batch, s record.Snapshot) ([]record.Event, error) {
				asset.tag = s.Current("tag").Str
				return record.SetAsset{Fields: fields, Reason: entry.Reason}.Decide(b.env(), s)
			})
			if refusal, ok := refusalOf(err); ok && refusal.Rule != "reason" {
				out.Refused = append(out.Refused, BulkRefusal{ID: asset.id.String(), Tag: asset.tag, Message: refusal.Error(), Said: refusal.Sentence()})
				continue
			}
			if err != nil {
				return err
			}
			out.Items = append(out.Items, done)
		}
		if b.index > 0 {
			id := batchID.String()
			out.ID = &id
		}
		return nil
	})
	return out, err
}

// named is an asset by id and tag.
type named struct {
	id  record.ID
	tag string
}

// fitting lists the assets of a condition before anything is changed, since a
// change may end what made them fit.
func (w *Workspace) fitting(ctx context.Context, tx *eventstore.Tx, where map[string]string) (list []named, err error) {
	_, err = w.models.EachAsset(ctx, tx, projections.Query{Where: where}, func(a projections.Asset) error {
		list = append(list, named{a.ID, a.Tag})
		return nil
	})
	return list, err
}

// SwapUnit records that another piece of hardware was put into a position.
func (w *Workspace) SwapUnit(ctx context.Context, entry Entry, ref string, fields []record.Assignment) (Written, error) {
	return w.onAsset(ctx, entry, ref, func(b *batch, s record.Snapshot) ([]record.Event, error) {
		return one(record.SwapUnit{Fields: fields, Reason: entry.Reason}.Decide(b.env(), s))
	})
}

// Retire ends the life of a position.
func (w *Workspace) Retire(ctx context.Context, entry Entry, ref string) (Written, error) {
	return w.onAsset(ctx, entry, ref, func(_ *batch, s record.Snapshot) ([]record.Event, error) {
		return one(record.Retire{Reason: entry.Reason}.Decide(s))
	})
}

// Reinstate takes a retired position back into service.
func (w *Workspace) Reinstate(ctx context.Context, entry Entry, ref string) (Written, error) {
	return w.onAsset(ctx, entry, ref, func(_ *batch, s record.Snapshot) ([]record.Event, error) {
		return one(record.Reinstate{Reason: entry.Reason}.Decide(s))
	})
}

// Void strikes a wrong entry: it leaves all lists and stays in the trail.
func (w *Workspace) Void(ctx context.Context, entry Entry, ref string) (Written, error) {
	return w.onAsset(ctx, entry, ref, func(_ *batch, s record.Snapshot) ([]record.Event, error) {
		return one(record.Void{Reason: entry.Reason}.Decide(s))
	})
}

// Merge says that the asset ref is the asset into, registered twice.
func (w *Workspace) Merge(ctx context.Context, entry Entry, ref, into string) (Written, error) {
	return w.onAsset(ctx, entry, ref, func(b *batch, s record.Snapshot) ([]record.Event, error) {
		id, err := w.models.FindAsset(b.tx, into)
		if err != nil {
			return nil, err
		}
		survivor, err := b.snapshot(id, record.Asset)
		if err != nil {
			return nil, err
		}
		return one(record.MergeAsset{Survivor: survivor, Reason: entry.Reason}.Decide(s))
	})
}

// Assets lists assets.
func (w *Workspace) Assets(ctx context.Context, q projections.Query) (page projections.Page, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		page, err = w.models.Assets(ctx, tx, q)
		return err
	})
	return page, err
}

// EachAsset calls fn with the assets of a list, one at a time, and says how many
// fit: a whole list needs the memory of one asset.
func (w *Workspace) EachAsset(ctx context.Context, q projections.Query, fn func(projections.Asset) error) (total int, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		total, err = w.models.EachAsset(ctx, tx, q, fn)
		return err
	})
	return total, err
}

// ShowAsset gives one asset with all that belongs to it, as of a time if one is given.
func (w *Workspace) ShowAsset(ctx context.Context, ref string, asOf *time.Time) (detail projections.Detail, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		id, err := w.models.FindAsset(tx, ref)
		if err != nil {
			return err
		}
		detail, err = w.models.Show(ctx, tx, id, asOf)
		return err
	})
	return detail, err
}
