package crdt

import (
	"errors"
	"fmt"
	"slices"
)

// ErrDisagree says that an engine makes another document of a history's changes than the history.
var ErrDisagree = errors.New("two engines make different documents of the same changes")

// Agree replays a history's accepted changes in an engine and compares heads, keys, all concurrent values and prose, as they are
// without masks, of which engines know nothing. Two
// engines written independently that agree are the proof that the record's reading of its changes is Automerge's. ErrDisagree
// names the first key that differs.
func Agree(e Engine, h *History) error {
	h, err := h.unmasked()
	if err != nil {
		return fmt.Errorf("replay %s: %w", h.stream, err)
	}
	d, err := Open(e, h)
	if err != nil {
		return fmt.Errorf("replay %s: %w", h.stream, err)
	}
	defer d.Close()
	heads, err := d.Heads()
	if err != nil {
		return fmt.Errorf("replay %s: %w", h.stream, err)
	}
	if !slices.Equal(heads, h.Heads()) {
		return fmt.Errorf("replay %s: heads: %w", h.stream, ErrDisagree)
	}
	keys, err := d.Keys()
	if err != nil {
		return fmt.Errorf("replay %s: %w", h.stream, err)
	}
	if !slices.Equal(keys, h.Keys()) {
		return fmt.Errorf("replay %s: keys: %w", h.stream, ErrDisagree)
	}
	for _, key := range keys {
		if err := agreeOn(d, h, key); err != nil {
			return fmt.Errorf("replay %s: %s: %w", h.stream, key, err)
		}
	}
	return nil
}

// agreeOn compares one key.
func agreeOn(d Document, h *History, key string) error {
	ours, prose := h.Text(key)
	if prose {
		theirs, ok, err := d.Text(key)
		if err == nil && (!ok || theirs != ours) {
			err = ErrDisagree
		}
		return err
	}
	live := h.Live(key)
	values, err := d.Values(key)
	if err != nil {
		return err
	}
	if len(values) != len(live) {
		return ErrDisagree
	}
	for i := range values {
		if !values[i].Equal(live[i].Value) {
			return ErrDisagree
		}
	}
	return nil
}
