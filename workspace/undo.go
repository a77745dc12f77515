package workspace

import (
	"context"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// sourceUndo is the kind of source of an entry that sets another one back, which its name tells.
const sourceUndo = "undo"

// Undo writes a new entry that sets back what another one set: its source says
// which one. It is refused, with the reason, where that was changed since, and
// of entries that are no edits: what was registered is voided, what was decided
// between values is set anew. *NotFound: there is no such entry here.
func (w *Workspace) Undo(ctx context.Context, entry Entry, ref EventRef) (Written, error) {
	var out Written
	err := w.write(ctx, entry, source{kind: sourceUndo, name: ref.String()}, func(b *batch) error {
		at, err := b.find(ref)
		if err != nil {
			return err
		}
		stream, undo, err := w.models.Undo(b.tx, at)
		if err != nil {
			return err
		}
		undo.Reason = entry.Reason
		out, err = b.decide(stream, record.EntityOf(undo.Type), func(_ *batch, s record.Snapshot) ([]record.Event, error) {
			return one(undo.Decide(s))
		})
		return err
	})
	return out, err
}

// find gives the position of an entry.
func (b *batch) find(ref EventRef) (eventstore.Position, error) {
	feed, err := envelope.ParseFeedID(ref.Device + "-" + ref.Epoch)
	if err != nil {
		return 0, record.Misuse("an entry is named by its device, epoch and seq as the trail shows them")
	}
	rows, err := b.tx.Named(feed, ref.Seq)
	switch {
	case err != nil:
		return 0, err
	case len(rows) == 0:
		return 0, &NotFound{What: "entry", Ref: ref.String()}
	case len(rows) > 1:
		return 0, record.Refuse("state", "this laptop's feed has forked and two entries have this name; set the field as it should be")
	}
	return rows[0].Position, nil
}

// allowUndo takes back what a page says of entries that this member may not undo.
func (w *Workspace) allowUndo(rows []projections.TrailRow) error {
	me, err := w.self()
	if err != nil {
		return err
	}
	may := map[string]bool{}
	for i := range rows {
		row := &rows[i]
		if !row.Undoable || row.Stream == nil {
			continue
		}
		key := row.Type + " " + *row.Stream
		if _, asked := may[key]; !asked {
			stream, err := record.ParseID(*row.Stream)
			may[key] = err == nil && record.Allowed(record.Act{Type: row.Type, Role: string(me.Role), Author: record.ID(me.ID), Stream: stream}) == nil
		}
		row.Undoable = may[key]
	}
	return nil
}
