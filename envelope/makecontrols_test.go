package envelope

import (
	"encoding/hex"
	"testing"
)

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	must(t, err)
	return b
}

// replayVector is a set of control envelopes of one workspace with the outcome that every order of adding them must have.
type replayVector struct {
	Workspace string `json:"workspace"`
	Events    []struct {
		Name   string `json:"name"`
		Why    string `json:"why"`
		Hex    string `json:"hex"`
		Hash   string `json:"hash"`
		Expect string `json:"expect"`
	} `json:"events"`
	Heads []string `json:"heads"`
	// Naming is the key that names are derived from.
	Naming string `json:"naming"`
	// Services are those granted as of Heads and not ended, by id; Ended those that were.
	Services []string `json:"services"`
	Ended    []string `json:"ended"`
	// Recipients are the devices and services that each key was wrapped for as of Heads.
	Recipients map[string][]string `json:"recipients"`
	// Devices are the roles of all devices admitted as of Heads, by device id.
	Devices map[string]string `json:"devices"`
	Digest  string            `json:"digest"`
}

func draftControls(d *draft) {
	p := newPlant()
	ann := newActor("ann")
	admitted := &Control{Type: DeviceAdmitted, Grant: ann.grant(Engineer), Request: Hash{3}, Wraps: []Wrap{ann.wrap(1)}}
	opened := &Control{Type: EpochOpened, Continues: &Tip{Feed: p.created.Feed(), Seq: 3, Hash: Hash{4}}}
	d.add("workspace-created", "a workspace's first event", "valid", p.created.Body)
	d.add("epoch-opened", "a device's first feed", "valid", EncodeControl(&Control{Type: EpochOpened}))
	d.add("epoch-continued", "a feed that goes on from another", "valid", EncodeControl(opened))
	d.add("device-admitted", "a device with its wrapped key", "valid", EncodeControl(admitted))
	d.service()
	d.add("unknown-type", "a type of a newer version", ErrNewer.Error(), EncodeControl(&Control{Type: "device.revoked", Salt: []byte("any")}))
	d.add("unknown-field", "a field of a newer version", ErrNewer.Error(), append([]byte{0xa2, 1, 0x6c}, "epoch.opened\x17\x01"...))
	inspector := *admitted.Grant
	inspector.Role = "inspector"
	d.add("unknown-role", "a role of a newer version", ErrNewer.Error(), EncodeControl(&Control{Type: DeviceAdmitted, Grant: &inspector}))
	d.add("no-type", "an empty map", ErrMalformed.Error(), []byte{0xa0})
	d.add("type-missing", "a field, but no type", ErrMalformed.Error(), []byte{0xa1, 9, 1})
	d.add("nobody-admitted", "a required field is missing", ErrMalformed.Error(), EncodeControl(&Control{Type: DeviceAdmitted}))
	d.add("foreign-field", "a field of another type", ErrMalformed.Error(), EncodeControl(&Control{Type: EpochOpened, Request: Hash{1}}))
	d.add("one-for-both", "founder and recovery are one device", ErrMalformed.Error(),
		EncodeControl(&Control{Type: WorkspaceCreated, Salt: make([]byte, SaltSize), Founder: ann.grant(Owner), Recovery: ann.grant(Recovery), Wraps: []Wrap{ann.wrap(1)}}))
	d.add("short-salt", "a salt of 31 bytes", ErrMalformed.Error(),
		EncodeControl(&Control{Type: WorkspaceCreated, Salt: make([]byte, 31), Founder: p.founder.grant(Owner), Recovery: ann.grant(Recovery), Wraps: []Wrap{ann.wrap(1)}}))
	two := EncodeControl(&Control{Type: DeviceAdmitted, Grant: ann.grant(Owner), Wraps: []Wrap{{DeviceID{1}, KeyID{1}, []byte("x")}, {DeviceID{2}, KeyID{1}, []byte("x")}}})
	d.add("wraps-descending", "wraps out of order", ErrNotCanonical.Error(), d.replaced(two, []byte{0x58, 0x20, 1, 0}, []byte{0x58, 0x20, 3, 0}))
	d.add("key-twice", "one key for one device twice", ErrNotCanonical.Error(), d.replaced(two, []byte{0x58, 0x20, 2, 0}, []byte{0x58, 0x20, 1, 0}))
	d.add("wrap-of-no-key", "the key id is zero", ErrMalformed.Error(), d.replaced(two, []byte{0x50, 1, 0}, []byte{0x50, 0, 0}))
	d.add("two-keys", "the founding event with two keys", ErrMalformed.Error(), EncodeControl(&Control{Type: WorkspaceCreated, Salt: make([]byte, SaltSize),
		Founder: p.founder.grant(Owner), Recovery: ann.grant(Recovery), Wraps: []Wrap{p.founder.wrap(1), ann.wrap(2)}}))
	d.add("no-key", "the founding event without a key", ErrMalformed.Error(), EncodeControl(&Control{Type: WorkspaceCreated, Salt: make([]byte, SaltSize),
		Founder: p.founder.grant(Owner), Recovery: ann.grant(Recovery)}))
	empty := append(EncodeControl(&Control{Type: DeviceAdmitted, Grant: ann.grant(Owner)}), 8, 0x80)
	empty[0]++
	d.add("empty-wraps", "a list that is written though empty", ErrNotCanonical.Error(), empty)
}

// service adds events about a sync service and about keys.
func (d *draft) service() {
	service, bob := newActor("service"), newActor("bob")
	id := service.keys().ID()
	granted := EncodeControl(&Control{Type: ServiceGranted, Service: new(service.keys()), Wraps: []Wrap{service.wrap(1)}})
	d.add("service-granted", "a service with its wrapped key", "valid", granted)
	d.add("service-granted-nothing", "a service that is given no key yet", "valid", EncodeControl(&Control{Type: ServiceGranted, Service: new(service.keys())}))
	d.add("service-ended", "the end of a service, with a new key", "valid", EncodeControl(&Control{Type: ServiceEnded, Ended: id, Wraps: []Wrap{bob.wrap(2)}}))
	d.add("key-added", "a key for one who lacks it", "valid", EncodeControl(&Control{Type: KeyAdded, Wraps: []Wrap{bob.wrap(1)}}))
	d.add("key-added-nothing", "a required field is missing", ErrMalformed.Error(), EncodeControl(&Control{Type: KeyAdded}))
	d.add("service-unnamed", "a required field is missing", ErrMalformed.Error(), EncodeControl(&Control{Type: ServiceEnded, Wraps: []Wrap{bob.wrap(2)}}))
	d.add("service-zero", "a service id of zeros", ErrMalformed.Error(), d.replaced(
		EncodeControl(&Control{Type: ServiceEnded, Ended: id}), id[:], make([]byte, len(id))))
	d.add("service-short-key", "a signing key of 31 bytes", ErrMalformed.Error(), EncodeControl(
		&Control{Type: ServiceGranted, Service: &DeviceKeys{Sign: service.public()[1:], Recipient: "age1pq1"}}))
}

// draftReplay is a history with events that have effect, and every reason to have none.
func draftReplay() replayVector {
	h := newHistory()
	stranger, service, other := newActor("stranger"), newActor("service"), newActor("other")
	granted, also := h.grant(h.founder, service, h.owner.Hash()), h.grant(h.ann, other, h.owner.Hash())
	ended := h.end(h.ann, service, granted.Hash())
	added := h.act(h.bob, &Control{Type: KeyAdded, Wraps: []Wrap{h.bob.wrap(1), other.wrap(2), service.wrap(1)}}, h.first.Hash(), granted.Hash(), also.Hash())
	v := replayVector{Workspace: h.id.String(), Devices: map[string]string{}}
	a := NewACL(h.id)
	for _, c := range []struct {
		name, why string
		e         *Envelope
	}{
		{"created", "the founder makes the workspace", h.created},
		{"owner", "the founder admits an owner", h.owner},
		{"first", "the founder admits an engineer", h.first},
		{"second", "the other owner admits another engineer, concurrently", h.second},
		{"opened", "the first engineer opens a feed", h.open(h.bob, h.first.Hash())},
		{"by-stranger", "a device that nobody admitted admits itself", h.admit(stranger, stranger, Owner, h.created.Hash())},
		{"too-early", "an owner, but not as of what the event refers to", h.admit(h.ann, stranger, Owner, h.created.Hash())},
		{"by-engineer", "an engineer may not admit", h.admit(h.bob, stranger, Engineer, h.first.Hash())},
		{"again", "the device is admitted already", h.admit(h.founder, h.ann, Auditor, h.owner.Hash())},
		{"by-recovery", "the recovery key may admit owners only", h.admit(h.recovery, stranger, Engineer, h.created.Hash())},
		{"granted", "an owner grants a service the first key", granted},
		{"also", "the other owner grants another service, concurrently", also},
		{"ended", "the first service is ended, with a second key", ended},
		{"added", "an engineer who does not know that hands on keys", added},
		{"granted-again", "the service is granted already", h.grant(h.ann, service, granted.Hash())},
		{"ended-again", "the service is ended already", h.end(h.founder, service, ended.Hash())},
		{"key-for-ended", "a key for a service known to have ended", h.act(h.ann, &Control{Type: KeyAdded, Wraps: []Wrap{service.wrap(2)}}, ended.Hash())},
		{"service-by-engineer", "an engineer may not grant a service", h.grant(h.bob, stranger, h.first.Hash())},
		{"by-service", "a service is no device", h.open(service, granted.Hash())},
		{"newer", "a type of a newer version", h.control(h.founder, 2, Hash{2}, &Control{Type: "device.revoked"}, h.created.Hash())},
		{"waiting", "what it refers to is not here", h.admit(h.founder, stranger, Engineer, Hash{9})},
	} {
		v.Events = append(v.Events, struct {
			Name   string `json:"name"`
			Why    string `json:"why"`
			Hex    string `json:"hex"`
			Hash   string `json:"hash"`
			Expect string `json:"expect"`
		}{c.name, c.why, hexed(c.e.Encode()), c.e.Hash().String(), classOf(a.Add(c.e))})
	}
	v.Heads, v.Digest = names(a.Heads()), a.Digest().String()
	v.Devices = roles(a)
	v.rights(a)
	return v
}

// rights fills in who may open what as of the heads.
func (v *replayVector) rights(a *ACL) {
	naming, _ := a.Naming()
	v.Naming, v.Services, v.Ended, v.Recipients = naming.String(), []string{}, []string{}, map[string][]string{}
	s, err := a.State(a.Heads())
	if err != nil {
		return
	}
	for _, service := range s.Services() {
		v.Services = append(v.Services, service.ID.String())
	}
	for _, name := range []string{"service", "other"} {
		if id := newActor(name).keys().ID(); s.Ended(id) {
			v.Ended = append(v.Ended, id.String())
		}
	}
	for key := range byte(4) {
		id := KeyID{0x4b, key}
		for _, d := range s.Recipients(id) {
			v.Recipients[id.String()] = append(v.Recipients[id.String()], d.String())
		}
	}
}

func roles(a *ACL) map[string]string {
	out := map[string]string{}
	if s, err := a.State(a.Heads()); err == nil {
		for _, d := range s.Devices() {
			out[d.ID.String()] = string(d.Member.Role)
		}
	}
	return out
}
