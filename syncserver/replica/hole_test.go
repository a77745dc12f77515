package replica_test

import (
	"testing"

	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// Given a region that was wiped and to which replication brought back what lies
// behind a hole, then an instance that was pushed more behind the hole says of
// the workspace what one says that reads the store: it took no more than hangs
// together. When the hole is filled both have all.
func TestPushedBehindAHole(t *testing.T) {
	store := &syncserver.Memory{}
	s := serve(t, store, newMaster(t), nil)
	p := granted(t, s)
	var all []syncproto.Segment
	for n := range 5 {
		p.Founder.Edit(id(n), "tag", "PLC")
		all = append(all, p.Founder.Cut()...)
	}
	stray := all[3]
	must(t, store.Create(t.Context(), syncproto.Path(syncproto.Workspace(p.ID), stray.Feed, stray.Name()), stray.Data, nil))
	s.push(p, all[0])
	if answer := s.push(p, all[4]); answer.Stored != 1 {
		t.Fatalf("refused %v", answer.Refused)
	}
	remembers, reads := s.push(p).Service, serve(t, store, s.master, nil).push(p).Service
	if reads.Complete || remembers.Complete || remembers.Digest != reads.Digest || remembers.Documents != reads.Documents {
		t.Errorf("who remembers says %+v, who reads the store %+v", remembers, reads)
	}
	s.push(p, all[1:3]...)
	s.same(p, p.Founder)
}
