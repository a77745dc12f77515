package simtest

import (
	"context"
	"slices"

	"fieldbook/internal/testkit/planttest"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
)

// rounds is how often everybody syncs with both regions in the end; it takes a
// few for keys and grants to go round.
const rounds = 8

// Finish ends all trouble, lets everybody sync with both regions until nothing
// moves, and checks that all came to the same.
func (w *World) Finish() {
	w.say("all trouble ends")
	w.pair.Drain()
	for range len(w.stashed) {
		w.arrive()
	}
	w.pair.Drain()
	for n := 0; ; n++ {
		if moved := w.round(n > 0); !moved && n > 1 {
			break
		}
		if n == rounds {
			w.t.Fatalf("after %d rounds there is still something new", rounds)
		}
	}
	w.join()
	w.agree()
	for side := range w.instances {
		w.audit(side)
		w.complete(side)
	}
}

// round has every laptop sync with every region. The founder grants the service what it finds ended, in whichever round it hears of
// that: an end may be held by one laptop alone, the last to sync.
func (w *World) round(grant bool) (moved bool) {
	if grant && !w.plant.Founder.Granted(w.keys.ID()) {
		w.plant.Founder.Grant(w.keys)
		moved = true
	}
	for _, l := range w.laptops {
		for side := range w.instances {
			moved = w.level(l, side) || moved
			w.pair.Drain()
		}
		moved = w.hand(l) || moved
	}
	return moved
}

// level syncs a laptop with a region when nothing is in the way.
func (w *World) level(l *Laptop, side int) bool {
	l.Cut()
	i := w.instances[side][0]
	report, err := syncclient.Sync(context.Background(), l, plain{w, i}, syncclient.Options{Attempts: 1})
	if err != nil {
		w.t.Fatalf("%s: last syncs: %v", l.Name, err)
	}
	w.checkReport(l, &report)
	return report.SentSegments+report.ReceivedSegments > 0
}

// plain is an instance without trouble.
type plain struct {
	w *World
	i *Instance
}

// Exchange implements syncclient.Remote.
func (p plain) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	before := len(p.w.acked[p.i.side])
	answer, err := p.i.Exchange(ctx, req, Plan{})
	if err == nil {
		p.w.acknowledge(p.i.side, before, answer)
	}
	return answer, err
}

// join has one more device of the founder's get everything from each region.
func (w *World) join() {
	for side := range w.instances {
		l := NewLaptop("late comer", planttest.Reader(w.plant), w.plant.ID, w.keys)
		w.level(l, side)
		if !slices.Equal(l.Inventory(), w.laptops[0].Inventory()) || l.Device.Root() != w.laptops[0].Device.Root() {
			w.t.Fatalf("who joins by region %d holds %d segments of %d", side, len(l.Inventory()), len(w.laptops[0].Inventory()))
		}
		w.checkReceipts(l, true)
	}
}

// agree checks that laptops and regions hold the same, and all that was ever
// acknowledged.
func (w *World) agree() {
	first := w.laptops[0]
	for _, l := range w.laptops {
		if !slices.Equal(l.Inventory(), first.Inventory()) {
			w.t.Fatalf("%s holds %d segments, %s %d", l.Name, len(l.Inventory()), first.Name, len(first.Inventory()))
		}
		if l.Device.Root() != first.Device.Root() {
			w.t.Fatalf("the documents of %s are not those of %s", l.Name, first.Name)
		}
		if n := l.Device.Waiting(); n > 0 {
			w.t.Fatalf("%s cannot open %d events", l.Name, n)
		}
		w.checkReceipts(l, false)
	}
	for side, acked := range w.acked {
		if got := w.pair.Feeds(side); !slices.Equal(got, first.Inventory()) {
			w.t.Fatalf("region %d stores %d segments, laptops hold %d", side, len(got), len(first.Inventory()))
		}
		for _, at := range acked {
			if !w.kept(at) {
				w.t.Fatalf("segment %s of feed %s was acknowledged by region %d and is gone", at.name, at.feed, side)
			}
		}
	}
}

// checkReceipts checks that the receipts that a laptop keeps hold. Who got
// everything from the service has one for every segment.
func (w *World) checkReceipts(l *Laptop, all bool) {
	for _, s := range l.Held() {
		if all && len(s.Receipt) == 0 {
			w.t.Fatalf("%s has no receipt for segment %s of feed %s", l.Name, s.Name(), s.Feed)
		}
		w.must(l.proves(syncproto.Received{Feed: s.Feed, Name: s.Name(), Receipt: s.Receipt}))
	}
}

// complete checks that a region merged everything to what the laptops have.
func (w *World) complete(side int) {
	said := w.summary(w.instances[side][0])
	if root := w.laptops[0].Device.Root(); !said.Complete || said.Digest != root || said.Unopened > 0 || len(said.Failed) > 0 {
		w.t.Fatalf("region %d: %s, laptops have %s", side, brief(said), root)
	}
}
