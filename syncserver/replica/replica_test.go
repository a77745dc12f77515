package replica_test

import (
	"testing"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/planttest"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
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
