package eventstore_test

import (
	"slices"
	"testing"

	"fieldbook/envelope"
	"fieldbook/eventstore"
)

func missing(t testing.TB, s *eventstore.Store) (list []eventstore.Missing) {
	t.Helper()
	view(t, s, func(tx *eventstore.Tx) (err error) {
		list, err = tx.Missing()
		return err
	})
	return list
}

// TestMissing: what the newest segments name and the log lacks is listed until it arrives, by name and hash.
func TestMissing(t *testing.T) {
	s := open(t, config(t))
	a, b, c := newAuthor(1), newAuthor(2), newAuthor(3)
	entries := a.make(4)
	all := a.head()
	early, late := a.segment(t, 1, entries[:2]), a.segment(t, 2, entries[2:])
	first := b.segment(t, 1, b.make(1), early.Head())
	second := b.segment(t, 2, b.make(1), all)
	third := c.segment(t, 1, c.make(1), all)
	take := func(seg *envelope.Segment) {
		t.Helper()
		if _, err := addSegment(s, seg); err != nil {
			t.Fatal(err)
		}
	}
	want := func(head *envelope.Head, by ...*author) {
		t.Helper()
		list := missing(t, s)
		if head == nil {
			if len(list) != 0 {
				t.Fatalf("missing %v", list)
			}
			return
		}
		var seen []envelope.DeviceID
		for _, b := range by {
			seen = append(seen, b.head().Device)
		}
		slices.SortFunc(seen, func(a, b envelope.DeviceID) int { return slices.Compare(a[:], b[:]) })
		if len(list) != 1 || list[0].Head != *head || !slices.Equal(list[0].Seen, seen) {
			t.Fatalf("missing %v, want %v", list, head)
		}
	}
	want(nil)
	take(first)
	two := early.Head()
	want(&two, b)
	take(second)
	want(&all, b)
	take(third)
	want(&all, b, c)
	take(early)
	want(&all, b, c)
	take(late)
	want(nil)
}

// TestMissingBranch: an envelope of another hash in the place of a witnessed one does not stand for it.
func TestMissingBranch(t *testing.T) {
	s := open(t, config(t))
	a, b := newAuthor(1), newAuthor(2)
	entries := a.make(1)
	copied := a.fork()
	one, other := a.segment(t, 1, append(entries, a.make(2)...)), copied.segment(t, 1, append(entries, copied.make(1)...))
	for _, seg := range []*envelope.Segment{one, b.segment(t, 1, b.make(1), other.Head())} {
		if _, err := addSegment(s, seg); err != nil {
			t.Fatal(err)
		}
	}
	if list := missing(t, s); len(list) != 1 || list[0].Head != other.Head() {
		t.Fatalf("missing %v", list)
	}
	if _, err := addSegment(s, other); err != nil {
		t.Fatal(err)
	}
	if list := missing(t, s); len(list) != 0 {
		t.Fatalf("missing %v", list)
	}
}
