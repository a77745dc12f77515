package eventstore_test

import (
	"flag"
	"os"
	"testing"

	"fieldbook/eventstore"
)

var golden = flag.Bool("golden", false, "write the golden log of this format version anew")

// goldenPath is a log of format 1, as sample makes it. It stays as it is: every later version must open it.
const goldenPath = "testdata/log-1.db"

func TestGoldenLogOpens(t *testing.T) {
	if *golden {
		content := must(os.ReadFile(sample(t).Path))(t)
		if err := os.WriteFile(goldenPath, content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	cfg := config(t)
	if err := eventstore.Copy(t.Context(), goldenPath, cfg.Path); err != nil {
		t.Fatal(err)
	}
	s := open(t, cfg)
	wantClean(t, s)
	want := scan(t, open(t, sample(t)))
	got := scan(t, s)
	if len(got) != len(want) {
		t.Fatalf("%d rows, want %d", len(got), len(want))
	}
	for i := range want {
		if got[i].Hash != want[i].Hash {
			t.Fatalf("row %d is another envelope", i)
		}
	}
	if n := len(segments(t, s, 0)); n != 4 {
		t.Errorf("%d segments", n)
	}
	if n, list := checkReceipts(t, s); n != 2 || len(list) > 0 {
		t.Errorf("%d receipts, %+v", n, list)
	}
	newAuthor(4).append(t, s, 3)
	wantClean(t, s)
}
