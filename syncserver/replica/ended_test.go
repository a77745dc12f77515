package replica_test

import (
	"fmt"
	"strings"
	"testing"

	"fieldbook/syncserver"
	"fieldbook/syncserver/replica"
)

// Given a grant that has ended, and packs that are lost with a wiped store, then
// the packs that are made again of the segments hold no documents and nothing is
// taken for held that they do not hold: granted again, the service has
// everything, and so has who starts from its packs.
func TestLostPacksAfterAnEnd(t *testing.T) {
	store := &changing{Store: &syncserver.Memory{}}
	s := serveWithin(t, store, newMaster(t), nil, 1)
	replica.PackEvery(s.set, 1, 1)
	p := granted(t, s)
	for n := range 4 {
		p.Founder.Edit(id("a"), "tag", fmt.Sprint(n))
	}
	s.push(p, p.Founder.Cut()...)
	p.Founder.End(s.keys(p).ID())
	s.push(p, p.Founder.Cut()...)
	store.Store = refilled(t, store, p)
	p.Founder.Edit(id("a"), "tag", "shut")
	if got := s.push(p, p.Founder.Cut()...).Service; got.Documents != 0 {
		t.Fatalf("ended: %+v", got)
	}
	p.Founder.Grant(s.keys(p))
	p.Founder.Hand()
	p.Founder.Edit(id("a"), "tag", "open")
	s.push(p, p.Founder.Cut()...)
	s.same(p, p.Founder)
	serve(t, store, s.master, nil).same(p, p.Founder)
}

// Given the same within a history that is too large to be read at once, then who
// reads it from its beginning comes to the same documents.
func TestEndWithinALargeHistory(t *testing.T) {
	store := &syncserver.Memory{}
	s := serve(t, store, newMaster(t), nil)
	p := granted(t, s)
	large := strings.Repeat("x", 400<<10)
	for n := range 10 {
		p.Founder.Edit(id(n), "tag", large)
		s.push(p, p.Founder.Cut()...)
	}
	p.Founder.Edit(id("last"), "tag", large)
	p.Founder.End(s.keys(p).ID())
	s.push(p, p.Founder.Cut()...)
	p.Founder.Grant(s.keys(p))
	p.Founder.Hand()
	p.Founder.Edit(id("last"), "tag", "open")
	s.push(p, p.Founder.Cut()...)
	serveWithin(t, store, s.master, nil, 1).same(p, p.Founder)
}
