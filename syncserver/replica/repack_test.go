package replica_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fieldbook/envelope"
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

// Given packs of which an owner of the store deleted all, or what was old, then a
// service that runs and one that starts have the same documents and go on from
// there.
func TestDeletedPacksAreMadeAgain(t *testing.T) {
	memory := &syncserver.Memory{}
	s, p := packed(t, memory)
	packs, parts := stored(t, memory, p, "packs"), stored(t, memory, p, "parts")
	all := slices.Concat(packs, parts)
	for what, kept := range map[string][]string{
		"all": nil, "parts": packs, "half of the parts": slices.Concat(packs, parts[len(parts)/2:]),
		"old packs": slices.Concat(packs[:1], parts), "packs": parts,
	} {
		t.Run(what, func(t *testing.T) {
			store := &changing{Store: copied(t, memory, p)}
			warm := serveWithin(t, store, s.master, nil, 1)
			replica.PackEvery(warm.set, 8, 4)
			warm.same(p, p.Founder)
			left := refilled(t, store, p)
			for _, name := range all {
				if slices.Contains(kept, name) {
					data, _, err := store.Get(t.Context(), name, envelope.MaxPart)
					must(t, err)
					must(t, left.Create(t.Context(), name, data, nil))
				}
			}
			store.Store = left
			device := p.Founder.Fork()
			for _, service := range []*service{serveWithin(t, store, s.master, nil, 1), warm, serve(t, store, s.master, nil)} {
				for n := range 9 {
					device.Edit(id(n), "zone", "after")
				}
				service.push(p, device.Cut()...)
				service.same(p, device)
			}
		})
	}
}
