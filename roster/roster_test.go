package roster

import (
	"errors"
	"sync"
	"testing"

	"fieldbook/envelope"
	"fieldbook/keyring"
)

func TestMembersOpenOneAnother(t *testing.T) {
	p := newPlant(t)
	ann := p.laptops[0]
	first := ann.sealing(t)
	bob := ann.admit(envelope.Engineer)
	bob.sync(ann)
	if bob.sealing(t) != first || ann.Derive("asset", "X") != bob.Derive("asset", "X") {
		t.Fatal("two laptops seal or name differently")
	}
	e := bob.seal()
	ann.opens(t, e, Accepted)
	if m := ann.Open(e).Member; m.Role != envelope.Engineer || m.ID == (envelope.MemberID{}) {
		t.Fatalf("written by %+v", m)
	}
	if key, ok := ann.SignKey(bob.device()); !ok || !key.Equal(bob.identity.SignPublic()) {
		t.Fatal("heads of an admitted device cannot be checked")
	}
	if len(ann.Lacking()) != 0 {
		t.Fatalf("lacking %v", ann.Lacking())
	}
}

// A service opens what was sealed under the keys it was granted, and nothing that is written once its end is known.
func TestServiceOpensUntilItsEnd(t *testing.T) {
	p := newPlant(t)
	ann, service := p.laptops[0], p.service()
	before := ann.seal()
	if err := service.Take(service.identity); !errors.Is(err, envelope.ErrNotAdmitted) {
		t.Fatalf("ungranted: %v", err)
	}
	service.take(ann.held...)
	service.opens(t, before, Waiting)
	ann.grant(service)
	service.opens(t, before, Accepted)
	bob := ann.admit(envelope.Engineer)
	bob.sync(ann)
	ann.end(service)
	after, unaware := ann.seal(), bob.seal()
	service.take(ann.held...)
	if after.Key == before.Key {
		t.Fatal("still sealed under the key that the service has")
	}
	service.opens(t, after, Waiting)
	service.opens(t, unaware, Accepted)
	bob.sync(ann)
	bob.opens(t, after, Accepted)
	if bob.seal().Key != after.Key {
		t.Fatal("the engineer goes on under the old key")
	}
	if key, ok := bob.ServiceKey(service.device()); !ok || !key.Equal(service.identity.SignPublic()) {
		t.Fatal("receipts of before cannot be checked")
	}
	if bob.Derive("x") != service.Derive("x") {
		t.Fatal("names changed with the key")
	}
}

// Who is let in while the key changes elsewhere waits for the new key, may not use the old one, and is handed the new one by
// whoever syncs next.
func TestDeviceAdmittedWhileAServiceEnds(t *testing.T) {
	p := newPlant(t)
	ann, service := p.laptops[0], p.service()
	ann.grant(service)
	bob := ann.admit(envelope.Owner)
	bob.sync(ann)
	ann.end(service)
	eve, zoe := bob.admit(envelope.Engineer), bob.admit(envelope.Reviewer)
	after := ann.seal()
	for _, l := range []*laptop{bob, eve, zoe} {
		l.sync(ann)
	}
	ann.sync(eve, zoe, bob)
	eve.opens(t, after, Waiting)
	if _, err := eve.Sealing(); !errors.Is(err, ErrNoSealingKey) {
		t.Fatalf("sealing: %v", err)
	}
	if len(eve.Lacking()) != 0 {
		t.Fatal("hands on what it does not have")
	}
	lacks := ann.Lacking()
	if len(lacks) != 2 || lacks[0].Key != after.Key {
		t.Fatalf("lacking %v", lacks)
	}
	if n := bob.fill(); n != 2 {
		t.Fatalf("another owner saw %d lacks", n)
	}
	eve.sync(bob)
	eve.opens(t, after, Accepted)
	if eve.seal().Key != after.Key {
		t.Fatal("sealed under another key")
	}
}

// An engineer without a key that may be used makes one; that others made one too does no harm.
func TestTwoKeysMadeAtOnce(t *testing.T) {
	p := newPlant(t)
	ann, service := p.laptops[0], p.service()
	ann.grant(service)
	bob := ann.admit(envelope.Owner)
	bob.sync(ann)
	ann.end(service)
	bob.end(service)
	x, y := ann.seal(), bob.seal()
	if x.Key == y.Key {
		t.Fatal("one key drawn twice")
	}
	ann.sync(bob)
	want := min(x.Key.String(), y.Key.String())
	for _, l := range []*laptop{ann, bob} {
		l.opens(t, x, Accepted)
		l.opens(t, y, Accepted)
		if got := l.sealing(t); got.String() != want {
			t.Fatalf("sealing under %s, want %s", got, want)
		}
	}
	eve := bob.admit(envelope.Engineer)
	eve.sync(ann)
	eve.opens(t, x, Accepted)
	eve.opens(t, y, Accepted)
	if len(ann.Lacking())+len(bob.Lacking()) != 0 {
		t.Fatal("somebody lacks a key")
	}
}

func TestKeyThatMostHoldIsTaken(t *testing.T) {
	p := newPlant(t)
	ann := p.laptops[0]
	first := ann.sealing(t)
	for range 8 {
		ann.renew()
	}
	if ann.sealing(t) != first {
		t.Fatal("of keys that all hold it is the naming key")
	}
	bob := ann.admit(envelope.Engineer)
	if bob.sealing(t) != first || len(bob.Roster.held()) != 9 {
		t.Fatalf("the new laptop holds %d keys", len(bob.Roster.held()))
	}
	few := keyring.NewKey()
	wrap, err := Wrap(p.id, ann.keys(), few)
	p.must(err)
	ann.write(&envelope.Control{Type: envelope.KeyAdded, Wraps: []envelope.Wrap{wrap}})
	if ann.sealing(t) != first || len(ann.Lacking()) != 2 {
		t.Fatalf("a key that one device holds: %v", ann.Lacking())
	}
}

// What is chosen follows each control event and each key.
func TestSealingKeyIsChosenAnew(t *testing.T) {
	p := newPlant(t)
	ann, service := p.laptops[0], p.service()
	first := ann.sealing(t)
	bob := ann.admit(envelope.Owner)
	bob.write(&envelope.Control{Type: envelope.DeviceAdmitted, Grant: &envelope.Grant{Member: p.member(), Role: envelope.Engineer, Keys: PublicKeys(p.identity())}})
	bob.renew()
	ann.Admit(bob.held...)
	if ann.sealing(t) != first {
		t.Fatal("sealed under a key that is not at hand")
	}
	p.must(ann.Take(ann.identity))
	if ann.sealing(t) == first {
		t.Fatal("the key that all were given is not taken")
	}
	bob.sync(ann)
	bob.grant(service)
	bob.end(service)
	ann.Admit(bob.held...)
	if _, err := ann.Sealing(); !errors.Is(err, ErrNoSealingKey) {
		t.Fatalf("sealing: %v", err)
	}
}

// A wrap with nonsense in it, or with another key than it says, is of no use and does no harm: what else was wrapped counts, also
// when the same key comes again.
func TestWrapThatCannotBeOpenedIsPassedOver(t *testing.T) {
	p := newPlant(t)
	ann := p.laptops[0]
	bob := ann.admit(envelope.Engineer)
	ann.sync(bob)
	key, other := keyring.NewKey(), keyring.NewKey()
	lie, err := Wrap(p.id, ann.keys(), other)
	p.must(err)
	lie.Key = key.ID()
	foreign, err := Wrap(p.id, bob.keys(), other)
	p.must(err)
	foreign.Device = ann.device()
	for _, w := range []envelope.Wrap{lie, foreign, {Device: ann.device(), Key: envelope.KeyID{9}, Data: []byte("x")}} {
		bob.write(&envelope.Control{Type: envelope.KeyAdded, Wraps: []envelope.Wrap{w}})
	}
	first := ann.sealing(t)
	ann.sync(bob)
	if ann.sealing(t) != first || len(ann.Roster.held()) != 1 {
		t.Fatalf("holds %d keys", len(ann.Roster.held()))
	}
	good, err := Wrap(p.id, ann.keys(), key)
	p.must(err)
	bob.write(&envelope.Control{Type: envelope.KeyAdded, Wraps: []envelope.Wrap{good}})
	ann.sync(bob)
	if _, err := ann.Key(key.ID()); err != nil {
		t.Fatalf("the right wrap after the wrong one: %v", err)
	}
}

// However many keys there are, a new device is given those it cannot do without.
func TestAdmissionTakesWhatFitsOneEvent(t *testing.T) {
	p := newPlant(t)
	ann, service := p.laptops[0], p.service()
	ann.grant(service)
	for range envelope.MaxWraps {
		ann.renew()
	}
	ann.end(service)
	bob := ann.admit(envelope.Engineer)
	if got := bob.sealing(t); got != ann.sealing(t) || len(bob.Roster.held()) != envelope.MaxWraps {
		t.Fatalf("seals under %s, holds %d keys", got, len(bob.Roster.held()))
	}
	if bob.Derive("x") != ann.Derive("x") {
		t.Fatal("another naming key")
	}
	if n := ann.fill(); n != 2 {
		t.Fatalf("%d lacks", n)
	}
	bob.sync(ann)
	if len(bob.Roster.held()) != envelope.MaxWraps+2 {
		t.Fatalf("holds %d keys", len(bob.Roster.held()))
	}
}

func TestFatesOfEnvelopes(t *testing.T) {
	p := newPlant(t)
	ann := p.laptops[0]
	bob := ann.admit(envelope.Engineer)
	e := ann.seal()
	bob.opens(t, e, Accepted)

	stranger := p.laptop(p.identity())
	stranger.take(ann.held...)
	masked := ann.seal()
	masked.Device = stranger.device()
	key, err := ann.Key(masked.Key)
	p.must(err)
	masked.Nonce, masked.Body, err = key.Seal(masked.AD(), envelope.EncodeBody(&envelope.Body{Type: "x", Schema: 1, Stream: envelope.StreamID{1}, HLC: 1, Recorded: 1}))
	p.must(err)
	bob.opens(t, masked, Masked)

	waiting := *e
	waiting.ACL = []envelope.Hash{{9}}
	bob.opens(t, &waiting, Waiting)
	altered := *e
	altered.Body = append([]byte{e.Body[0] ^ 1}, e.Body[1:]...)
	bob.opens(t, &altered, Malformed)
	if o := bob.Open(ann.envelope([]byte{0xff})); o.Fate != Malformed || o.Control != nil {
		t.Fatalf("broken control event: %+v", o)
	}
	if o := bob.Open(ann.envelope(envelope.EncodeControl(&envelope.Control{Type: "device.revoked"}))); o.Fate != Newer || o.Control != nil {
		t.Fatalf("newer control event: %+v", o)
	}
	if o := bob.Open(bob.held[0]); o.Fate != Accepted || o.Control.Type != envelope.WorkspaceCreated || !bob.Founding(bob.held[0], bob.held[0].Hash()) {
		t.Fatalf("founding event: %+v", o)
	}
	if bob.Founding(e, e.Hash()) {
		t.Fatal("a sealed entry founds nothing")
	}
	if err := bob.Verdict(envelope.Hash{9}); !errors.Is(err, envelope.ErrWaiting) {
		t.Fatalf("verdict on what is not here: %v", err)
	}
}

// An owner who lets in nonsense for a recipient stops nobody else's keys.
func TestRecipientThatCannotReceiveStopsNobody(t *testing.T) {
	p := newPlant(t)
	ann := p.laptops[0]
	keys := envelope.DeviceKeys{Sign: p.identity().SignPublic(), Recipient: "age1pq1nonsense"}
	ann.write(&envelope.Control{Type: envelope.ServiceGranted, Service: &keys})
	if len(ann.Lacking()) != 0 {
		t.Fatalf("lacking %v", ann.Lacking())
	}
	ann.renew()
	if len(ann.Roster.held()) != 2 {
		t.Fatal("no key could be made")
	}
}

func TestWipedRosterOpensNothing(t *testing.T) {
	p := newPlant(t)
	ann := p.laptops[0]
	e := ann.seal()
	ann.Wipe()
	ann.opens(t, e, Waiting)
	if _, err := ann.Key(e.Key); !errors.Is(err, ErrNoKey) {
		t.Fatalf("key: %v", err)
	}
	if _, err := ann.Sealing(); !errors.Is(err, ErrNoSealingKey) {
		t.Fatalf("sealing: %v", err)
	}
}

// Rebuilds open on all cores while a sync admits.
func TestOpenAndAdmitAtOnce(t *testing.T) {
	p := newPlant(t)
	ann := p.laptops[0]
	bob := ann.admit(envelope.Owner)
	e := bob.seal()
	service := p.service()
	bob.grant(service)
	bob.end(service)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 20 {
				if o := ann.Open(e); o.Fate != Accepted {
					t.Errorf("fate %d", o.Fate)
				}
				if _, err := ann.Sealing(); err != nil {
					t.Error(err)
				}
				ann.Lacking()
			}
		})
	}
	for _, c := range bob.held {
		ann.take(c)
	}
	all.Wait()
	if ann.sealing(t) != bob.sealing(t) || ann.Digest() != bob.Digest() {
		t.Fatal("they differ")
	}
}
