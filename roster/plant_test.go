package roster

import (
	"errors"
	"slices"
	"testing"

	"fieldbook/envelope"
	"fieldbook/keyring"
)

// fatal is what fails a test or one history of a property.
type fatal interface {
	Helper()
	Fatalf(format string, args ...any)
}

// plant is a workspace whose laptops write control events apart and exchange them.
type plant struct {
	t        fatal
	id       envelope.WorkspaceID
	recovery *keyring.Identity
	laptops  []*laptop
	members  byte
}

// laptop is a device with what it knows, or a service, which writes nothing.
type laptop struct {
	*Roster
	p        *plant
	identity *keyring.Identity
	held     []*envelope.Envelope
	seq      uint64
}

func newPlant(t fatal) *plant {
	t.Helper()
	p := &plant{t: t}
	founder, recovery := p.identity(), p.identity()
	p.recovery = recovery
	created := &envelope.Control{
		Type: envelope.WorkspaceCreated, Salt: make([]byte, envelope.SaltSize),
		Founder:  &envelope.Grant{Member: p.member(), Keys: PublicKeys(founder)},
		Recovery: &envelope.Grant{Member: p.member(), Keys: PublicKeys(recovery)},
	}
	p.id = envelope.NewWorkspaceID(created)
	key := keyring.NewKey()
	for _, i := range []*keyring.Identity{founder, recovery} {
		wrap, err := Wrap(p.id, PublicKeys(i), key)
		p.must(err)
		created.Wraps = append(created.Wraps, wrap)
	}
	l := p.laptop(founder)
	l.write(created)
	return p
}

func (p *plant) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatalf("%v", err)
	}
}

func (p *plant) identity() *keyring.Identity {
	i, err := keyring.Generate()
	p.must(err)
	return i
}

func (p *plant) member() envelope.MemberID {
	p.members++
	return envelope.MemberID{p.members}
}

// laptop starts a device or service that knows nothing.
func (p *plant) laptop(i *keyring.Identity) *laptop {
	l := &laptop{Roster: New(p.id), p: p, identity: i}
	p.laptops = append(p.laptops, l)
	return l
}

// service starts one that is granted nothing yet.
func (p *plant) service() *laptop { return p.laptop(p.identity()) }

func (l *laptop) keys() envelope.DeviceKeys { return PublicKeys(l.identity) }

func (l *laptop) device() envelope.DeviceID { return l.keys().ID() }

// write makes a control event in the state that the laptop knows.
func (l *laptop) write(c *envelope.Control) *envelope.Envelope {
	l.p.t.Helper()
	e := l.envelope(envelope.EncodeControl(c))
	l.take(e)
	return e
}

func (l *laptop) envelope(body []byte) *envelope.Envelope {
	l.seq++
	h := envelope.Header{Workspace: l.p.id, Device: l.device(), Epoch: 1, Seq: l.seq, ACL: l.Refs(nil)}
	if l.seq > 1 {
		h.Prev = envelope.Hash{1}
	}
	return &envelope.Envelope{Header: h, Body: body}
}

// take receives control events, once or again.
func (l *laptop) take(events ...*envelope.Envelope) {
	l.p.t.Helper()
	for _, e := range events {
		if !slices.Contains(l.held, e) {
			l.held = append(l.held, e)
		}
	}
	l.Admit(events...)
	if err := l.Take(l.identity); err != nil && !errors.Is(err, envelope.ErrNotAdmitted) {
		l.p.t.Fatalf("take: %v", err)
	}
}

// sync lets two laptops exchange what they hold.
func (l *laptop) sync(others ...*laptop) {
	for _, o := range others {
		o.take(l.held...)
		l.take(o.held...)
	}
}

// admit lets in a new laptop, which gets what this one holds, as a grant file brings it.
func (l *laptop) admit(role envelope.Role) *laptop {
	l.p.t.Helper()
	n := l.p.laptop(l.p.identity())
	wraps, err := l.WrapAll(n.keys())
	l.p.must(err)
	l.write(&envelope.Control{Type: envelope.DeviceAdmitted, Grant: &envelope.Grant{Member: l.p.member(), Role: role, Keys: n.keys()}, Wraps: wraps})
	n.take(l.held...)
	n.write(&envelope.Control{Type: envelope.EpochOpened})
	return n
}

// grant lets a service in and tells it what this laptop holds.
func (l *laptop) grant(service *laptop) {
	l.p.t.Helper()
	wraps, err := l.WrapAll(service.keys())
	l.p.must(err)
	l.write(&envelope.Control{Type: envelope.ServiceGranted, Service: new(service.keys()), Wraps: wraps})
	service.take(l.held...)
}

// end ends a service, with a new key.
func (l *laptop) end(service *laptop) {
	l.p.t.Helper()
	wraps, err := l.NewKey(service.device())
	l.p.must(err)
	l.write(&envelope.Control{Type: envelope.ServiceEnded, Ended: service.device(), Wraps: wraps})
}

// fill hands on what others lack; it tells how much that was.
func (l *laptop) fill() int {
	l.p.t.Helper()
	lacks := l.Lacking()
	if len(lacks) == 0 {
		return 0
	}
	wraps, err := l.Fill(lacks)
	l.p.must(err)
	for some := range slices.Chunk(wraps, envelope.MaxWraps) {
		l.write(&envelope.Control{Type: envelope.KeyAdded, Wraps: some})
	}
	return len(lacks)
}

// renew makes a key for all.
func (l *laptop) renew() {
	l.p.t.Helper()
	wraps, err := l.NewKey()
	l.p.must(err)
	for some := range slices.Chunk(wraps, envelope.MaxWraps) {
		l.write(&envelope.Control{Type: envelope.KeyAdded, Wraps: some})
	}
}

// seal writes an entry under the sealing key; nil if there is none.
func (l *laptop) seal() *envelope.Envelope {
	l.p.t.Helper()
	id, err := l.Sealing()
	if errors.Is(err, ErrNoSealingKey) {
		return nil
	}
	l.p.must(err)
	return l.sealUnder(id)
}

func (l *laptop) sealUnder(id envelope.KeyID) *envelope.Envelope {
	l.p.t.Helper()
	key, err := l.Key(id)
	l.p.must(err)
	e := l.envelope(nil)
	e.Key = id
	e.Nonce, e.Body, err = key.Seal(e.AD(), envelope.EncodeBody(&envelope.Body{Type: "note.added", Schema: 1, Stream: envelope.StreamID{1}, HLC: 1, Recorded: 1}))
	l.p.must(err)
	return e
}

// sealing is the key that the laptop seals under.
func (l *laptop) sealing(t *testing.T) envelope.KeyID {
	t.Helper()
	id, err := l.Sealing()
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// opens fails unless an entry has the fate.
func (l *laptop) opens(t *testing.T, e *envelope.Envelope, want Fate) {
	t.Helper()
	if o := l.Open(e); o.Fate != want || (o.Body != nil) != (want == Accepted || want == Masked) {
		t.Fatalf("fate %d with body %v, want fate %d", o.Fate, o.Body, want)
	}
}
