package workspace

import (
	"context"
	"errors"
	"fmt"

	"fieldbook/envelope"
	"fieldbook/roster"
)

// control writes control events alone.
func (w *Workspace) control(ctx context.Context, controls ...*envelope.Control) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.controlLocked(ctx, controls...)
}

func (w *Workspace) controlLocked(ctx context.Context, controls ...*envelope.Control) error {
	return w.writeLocked(ctx, Entry{}, source{}, func(b *batch) error {
		for _, c := range controls {
			if err := b.control(c); err != nil {
				return err
			}
		}
		return nil
	})
}

// handing are the key.added events that hand out wraps.
func handing(wraps []envelope.Wrap) (events []*envelope.Control) {
	for len(wraps) > 0 {
		n := min(len(wraps), envelope.MaxWraps)
		events = append(events, &envelope.Control{Type: envelope.KeyAdded, Wraps: wraps[:n]})
		wraps = wraps[n:]
	}
	return events
}

// heal hands keys that this device has to whoever lacks them: a laptop that was
// admitted while another changed the key. It says whether it wrote anything.
func (w *Workspace) heal(ctx context.Context) (bool, error) {
	me, err := w.self()
	if err != nil || !mayHand(me.Role) {
		return false, err
	}
	wraps, err := w.roster.Fill(w.roster.Lacking())
	if err == nil && len(wraps) > 0 {
		err = w.control(ctx, handing(wraps)...)
	}
	if err != nil {
		return false, fmt.Errorf("handing out keys: %w", err)
	}
	return len(wraps) > 0, nil
}

// mayHand says whether a role may make and hand out keys (docs/format/control.md).
func mayHand(role envelope.Role) bool { return role == envelope.Owner || role == envelope.Engineer }

// ensureKey makes a new key if each one here is known to somebody whose right to
// it has ended.
func (w *Workspace) ensureKey(ctx context.Context) error {
	_, err := w.roster.Sealing()
	if !errors.Is(err, roster.ErrNoSealingKey) {
		return err
	}
	me, err := w.self()
	if err != nil || !mayHand(me.Role) {
		return errors.Join(err, fmt.Errorf("%w; sync, so that a new key can come", roster.ErrNoSealingKey))
	}
	wraps, err := w.roster.NewKey()
	if err == nil {
		err = w.controlLocked(ctx, handing(wraps)...)
	}
	if err != nil {
		return fmt.Errorf("making a new key: %w", err)
	}
	return nil
}
