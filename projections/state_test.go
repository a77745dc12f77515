package projections

import (
	"slices"
	"testing"
	"time"

	"fieldbook/crdt"
	"fieldbook/record"
)

// TestMasksArePartOfTheDigest: two documents that say the same, one with a masked change, differ in their digest, and the
// stored state tells the masked change.
func TestMasksArePartOfTheDigest(t *testing.T) {
	stream := record.ID{1}
	origin := crdt.Origin{Device: [32]byte{2}, Stream: stream, Salt: []byte{3}}
	h := crdt.NewHistory(stream)
	write := func(value string, allowed bool) crdt.Hash {
		t.Helper()
		raw, _, err := h.Author(crdt.Actor(origin.Device, stream, origin.Salt), time.Unix(0, 0), []record.Edit{{Key: "zone", Value: record.StringValue(value)}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		origin.Allowed = func(crdt.Writes) bool { return allowed }
		hash, verdict, err := h.Add(raw, origin)
		if verdict != crdt.Accepted {
			t.Fatal(err)
		}
		return hash
	}
	write("A", true)
	masked := write("B", false)
	st := stateOf(stream, record.Asset, h)
	back, err := decodeState(stream, st.encode())
	if err != nil || !slices.Equal(back.masks, []crdt.Hash{masked}) || back.snapshot().Current("zone").Str != "A" {
		t.Fatalf("%v %v", back, err)
	}
	st.masks = nil
	if digestOf(st.encode()) == digestOf(back.encode()) {
		t.Fatal("the digest does not tell the mask")
	}
}
