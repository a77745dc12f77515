package replica_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"fieldbook/internal/testkit/planttest"
	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncserver"
	"fieldbook/syncserver/replica"
)

// refilled is another store with the segments of a plant, without packs.
func refilled(t testing.TB, store syncserver.Store, p *planttest.Plant) *syncserver.Memory {
	t.Helper()
	out := &syncserver.Memory{}
	for _, name := range stored(t, store, p, "feeds") {
		data, note, err := store.Get(t.Context(), name, 1<<20)
		must(t, err)
		must(t, out.Create(t.Context(), name, data, note))
	}
	return out
}

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
	refilled := refilled(t, store, p)
	store.Store = refilled
	push()
	if len(stored(t, refilled, p, "packs")) == 0 {
		t.Fatal("no packs")
	}
	s.same(p, p.Founder)
	serve(t, refilled, s.master, nil).same(p, p.Founder)
	serve(t, &synctest.Faults{Store: refilled, Hide: isManifest}, s.master, nil).same(p, p.Founder)
}

// Given the same, with much in the lost packs and little since, so that the next
// pack would only add to them, then it names no part that the store has lost:
// another service starts from it and reads no segment that it covers.
func TestPackNamesNothingThatWasLost(t *testing.T) {
	store := &changing{Store: &syncserver.Memory{}}
	s := serve(t, store, newMaster(t), nil)
	replica.PackEvery(s.set, 4, 4)
	p := granted(t, s)
	push := func(events int) {
		for n := range events {
			p.Founder.Edit(id(n), "tag", fmt.Sprint(events, n))
		}
		s.push(p, p.Founder.Cut()...)
	}
	push(400)
	refilled := refilled(t, store, p)
	store.Store = refilled
	push(4)
	reads := &counting{Store: refilled}
	other := serve(t, reads, s.master, nil)
	if other.view(p).Known(); reads.segments != 0 {
		t.Errorf("%d segments were read beside the packs", reads.segments)
	}
	other.same(p, p.Founder)
}

// counting counts the segments that are read.
type counting struct {
	syncserver.Store
	segments int
}

// Get implements syncserver.Store.
func (c *counting) Get(ctx context.Context, name string, max int) (data, note []byte, err error) {
	if strings.Contains(name, "/feeds/") {
		c.segments++
	}
	return c.Store.Get(ctx, name, max)
}
