package workspace

import (
	"context"
	"time"

	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// LogQuery selects the audit trail. Its zero value is all of it.
type LogQuery struct {
	Asset  string // reference of an asset
	Member string // name or id of a person
	Since  *time.Time
	Until  *time.Time
}

// Log calls fn with the audit trail, one row for each change of a field and one
// for each event that changes none, in the order that all devices agree on. It
// needs no more memory for a million rows than for one.
func (w *Workspace) Log(ctx context.Context, q LogQuery, fn func(projections.LogRow) error) error {
	return w.store.View(ctx, func(tx *eventstore.Tx) error {
		query := projections.LogQuery{Since: q.Since, Until: q.Until}
		var err error
		if q.Asset != "" {
			if query.Asset, err = w.models.FindAsset(tx, q.Asset); err != nil {
				return err
			}
		}
		if q.Member != "" {
			if query.Member, err = w.member(ctx, q.Member); err != nil {
				return err
			}
		}
		return w.models.Log(ctx, tx, query, fn)
	})
}

// member finds a person by name or id.
func (w *Workspace) member(ctx context.Context, ref string) (record.ID, error) {
	members, err := w.Members(ctx)
	if err != nil {
		return record.ID{}, err
	}
	missing := &NotFound{What: "member", Ref: ref}
	for _, m := range members {
		if m.ID == ref || record.NormName(m.Name) == record.NormName(ref) {
			return record.ParseID(m.ID)
		}
		missing.Near = append(missing.Near, m.Name)
	}
	return record.ID{}, missing
}

// Rebuild makes all read models anew from the log, beside the present ones. What
// only a service's pack has shown is in no log: it is gone until the next sync.
func (w *Workspace) Rebuild(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	err := w.models.Rebuild(ctx, func(done, total int64) { w.cfg.report(ctx, "rebuilding", done, total) })
	if err == nil {
		w.revision.move()
	}
	return err
}

// Moment reads a time as people write it; without an offset it is in the
// workspace's time zone. The error is a *record.UsageError.
func (w *Workspace) Moment(text string) (time.Time, error) { return parseMoment(text, w.Zone()) }
