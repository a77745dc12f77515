package syncserver_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

const plantName = "plant"

func request(segments ...syncproto.Segment) *syncproto.Request {
	return &syncproto.Request{Workspace: syncproto.Workspace(synctest.WorkspaceID(plantName)), Segments: segments}
}

func exchange(t *testing.T, s remote, req *syncproto.Request) *syncproto.Answer {
	t.Helper()
	answer, err := s.Exchange(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Check(); err != nil {
		t.Fatalf("answer breaks the protocol: %v", err)
	}
	return answer
}

// Names and limits must be those of the segment format.
func TestNamesAndLimitsAreThoseOfTheFormat(t *testing.T) {
	author := synctest.NewAuthor(plantName, "a", 0xfeed)
	s := author.Segments(1)[0]
	segment, err := envelope.DecodeSegment(s.Data)
	if err != nil {
		t.Fatal(err)
	}
	want := envelope.SegmentPath(author.Workspace, segment.Feed(), 1, segment.Hash())
	if got := syncproto.Path(syncproto.Workspace(author.Workspace), s.Feed, s.Name()); got != want {
		t.Errorf("path %s, want %s", got, want)
	}
	if syncproto.MaxSegment != envelope.MaxSegment {
		t.Errorf("segments of %d bytes, want %d", syncproto.MaxSegment, envelope.MaxSegment)
	}
}

// Given pushes in order, again, and with a hole, then what continues is stored
// once and the hole is told.
func TestExchangeStoresWhatContinues(t *testing.T) {
	server := newServer(&syncserver.Memory{})
	segments := synctest.NewAuthor(plantName, "a", 1).Segments(5)

	answer := exchange(t, server, request(segments[0], segments[1], segments[3]))
	if answer.Stored != 2 || len(answer.Refused) != 1 || answer.Refused[0].Reason != syncproto.Hole {
		t.Fatalf("stored %d, refused %v; want 2 and a hole", answer.Stored, answer.Refused)
	}
	answer = exchange(t, server, request(segments...))
	if answer.Stored != 3 || len(answer.Refused) != 0 {
		t.Fatalf("stored %d, refused %v; want the missing 3", answer.Stored, answer.Refused)
	}
	answer = exchange(t, server, request(segments...))
	if answer.Stored != 0 || len(answer.Refused) != 0 {
		t.Fatalf("again: stored %d, refused %v; want nothing", answer.Stored, answer.Refused)
	}
	if have := answer.Have; len(have) != 1 || have[0].Number != 5 || have[0].Tip != segments[4].Name().Hash {
		t.Errorf("have %v", have)
	}
}

// Given segments that are bad each in its way, then each is refused with its
// reason and the good one among them is stored.
func TestExchangeRefusesWithItsReason(t *testing.T) {
	good := synctest.NewAuthor(plantName, "good", 1).Segments(1)[0]
	other := synctest.NewAuthor("elsewhere", "good", 1).Segments(1)[0]
	cut := synctest.NewAuthor(plantName, "cut", 1).Segments(1)[0]
	cut.Data = cut.Data[:len(cut.Data)-1]
	moved := synctest.NewAuthor(plantName, "moved", 1).Segments(1)[0]
	moved.Number = 2
	strange := synctest.NewAuthor(plantName, "strange", 1).Segments(1)[0]
	strange.Feed.Epoch++

	server := newServer(&syncserver.Memory{})
	answer := exchange(t, server, request(cut, other, moved, strange, good))
	want := []syncproto.Reason{syncproto.Malformed, syncproto.Foreign, syncproto.Foreign, syncproto.Foreign}
	if len(answer.Refused) != len(want) || answer.Stored != 1 {
		t.Fatalf("stored %d, refused %v", answer.Stored, answer.Refused)
	}
	for i, r := range answer.Refused {
		if r.Reason != want[i] {
			t.Errorf("refusal %d: %v, want %s", i, r, want[i])
		}
	}
}

// replica is a service's workspace that verifies with a function and signs with
// a running number.
type replica struct {
	verify func(*envelope.Segment) error
	signed int
	taken  []syncproto.Name
}

func (r *replica) Verify(_ context.Context, s *envelope.Segment) error { return r.verify(s) }

func (r *replica) Receipt(*envelope.Segment) ([]byte, error) {
	r.signed++
	return fmt.Appendf(nil, "receipt %d", r.signed), nil
}

func (r *replica) Take(_ context.Context, _ *envelope.Segment, name syncproto.Name) error {
	r.taken = append(r.taken, name)
	return nil
}

func (r *replica) Merge(context.Context, *syncserver.Listing) (*syncproto.Service, error) {
	return &syncproto.Service{Mode: syncproto.Merging, Documents: uint64(len(r.taken))}, nil
}

// serve makes a service of a replica over a store.
func serve(store syncserver.Store, r *replica) *syncserver.Server {
	return syncserver.New(syncserver.Config{Store: store, Replicas: func(context.Context, *syncserver.Listing) (syncserver.Replica, error) {
		return r, nil
	}})
}

// Given a replica, then what it rejects is refused for its reason and not
// stored; if it fails, the exchange does.
func TestExchangeAsksTheReplica(t *testing.T) {
	author, broken := synctest.NewAuthor(plantName, "a", 1), errors.New("no database")
	stranger, greedy := synctest.NewAuthor(plantName, "b", 1), synctest.NewAuthor(plantName, "c", 1)
	r := &replica{verify: func(s *envelope.Segment) error {
		switch {
		case s.Device == stranger.Device:
			return fmt.Errorf("verify: %w", syncserver.ErrStranger)
		case s.Device == greedy.Device:
			return fmt.Errorf("verify: %w", syncserver.ErrLimited)
		case s.Verify(author.Public()) != nil:
			return fmt.Errorf("verify: %w", syncserver.ErrUnauthentic)
		case s.Number == 2:
			return broken
		}
		return nil
	}}
	server := serve(&syncserver.Memory{}, r)
	segments, forger := author.Segments(2), synctest.NewAuthor(plantName, "d", 1)
	answer := exchange(t, server, request(segments[0], stranger.Segments(1)[0], greedy.Segments(1)[0], forger.Segments(1)[0]))
	want := []syncproto.Reason{syncproto.Hole, syncproto.Limit, syncproto.Unauthentic}
	if answer.Stored != 1 || len(answer.Refused) != len(want) || len(r.taken) != 1 || answer.Service == nil {
		t.Fatalf("stored %d, took %d, refused %v", answer.Stored, len(r.taken), answer.Refused)
	}
	for i, refusal := range answer.Refused {
		if refusal.Reason != want[i] {
			t.Errorf("refusal %d: %v, want %s", i, refusal, want[i])
		}
	}
	if _, err := server.Exchange(t.Context(), request(segments[1])); !errors.Is(err, broken) {
		t.Errorf("%v, want the replica's failure", err)
	}
}

// Given an answer that was lost, then the repeated push is told the receipt of
// the first, as is a device that pulls the segment; a note that cannot be a
// receipt is told to nobody.
func TestExchangeTellsTheFirstReceipt(t *testing.T) {
	memory := &syncserver.Memory{}
	server := serve(memory, &replica{verify: func(*envelope.Segment) error { return nil }})
	segments := synctest.NewAuthor(plantName, "a", 1).Segments(2)
	exchange(t, server, request(segments[0]))
	answer := exchange(t, server, request(segments[0]))
	if len(answer.Receipts) != 1 || string(answer.Receipts[0].Receipt) != "receipt 1" || answer.Receipts[0].Name != segments[0].Name() {
		t.Fatalf("told %v, want the first receipt", answer.Receipts)
	}
	long := make([]byte, syncproto.MaxReceipt+1)
	if err := memory.Create(t.Context(), syncproto.Path(request().Workspace, segments[1].Feed, segments[1].Name()), segments[1].Data, long); err != nil {
		t.Fatal(err)
	}
	page := exchange(t, server, request())
	if len(page.Segments) != 2 || string(page.Segments[0].Receipt) != "receipt 1" || page.Segments[1].Receipt != nil {
		t.Fatalf("handed out %v", page.Segments)
	}
	if again := exchange(t, server, request(segments[1])); len(again.Receipts) != 1 || string(again.Receipts[0].Receipt) == string(long) {
		t.Fatalf("told %v, want a fresh receipt", again.Receipts)
	}
}

// Given a device that asks for receipts of what it holds, then it is told those of
// the first time, a fresh one where none is kept, and nothing of what is not here;
// a folder has none.
func TestExchangeTellsWantedReceipts(t *testing.T) {
	memory := &syncserver.Memory{}
	server := serve(memory, &replica{verify: func(*envelope.Segment) error { return nil }})
	author := synctest.NewAuthor(plantName, "a", 1)
	segments := author.Segments(4)
	exchange(t, server, request(segments[:2]...))
	path := syncproto.Path(request().Workspace, segments[2].Feed, segments[2].Name())
	if err := memory.Create(t.Context(), path, segments[2].Data, nil); err != nil {
		t.Fatal(err)
	}
	ask := request(segments[1])
	for _, s := range append(segments, synctest.NewAuthor(plantName, "b", 1).Segments(1)...) {
		ask.Wanted = append(ask.Wanted, syncproto.Cursor{Feed: s.Feed, Name: s.Name()})
	}
	var told []string
	for _, r := range exchange(t, server, ask).Receipts {
		told = append(told, fmt.Sprint(r.Name.Number, " ", string(r.Receipt)))
	}
	if want := []string{"2 receipt 2", "1 receipt 1", "3 receipt 3"}; !slices.Equal(told, want) {
		t.Errorf("told %q, want %q", told, want)
	}
	ask.Segments = nil
	if answer := exchange(t, newServer(memory), ask); len(answer.Receipts) > 0 {
		t.Errorf("a folder told %v", answer.Receipts)
	}
	ask.Wanted = make([]syncproto.Cursor, syncproto.MaxWanted+1)
	if _, err := server.Exchange(t.Context(), ask); !errors.Is(err, syncproto.ErrLimit) {
		t.Errorf("too many: %v", err)
	}
}

// Given a device that lacks more than a page, then pages stay within the limit
// and together bring everything, in the order the device asks for.
func TestExchangeHandsOutPages(t *testing.T) {
	server := newServer(&syncserver.Memory{})
	first, second := synctest.NewAuthor(plantName, "a", 1), synctest.NewAuthor(plantName, "b", 1)
	total := 0
	for _, author := range []*synctest.Author{first, second} {
		for range 4 {
			author.Write(1, 700<<10)
			exchange(t, server, request(author.Cut()...))
			total++
		}
	}
	req := request()
	req.Have = []syncproto.Have{{Feed: second.Feed()}}
	var got []syncproto.Segment
	for pages := 1; ; pages++ {
		answer := exchange(t, server, req)
		got = append(got, answer.Segments...)
		if data, err := answer.Encode(); err != nil || len(data) > syncproto.MaxMessage {
			t.Fatalf("page of %d bytes, %v", len(data), err)
		}
		if !answer.More {
			break
		}
		req.Cursor = answer.Cursor
	}
	if len(got) != total || got[0].Feed != second.Feed() || got[3].Feed != second.Feed() {
		t.Fatalf("%d segments, want %d, the wished feed first", len(got), total)
	}
}

// Given damaged segments of one feed, then they are told, what is behind them is
// held back, the other feeds come, and a holder repairs them with one push.
func TestExchangeHealsDamage(t *testing.T) {
	memory := &syncserver.Memory{}
	server := newServer(memory)
	segments := synctest.NewAuthor(plantName, "a", 1).Segments(5)
	exchange(t, server, request(segments...))
	exchange(t, server, request(synctest.NewAuthor(plantName, "b", 1).Segments(3)...))
	bad := []syncproto.Segment{segments[2], segments[4]}
	for _, s := range bad {
		memory.Put(syncproto.Path(request().Workspace, s.Feed, s.Name()), []byte("?"))
	}

	for range 2 { // also once the damage is known
		answer := exchange(t, server, request())
		if len(answer.Refused) != 2 || answer.Refused[0].Reason != syncproto.Damaged || answer.Refused[0].Name != bad[0].Name() || answer.Refused[1].Name != bad[1].Name() {
			t.Fatalf("refused %v, want the damaged ones, also the one behind the other", answer.Refused)
		}
		if len(answer.Segments) != 2+3 {
			t.Fatalf("%d segments, want 2 before the damage and 3 of the other feed", len(answer.Segments))
		}
	}
	answer := exchange(t, server, request(bad...))
	if answer.Stored != 2 || len(answer.Segments) != 8 || len(answer.Refused) != 0 {
		t.Fatalf("after repair: stored %d, %d segments, refused %v", answer.Stored, len(answer.Segments), answer.Refused)
	}
}

// Given a store without room or write-protected, then pushes are refused as
// such and the device still gets what it lacks.
func TestExchangeServesWhatItCannotExtend(t *testing.T) {
	memory := &syncserver.Memory{}
	segments := synctest.NewAuthor(plantName, "a", 1).Segments(3)
	exchange(t, newServer(memory), request(segments[0]))
	for cause, want := range map[error]syncproto.Reason{
		syncserver.ErrFull: syncproto.Full, syncserver.ErrReadOnly: syncproto.ReadOnly,
	} {
		faults := &synctest.Faults{Store: memory, Before: func(_ int, op string) error {
			if op == "create" {
				return cause
			}
			return nil
		}}
		server := newServer(faults)
		answer := exchange(t, server, request(segments[1], segments[2]))
		if len(answer.Segments) != 1 || len(answer.Refused) != 2 || answer.Refused[0].Reason != want || answer.Refused[1].Reason != want {
			t.Errorf("%d segments, refused %v; want %s", len(answer.Segments), answer.Refused, want)
		}
	}
}

// Given a forked feed, then both branches are stored and served, and the
// answer names both.
func TestExchangeKeepsForks(t *testing.T) {
	server := newServer(&syncserver.Memory{})
	author := synctest.NewAuthor(plantName, "a", 1)
	trunk := author.Segments(2)
	clone := author.Clone("copy")
	exchange(t, server, request(trunk...))
	exchange(t, server, request(author.Segments(3)...))
	answer := exchange(t, server, request(clone.Segments(2)...))
	if answer.Stored != 2 || len(answer.Refused) != 0 {
		t.Fatalf("stored %d, refused %v; want the branch of the copy", answer.Stored, answer.Refused)
	}
	if have := answer.Have[0]; have.Number != 5 || len(have.Names) != 4 {
		t.Errorf("have %v, want both branches named", have)
	}
	if got := exchange(t, server, request()).Segments; len(got) != 2+3+2 {
		t.Errorf("%d segments, want 7", len(got))
	}
}

// A request beyond the limits is refused as a whole.
func TestExchangeRefusesMalformedRequests(t *testing.T) {
	server := newServer(&syncserver.Memory{})
	req := request(syncproto.Segment{Number: 1, Data: make([]byte, syncproto.MaxSegment+1)})
	if _, err := server.Exchange(t.Context(), req); !errors.Is(err, syncproto.ErrLimit) {
		t.Errorf("%v, want ErrLimit", err)
	}
}
