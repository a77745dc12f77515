package replica_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/planttest"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/replica"
)

// page is how many names a request to a paged store lists.
const page = 16

// paged is a store that counts the requests that listings of segments take.
type paged struct {
	syncserver.Store
	requests int
}

// Page implements syncserver.Paged.
func (p *paged) Page() int { return page }

// List implements syncserver.Store.
func (p *paged) List(ctx context.Context, folder, after string, limit int) ([]syncserver.Entry, error) {
	out, err := p.Store.List(ctx, folder, after, limit)
	if folder[64:] == "/feeds" {
		p.requests += max((len(out)+page-1)/page, 1)
	}
	return out, err
}

// listed says how many requests it takes an instance to list the workspace, and
// checks that it then holds all that is stored.
func (p *paged) listed(t *testing.T, s *service, plant *planttest.Plant) int {
	t.Helper()
	before := p.requests
	answer, err := s.exchange(plant, nil)
	must(t, err)
	requests := p.requests - before
	held := planttest.Reader(plant)
	held.Take(segments(t, p.Store, plant)...)
	if !answer.Service.Complete || answer.Service.Digest != held.Root() {
		t.Errorf("service %+v, want root %s", answer.Service, held.Root())
	}
	return requests
}

// long is a plant of some devices with long feeds, in which every device has
// written so many segments.
func long(t *testing.T, s *service, devices, many int) (*planttest.Plant, []*planttest.Device) {
	t.Helper()
	p := granted(t, s)
	all := []*planttest.Device{p.Founder}
	first := p.Founder.Cut()
	for range devices - 1 {
		d := p.Admit(envelope.Engineer)
		first = append(first, p.Founder.Cut()...)
		all = append(all, d)
	}
	s.push(p, first...)
	for n, d := range all {
		if n > 0 {
			d.Take(first...)
			d.Open()
		}
		var cut []syncproto.Segment
		for m := range many {
			d.Edit(id(n, m%3), "tag", fmt.Sprint(m))
			cut = append(cut, d.Cut()...)
		}
		s.push(p, cut...)
	}
	return p, all
}

// Given long feeds, then a service that remembers them lists with a request for
// each and one more, whatever their length, and sees all that comes in at their
// ends, in new feeds and by other instances.
func TestLongFeedsAreListedAtTheirEnds(t *testing.T) {
	store := &paged{Store: &syncserver.Memory{}}
	s := serve(t, store, newMaster(t), nil)
	other := serve(t, store, s.master, nil)
	p, devices := long(t, s, 5, 100)
	if n := store.listed(t, other, p); n < 500/page {
		t.Fatalf("who knows nothing lists with %d requests", n)
	}
	if n := store.listed(t, s, p); n > 1+len(devices) {
		t.Errorf("who knows all lists with %d requests", n)
	}
	for n, d := range devices {
		var cut []syncproto.Segment
		for m := range 3 * n * n { // more than a page, too
			d.Edit(id("later", n), "tag", fmt.Sprint(m))
			cut = append(cut, d.Cut()...)
		}
		other.push(p, cut...)
		forked := d.Fork()
		forked.Edit(id("fork", n), "tag", "left")
		d.Edit(id("fork", n), "tag", "right")
		other.push(p, append(forked.Cut(), d.Cut()...)...)
		store.listed(t, s, p)
	}
	for range 4 {
		d := p.Admit(envelope.Engineer)
		cut := p.Founder.Cut()
		d.Take(segments(t, store, p)...)
		d.Take(cut...)
		d.Open()
		d.Edit(id("new"), "tag", "PLC")
		other.push(p, append(cut, d.Cut()...)...)
		store.listed(t, s, p)
	}
	_, stored := other.view(p).Usage()
	if _, remembered := s.view(p).Usage(); remembered != stored {
		t.Errorf("remembers %d bytes of %d", remembered, stored)
	}
}

// Given a store that was wiped, or put back to an older state, and refilled with
// less, then who remembers long feeds notices.
func TestLossOfLongFeedsIsNoticed(t *testing.T) {
	memory := &syncserver.Memory{}
	store := &paged{Store: memory}
	s := serve(t, store, newMaster(t), nil)
	p, _ := long(t, s, 3, 60)
	all := segments(t, memory, p)
	for _, left := range []func(syncproto.Segment) bool{
		func(s syncproto.Segment) bool { return false },
		func(s syncproto.Segment) bool { return s.Number < 59 },
		func(s syncproto.Segment) bool { return s.Feed != all[0].Feed },
		func(s syncproto.Segment) bool { return s.Feed != p.Founder.Feed() || s.Number < 20 },
	} {
		store.Store = memory
		store.listed(t, s, p)
		less := &syncserver.Memory{}
		for _, segment := range all {
			if left(segment) {
				must(t, less.Create(t.Context(), syncproto.Path(syncproto.Workspace(p.ID), segment.Feed, segment.Name()), segment.Data, nil))
			}
		}
		store.Store = less
		remembers, reads := s.push(p), serve(t, less, s.master, nil).push(p)
		if fmt.Sprint(remembers.Have) != fmt.Sprint(reads.Have) || remembers.Service.Digest != reads.Service.Digest {
			t.Errorf("who remembers says %+v, who reads the store %+v", remembers.Service, reads.Service)
		}
	}
}

// Given a branch far below the end of a feed, then who remembers the feed sees it
// when it lists everything again.
func TestEverythingIsListedOnceInAWhile(t *testing.T) {
	store := &paged{Store: &syncserver.Memory{}}
	s := serve(t, store, newMaster(t), nil)
	p, _ := long(t, s, 2, 20)
	forked := p.Founder.Fork()
	for m := range 60 {
		p.Founder.Edit(id(m%3), "tag", fmt.Sprint(m))
		s.push(p, p.Founder.Cut()...)
	}
	forked.Edit(id("fork"), "tag", "late")
	serve(t, store, s.master, nil).push(p, forked.Cut()...)
	replica.Age(s.set, time.Hour)
	store.listed(t, s, p)
}
