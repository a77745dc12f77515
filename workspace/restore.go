package workspace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/keyring"
	"fieldbook/roster"
)

// Restore makes a device in cfg.Dir, which must not hold one, from a backup.
//
// With the passphrase of the backup it is the same device again, going on in a
// new epoch, because the original may have gone on too. With the recovery key it
// is a new device of the founder, under a new passphrase: the way in when the
// passphrase or the laptop is lost.
func Restore(ctx context.Context, cfg Config, path, recoveryKey string) (*Workspace, error) {
	if occupied(cfg) {
		return nil, ErrExists
	}
	r := &restore{cfg: cfg}
	if err := r.run(ctx, path, recoveryKey); err != nil {
		r.undo()
		return nil, fmt.Errorf("restoring: %w", err)
	}
	w, err := start(ctx, cfg, r.identity, about{Workspace: r.id})
	if err != nil {
		r.undo()
		return nil, fmt.Errorf("restoring: %w", err)
	}
	if recoveryKey == "" {
		w.epoch.Store(uint64(r.epoch))
		err = w.resume(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("restoring: %w", err), w.Close())
	}
	return w, nil
}

type restore struct {
	cfg      Config
	identity *keyring.Identity
	id       envelope.WorkspaceID
	epoch    envelope.Epoch
	roster   *roster.Roster
	file     []byte
	events   int64
}

// undo leaves the folder as if nothing had been tried.
func (r *restore) undo() {
	discard(r.cfg)
	if r.identity != nil {
		r.identity.Wipe()
	}
}

func (r *restore) run(ctx context.Context, path, recoveryKey string) error {
	if err := r.look(ctx, path); err != nil {
		return err
	}
	if err := os.MkdirAll(r.cfg.Dir, 0o700); err != nil {
		return err
	}
	if recoveryKey == "" {
		return r.same(ctx, path)
	}
	return r.recovered(ctx, path, recoveryKey)
}

// look reads what the archive is about before anything is written.
func (r *restore) look(ctx context.Context, path string) error {
	return EachBackupEntry(ctx, path, func(name string, data []byte) (err error) {
		switch {
		case name == backupIdentity:
			r.file = data
		case name == backupEpoch:
			r.epoch, err = envelope.ParseEpoch(string(data))
		case strings.HasPrefix(name, backupVouched), strings.HasPrefix(name, backupReceipt):
		default:
			id, _, _, _, err := envelope.ParseSegmentPath(name)
			if err != nil || r.id != (envelope.WorkspaceID{}) && r.id != id {
				return fmt.Errorf("%w: entry %q", ErrBackup, name)
			}
			r.id = id
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrBackup, err)
		}
		return nil
	})
}

// same restores the device whose identity the archive holds.
func (r *restore) same(ctx context.Context, path string) error {
	if err := os.WriteFile(r.cfg.identityPath(), r.file, 0o600); err != nil {
		return err
	}
	identity, a, err := unlock(ctx, r.cfg)
	if err != nil {
		return err
	}
	r.identity = identity
	if r.id != (envelope.WorkspaceID{}) && a.Workspace != r.id {
		return fmt.Errorf("%w: its identity belongs to another workspace", ErrBackup)
	}
	r.id, r.roster = a.Workspace, roster.New(a.Workspace)
	return initialise(ctx, r.cfg, identity, func(tx *eventstore.Tx) error { return r.fill(ctx, tx, path) })
}

// recovered makes a new owner device, admitted by the recovery key.
func (r *restore) recovered(ctx context.Context, path, recoveryKey string) error {
	recovery, err := keyring.ParseRecovery(recoveryKey)
	if err != nil {
		return err
	}
	defer recovery.Wipe()
	if r.identity, err = keyring.Generate(); err != nil {
		return err
	}
	r.roster = roster.New(r.id)
	err = initialise(ctx, r.cfg, r.identity, func(tx *eventstore.Tx) error {
		if err := r.fill(ctx, tx, path); err != nil {
			return err
		}
		return r.readmit(tx, recovery)
	})
	if err != nil {
		return err
	}
	return saveIdentity(ctx, r.cfg, r.identity, about{Workspace: r.id})
}

// fill stores the archive's segments, each checked like one from a remote.
func (r *restore) fill(ctx context.Context, tx *eventstore.Tx, path string) error {
	return EachBackupEntry(ctx, path, func(name string, data []byte) error {
		switch {
		case name == backupIdentity, name == backupEpoch:
			return nil
		case strings.HasPrefix(name, backupVouched):
			return r.vouch(tx, data)
		case strings.HasPrefix(name, backupReceipt):
			return r.receipt(tx, data)
		}
		_, _, _, hash, err := envelope.ParseSegmentPath(name)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrBackup, err)
		}
		segment, err := envelope.DecodeSegment(data)
		if err == nil && segment.Hash() != hash {
			err = errors.New("its bytes do not match its name")
		}
		if err == nil {
			err = r.authentic(segment)
		}
		if err != nil {
			return fmt.Errorf("%w: segment %s: %w", ErrIntegrity, name, err)
		}
		rows, err := tx.AddSegment(segment)
		r.events += int64(len(rows))
		r.cfg.report(ctx, "restoring", r.events, 0)
		return err
	})
}

func (r *restore) vouch(tx *eventstore.Tx, data []byte) error {
	e, err := envelope.Decode(data)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrBackup, err)
	}
	r.roster.Admit(e)
	return tx.Vouch(data)
}

// receipt keeps what a service signed that an owner granted. Others, which this
// device was told to trust, nobody vouches for any more.
func (r *restore) receipt(tx *eventstore.Tx, data []byte) error {
	w := &Workspace{id: r.id, roster: r.roster}
	receipt, err := w.openReceipt(nil, data)
	if err != nil {
		return nil
	}
	_, err = tx.PlaceReceipt(receipt)
	return err
}

func (r *restore) authentic(segment *envelope.Segment) error {
	key, ok := r.roster.SignKey(segment.Device)
	if !ok || segment.Workspace != r.id {
		return envelope.ErrNotAdmitted
	}
	return segment.Verify(key)
}

// readmit lets the recovery key, as a device of its own, admit the new device as
// the founder's, and hands on the workspace keys that were wrapped for it.
func (r *restore) readmit(tx *eventstore.Tx, recovery *keyring.Identity) error {
	state, err := r.roster.Now()
	if err != nil {
		return err
	}
	if member, ok := state.Device(deviceOf(recovery)); !ok || member.Role != envelope.Recovery {
		return fmt.Errorf("%w: this recovery key belongs to another workspace", keyring.ErrRecovery)
	}
	if err := r.roster.Take(recovery); err != nil {
		return err
	}
	keys := deviceKeys(r.identity)
	admission := &envelope.Control{Type: envelope.DeviceAdmitted, Grant: &envelope.Grant{
		Member: founder(state), Role: envelope.Owner, Keys: keys,
	}}
	if admission.Wraps, err = r.roster.WrapAll(keys); err != nil {
		return err
	}
	feed := controlFeed{workspace: r.id, device: deviceOf(recovery), epoch: newEpoch(), signer: recovery}
	refs := r.roster.Refs(nil)
	if err := feed.append(tx, refs, &envelope.Control{Type: envelope.EpochOpened}); err != nil {
		return err
	}
	if err := feed.append(tx, refs, admission); err != nil {
		return err
	}
	if err := cutFeed(tx, feed, recovery); err != nil {
		return err
	}
	return openEpoch(tx, r.id, r.identity, []envelope.Hash{feed.tip}, nil)
}

// cutFeed cuts the recovery key's feed while the key is at hand.
func cutFeed(tx *eventstore.Tx, feed controlFeed, signer envelope.Signer) error {
	branches, err := tx.Branches()
	if err != nil {
		return err
	}
	for _, b := range branches {
		if b.Feed == (envelope.FeedID{Device: feed.device, Epoch: feed.epoch}) {
			if _, err := tx.Cut(b.ID, nil, signer); err != nil {
				return err
			}
		}
	}
	return nil
}

// founder is the member that the workspace's first event made its owner. Its
// device was admitted by that event, which no other admission precedes.
func founder(state *envelope.ACLState) (id envelope.MemberID) {
	for _, d := range state.Devices() {
		if d.Member.Role == envelope.Recovery {
			for _, o := range state.Devices() {
				if o.By == d.By && o.Member.Role == envelope.Owner {
					return o.Member.ID
				}
			}
		}
	}
	return id
}
