package simtest

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/planttest"
	"fieldbook/keyring"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/replica"
)

// World is one history on its way.
type World struct {
	t         testing.TB
	r         *rapid.T
	now       time.Time
	plant     *planttest.Plant
	keys      envelope.DeviceKeys // the service's
	master    keyring.Master
	pair      *Pair
	instances [2][]*Instance
	laptops   []*Laptop
	acked     [2][]place // what each region has given receipts for that a laptop got
	littered  []place    // what lies in a bucket and is no segment
	stashed   []stashed
	nested    bool
	writes    int
	told      []string
}

// place is one segment in one feed.
type place struct {
	feed syncproto.Feed
	name syncproto.Name
}

// stashed is a request that the network holds back.
type stashed struct {
	side int
	req  *syncproto.Request
}

// tb is a test that fails as a rapid history does, so that it is made smaller
// and its seed is told.
type tb struct {
	testing.TB
	r *rapid.T
}

// Fatal ends the history that rapid plays, which it then plays again, smaller.
func (t tb) Fatal(args ...any) { t.r.Helper(); t.r.Fatal(args...) }

// Fatalf is Fatal with a format.
func (t tb) Fatalf(format string, args ...any) { t.r.Helper(); t.r.Fatalf(format, args...) }

// New founds a plant with a service of two regions, on which nothing lies yet.
func New(t testing.TB, r *rapid.T) *World {
	w := &World{t: tb{t, r}, r: r, now: time.UnixMilli(1_800_000_000_000), pair: NewPair()}
	_, master, err := keyring.NewMaster()
	w.must(err)
	w.master = master
	for side := range w.instances {
		for range rapid.IntRange(1, 3).Draw(r, "instances") {
			w.instances[side] = append(w.instances[side], w.instance(side, w.skew()))
		}
	}
	w.plant = planttest.New(w.t)
	keys, err := w.instances[0][0].set.Keys(context.Background(), w.workspace())
	w.must(err)
	w.keys = envelope.DeviceKeys{Sign: keys.Sign, Recipient: keys.Recipient}
	w.laptops = append(w.laptops, NewLaptop("founder", w.plant.Founder, w.plant.ID, w.keys))
	if rapid.Bool().Draw(r, "granted first") {
		w.plant.Founder.Grant(w.keys)
	}
	return w
}

// skew is how wrong a clock is: up to some days.
func (w *World) skew() time.Duration {
	return time.Duration(rapid.IntRange(-72, 72).Draw(w.r, "clock is wrong by hours")) * time.Hour
}

// instance starts an instance that packs often and remembers little.
func (w *World) instance(side int, off time.Duration) *Instance {
	few := rapid.IntRange(0, 1).Draw(w.r, "bytes of memory")
	i, err := NewInstance(w.pair, side, replica.Config{
		Identity: w.master.Service, Clock: clock(&w.now, off), Histories: few, Parts: few,
		PackEvents: rapid.IntRange(1, 20).Draw(w.r, "events a pack"), PackSegments: rapid.IntRange(1, 8).Draw(w.r, "segments a pack"),
	})
	w.must(err)
	return i
}

// Close ends the service.
func (w *World) Close() {
	for _, side := range w.instances {
		for _, i := range side {
			i.Close()
		}
	}
}

func (w *World) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *World) workspace() syncproto.Workspace { return syncproto.Workspace(w.plant.ID) }

// say tells what happens, for whoever reads a failing history.
func (w *World) say(format string, args ...any) {
	w.told = append(w.told, fmt.Sprintf(format, args...))
	w.r.Log(w.told[len(w.told)-1])
}

// Transcript is all that happened, with every object that both regions store:
// two runs of one history have the same.
func (w *World) Transcript() []string {
	out := slices.Clone(w.told)
	for side := range w.instances {
		out = append(out, w.pair.Names(side)...)
	}
	return out
}

func (w *World) path(at place) string { return syncproto.Path(w.workspace(), at.feed, at.name) }

// bare is an instance that knows nothing and may not be told by packs.
func (w *World) bare(side int) *Instance {
	i := w.cold(side)
	i.Hide(isManifest)
	return i
}

// cold is an instance that knows nothing. It never writes packs.
func (w *World) cold(side int) *Instance {
	i, err := NewInstance(w.pair, side, replica.Config{
		Identity: w.master.Service, Clock: clock(&w.now, 0), PackEvents: 1 << 30, PackSegments: 1 << 30,
	})
	w.must(err)
	return i
}

// summary is what an instance says of the workspace to who asks for nothing.
func (w *World) summary(i *Instance) *syncproto.Service {
	listing, err := syncserver.List(context.Background(), w.pair.Buckets[i.side], w.workspace())
	w.must(err)
	answer, err := i.Exchange(context.Background(), &syncproto.Request{Workspace: w.workspace(), Have: listed(listing)}, Plan{})
	w.must(err)
	if len(answer.Segments) > 0 {
		w.t.Fatalf("who holds everything was handed %d segments", len(answer.Segments))
	}
	return answer.Service
}

// brief is a summary without its time.
func brief(s *syncproto.Service) string {
	return fmt.Sprintf("%s, %d documents %s, complete %t, %d unopened, failed %x", s.Mode, s.Documents, s.Digest, s.Complete, s.Unopened, s.Failed)
}
