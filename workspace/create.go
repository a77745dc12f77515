package workspace

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/keyring"
	"fieldbook/record"
	"fieldbook/roster"
)

// Founding says what a new workspace is called and who founds it.
type Founding struct {
	Name   string // of the plant's record
	Member string // the founder's full name
	Zone   string // IANA time zone; empty means UTC
}

// Create makes a workspace with this device as its first: its founder is the
// owner. The returned recovery key is shown once and stored nowhere: it admits a
// new owner device when every other way in is lost.
func Create(ctx context.Context, cfg Config, f Founding) (*Workspace, string, error) {
	if occupied(cfg) {
		return nil, "", ErrExists
	}
	if err := f.check(); err != nil {
		return nil, "", err
	}
	identity, err := keyring.Generate()
	if err != nil {
		return nil, "", err
	}
	display, recovery, err := keyring.NewRecovery()
	if err != nil {
		return nil, "", err
	}
	defer recovery.Wipe()
	member := envelope.MemberID(newID())
	created := &envelope.Control{
		Type: envelope.WorkspaceCreated, Salt: random(32),
		Founder:  &envelope.Grant{Member: member, Role: envelope.Owner, Keys: deviceKeys(identity)},
		Recovery: &envelope.Grant{Member: envelope.MemberID(newID()), Role: envelope.Recovery, Keys: deviceKeys(recovery)},
	}
	w, err := found(ctx, cfg, identity, recovery, created)
	if err != nil {
		discard(cfg)
		return nil, "", err
	}
	err = w.write(ctx, Entry{Reason: "workspace founded"}, source{}, func(b *batch) error {
		return b.settle(f, record.ID(member))
	})
	if err == nil {
		err = w.loadSettings(ctx)
	}
	if err != nil {
		err = errors.Join(err, w.Close())
		discard(cfg)
		return nil, "", fmt.Errorf("founding: %w", err)
	}
	return w, display, nil
}

// check refuses bad names before anything is written.
func (f *Founding) check() error {
	if f.Zone == "" {
		f.Zone = "UTC"
	}
	env := record.Env{NewID: newID}
	_, err := f.settings().Decide(env, record.Snapshot{ID: record.WorkspaceStream(), Entity: record.Workspace})
	if err == nil {
		_, err = record.SetMember{Name: f.Member}.Decide(env, record.Snapshot{Entity: record.Member})
	}
	return err
}

func (f *Founding) settings() record.SetWorkspace {
	return record.SetWorkspace{Fields: []record.Assignment{{Field: "name", Text: f.Name}, {Field: "tz", Text: f.Zone}}}
}

// settle writes the workspace's settings and the founder's name, both sealed.
func (b *batch) settle(f Founding, member record.ID) error {
	events, err := f.settings().Decide(b.env(), record.Snapshot{ID: record.WorkspaceStream(), Entity: record.Workspace})
	if err != nil {
		return err
	}
	if err := b.addAll(events); err != nil {
		return err
	}
	return b.nameMember(member, f.Member)
}

// nameMember seals a person's name into that member's document.
func (b *batch) nameMember(member record.ID, name string) error {
	events, err := record.SetMember{Name: name}.Decide(b.env(), record.Snapshot{ID: member, Entity: record.Member})
	if err != nil {
		return err
	}
	return b.addAll(events)
}

// found writes the founding event. It carries the first workspace key wrapped
// for the founder's device and for the recovery key; the id of the workspace is
// the hash of the rest of it.
func found(ctx context.Context, cfg Config, identity, recovery *keyring.Identity, created *envelope.Control) (*Workspace, error) {
	id := envelope.NewWorkspaceID(created)
	key := keyring.NewKey()
	defer key.Wipe()
	for _, i := range []*keyring.Identity{identity, recovery} {
		wrap, err := roster.Wrap(id, deviceKeys(i), key)
		if err != nil {
			return nil, err
		}
		created.Wraps = append(created.Wraps, wrap)
	}
	if err := saveIdentity(ctx, cfg, identity, about{Workspace: id}); err != nil {
		return nil, err
	}
	err := initialise(ctx, cfg, identity, func(tx *eventstore.Tx) error {
		feed := controlFeed{workspace: id, device: deviceOf(identity), epoch: newEpoch(), signer: identity}
		if err := feed.append(tx, nil, created); err != nil {
			return err
		}
		return setMetaUint(tx, metaEpoch, uint64(feed.epoch))
	})
	if err != nil {
		return nil, err
	}
	return start(ctx, cfg, identity, about{Workspace: id})
}

// initialise makes the database of a new device and runs fn in its first
// transaction.
func initialise(ctx context.Context, cfg Config, identity *keyring.Identity, fn func(*eventstore.Tx) error) error {
	store, err := eventstore.Open(ctx, eventstore.Config{Path: cfg.databasePath(), Key: identity.DBKey(), CacheKiB: cfg.CacheKiB})
	if err != nil {
		return fmt.Errorf("making the log: %w", err)
	}
	err = store.Update(ctx, fn)
	if closeErr := store.Close(); err == nil {
		err = closeErr
	}
	return err
}

// controlFeed appends control events to one feed where no read models are open
// yet: on founding, joining and recovery.
type controlFeed struct {
	workspace envelope.WorkspaceID
	device    envelope.DeviceID
	epoch     envelope.Epoch
	signer    envelope.Signer
	seq       uint64
	tip       envelope.Hash
}

func (f *controlFeed) append(tx *eventstore.Tx, acl []envelope.Hash, c *envelope.Control) error {
	e := &envelope.Envelope{Header: envelope.Header{
		Workspace: f.workspace, Device: f.device, Epoch: f.epoch, Seq: f.seq + 1, Prev: f.tip, ACL: acl,
	}, Body: envelope.EncodeControl(c)}
	f.seq, f.tip = e.Seq, e.Hash()
	sig, err := envelope.SignHead(envelope.Head{Workspace: f.workspace, Device: f.device, Epoch: f.epoch, Seq: f.seq, Hash: f.tip}, f.signer)
	if err != nil {
		return err
	}
	_, err = tx.Append([]*envelope.Envelope{e}, sig)
	return err
}

func newEpoch() envelope.Epoch { return envelope.Epoch(binary.BigEndian.Uint64(random(8))) }

func random(n int) []byte {
	b := make([]byte, n)
	rand.Read(b) // never fails: crypto/rand crashes the program instead
	return b
}
