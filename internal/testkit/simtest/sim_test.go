package simtest_test

import (
	"cmp"
	"flag"
	"os"
	"strconv"
	"testing"
	"testing/cryptotest"

	"pgregory.net/rapid"

	"fieldbook/internal/testkit/simtest"
)

// runs is how many histories each simulation goes through: a share of what is
// asked for, or a few.
func runs(t *testing.T, share int) {
	t.Helper()
	asked, err := strconv.Atoi(cmp.Or(os.Getenv("FIELDBOOK_SIM_RUNS"), "60"))
	if err != nil {
		t.Fatal(err)
	}
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue || os.Getenv("FIELDBOOK_SIM_RUNS") != "" {
		if err := f.Value.Set(strconv.Itoa(max(asked/share, 1))); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = f.Value.Set(f.DefValue) })
	}
}

// history plays one history to its end.
func history(t *testing.T, r *rapid.T) *simtest.World {
	cryptotest.SetGlobalRandom(t, rapid.Uint64().Draw(r, "randomness"))
	w := simtest.New(t, r)
	for range rapid.IntRange(20, 80).Draw(r, "steps") {
		w.Step()
	}
	w.Finish()
	return w
}

// TestSimRegions: whatever happens between laptops, two regions and their
// instances, what a region acknowledged it stores and lists from then on, packs
// never make an instance skip a segment, and when all trouble has ended everybody
// holds the same documents and every acknowledged segment.
func TestSimRegions(t *testing.T) {
	runs(t, 1)
	rapid.Check(t, func(r *rapid.T) { history(t, r).Close() })
}

// books plays one history of whole programs to its end.
func books(t *testing.T, r *rapid.T) *simtest.Books {
	cryptotest.SetGlobalRandom(t, rapid.Uint64().Draw(r, "randomness"))
	dir, err := os.MkdirTemp("", "fieldbook-sim-*")
	if err != nil {
		r.Fatal(err)
	}
	defer os.RemoveAll(dir)
	b := simtest.NewBooks(t, r, dir)
	defer b.Close()
	for range rapid.IntRange(5, 40).Draw(r, "steps") {
		b.Step()
	}
	b.Finish()
	return b
}

// TestSimBooks: the same with the whole program on every laptop and the HTTP side
// of the service between: one digest everywhere, every acknowledged entry in every
// log, no document otherwise at the service, and nothing that verify finds.
func TestSimBooks(t *testing.T) {
	runs(t, 5)
	rapid.Check(t, func(r *rapid.T) { books(t, r) })
}

// TestSimReplaysExactly: a history played again does the same to the byte: the
// same happens, and regions store the same objects under the same hashes.
func TestSimReplaysExactly(t *testing.T) {
	replays(t, 8, func(r *rapid.T) []string {
		w := history(t, r)
		defer w.Close()
		return w.Transcript()
	})
	replays(t, 2, func(r *rapid.T) []string { return books(t, r).Transcript() })
}

// replays plays some histories twice.
func replays(t *testing.T, histories int, play func(r *rapid.T) []string) {
	t.Helper()
	played := rapid.Custom(play)
	for seed := range histories {
		first, again := played.Example(seed), played.Example(seed)
		for n := range max(len(first), len(again)) {
			if n >= len(first) || n >= len(again) || first[n] != again[n] {
				t.Fatalf("seed %d: played again, it differs at line %d of %d: %q", seed, n, len(first), append(first[n:n:n], first[min(n, len(first)-1)], again[min(n, len(again)-1)]))
			}
		}
	}
}
