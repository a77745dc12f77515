package replica_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/planttest"
	"fieldbook/internal/testkit/synctest"
	"fieldbook/record"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/replica"
)

// stored lists the objects of a workspace whose names begin in a way.
func stored(t testing.TB, store syncserver.Store, p *planttest.Plant, folder string) (names []string) {
	t.Helper()
	entries, err := store.List(context.Background(), p.ID.String()+"/"+folder, "", 1<<20)
	must(t, err)
	for _, e := range entries {
		names = append(names, p.ID.String()+"/"+folder+"/"+e.Name)
	}
	return names
}

// packed is a plant whose service has written several packs over a store.
func packed(t testing.TB, store syncserver.Store) (*service, *planttest.Plant) {
	t.Helper()
	s := serveWithin(t, store, newMaster(t), nil, 1)
	replica.PackEvery(s.set, 8, 4)
	p := granted(t, s)
	for n := range 60 {
		p.Founder.Edit(id(n%7), "tag", fmt.Sprint(n))
		if n%3 == 0 {
			s.push(p, p.Founder.Cut()...)
		}
	}
	s.push(p, p.Founder.Cut()...)
	if len(stored(t, store, p, "packs")) < 3 {
		t.Fatal("no packs")
	}
	return s, p
}

// copied is what a store holds of a plant, in another one.
func copied(t testing.TB, store syncserver.Store, p *planttest.Plant) *syncserver.Memory {
	t.Helper()
	out := &syncserver.Memory{}
	for _, folder := range []string{"feeds", "packs", "parts"} {
		for _, name := range stored(t, store, p, folder) {
			data, note, err := store.Get(t.Context(), name, envelope.MaxPart)
			must(t, err)
			must(t, out.Create(t.Context(), name, data, note))
		}
	}
	return out
}

// Given packs of which any one object is damaged, then an instance that starts
// comes to the same documents, and goes on from there.
func TestDamagedPacksAreMadeAgain(t *testing.T) {
	memory := &syncserver.Memory{}
	s, p := packed(t, memory)
	for _, name := range append(stored(t, memory, p, "packs"), stored(t, memory, p, "parts")...) {
		store := copied(t, memory, p)
		store.Put(name, []byte("damaged"))
		cold := serveWithin(t, store, s.master, nil, 1)
		cold.same(p, p.Founder)
		device := p.Founder.Fork()
		for n := range 7 {
			device.Edit(id(n), "zone", "after")
		}
		cold.push(p, device.Cut()...)
		cold.same(p, device)
	}
}

// Given a listing that is older than what came in since, then nothing is read
// again: the store has not lost anything.
func TestOldListingIsNoLoss(t *testing.T) {
	store := &synctest.Faults{Store: &syncserver.Memory{}}
	s := serve(t, store, newMaster(t), nil)
	p := granted(t, s)
	s.push(p, p.Founder.Cut()...)
	old, err := syncserver.List(t.Context(), store, syncproto.Workspace(p.ID))
	must(t, err)
	p.Founder.Edit(id("a"), "tag", "PLC-1")
	s.push(p, p.Founder.Cut()...)
	for most, began := range []time.Time{old.Began, time.Now().Add(time.Hour)} {
		listing := *old
		listing.Began = began
		before := store.Calls
		r, err := s.set.Replica(t.Context(), &listing)
		must(t, err)
		if calls := store.Calls - before; calls != most {
			t.Errorf("%d calls to the store, want %d", calls, most)
		}
		if got, err := r.Merge(t.Context(), &listing); err != nil || got.Documents != 1 {
			t.Errorf("service %+v, %v", got, err)
		}
	}
}

// Given a manifest of somebody else's, or of another workspace's, that claims to
// cover everything, then it is passed over.
func TestForgedPacksArePassedOver(t *testing.T) {
	memory := &syncserver.Memory{}
	s, p := packed(t, memory)
	forger, q := packed(t, memory)
	for _, from := range []*planttest.Plant{p, q} {
		other := newMaster(t)
		packer, err := envelope.NewPacker()
		must(t, err)
		key, err := other.Service(from.ID)
		must(t, err)
		data, err := packer.EncodeManifest(&envelope.Manifest{Workspace: from.ID, Service: s.keys(from).ID(), Segments: 1 << 20}, nil, key)
		must(t, err)
		path, err := envelope.PackPath(p.ID, envelope.ManifestName(1<<20, data))
		must(t, err)
		memory.Put(path, data)
	}
	for _, name := range stored(t, memory, q, "packs") {
		data, _, err := memory.Get(t.Context(), name, envelope.MaxManifest)
		must(t, err)
		memory.Put(strings.Replace(name, q.ID.String(), p.ID.String(), 1), data)
	}
	serveWithin(t, memory, s.master, nil, 1).same(p, p.Founder)
	forger.same(q, q.Founder)
}

// Given a store whose newest packs are gone, then an older one and the segments
// behind it do.
func TestRolledBackPacks(t *testing.T) {
	memory := &syncserver.Memory{}
	s, p := packed(t, memory)
	all := stored(t, memory, p, "packs")
	for n := range all {
		hidden := all[:n+1] // the newest are listed first
		store := &synctest.Faults{Store: memory, Hide: func(path string) bool { return slices.Contains(hidden, path) }}
		serveWithin(t, store, s.master, nil, 1).same(p, p.Founder)
	}
}

// changing is a store that can be exchanged for another.
type changing struct{ syncserver.Store }

// Given a store that was wiped under a running service, then what it held in
// memory counts for nothing, a laptop refills it, and all is as it was. The
// receipt of before proves whose laptop it is.
func TestWipedStoreIsRefilled(t *testing.T) {
	store := &changing{Store: &syncserver.Memory{}}
	s := serveWithin(t, store, newMaster(t), nil, 1)
	replica.PackEvery(s.set, 8, 4)
	p := granted(t, s)
	var all []syncproto.Segment
	for n := range 30 {
		p.Founder.Edit(id(n%7), "tag", fmt.Sprint(n))
		all = append(all, p.Founder.Cut()...)
	}
	receipt := s.push(p, all...).Receipts[0].Receipt
	store.Store = &syncserver.Memory{}
	if v := s.view(p); v.Known() || !v.Proves(p.Founder.ID, receipt) || v.Proves([32]byte{1}, receipt) {
		t.Fatal("the service still thinks it knows the workspace, or not the laptop")
	}
	part := planttest.Reader(p)
	part.Take(all[:10]...)
	s.push(p, all[:10]...)
	s.same(p, part)
	if answer := s.push(p, all...); answer.Stored != 20 {
		t.Fatalf("stored %d of the rest", answer.Stored)
	}
	s.same(p, p.Founder)
}

// Given a region that shows objects late and in any order, packs too, then an
// instance there never skips one: whenever it says to be complete its documents
// are those of the segments it lists, and in the end it has all.
func TestReplicationLateAndOutOfOrder(t *testing.T) {
	for seed := range uint64(20) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 1))
			memory := &syncserver.Memory{}
			s, p := packed(t, memory)
			copied := p.Founder.Fork()
			var forked []syncproto.Segment
			for n := range 9 {
				d := []*planttest.Device{p.Founder, copied}[n%2]
				d.Edit(id(n%7), "zone", fmt.Sprint(n))
				forked = append(forked, d.Cut()...)
				s.push(p, forked...)
			}
			p.Founder.Take(forked...)
			s.same(p, p.Founder)
			shown := map[string]bool{}
			late := &synctest.Faults{Store: memory, Hide: func(path string) bool { return !shown[path] }}
			region := serveWithin(t, late, s.master, nil, 1)
			replica.PackEvery(region.set, 1<<30, 1<<30) // it would write into the other region
			hidden := slices.Concat(stored(t, memory, p, "packs"), stored(t, memory, p, "feeds"))
			random.Shuffle(len(hidden), func(i, j int) { hidden[i], hidden[j] = hidden[j], hidden[i] })
			for len(hidden) > 0 {
				n := min(1+random.IntN(6), len(hidden))
				for _, name := range hidden[:n] {
					shown[name] = true
				}
				hidden = hidden[n:]
				if random.IntN(3) == 0 {
					replica.Forget(region.set)
				}
				region.partly(p)
			}
			region.same(p, p.Founder)
		})
	}
}

// partly checks that a service that says to be complete has the documents of
// exactly the segments that it states.
func (s *service) partly(p *planttest.Plant) {
	s.t.Helper()
	answer := s.push(p)
	if !answer.Service.Complete {
		return
	}
	d := planttest.Reader(p)
	d.Take(answer.Segments...)
	if answer.Service.Digest != d.Root() {
		s.t.Fatalf("complete with %v, but the documents are others", answer.Have)
	}
}

// Given several devices that push at once to instances of their own over one
// store, then nothing is lost and all instances come to the same documents.
func TestInstancesAtOnce(t *testing.T) {
	memory, master := &syncserver.Memory{}, newMaster(t)
	first := serve(t, memory, master, nil)
	p := granted(t, first)
	var all [4][]syncproto.Segment
	for i := range all {
		d := p.Admit(envelope.Engineer)
		first.push(p, p.Founder.Cut()...)
		d.Take(segments(t, memory, p)...)
		d.Open()
		for n := range 40 {
			d.Edit(record.ID{byte(n % 5)}, "tag", fmt.Sprint(i, n))
			all[i] = append(all[i], d.Cut()...)
		}
	}
	var wait sync.WaitGroup
	var services []*service
	for i := range all {
		s := serveWithin(t, memory, master, nil, i%2)
		replica.PackEvery(s.set, 10, 10)
		services = append(services, s, first)
		for _, to := range []*service{s, first} {
			wait.Go(func() {
				for n := range all[i] {
					if _, err := to.exchange(p, all[i][:n+1]); err != nil {
						t.Errorf("push %d of device %d: %v", n, i, err)
					}
				}
			})
		}
	}
	wait.Wait()
	reader := planttest.Reader(p)
	reader.Take(segments(t, memory, p)...)
	for _, s := range append(services, serve(t, memory, master, nil)) {
		s.same(p, reader)
	}
}

// segments reads all that a store holds of a plant.
func segments(t testing.TB, store syncserver.Store, p *planttest.Plant) (out []syncproto.Segment) {
	t.Helper()
	listing, err := syncserver.List(context.Background(), store, syncproto.Workspace(p.ID))
	must(t, err)
	for feed, names := range listing.Feeds {
		for _, name := range names {
			data, _, err := store.Get(context.Background(), syncproto.Path(listing.Workspace, feed, name), syncproto.MaxSegment)
			must(t, err)
			out = append(out, syncproto.Segment{Feed: feed, Number: name.Number, Data: data})
		}
	}
	return out
}
