package s3test_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"fieldbook/internal/testkit/s3test"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/s3"
	"fieldbook/syncserver/storetest"
)

// region is a gateway with a store that gives up at once.
func region(t *testing.T) (*s3test.Gateway, *s3.Store) {
	gateway := s3test.Start(t)
	cfg := gateway.Config()
	cfg.Attempts, cfg.Timeout = 1, 5*time.Second
	store, err := s3.Open(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	return gateway, store
}

func names(t *testing.T, store *s3.Store) []string {
	t.Helper()
	entries, err := store.List(t.Context(), "w", "", 100)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name)
	}
	return out
}

// Given objects written in two regions, then they arrive in the other one when
// the test lets them, with their notes, and nothing is overwritten.
func TestReplicationIsUnderControl(t *testing.T) {
	a, here := region(t)
	b, there := region(t)
	create := func(store *s3.Store, data, note string) string {
		name := storetest.Name("w/feeds/f", "01", []byte(data))
		if err := store.Create(t.Context(), name, []byte(data), []byte(note)); err != nil {
			t.Fatal(err)
		}
		return name
	}
	first, both := create(here, "first", "by here"), create(here, "both", "by here")
	create(there, "both", "by there")
	create(there, "second", "by there")
	replicator := s3test.NewReplicator(a, b)
	if n, err := replicator.Scan(t.Context()); err != nil || n != 2 {
		t.Fatalf("on their way: %d, %v", n, err)
	}
	if got := names(t, there); len(got) != 2 {
		t.Fatalf("arrived too early: %v", got)
	}
	if err := replicator.Deliver(t.Context(), 1, rand.New(rand.NewPCG(1, 2))); err != nil {
		t.Fatal(err)
	}
	if n := len(names(t, here)) + len(names(t, there)); n != 5 {
		t.Errorf("%d objects on both sides, want 5", n)
	}
	if err := replicator.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{first: "by here", both: "by there"} {
		if note, err := there.Note(t.Context(), name); err != nil || string(note) != want {
			t.Errorf("note %q, %v; want %q", note, err, want)
		}
	}
}

// Given a region that is lost or cut off and comes back, then requests fail
// meanwhile as such, and what it held is there again under the same address.
func TestRegionsAreLostAndComeBack(t *testing.T) {
	gateway, store := region(t)
	data := []byte("x")
	name := storetest.Name("w/feeds/f", "01", data)
	if err := store.Create(t.Context(), name, data, nil); err != nil {
		t.Fatal(err)
	}
	resume := func() {
		if err := gateway.Resume(); err != nil {
			t.Fatal(err)
		}
	}
	for kind, fault := range map[string]struct{ begin, end func() }{
		"lost":    {gateway.Stop, resume},
		"cut off": {func() { gateway.Cut(true) }, func() { gateway.Cut(false) }},
	} {
		fault.begin()
		if _, err := store.List(t.Context(), "w", "", 10); !errors.Is(err, syncproto.ErrTemporary) {
			t.Errorf("%s: %v, want ErrTemporary", kind, err)
		}
		fault.end()
		if got := names(t, store); len(got) != 1 {
			t.Errorf("%s: listed %v", kind, got)
		}
		if err := store.Create(t.Context(), name, data, nil); !errors.Is(err, syncserver.ErrExists) {
			t.Errorf("%s: %v, want ErrExists", kind, err)
		}
	}
}
