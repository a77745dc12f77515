// Package planttest is a workspace with several devices in memory that write
// real events: control events, sealed changes of documents, signed segments.
// Each device builds its documents by itself, so that what a service makes of
// the same segments can be compared with it.
package planttest

import (
	"crypto/rand"
	"encoding/binary"
	"slices"
	"testing"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/keyring"
	"fieldbook/record"
	"fieldbook/roster"
	"fieldbook/syncproto"
)

// Plant is a workspace and its founder's device.
type Plant struct {
	ID      envelope.WorkspaceID
	Founder *Device
	first   []byte
	t       testing.TB
}

// Device is one laptop. Not safe for concurrent use.
type Device struct {
	Identity *keyring.Identity
	ID       envelope.DeviceID
	plant    *Plant
	roster   *roster.Roster
	epoch    envelope.Epoch
	seq      uint64
	prev     envelope.Hash
	number   uint64
	refs     []envelope.Hash
	backward bool
	uncut    [][]byte
	sealing  envelope.KeyID
	clock    uint64
	docs     map[record.ID]*crdt.History
	held     map[syncproto.Name]bool
	waiting  []*envelope.Envelope
}

// New founds a workspace.
func New(t testing.TB) *Plant {
	t.Helper()
	p := &Plant{t: t}
	identity, recovery := p.identity(), p.identity()
	created := &envelope.Control{
		Type: envelope.WorkspaceCreated, Salt: random(envelope.SaltSize),
		Founder:  &envelope.Grant{Member: envelope.MemberID(random(16)), Role: envelope.Owner, Keys: roster.PublicKeys(identity)},
		Recovery: &envelope.Grant{Member: envelope.MemberID(random(16)), Role: envelope.Recovery, Keys: roster.PublicKeys(recovery)},
	}
	p.ID = envelope.NewWorkspaceID(created)
	key := keyring.NewKey()
	for _, i := range []*keyring.Identity{identity, recovery} {
		wrap, err := roster.Wrap(p.ID, roster.PublicKeys(i), key)
		p.must(err)
		created.Wraps = append(created.Wraps, wrap)
	}
	p.Founder = p.device(identity)
	p.Founder.control(created)
	p.first = p.Founder.uncut[0]
	return p
}

func (p *Plant) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

func (p *Plant) identity() *keyring.Identity {
	identity, err := keyring.Generate()
	p.must(err)
	return identity
}

func (p *Plant) device(identity *keyring.Identity) *Device {
	return &Device{
		Identity: identity, ID: roster.PublicKeys(identity).ID(), plant: p, roster: roster.New(p.ID),
		epoch: envelope.Epoch(binary.BigEndian.Uint64(random(8))),
		docs:  map[record.ID]*crdt.History{}, held: map[syncproto.Name]bool{},
	}
}

// Admit has the founder admit another device, which then opens its feed. It
// holds what the founder held.
func (p *Plant) Admit(role envelope.Role) *Device {
	p.t.Helper()
	d := p.device(p.identity())
	wraps, err := p.Founder.roster.WrapAll(roster.PublicKeys(d.Identity))
	p.must(err)
	p.Founder.control(&envelope.Control{
		Type: envelope.DeviceAdmitted, Wraps: wraps,
		Grant: &envelope.Grant{Member: envelope.MemberID(random(16)), Role: role, Keys: roster.PublicKeys(d.Identity)},
	})
	return d
}

// Open writes the first event of a device's feed, once it has taken the event
// that admits it.
func (d *Device) Open() { d.control(&envelope.Control{Type: envelope.EpochOpened}) }

// Grant lets a service open what is sealed.
func (d *Device) Grant(service envelope.DeviceKeys) {
	d.plant.t.Helper()
	wraps, err := d.roster.WrapAll(service)
	d.plant.must(err)
	d.control(&envelope.Control{Type: envelope.ServiceGranted, Service: &service, Wraps: wraps})
}

// End takes that back, with a new key that the service does not get.
func (d *Device) End(service envelope.DeviceID) {
	d.plant.t.Helper()
	wraps, err := d.roster.NewKey(service)
	d.plant.must(err)
	d.control(&envelope.Control{Type: envelope.ServiceEnded, Ended: service, Wraps: wraps})
}

// Rekey adds a key for all but those named, and seals under it.
func (d *Device) Rekey(but ...envelope.DeviceID) {
	d.plant.t.Helper()
	wraps, err := d.roster.NewKey(but...)
	d.plant.must(err)
	d.control(&envelope.Control{Type: envelope.KeyAdded, Wraps: wraps})
	for _, w := range wraps {
		d.sealing = w.Key
	}
}

// Pretend has the device name the workspace's first event alone from now on, in
// whose state only the founder's devices may write.
func (d *Device) Pretend() {
	e, err := envelope.Decode(d.plant.first)
	d.plant.must(err)
	d.refs, d.backward = []envelope.Hash{e.Hash()}, true
}

// Hand gives the keys to all who lack one, and seals under the common one again.
func (d *Device) Hand() {
	d.plant.t.Helper()
	d.sealing = envelope.KeyID{}
	wraps, err := d.roster.Fill(d.roster.Lacking())
	d.plant.must(err)
	for piece := range slices.Chunk(wraps, envelope.MaxWraps) {
		d.control(&envelope.Control{Type: envelope.KeyAdded, Wraps: piece})
	}
}

// control writes a control event.
func (d *Device) control(c *envelope.Control) {
	d.plant.t.Helper()
	d.append(envelope.KeyID{}, nil, envelope.EncodeControl(c))
}

// append puts an envelope at the end of the feed and takes it.
func (d *Device) append(key envelope.KeyID, nonce, body []byte) {
	d.plant.t.Helper()
	e := &envelope.Envelope{Header: d.header(key), Nonce: nonce, Body: body}
	d.write(e)
}

func (d *Device) header(key envelope.KeyID) envelope.Header {
	if !d.backward {
		d.refs = d.roster.Refs(d.refs)
	}
	return envelope.Header{
		Workspace: d.plant.ID, Device: d.ID, Epoch: d.epoch, Seq: d.seq + 1, Prev: d.prev, Key: key, ACL: d.refs,
	}
}

func (d *Device) write(e *envelope.Envelope) {
	d.seq, d.prev = e.Seq, e.Hash()
	d.uncut = append(d.uncut, e.Encode())
	d.see(e)
}

// Edit sets a key of a document.
func (d *Device) Edit(id record.ID, key, value string) {
	d.plant.t.Helper()
	d.change(id, []record.Edit{{Key: key, Value: record.StringValue(value)}}, nil)
}

// Type sets the whole prose of a key.
func (d *Device) Type(id record.ID, key, text string) {
	d.plant.t.Helper()
	d.change(id, nil, []record.TextEdit{{Key: key, Text: text}})
}

// Create makes a document as an import does: two devices that do the same make
// one change.
func (d *Device) Create(id record.ID, edits ...record.Edit) {
	d.plant.t.Helper()
	raw, err := crdt.AuthorNew(id, edits)
	d.plant.must(err)
	d.Seal(&envelope.Body{Type: "asset.created", Schema: 1, Stream: envelope.StreamID(id), Change: raw})
}

func (d *Device) change(id record.ID, edits []record.Edit, texts []record.TextEdit) {
	d.plant.t.Helper()
	salt := []byte{1, 2, 3, 4}
	raw, keys, err := d.doc(id).Author(crdt.Actor(d.ID, id, salt), begin, edits, texts)
	d.plant.must(err)
	d.Seal(&envelope.Body{Type: "asset.field_changed", Schema: 1, Stream: envelope.StreamID(id), Change: raw, Salt: salt, Texts: keys})
}

// Seal writes an event with any content.
func (d *Device) Seal(b *envelope.Body) {
	d.plant.t.Helper()
	d.clock++
	b.HLC, b.Recorded = d.clock<<16, int64(d.clock)
	id := d.sealing
	if id.IsZero() {
		var err error
		id, err = d.roster.Sealing()
		d.plant.must(err)
	}
	key, err := d.roster.Key(id)
	d.plant.must(err)
	h := d.header(id)
	nonce, body, err := key.Seal(h.AD(), envelope.EncodeBody(b))
	d.plant.must(err)
	d.write(&envelope.Envelope{Header: h, Nonce: nonce, Body: body})
}

// Cut cuts what was written since into segments.
func (d *Device) Cut() (out []syncproto.Segment) {
	d.plant.t.Helper()
	for len(d.uncut) > 0 {
		d.number++
		segment, err := envelope.CutSegment(d.number, d.uncut, nil, d.Identity)
		d.plant.must(err)
		d.uncut = d.uncut[len(segment.Envelopes):]
		s := syncproto.Segment{Feed: d.Feed(), Number: d.number, Data: segment.Encode()}
		d.held[s.Name()] = true
		out = append(out, s)
	}
	return out
}

// Feed names the device's feed.
func (d *Device) Feed() syncproto.Feed { return syncproto.Feed{Device: d.ID, Epoch: uint64(d.epoch)} }

// Fork is the device copied: both go on in one feed under different salts of
// what they write.
func (d *Device) Fork() *Device {
	e := d.plant.device(d.Identity)
	e.epoch, e.seq, e.prev, e.number, e.refs, e.clock = d.epoch, d.seq, d.prev, d.number, slices.Clone(d.refs), d.clock
	e.roster, e.uncut = d.roster, slices.Clone(d.uncut)
	for id, h := range d.docs {
		copied, err := h.At(h.Heads())
		d.plant.must(err)
		e.docs[id] = copied
	}
	for name := range d.held {
		e.held[name] = true
	}
	return e
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // does not fail: it ends the program
	return b
}
