package syncclient_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

const plant = "plant"

func sync(t *testing.T, l *synctest.Laptop, r syncclient.Remote) syncclient.Report {
	t.Helper()
	return syncWith(t, l, r, syncclient.Options{})
}

func syncWith(t *testing.T, l *synctest.Laptop, r syncclient.Remote, opts syncclient.Options) syncclient.Report {
	t.Helper()
	report, err := syncclient.Sync(t.Context(), l, r, opts)
	if err != nil {
		t.Fatalf("sync: %v", err)
	}
	return report
}

func sameInventory(t *testing.T, laptops ...*synctest.Laptop) {
	t.Helper()
	for i, l := range laptops[1:] {
		if !slices.Equal(l.Inventory(), laptops[0].Inventory()) {
			t.Fatalf("laptop %d holds %d segments, the first %d: not the same", i+1, len(l.Inventory()), len(laptops[0].Inventory()))
		}
	}
}

// Given two laptops with edits, when they sync by one remote, then both hold
// everything; a further sync takes one round trip and moves nothing.
func TestSyncBringsLaptopsLevel(t *testing.T) {
	a, b := synctest.NewAuthor(plant, "a", 1), synctest.NewAuthor(plant, "b", 1)
	left, right := synctest.NewLaptop(plant, a, b), synctest.NewLaptop(plant, a, b)
	left.Keep(a.Segments(4)...)
	right.Keep(b.Segments(3)...)
	server := newServer(&syncserver.Memory{})

	if r := sync(t, left, server); r.Sent != 4 || r.Received != 0 || r.RoundTrips != 2 {
		t.Errorf("first: %+v", r)
	}
	if r := sync(t, right, server); r.Sent != 3 || r.Received != 4 || r.ReceivedSegments != 4 {
		t.Errorf("second: %+v", r)
	}
	if r := sync(t, left, server); r.Sent != 0 || r.Received != 3 || r.RoundTrips != 1 {
		t.Errorf("third: %+v", r)
	}
	sameInventory(t, left, right)
	for _, l := range []*synctest.Laptop{left, right} {
		if r := sync(t, l, server); r.Sent != 0 || r.Received != 0 || r.RoundTrips != 1 || r.Waiting != 0 {
			t.Errorf("level: %+v", r)
		}
	}
}

// Given a remote known from the last sync, when a few edits were made on both
// sides, then one round trip brings them across.
func TestSyncTakesOneRoundTripAFewEditsApart(t *testing.T) {
	a, b := synctest.NewAuthor(plant, "a", 1), synctest.NewAuthor(plant, "b", 1)
	left, right := synctest.NewLaptop(plant, a, b), synctest.NewLaptop(plant, a, b)
	server := newServer(&syncserver.Memory{})
	left.Keep(a.Segments(2)...)
	known := sync(t, left, server).Known
	right.Keep(b.Segments(2)...)
	sync(t, right, server)
	left.Keep(a.Segments(2)...)
	if r := syncWith(t, left, server, syncclient.Options{Known: known}); r.RoundTrips != 1 || r.Sent != 2 || r.Received != 2 {
		t.Errorf("%+v, want one round trip", r)
	}
}

// Given a remote that lost everything, then a laptop that remembers it full
// refills it, also with the feeds of others.
func TestSyncRefillsAWipedRemote(t *testing.T) {
	a, b := synctest.NewAuthor(plant, "a", 1), synctest.NewAuthor(plant, "b", 1)
	laptop := synctest.NewLaptop(plant, a, b)
	laptop.Keep(a.Segments(3)...)
	laptop.Keep(b.Segments(3)...)
	known := sync(t, laptop, newServer(&syncserver.Memory{})).Known
	laptop.Keep(a.Segments(1)...)

	wiped := newServer(&syncserver.Memory{})
	if r := syncWith(t, laptop, wiped, syncclient.Options{Known: known}); r.Sent != 7 || len(r.Refused) != 0 {
		t.Fatalf("%+v, want all 7 sent and the first hole forgotten", r)
	}
	fresh := synctest.NewLaptop(plant, a, b)
	sync(t, fresh, wiped)
	sameInventory(t, laptop, fresh)
}

// Given much more than a page both ways, then pages bring it all.
func TestSyncGoesThroughPages(t *testing.T) {
	a, b := synctest.NewAuthor(plant, "a", 1), synctest.NewAuthor(plant, "b", 1)
	left, right := synctest.NewLaptop(plant, a, b), synctest.NewLaptop(plant, a, b)
	a.Write(12, 500<<10)
	left.Keep(a.Cut()...)
	b.Write(12, 500<<10)
	right.Keep(b.Cut()...)
	right.Keep(b.Segments(2 * syncproto.MaxSegments)...)
	server := newServer(&syncserver.Memory{})
	sync(t, left, server)
	var told []syncclient.Progress
	r := syncWith(t, right, server, syncclient.Options{Progress: func(p syncclient.Progress) { told = append(told, p) }})
	if len(told) != r.RoundTrips || told[len(told)-1].Sent != r.Sent || r.Received != 12 {
		t.Errorf("%d times told, %+v", len(told), r)
	}
	sync(t, left, server)
	sameInventory(t, left, right)
}

// Given a damaged file on the remote, then the sync takes the rest and names
// it; the next sync of a holder repairs it.
func TestSyncTellsAndHealsDamage(t *testing.T) {
	a, b := synctest.NewAuthor(plant, "a", 1), synctest.NewAuthor(plant, "b", 1)
	holder, reader := synctest.NewLaptop(plant, a, b), synctest.NewLaptop(plant, a, b)
	segments := a.Segments(6)
	holder.Keep(segments...)
	holder.Keep(b.Segments(2)...)
	memory := &syncserver.Memory{}
	sync(t, holder, newServer(memory))
	bad := segments[2]
	memory.Put(syncproto.Path(holder.Workspace(), bad.Feed, bad.Name()), bad.Data[:100])

	for range 2 {
		r := sync(t, reader, newServer(memory))
		if len(r.Refused) != 1 || r.Refused[0].Reason != syncproto.Damaged || r.Waiting != 3 || len(reader.Inventory()) != 4 {
			t.Fatalf("%+v with %d segments; want 1 refused, 3 waiting, 4 held", r, len(reader.Inventory()))
		}
	}
	if r := sync(t, holder, newServer(memory)); r.SentSegments != 1 || len(r.Refused) != 0 {
		t.Errorf("holder: %+v, want the damaged one sent", r)
	}
	sync(t, reader, newServer(memory))
	sameInventory(t, holder, reader)
}

// Given a segment of a device whose admission comes later in the same sync,
// then it is taken in that sync.
func TestSyncComesBackForWhatWaits(t *testing.T) {
	a, b := synctest.NewAuthor(plant, "a", 1), synctest.NewAuthor(plant, "b", 1)
	full := synctest.NewLaptop(plant, a, b)
	full.Keep(a.Segments(2)...)
	full.Keep(b.Segments(2)...)
	server := newServer(&syncserver.Memory{})
	sync(t, full, server)
	for _, admitted := range []*synctest.Author{a, b} {
		fresh := &admitting{Laptop: synctest.NewLaptop(plant, admitted), all: []*synctest.Author{a, b}}
		r, err := syncclient.Sync(t.Context(), fresh, server, syncclient.Options{})
		if err != nil || r.Waiting != 0 {
			t.Fatalf("%+v, %v", r, err)
		}
		sameInventory(t, full, fresh.Laptop)
	}
}

// admitting is a laptop that learns all authors once it holds something.
type admitting struct {
	*synctest.Laptop
	all []*synctest.Author
}

func (a *admitting) Accept(ctx context.Context, s []syncproto.Segment) ([]syncclient.Outcome, error) {
	out, err := a.Laptop.Accept(ctx, s)
	if len(a.Inventory()) > 0 {
		a.Admit(a.all...)
	}
	return out, err
}

// Given a remote that cannot be written, then what it has is taken and the
// error says why nothing was sent.
func TestSyncReadsFromAWriteProtectedRemote(t *testing.T) {
	a, b := synctest.NewAuthor(plant, "a", 1), synctest.NewAuthor(plant, "b", 1)
	memory := &syncserver.Memory{}
	first, second := synctest.NewLaptop(plant, a, b), synctest.NewLaptop(plant, a, b)
	first.Keep(a.Segments(2)...)
	second.Keep(b.Segments(2)...)
	sync(t, first, newServer(memory))
	for cause, want := range map[error]error{
		syncserver.ErrReadOnly: syncclient.ErrReadOnly, syncserver.ErrFull: syncclient.ErrFull,
	} {
		faults := &synctest.Faults{Store: memory, Before: func(_ int, op string) error {
			if op == "create" {
				return cause
			}
			return nil
		}}
		r, err := syncclient.Sync(t.Context(), second, newServer(faults), syncclient.Options{})
		if !errors.Is(err, want) || len(second.Inventory()) != 4 || len(r.Refused) != 0 {
			t.Errorf("%v with %d segments, refused %v; want %v and 4", err, len(second.Inventory()), r.Refused, want)
		}
		r, err = syncclient.Sync(t.Context(), first, newServer(faults), syncclient.Options{})
		if err != nil || r.Sent != 0 {
			t.Errorf("nothing to send: %+v, %v", r, err)
		}
	}
}

// Given a remote that is away for a while, then requests are repeated with
// growing waits, and not for ever.
func TestSyncRetriesTemporaryErrors(t *testing.T) {
	laptop := synctest.NewLaptop(plant)
	for failures, ok := range map[int]bool{0: true, 4: true, 5: false} {
		var waits []time.Duration
		faults := &synctest.Faults{Store: &syncserver.Memory{}}
		faults.Before = func(call int, _ string) error {
			if call <= failures {
				return synctest.ErrCut
			}
			return nil
		}
		r, err := syncclient.Sync(t.Context(), laptop, newServer(faults), syncclient.Options{
			Sleep: func(_ context.Context, d time.Duration) error { waits = append(waits, d); return nil },
		})
		if (err == nil) != ok || r.RoundTrips != min(failures+1, 5) || len(waits) != min(failures, 4) {
			t.Errorf("%d failures: %v, %d round trips, waits %v", failures, err, r.RoundTrips, waits)
		}
		if !slices.IsSorted(waits) {
			t.Errorf("waits %v do not grow", waits)
		}
	}
}
