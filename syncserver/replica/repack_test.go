package replica_test

import (
	"fmt"
	"testing"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncserver"
	"fieldbook/syncserver/replica"
)

// Given a store that was wiped and refilled while its service remembers the
// packs, then the next pack is made of the segments again, and holds the events
// of all of them: who starts from it has the same documents.
func TestPackAfterLostPacksHoldsEverything(t *testing.T) {
	store := &changing{Store: &syncserver.Memory{}}
	s := serve(t, store, newMaster(t), nil)
	replica.PackEvery(s.set, 4, 4)
	p := granted(t, s)
	push := func() {
		for n := range 4 {
			p.Founder.Edit(id(n), "tag", fmt.Sprint(n))
		}
		s.push(p, p.Founder.Cut()...)
	}
	push()
	refilled := &syncserver.Memory{}
	for _, name := range stored(t, store, p, "feeds") {
		data, note, err := store.Get(t.Context(), name, 1<<20)
		must(t, err)
		must(t, refilled.Create(t.Context(), name, data, note))
	}
	store.Store = refilled
	push()
	if len(stored(t, refilled, p, "packs")) == 0 {
		t.Fatal("no packs")
	}
	s.same(p, p.Founder)
	serve(t, refilled, s.master, nil).same(p, p.Founder)
	serve(t, &synctest.Faults{Store: refilled, Hide: isManifest}, s.master, nil).same(p, p.Founder)
}
