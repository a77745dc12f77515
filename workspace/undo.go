package workspace

import "context"

// EventRef names an entry as the audit trail does.
type EventRef struct {
	Device string `json:"device"`
	Epoch  string `json:"epoch"`
	Seq    uint64 `json:"seq"`
}

// Undo writes a new entry that sets back what another one set. It is refused,
// with the reason, where that was changed since, and of entries that are no
// edits: what was registered is voided, what was merged is decided anew.
func (w *Workspace) Undo(ctx context.Context, entry Entry, ref EventRef) (Written, error) {
	return Written{}, &NotFound{What: "entry", Ref: ref.Device}
}
