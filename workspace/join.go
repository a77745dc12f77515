package workspace

import (
	"bytes"
	"context"
	"fmt"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/keyring"
	"fieldbook/record"
)

// Asked is a request to join, ready to be carried to an owner.
type Asked struct {
	File  []byte   // for the owner
	Words []string // both sides compare them before the owner approves
}

// Ask makes a new device in cfg.Dir and its request to join a workspace.
func Ask(ctx context.Context, cfg Config, member string) (Asked, error) {
	if occupied(cfg) {
		return Asked{}, ErrExists
	}
	if _, err := (record.SetMember{Name: member}).Decide(record.Env{}, record.Snapshot{Entity: record.Member}); err != nil {
		return Asked{}, err
	}
	identity, err := keyring.Generate()
	if err != nil {
		return Asked{}, err
	}
	defer identity.Wipe()
	request, err := keyring.NewRequest(identity, member, cfg.now())
	if err != nil {
		return Asked{}, err
	}
	file, err := keyring.SignRequest(request, identity)
	if err != nil {
		return Asked{}, err
	}
	if err := saveIdentity(ctx, cfg, identity, about{Request: request.Hash()}); err != nil {
		return Asked{}, err
	}
	return Asked{File: file, Words: request.Words()}, nil
}

// RequestView is what a request to join says of itself: nobody vouches for the
// name, and the words are compared with those on the laptop that asked.
type RequestView struct {
	Words  []string `json:"words"`
	Member string   `json:"member"` // the name it gives
	Device string   `json:"device"`
}

// InspectRequest reads a request to join without answering it. ErrRequest: it is
// none.
func InspectRequest(file []byte) (RequestView, error) {
	request, err := keyring.ParseRequest(file)
	if err != nil {
		return RequestView{}, fmt.Errorf("%w: %w", ErrRequest, err)
	}
	keys := envelope.DeviceKeys{Sign: request.Sign, Recipient: request.Recipient}
	return RequestView{Words: request.Words(), Member: request.Name, Device: keys.ID().String()}, nil
}

// Approval is an owner's answer to a request.
type Approval struct {
	File   []byte   // for the laptop that asked
	Words  []string // of the request: compare them with what that laptop shows
	Joined []string // of the grant: that laptop shows them when it joins
	Member record.ID
	Name   string
	Device envelope.DeviceID
}

// Approve admits the device of a request as an engineer. With a member named it
// becomes a further device of that person, in that person's role. Only an owner
// may approve.
func (w *Workspace) Approve(ctx context.Context, file []byte, member string) (Approval, error) {
	request, err := keyring.ParseRequest(file)
	if err != nil {
		return Approval{}, fmt.Errorf("%w: %w", ErrRequest, err)
	}
	if me, err := w.self(); err != nil || me.Role != envelope.Owner {
		return Approval{}, ErrNotOwner
	}
	who, err := w.approved(ctx, request, member)
	if err != nil {
		return Approval{}, err
	}
	keys := envelope.DeviceKeys{Sign: request.Sign, Recipient: request.Recipient}
	if _, known := w.roster.SignKey(keys.ID()); known {
		return Approval{}, record.Refuse("state", "this laptop was already admitted; give it the grant made then, or let it ask anew")
	}
	admission := &envelope.Control{
		Type:    envelope.DeviceAdmitted,
		Grant:   &envelope.Grant{Member: envelope.MemberID(who.id), Role: who.role, Keys: keys},
		Request: request.Hash(),
	}
	if admission.Wraps, err = w.roster.WrapAll(keys); err != nil {
		return Approval{}, err
	}
	if err := w.admitDevice(ctx, admission, who); err != nil {
		return Approval{}, fmt.Errorf("approving: %w", err)
	}
	a := Approval{Words: request.Words(), Member: who.id, Name: who.name, Device: keys.ID()}
	a.File, a.Joined, err = w.grant(ctx, request, admission)
	return a, err
}

// person is whom an approval admits.
type person struct {
	id    record.ID
	name  string
	role  envelope.Role
	isNew bool
}

func (w *Workspace) approved(ctx context.Context, request *keyring.Request, member string) (person, error) {
	if member == "" {
		return person{id: newID(), name: request.Name, role: envelope.Engineer, isNew: true}, nil
	}
	members, err := w.Members(ctx)
	if err != nil {
		return person{}, err
	}
	var names []string
	for _, m := range members {
		if record.NormName(m.Name) == record.NormName(member) || m.ID == member {
			id, err := record.ParseID(m.ID)
			return person{id: id, name: m.Name, role: envelope.Role(m.Role)}, err
		}
		names = append(names, m.Name)
	}
	return person{}, &NotFound{What: "member", Ref: member, Near: names}
}

// admitDevice appends the admission, and the new member's name as a sealed
// document beside it.
func (w *Workspace) admitDevice(ctx context.Context, admission *envelope.Control, who person) error {
	return w.write(ctx, Entry{Reason: "laptop admitted"}, source{}, func(b *batch) error {
		if err := b.control(admission); err != nil {
			return err
		}
		if !who.isNew {
			return nil
		}
		return b.nameMember(who.id, who.name)
	})
}

func (w *Workspace) grant(ctx context.Context, request *keyring.Request, admission *envelope.Control) (file []byte, words []string, err error) {
	g := &keyring.Grant{
		Workspace: w.id, Request: request.Hash(), Approver: w.identity.SignPublic(), Member: admission.Grant.Member,
	}
	for _, wrap := range admission.Wraps {
		g.Wraps = append(g.Wraps, wrap.Data)
	}
	if err := w.cut(ctx); err != nil {
		return nil, nil, err
	}
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		controls, err := tx.Control()
		for _, e := range controls {
			g.Control = append(g.Control, e.Encode())
		}
		if err != nil {
			return err
		}
		if g.Segments, err = w.handing(tx); err != nil {
			return err
		}
		settings, err := w.models.Snapshot(tx, record.WorkspaceStream())
		g.Name = settings.Current("name").Str
		return err
	})
	if err != nil {
		return nil, nil, err
	}
	file, err = keyring.SignGrant(g, w.identity)
	return file, g.Words(), err
}

// Join takes an owner's grant: the device in cfg.Dir becomes one of the
// workspace's, and its first sync brings the record. The words are the ones the
// owner's screen showed.
func Join(ctx context.Context, cfg Config, file []byte) (words []string, err error) {
	grant, err := keyring.ParseGrant(file)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrGrant, err)
	}
	identity, a, err := unlock(ctx, cfg)
	if err != nil {
		return nil, err
	}
	defer identity.Wipe()
	if a.Workspace != (envelope.WorkspaceID{}) {
		return nil, ErrExists
	}
	if a.Request != grant.Request {
		return nil, fmt.Errorf("%w: it answers another request", ErrGrant)
	}
	controls, acl, err := checkGrant(grant, deviceOf(identity))
	if err != nil {
		return nil, err
	}
	err = initialise(ctx, cfg, identity, func(tx *eventstore.Tx) error {
		for _, e := range controls {
			if err := tx.Vouch(e.Encode()); err != nil {
				return err
			}
		}
		if err := setHanded(tx, grant.Segments); err != nil {
			return err
		}
		return openEpoch(tx, grant.Workspace, identity, acl.Refs(nil), nil)
	})
	if err != nil {
		return nil, fmt.Errorf("joining: %w", err)
	}
	if err := saveIdentity(ctx, cfg, identity, about{Workspace: grant.Workspace}); err != nil {
		return nil, err
	}
	return grant.Words(), nil
}

// checkGrant replays the grant's control events: they must make this device a
// member of that workspace by an owner, and the grant's signer must be one.
func checkGrant(grant *keyring.Grant, device envelope.DeviceID) ([]*envelope.Envelope, *envelope.ACL, error) {
	acl := envelope.NewACL(grant.Workspace)
	var controls []*envelope.Envelope
	for _, raw := range grant.Control {
		e, err := envelope.Decode(bytes.Clone(raw))
		if err != nil {
			return nil, nil, fmt.Errorf("%w: %w", ErrGrant, err)
		}
		// They come as their holder got them: one may wait for another behind it, and
		// one that was not allowed is evidence that counts for nothing.
		_ = acl.Add(e)
		controls = append(controls, e)
	}
	state, err := acl.State(acl.Heads())
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", ErrGrant, err)
	}
	if _, ok := state.Device(device); !ok {
		return nil, nil, fmt.Errorf("%w: it admits another laptop", ErrGrant)
	}
	for _, d := range state.Devices() {
		if d.Keys.Sign.Equal(grant.Approver) && d.Member.Role == envelope.Owner {
			return controls, acl, nil
		}
	}
	return nil, nil, fmt.Errorf("%w: its signer is no owner", ErrGrant)
}

// openEpoch opens a new feed of a device; continues is the tip it goes on from.
func openEpoch(tx *eventstore.Tx, id envelope.WorkspaceID, identity *keyring.Identity, acl []envelope.Hash, continues *envelope.Tip) error {
	feed := controlFeed{workspace: id, device: deviceOf(identity), epoch: newEpoch(), signer: identity}
	if err := feed.append(tx, acl, &envelope.Control{Type: envelope.EpochOpened, Continues: continues}); err != nil {
		return err
	}
	return setMetaUint(tx, metaEpoch, uint64(feed.epoch))
}
