package workspace

import (
	"context"
	"errors"
	"fmt"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/record"
)

// self is this device's member and role in the newest state it knows.
func (w *Workspace) self() (envelope.Member, error) {
	state, err := w.roster.Now()
	if err != nil {
		return envelope.Member{}, err
	}
	member, ok := state.Device(w.device)
	if !ok {
		return envelope.Member{}, envelope.ErrNotAdmitted
	}
	return member, nil
}

// feed is the feed this device writes to now.
func (w *Workspace) feed() envelope.FeedID {
	return envelope.FeedID{Device: w.device, Epoch: envelope.Epoch(w.epoch.Load())}
}

// errNoFeed: a restored laptop has none until it opens one.
var errNoFeed = errors.New("this laptop's feed is not in its log")

// tip is the end of this device's present feed, of a feed that has forked the
// longest one: then the device goes on in a new epoch before it writes.
func (w *Workspace) tip(tx *eventstore.Tx) (tip eventstore.Branch, err error) {
	branches, err := tx.Branches()
	if err != nil {
		return tip, err
	}
	found := false
	for _, b := range branches {
		if b.Feed == w.feed() && (!found || b.Seq > tip.Seq) {
			tip, found = b, true
		}
	}
	if !found {
		return tip, fmt.Errorf("%w: %s", errNoFeed, w.feed())
	}
	return tip, nil
}

// reopen goes on in a new epoch, continuing from a tip of the present one, if
// entries of the present one came in that this device did not write: another copy
// of it has. It says whether it did. That they came is remembered with them, so
// that a sync which is cut after them leaves nothing undone.
func (w *Workspace) reopen(ctx context.Context) (bool, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.met.Load() {
		return false, nil
	}
	return true, w.openEpoch(ctx)
}

// resume goes on in a new epoch whatever came in, as after a restore.
func (w *Workspace) resume(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.openEpoch(ctx)
}

// openEpoch is for callers that hold the lock.
func (w *Workspace) openEpoch(ctx context.Context) error {
	epoch := newEpoch()
	var b *batch
	err := w.store.Update(ctx, func(tx *eventstore.Tx) error {
		var continues *envelope.Tip
		if tip, err := w.tip(tx); err == nil {
			continues = &envelope.Tip{Feed: tip.Feed, Seq: tip.Seq, Hash: tip.Hash}
		} else if !errors.Is(err, errNoFeed) {
			return err
		}
		member, err := w.self()
		if err != nil {
			return err
		}
		b = &batch{ctx: ctx, w: w, tx: tx, member: member, acl: w.roster.Refs(nil), now: w.cfg.now(), clock: w.clock, pending: map[record.ID]bool{}}
		b.branch.Feed = envelope.FeedID{Device: w.device, Epoch: epoch}
		if err := b.control(&envelope.Control{Type: envelope.EpochOpened, Continues: continues}); err != nil {
			return err
		}
		if err := b.finish(); err != nil {
			return err
		}
		if err := setMetaUint(tx, metaMet, 0); err != nil {
			return err
		}
		return setMetaUint(tx, metaEpoch, uint64(epoch))
	})
	if err != nil {
		w.models.Forget()
		return fmt.Errorf("opening a new epoch: %w", err)
	}
	w.epoch.Store(uint64(epoch))
	w.met.Store(false)
	w.committed(b)
	return nil
}
