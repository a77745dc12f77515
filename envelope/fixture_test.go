package envelope

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"slices"
	"testing"
)

// actor is a device with its keys, made from a name so that vectors come out the same every time.
type actor struct {
	name string
	seed ed25519.PrivateKey
}

func newActor(name string) actor {
	seed := sha256.Sum256([]byte("fieldbook vector device " + name))
	return actor{name: name, seed: ed25519.NewKeyFromSeed(seed[:])}
}

func (a actor) Sign(message []byte) ([]byte, error) { return ed25519.Sign(a.seed, message), nil }

func (a actor) public() ed25519.PublicKey { return a.seed.Public().(ed25519.PublicKey) }

func (a actor) keys() DeviceKeys {
	return DeviceKeys{Sign: a.public(), Recipient: "age1pq1" + a.name}
}

func (a actor) grant(r Role) *Grant {
	return &Grant{Member: member(a.name), Role: r, Keys: a.keys()}
}

// wrap stands for a key, named by a number, that is wrapped for the actor.
func (a actor) wrap(key byte) Wrap {
	return Wrap{a.keys().ID(), KeyID{0x4b, key}, []byte("wrapped for " + a.name)}
}

func member(name string) (id MemberID) {
	sum := sha256.Sum256([]byte("member " + name))
	return MemberID(sum[:16])
}

// plant is a workspace with a founder and a recovery key.
type plant struct {
	id                WorkspaceID
	founder, recovery actor
	created           *Envelope
}

func newPlant() plant {
	p := plant{founder: newActor("founder"), recovery: newActor("recovery")}
	c := &Control{
		Type: WorkspaceCreated, Salt: bytes.Repeat([]byte{7}, SaltSize),
		Founder: p.founder.grant(Owner), Recovery: p.recovery.grant(Recovery),
	}
	p.id = NewWorkspaceID(c)
	c.Wraps = []Wrap{p.founder.wrap(1), p.recovery.wrap(1)}
	p.created = p.control(p.founder, 1, Hash{}, c)
	return p
}

// control is a control envelope of a device's first epoch.
func (p plant) control(by actor, seq uint64, prev Hash, c *Control, refs ...Hash) *Envelope {
	return p.raw(by, seq, prev, EncodeControl(c), refs...)
}

func (p plant) raw(by actor, seq uint64, prev Hash, body []byte, refs ...Hash) *Envelope {
	slices.SortFunc(refs, func(a, b Hash) int { return bytes.Compare(a[:], b[:]) })
	h := Header{Workspace: p.id, Device: by.keys().ID(), Epoch: 1, Seq: seq, Prev: prev, ACL: refs}
	return &Envelope{Header: h, Body: body}
}

// admit is a control envelope by which one device admits another. It stands at seq 2 behind an envelope nobody looks at.
func (p plant) admit(by, whom actor, r Role, refs ...Hash) *Envelope {
	return p.control(by, 2, Hash{2}, &Control{Type: DeviceAdmitted, Grant: whom.grant(r)}, refs...)
}

// act is a control envelope in the middle of a device's feed.
func (p plant) act(by actor, c *Control, refs ...Hash) *Envelope {
	return p.control(by, 2, Hash{2}, c, refs...)
}

// grant is a control envelope by which an owner grants a service the first key.
func (p plant) grant(by, service actor, refs ...Hash) *Envelope {
	return p.act(by, &Control{Type: ServiceGranted, Service: new(service.keys()), Wraps: []Wrap{service.wrap(1)}}, refs...)
}

// end is a control envelope by which an owner ends that, with a second key for himself and the recovery key.
func (p plant) end(by, service actor, refs ...Hash) *Envelope {
	return p.act(by, &Control{Type: ServiceEnded, Ended: service.keys().ID(), Wraps: []Wrap{by.wrap(2), p.recovery.wrap(2)}}, refs...)
}

// open is the first envelope of a device's feed.
func (p plant) open(by actor, refs ...Hash) *Envelope {
	return p.control(by, 1, Hash{}, &Control{Type: EpochOpened}, refs...)
}

// feed is a run of n envelopes of the founder, the first of them workspace.created.
func (p plant) feed(n, size int) []*Envelope {
	feed := []*Envelope{p.created}
	for len(feed) < n {
		feed = append(feed, p.sealed(feed[len(feed)-1], size))
	}
	return feed
}

// sealed is an envelope that follows another, with a body that stands for a ciphertext.
func (p plant) sealed(after *Envelope, size int) *Envelope {
	h := Header{
		Workspace: p.id, Device: after.Device, Epoch: after.Epoch, Seq: after.Seq + 1, Prev: after.Hash(),
		Key: KeyID{0x4b, 0x59}, ACL: []Hash{p.created.Hash()},
	}
	body := bytes.Repeat([]byte{byte(h.Seq)}, size+TagSize)
	return &Envelope{Header: h, Nonce: bytes.Repeat([]byte{0x24}, NonceSize), Body: body}
}

func encoded(feed []*Envelope) [][]byte {
	out := make([][]byte, len(feed))
	for i, e := range feed {
		out[i] = e.Encode()
	}
	return out
}

// fullBody is a body with every field.
func fullBody() *Body {
	at := int64(1760000000000)
	return &Body{
		Type: "asset.field_changed", Schema: 1, Stream: StreamID{1, 2, 3}, Change: []byte("change"), Salt: []byte("salt of actor..."),
		Texts: []string{"description", "text"}, HLC: 1760000000123 << 16, Recorded: at + 123, Observed: &at, Reason: "firmware per FAT",
		Source: Source{Kind: "import", Batch: []byte("batch"), Index: 3, Count: 50, Name: "assets.csv"}, ChangeRecord: []byte("record"),
	}
}

func mustFail(t *testing.T, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("got error %v, want %v", err, want)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
