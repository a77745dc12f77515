package replica_test

import (
	"testing"

	"fieldbook/internal/testkit/planttest"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// written is a plant of five segments, each with a document of its own.
func written(t *testing.T, s *service) (p *planttest.Plant, all []syncproto.Segment) {
	t.Helper()
	p = granted(t, s)
	for n := range 5 {
		p.Founder.Edit(id(n), "tag", "PLC")
		all = append(all, p.Founder.Cut()...)
	}
	return p, all
}

// alike checks that an instance says of a workspace what one says that reads
// the store, and that neither says to be complete.
func alike(t *testing.T, s *service, p *planttest.Plant) {
	t.Helper()
	remembers, reads := s.push(p).Service, serve(t, s.store, s.master, nil).push(p).Service
	if reads.Complete != remembers.Complete || remembers.Digest != reads.Digest || remembers.Documents != reads.Documents {
		t.Errorf("who remembers says %+v, who reads the store %+v", remembers, reads)
	}
}

// Given a region that was wiped and to which replication brought back what lies
// behind a hole, then that is not stated and nothing goes on behind it; when
// what it continues comes with it again, it counts at once.
func TestSegmentsBehindAHole(t *testing.T) {
	store := &syncserver.Memory{}
	s := serve(t, store, newMaster(t), nil)
	p, all := written(t, s)
	stray := all[3]
	must(t, store.Create(t.Context(), syncproto.Path(syncproto.Workspace(p.ID), stray.Feed, stray.Name()), stray.Data, nil))
	s.push(p, all[0])
	answer := s.push(p, all[4])
	if len(answer.Refused) != 1 || answer.Refused[0].Reason != syncproto.Hole || answer.Have[0].Number != 1 || len(answer.Have[0].Names) != 0 {
		t.Fatalf("refused %v, holds %v", answer.Refused, answer.Have)
	}
	alike(t, s, p)
	if answer = s.push(p, all...); answer.Stored != 3 || len(answer.Receipts) != 5 || !answer.Service.Complete || answer.Service.Digest != p.Founder.Root() {
		t.Fatalf("stored %d, refused %v, service %+v", answer.Stored, answer.Refused, answer.Service)
	}
	alike(t, s, p)
}

// Given a request under way while the store is wiped and another request meets
// that, then what it brings is stored and counts only with what it continues.
func TestPushIntoAWipedStore(t *testing.T) {
	store := &changing{Store: &syncserver.Memory{}}
	s := serve(t, store, newMaster(t), nil)
	p, all := written(t, s)
	s.push(p, all[:4]...)
	late := s.view(p)
	store.Store = &syncserver.Memory{}
	s.push(p, all[0])
	must(t, store.Create(t.Context(), syncproto.Path(syncproto.Workspace(p.ID), all[3].Feed, all[3].Name()), all[3].Data, nil))
	answer, err := late.Exchange(t.Context(), &syncproto.Request{Workspace: syncproto.Workspace(p.ID), Segments: all[4:]})
	must(t, err)
	if answer.Stored != 1 || answer.Service.Complete {
		t.Fatalf("stored %d, service %+v", answer.Stored, answer.Service)
	}
	alike(t, s, p)
	s.push(p, all...)
	s.same(p, p.Founder)
}
