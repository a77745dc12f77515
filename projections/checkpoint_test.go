package projections

import (
	"path/filepath"
	"reflect"
	"testing"

	"fieldbook/eventstore"
)

// TestStandingComesBack: what is kept of how far the read models are is read as it was written, and 512 documents that wait fit
// into a page beside other settings.
func TestStandingComesBack(t *testing.T) {
	many := standing{live: 2, version: version, checkpoint: 1 << 40, claimed: 3, edition: 70_000, wordless: 40_000}
	for i := range int64(maxUnindexed) {
		many.unindexed = append(many.unindexed, 1_000_000+97*i)
	}
	store, err := eventstore.Open(t.Context(), eventstore.Config{Path: filepath.Join(t.TempDir(), "log")})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	for _, st := range []standing{{unindexed: []int64{}}, {live: 1, version: 1, unindexed: []int64{7}}, many} {
		err := store.Update(t.Context(), func(tx *eventstore.Tx) error {
			if err := tx.SetMeta(standingKey, st.encode()); err != nil {
				return err
			}
			if raw, err := tx.Meta(standingKey); err != nil || len(raw) > 2048 {
				t.Errorf("%d bytes, %v", len(raw), err)
			}
			back, err := readStanding(tx)
			if !reflect.DeepEqual(back, st) {
				t.Errorf("%+v came back as %+v", st, back)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
