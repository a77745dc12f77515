package workspace

import (
	"context"
	"errors"

	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

func refusalOf(err error) (*record.Refusal, bool) {
	var refusal *record.Refusal
	return refusal, errors.As(err, &refusal)
}

// Conflicts lists the fields that were set to different values at the same time.
func (w *Workspace) Conflicts(ctx context.Context, q projections.ConflictQuery) (list []projections.Conflict, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		list, err = w.models.Conflicts(ctx, tx, q)
		return err
	})
	return list, err
}

// Choice is a decision between values: the one to keep, or a new one, and those that were before the eyes of who decides
// (nil: nobody says). Where Seen is given and another value has arrived since, the decision is refused.
type Choice struct {
	Keep string
	Seen []string
}

// Resolve decides a conflict for one of its values or for a new one. The
// decision is an entry itself.
func (w *Workspace) Resolve(ctx context.Context, entry Entry, ref string, choice Choice) (Written, error) {
	var out Written
	err := w.write(ctx, entry, source{}, func(b *batch) error {
		conflict, err := w.models.FindConflict(b.tx, ref)
		if err != nil {
			return err
		}
		out, err = b.decide(conflict.Stream, record.Entity(conflict.Entity), func(b *batch, s record.Snapshot) ([]record.Event, error) {
			return one(record.ResolveConflict{Key: conflict.Key, Keep: choice.Keep, Seen: choice.Seen, Reason: entry.Reason}.Decide(b.env(), s))
		})
		return err
	})
	return out, err
}

// Findings lists what a person must look at; with settled also what was decided.
func (w *Workspace) Findings(ctx context.Context, settled bool) (list []projections.FindingView, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		list, err = w.models.Findings(ctx, tx, settled)
		return err
	})
	return list, err
}

// FindingPage counts what a person must look at, or what was decided, and lists the first of it.
func (w *Workspace) FindingPage(ctx context.Context, q projections.FindingQuery) (page projections.FindingPage, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		page, err = w.models.FindingPage(ctx, tx, q)
		return err
	})
	return page, err
}

// Settle says that a finding needs no more attention, and why.
func (w *Workspace) Settle(ctx context.Context, entry Entry, ref string) (Written, error) {
	var out Written
	err := w.write(ctx, entry, source{}, func(b *batch) error {
		finding, err := w.models.FindFinding(b.ctx, b.tx, ref)
		if err != nil {
			return err
		}
		if finding.Kind == string(record.ConcurrentValues) {
			return record.Refuse("state", "several values are not settled but decided between").By("fieldbook resolve " + finding.ID + " --keep VALUE --reason TEXT")
		}
		out, err = b.decide(finding.Decision(), record.Finding, func(_ *batch, s record.Snapshot) ([]record.Event, error) {
			return one(record.SettleFinding{Reason: entry.Reason}.Decide(s))
		})
		out.ID = finding.ID
		return err
	})
	return out, err
}
