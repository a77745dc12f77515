package workspace

import (
	"context"
	"errors"
	"slices"
	"time"

	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// NewNote is a journal entry to be written.
type NewNote struct {
	Kind   string   // observation when empty
	Text   string   //
	Assets []string // references of the assets it is about
	Fields []record.Assignment
}

// observed are the fields; a note is about the time that its entry names, unless
// it names one itself.
func (n NewNote) observed(entry Entry) []record.Assignment {
	named := slices.ContainsFunc(n.Fields, func(a record.Assignment) bool { return record.NormName(a.Field) == record.NormName("observed_at") })
	if entry.Observed == nil || named {
		return n.Fields
	}
	return append(slices.Clone(n.Fields), record.Assignment{Field: "observed_at", Text: entry.Observed.UTC().Format(time.RFC3339Nano)})
}

// AddNote writes a journal entry.
func (w *Workspace) AddNote(ctx context.Context, entry Entry, n NewNote) (Written, error) {
	var out Written
	err := w.write(ctx, entry, source{}, func(b *batch) error {
		note := record.AddNote{Kind: n.Kind, Text: n.Text, Fields: n.observed(entry)}
		for _, ref := range n.Assets {
			id, err := w.models.FindAsset(b.tx, ref)
			if err != nil {
				return err
			}
			note.Assets = append(note.Assets, id)
		}
		ev, err := note.Decide(b.env())
		if err != nil {
			return err
		}
		out = written(record.Snapshot{ID: ev.Stream, Entity: record.Note}, ev)
		return b.add(ev)
	})
	return out, err
}

// onNote decides about one note. Seen names the heads at which it was shown to who decides, and what was decided about another
// text than there is now is refused; nil if nobody says.
func (w *Workspace) onNote(ctx context.Context, entry Entry, ref string, seen []string, decide func(*batch, record.Snapshot) ([]record.Event, error)) (Written, error) {
	var out Written
	err := w.write(ctx, entry, source{}, func(b *batch) error {
		id, err := w.models.FindNote(b.tx, ref)
		if err != nil {
			return err
		}
		out, err = b.decide(id, record.Note, func(b *batch, s record.Snapshot) ([]record.Event, error) {
			events, err := decide(b, s)
			if err != nil || len(events) == 0 || seen == nil {
				return events, err
			}
			return events, b.unmoved(id, seen)
		})
		return err
	})
	return out, err
}

// unmoved refuses when a note's heads are others than those seen: whoever saw them knows nothing of what was written since.
func (b *batch) unmoved(id record.ID, seen []string) error {
	h, err := b.w.models.History(b.tx, id)
	if err != nil {
		return err
	}
	var heads []string
	for _, head := range h.Heads() {
		heads = append(heads, head.String())
	}
	slices.Sort(heads)
	if !slices.Equal(heads, slices.Sorted(slices.Values(seen))) {
		return record.Refuse("state", "the note was changed since it was shown; read it as it is now and do this again")
	}
	return nil
}

// EditNote changes the text of a draft, which was written with the note at the heads seen (nil: nobody says).
func (w *Workspace) EditNote(ctx context.Context, entry Entry, ref, text string, seen []string) (Written, error) {
	return w.onNote(ctx, entry, ref, seen, func(b *batch, s record.Snapshot) ([]record.Event, error) {
		return record.EditNote{Text: &text}.Decide(b.env(), s)
	})
}

// SignNote puts this member's name under a note as it is now, which is how it was read if seen names its heads (nil: nobody
// says).
func (w *Workspace) SignNote(ctx context.Context, entry Entry, ref string, seen []string) (Written, error) {
	if err := w.verified(ctx, "signing"); err != nil {
		return Written{}, err
	}
	return w.onNote(ctx, entry, ref, seen, func(b *batch, s record.Snapshot) ([]record.Event, error) {
		h, err := w.models.History(b.tx, s.ID)
		if err != nil {
			return nil, err
		}
		sign := record.SignNote{}
		for _, head := range h.Frontier() {
			sign.Heads = append(sign.Heads, head)
		}
		return one(sign.Decide(b.env(), s))
	})
}

// AmendNote corrects a signed note by a new one that names it; the id it gives
// is the new note's.
func (w *Workspace) AmendNote(ctx context.Context, entry Entry, ref, text string) (Written, error) {
	var out Written
	err := w.write(ctx, entry, source{}, func(b *batch) error {
		id, err := w.models.FindNote(b.tx, ref)
		if err != nil {
			return err
		}
		original, err := b.snapshot(id, record.Note)
		if err != nil {
			return err
		}
		ev, err := record.AmendNote{Text: text}.Decide(b.env(), original)
		if err != nil {
			return err
		}
		out = written(record.Snapshot{ID: ev.Stream, Entity: record.Note}, ev)
		return b.add(ev)
	})
	return out, err
}

// VoidNote strikes a note that should never have been written: it leaves the
// journal and stays in the trail.
func (w *Workspace) VoidNote(ctx context.Context, entry Entry, ref string) (Written, error) {
	return w.onNote(ctx, entry, ref, nil, func(_ *batch, s record.Snapshot) ([]record.Event, error) {
		return one(record.Void{Reason: entry.Reason}.Decide(s))
	})
}

// Note gives one note, also one that was struck.
func (w *Workspace) Note(ctx context.Context, ref string) (note projections.NoteView, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		id, err := w.models.FindNote(tx, ref)
		if err != nil {
			return err
		}
		note, err = w.models.Note(tx, id)
		return err
	})
	return note, err
}

// NoteQuery selects notes. Its zero value is the journal.
type NoteQuery struct {
	Asset string // reference of an asset that they are about
	Kind  string // one of the definition's kinds
	Void  bool   // those that were struck, too
}

// Notes lists notes, newest first. A kind that there is not is a
// *record.UsageError.
func (w *Workspace) Notes(ctx context.Context, q NoteQuery) (notes []projections.NoteView, err error) {
	kind, err := noteKind(q.Kind)
	if err != nil {
		return nil, err
	}
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		about := projections.NoteQuery{IncludeVoid: q.Void}
		if q.Asset != "" {
			if about.Asset, err = w.models.FindAsset(tx, q.Asset); err != nil {
				return err
			}
		}
		notes, err = w.models.Notes(ctx, tx, about)
		return err
	})
	if kind != "" {
		notes = slices.DeleteFunc(notes, func(n projections.NoteView) bool { return n.Kind != kind })
	}
	return notes, err
}

// noteKind reads a kind as a note's field is read.
func noteKind(text string) (string, error) {
	field, _ := record.Lookup(record.Note, "kind")
	kind, err := field.Parse(text)
	var refusal *record.Refusal
	if errors.As(err, &refusal) {
		return "", &record.UsageError{Said: refusal.Sentence()}
	}
	return kind.Str, err
}
