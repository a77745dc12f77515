package crdt_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"fieldbook/crdt"
	"fieldbook/record"
)

// Given admitted changes, then the other end of a courier gets them as they are, and nothing from anybody else.
func TestCourierCarriesWhatWasAdmitted(t *testing.T) {
	h := crdt.NewHistory(record.ID{1})
	for _, value := range []string{"a", "b"} {
		raw, _, err := h.Author(crdt.Actor([32]byte{1}, record.ID{1}, []byte{1}), time.UnixMilli(0), []record.Edit{{Key: "tag", Value: record.StringValue(value)}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := h.Add(raw, crdt.Origin{Device: [32]byte{1}, Stream: record.ID{1}, Salt: []byte{1}}); err != nil {
			t.Fatal(err)
		}
	}
	want := slices.Collect(h.All())
	courier := crdt.NewCourier([32]byte{7})
	packed := courier.Pack(want)
	got, err := courier.Unpack(packed)
	if err != nil || !slices.Equal(got, want) {
		t.Fatalf("got %v, %v; want %v", got, err, want)
	}
	if _, err := crdt.NewCourier([32]byte{8}).Unpack(packed); !errors.Is(err, crdt.ErrProof) {
		t.Errorf("another key: %v", err)
	}
	for at := range packed {
		spoiled := slices.Clone(packed)
		spoiled[at] ^= 1
		if _, err := courier.Unpack(spoiled); !errors.Is(err, crdt.ErrProof) {
			t.Fatalf("byte %d flipped: %v", at, err)
		}
	}
}

// The digest tells sets of heads apart, whatever their order.
func TestHeadsDigest(t *testing.T) {
	a, b := crdt.Hash{1}, crdt.Hash{2}
	one := crdt.HeadsDigest([]crdt.Hash{a, b})
	if one != crdt.HeadsDigest([]crdt.Hash{b, a}) || one == crdt.HeadsDigest([]crdt.Hash{a}) || one == (crdt.Hash{}) {
		t.Error("the digest is no function of the set")
	}
	if crdt.HeadsDigest(nil) != (crdt.Hash{}) {
		t.Error("no heads must give the zero hash")
	}
}
