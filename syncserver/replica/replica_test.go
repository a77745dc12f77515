package replica_test

import (
	"bytes"
	"fmt"
	"testing"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/planttest"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/replica"
)

// Given an owner's grant, then the service merges what devices push and comes
// to the documents that they have.
func TestMergesWhatDevicesPush(t *testing.T) {
	s := serve(t, &syncserver.Memory{}, newMaster(t), nil)
	p := granted(t, s)
	engineer := p.Admit(envelope.Engineer)
	first := p.Founder.Cut()
	engineer.Take(first...)
	engineer.Open()
	a := id("asset")
	engineer.Edit(a, "tag", "PLC-1")
	engineer.Type(a, "description", "by the door")
	pushed := append(first, engineer.Cut()...)
	answer := s.push(p, pushed...)
	if answer.Stored != 2 || len(answer.Refused) != 0 || len(answer.Receipts) != 2 {
		t.Fatalf("stored %d, refused %v", answer.Stored, answer.Refused)
	}
	if answer.Service.Documents != 1 {
		t.Fatalf("service %+v", answer.Service)
	}
	s.same(p, engineer)
}

// Given no grant, then the service keeps ciphertext, checks authors all the
// same, and says that it is sealed.
func TestSealedWithoutAGrant(t *testing.T) {
	s := serve(t, &syncserver.Memory{}, newMaster(t), nil)
	p := planttest.New(t)
	p.Founder.Edit(id("a"), "tag", "PLC-1")
	answer := s.push(p, p.Founder.Cut()...)
	if got := answer.Service; got.Mode != syncproto.Sealed || got.Complete || got.Unopened != 0 || got.Documents != 0 {
		t.Fatalf("service %+v", got)
	}
	stranger := p.Admit(envelope.Engineer)
	stranger.Take(p.Founder.Cut()...)
	stranger.Open()
	refused := s.push(p, stranger.Cut()...).Refused
	if len(refused) != 1 || refused[0].Reason != syncproto.Hole {
		t.Fatalf("refused %v, want a hole until the admission is here", refused)
	}
}

// Given a copied laptop, so that two changes have one actor and seq, then the one
// with the smaller hash stands whichever came first, also in an engine that
// holds the other.
func TestCopiedLaptopsAgree(t *testing.T) {
	for _, order := range [][2]int{{0, 1}, {1, 0}} {
		s := serve(t, &syncserver.Memory{}, newMaster(t), nil)
		p := granted(t, s)
		p.Founder.Edit(id("a"), "tag", "PLC-1")
		s.push(p, p.Founder.Cut()...)
		both := [2]*planttest.Device{p.Founder, p.Founder.Fork()}
		var cut [2][]syncproto.Segment
		for i, d := range both {
			d.Edit(id("a"), "tag", []string{"one", "two"}[i])
			cut[i] = d.Cut()
		}
		for _, i := range order {
			s.push(p, cut[i]...)
			both[1-i].Take(cut[i]...)
		}
		s.same(p, p.Founder)
	}
}

// Given a grant that ends, then the service opens nothing new and says that it
// is sealed; granted again it has everything, also after a restart.
func TestGrantThatEnds(t *testing.T) {
	store, master := &syncserver.Memory{}, newMaster(t)
	s := serveWithin(t, store, master, nil, 1)
	replica.PackEvery(s.set, 2, 2)
	p := granted(t, s)
	p.Founder.Edit(id("a"), "tag", "open")
	s.push(p, p.Founder.Cut()...)
	for round := range 3 {
		p.Founder.End(s.keys(p).ID())
		p.Founder.Edit(id("a"), "tag", fmt.Sprint("shut ", round))
		s.push(p, p.Founder.Cut()...)
		for _, instance := range []*service{s, serve(t, store, master, nil)} {
			if got := instance.push(p).Service; got.Mode != syncproto.Sealed || got.Complete || got.Documents != 0 {
				t.Fatalf("ended: %+v", got)
			}
		}
		p.Founder.Grant(s.keys(p))
		p.Founder.Hand()
		s.push(p, p.Founder.Cut()...)
		s.same(p, p.Founder)
		serve(t, store, master, nil).same(p, p.Founder)
	}
}

// Given an instance that started from the packs of a sealed workspace, then a
// grant lets it open what they passed over.
func TestGrantAfterSealedPacks(t *testing.T) {
	store, master := &syncserver.Memory{}, newMaster(t)
	s := serve(t, store, master, nil)
	replica.PackEvery(s.set, 2, 2)
	p := planttest.New(t)
	for n := range 6 {
		p.Founder.Edit(id(n%2), "tag", fmt.Sprint(n))
		s.push(p, p.Founder.Cut()...)
	}
	cold := serve(t, store, master, nil)
	cold.push(p)
	p.Founder.Grant(s.keys(p))
	cold.push(p, p.Founder.Cut()...)
	cold.same(p, p.Founder)
}

// What a device was not allowed to write is kept and takes part in causality, up
// to a limit; what it did not sign is not.
func TestNotAllowedIsKeptUpToALimit(t *testing.T) {
	s := serve(t, &syncserver.Memory{}, newMaster(t), nil)
	p := granted(t, s)
	d := p.Admit(envelope.Engineer)
	first := p.Founder.Cut()
	s.push(p, first...)
	d.Take(first...)
	d.Open()
	d.Pretend()
	d.Edit(id("a"), "tag", "not allowed")
	few := d.Cut()
	if answer := s.push(p, few...); answer.Stored != 1 {
		t.Fatalf("refused %v", answer.Refused)
	}
	p.Founder.Take(few...)
	s.same(p, p.Founder)
	forged := few[0]
	forged.Data = bytes.Clone(forged.Data)
	forged.Data[150]++ // in the signed payload or its signature
	for range replica.MaxFaults {
		d.Edit(id("a"), "tag", "again and again")
	}
	refused := s.push(p, append(d.Cut(), forged)...).Refused
	if len(refused) != 2 || refused[0].Reason != syncproto.Limit || refused[1].Reason == syncproto.Hole {
		t.Fatalf("refused %v", refused)
	}
}

// Given more workspaces than are kept in memory, then each is as it was when it
// is opened again.
func TestForgottenWorkspacesComeBack(t *testing.T) {
	store, master := &syncserver.Memory{}, newMaster(t)
	set, err := replica.New(replica.Config{Store: store, Identity: master.Service, Workspaces: 2})
	must(t, err)
	t.Cleanup(set.Close)
	s := &service{t: t, set: set, store: store}
	var plants []*planttest.Plant
	for range 5 {
		p := granted(t, s)
		p.Founder.Edit(id("a"), "tag", "PLC-1")
		s.push(p, p.Founder.Cut()...)
		plants = append(plants, p)
	}
	if n := replica.Held(set); n > 2 {
		t.Errorf("%d workspaces in memory", n)
	}
	for _, p := range plants {
		s.same(p, p.Founder)
	}
}
