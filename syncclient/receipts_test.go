package syncclient_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// signing is a remote that gives a receipt for whatever it holds, and says what
// it is.
type signing struct {
	syncclient.Remote
	name    string
	service syncproto.Service
	brought []syncproto.Segment
}

func (s *signing) receipt(feed syncproto.Feed, name syncproto.Name) []byte {
	return fmt.Appendf(nil, "%s %s %s", s.name, feed, name)
}

// Exchange implements syncclient.Remote.
func (s *signing) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	s.brought = append(s.brought, req.Segments...)
	answer, err := s.Remote.Exchange(ctx, req)
	if err != nil {
		return nil, err
	}
	for _, pushed := range req.Segments {
		if !slices.ContainsFunc(answer.Refused, func(r syncproto.Refusal) bool { return r.Name == pushed.Name() }) {
			answer.Receipts = append(answer.Receipts, syncproto.Received{Feed: pushed.Feed, Name: pushed.Name(), Receipt: s.receipt(pushed.Feed, pushed.Name())})
		}
	}
	for i, given := range answer.Segments {
		answer.Segments[i].Receipt = s.receipt(given.Feed, given.Name())
	}
	answer.Service = &s.service
	return answer, nil
}

// Given a service that signs, when laptops sync with it, then each keeps what it
// signed, for what it sent and for what it took, and brings it to a stick.
func TestReceiptsReachTheLaptopAndTravelOn(t *testing.T) {
	a, b := synctest.NewAuthor(plant, "a", 1), synctest.NewAuthor(plant, "b", 1)
	left, right := synctest.NewLaptop(plant, a, b), synctest.NewLaptop(plant, a, b)
	mine, theirs := a.Segments(3), b.Segments(2)
	left.Keep(mine...)
	right.Keep(theirs...)
	service := &signing{Remote: newServer(&syncserver.Memory{}), name: "service", service: syncproto.Service{Mode: syncproto.Sealed, Documents: 7}}
	sync(t, left, service)
	if r := sync(t, right, service); r.Service == nil || r.Service.Documents != 7 || !r.Level {
		t.Errorf("report %+v", r)
	}
	for _, s := range append(mine, theirs...) {
		if got := right.Receipt(s.Feed, s.Name()); string(got) != string(service.receipt(s.Feed, s.Name())) {
			t.Errorf("receipt %q for segment %d", got, s.Number)
		}
	}
	stick := &signing{Remote: newServer(&syncserver.Memory{}), name: "stick", service: syncproto.Service{Mode: syncproto.Sealed}}
	sync(t, right, stick)
	if len(stick.brought) != 5 || string(stick.brought[0].Receipt) != string(service.receipt(stick.brought[0].Feed, stick.brought[0].Name())) {
		t.Errorf("the stick was brought %d segments, the first with receipt %q", len(stick.brought), stick.brought[0].Receipt)
	}
}

// Level is said only when both sides hold exactly the same.
func TestLevelMeansTheSame(t *testing.T) {
	a, stranger := synctest.NewAuthor(plant, "a", 1), synctest.NewAuthor(plant, "stranger", 1)
	laptop := synctest.NewLaptop(plant, a)
	laptop.Keep(a.Segments(1)...)
	store := &syncserver.Memory{}
	if r := sync(t, laptop, newServer(store)); !r.Level || r.Service != nil {
		t.Errorf("level with a folder: %+v", r)
	}
	other := synctest.NewLaptop(plant, a, stranger)
	other.Keep(stranger.Segments(1)...)
	sync(t, other, newServer(store))
	if r := sync(t, laptop, newServer(store)); r.Level || r.Waiting != 1 {
		t.Errorf("the remote has a segment that this laptop cannot take: %+v", r)
	}
	laptop.Admit(stranger)
	if r := sync(t, laptop, newServer(store)); !r.Level || r.Waiting != 0 {
		t.Errorf("after the stranger was admitted: %+v", r)
	}
}

// Given bytes that match no name beside a segment, so that the remote names what
// else it would not, then both sides hold the same all the same.
func TestLevelBesideDamage(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	laptop := synctest.NewLaptop(plant, a)
	laptop.Keep(a.Segments(3)...)
	store := &syncserver.Memory{}
	sync(t, laptop, newServer(store))
	for _, number := range []uint64{1, 3, 4} {
		store.Put(syncproto.Path(laptop.Workspace(), a.Feed(), syncproto.Name{Number: number}), []byte("rubbish"))
	}
	for range 2 {
		if r := sync(t, laptop, newServer(store)); !r.Level || r.Waiting != 0 || len(r.Refused) == 0 {
			t.Errorf("%+v", r)
		}
	}
}

// stingy keeps no receipt.
type stingy struct{ *synctest.Laptop }

func (stingy) Receipts(context.Context, []syncproto.Received) error { return synctest.ErrCut }

// A device that cannot store a receipt ends the sync as when it cannot store a
// segment; what was pushed stays pushed.
func TestReceiptsThatCannotBeKeptEndTheSync(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	laptop := synctest.NewLaptop(plant, a)
	laptop.Keep(a.Segments(1)...)
	service := &signing{Remote: newServer(&syncserver.Memory{}), name: "service", service: syncproto.Service{Mode: syncproto.Sealed}}
	if r, err := syncclient.Sync(t.Context(), stingy{laptop}, service, syncclient.Options{}); err == nil || r.Sent != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	if r := sync(t, laptop, service); r.Sent != 0 {
		t.Errorf("again: %+v", r)
	}
}
