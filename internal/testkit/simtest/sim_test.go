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
	for range rapid.IntRange(5, 45).Draw(r, "steps") {
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
