package workspace

import (
	"context"
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

// tip is the end of this device's present feed. A feed that has forked has two:
// then the device must go on in a new epoch first.
func (w *Workspace) tip(tx *eventstore.Tx) (eventstore.Branch, error) {
	branches, err := tx.Branches()
	if err != nil {
		return eventstore.Branch{}, err
	}
	var own []eventstore.Branch
	for _, b := range branches {
		if b.Feed == w.feed() {
			own = append(own, b)
		}
	}
	if len(own) != 1 {
		return eventstore.Branch{}, fmt.Errorf("this laptop's feed %s has %d ends, not one", w.feed(), len(own))
	}
	return own[0], nil
}

// reopen goes on in a new epoch, continuing from a tip of the present one. It is
// what a laptop does that meets entries of its own feed which it did not write:
// another copy of it has.
func (w *Workspace) reopen(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	epoch := newEpoch()
	var b *batch
	err := w.store.Update(ctx, func(tx *eventstore.Tx) error {
		continues, err := w.continues(tx)
		if err != nil {
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
		return setMetaUint(tx, metaEpoch, uint64(epoch))
	})
	if err != nil {
		w.models.Forget()
		return fmt.Errorf("opening a new epoch: %w", err)
	}
	w.epoch.Store(uint64(epoch))
	w.committed(b)
	return nil
}

// continues is the longest branch of the present feed.
func (w *Workspace) continues(tx *eventstore.Tx) (*envelope.Tip, error) {
	branches, err := tx.Branches()
	if err != nil {
		return nil, err
	}
	var tip *envelope.Tip
	for _, b := range branches {
		if b.Feed == w.feed() && (tip == nil || b.Seq > tip.Seq) {
			tip = &envelope.Tip{Feed: b.Feed, Seq: b.Seq, Hash: b.Hash}
		}
	}
	return tip, nil
}
