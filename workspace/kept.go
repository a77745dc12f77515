package workspace

import (
	"cmp"
	"context"
	"encoding/json"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// Caps of what a device keeps for its screens.
const (
	maxKept      = 2000
	maxKeptKey   = 256
	maxKeptValue = 64 << 10
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
// backup. It is no part of the record, so that it moves no revision: a draft is
// kept every few keys. A *record.UsageError says that the key or value is none, or too long;
// ErrKeptFull that there are too many.
func (w *Workspace) Keep(ctx context.Context, key string, value []byte) error {
	if err := checkKept(key, value); err != nil {
		return err
	}
	return w.store.Update(ctx, func(tx *eventstore.Tx) error {
		if n, err := tx.KeptBeside(key); err != nil || n >= maxKept {
			return cmp.Or(err, ErrKeptFull)
		}
		return tx.Keep(eventstore.Kept{Key: key, Value: value, At: w.cfg.now().UnixMilli()})
	})
}

func checkKept(key string, value []byte) error {
	odd := !utf8.ValidString(key) || strings.ContainsFunc(key, unicode.IsControl)
	switch {
	case key == "" || len(key) > maxKeptKey || odd:
		return record.Misuse("what is kept has a key of 1 to {0} bytes of text", maxKeptKey)
	case len(value) > maxKeptValue:
		return record.Misuse("{0} would take {1} bytes; {2} are kept at most", key, len(value), maxKeptValue)
	case !json.Valid(value):
		return record.Misuse("what is kept under {0} is not JSON", key)
	}
	return nil
}

// Kept lists what is kept under keys with a prefix, by key.
func (w *Workspace) Kept(ctx context.Context, prefix string) ([]KeptValue, error) {
	list := []KeptValue{}
	err := w.store.View(ctx, func(tx *eventstore.Tx) error {
		return tx.Kept(prefix, func(k eventstore.Kept) error {
			list = append(list, KeptValue{k.Key, k.Value, time.UnixMilli(k.At).UTC().Format(time.RFC3339Nano)})
			return nil
		})
	})
	return list, err
}

// Discard lets go of what is kept under a key; nothing is no error.
func (w *Workspace) Discard(ctx context.Context, key string) error {
	return w.store.Update(ctx, func(tx *eventstore.Tx) error {
		_, err := tx.Discard(key)
		return err
	})
}
