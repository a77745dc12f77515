package eventstore_test

import (
	"slices"
	"testing"

	"fieldbook/eventstore"
)

// TestArrivedCountsOthersBehindAPosition: over feeds that come in turns, one of them forked, and one's own left out.
func TestArrivedCountsOthersBehindAPosition(t *testing.T) {
	s := open(t, config(t))
	own, other, third := newAuthor(1), newAuthor(2), newAuthor(3)
	own.append(t, s, 3)   // 1 to 3
	other.append(t, s, 4) // 4 to 7
	fork := other.fork()
	other.append(t, s, 2)                        // 8, 9
	own.append(t, s, 2)                          // 10, 11
	third.append(t, s, 3)                        // 12 to 14
	update(t, s, func(tx *eventstore.Tx) error { // 15, 16
		_, err := tx.AddSegment(fork.segment(t, 1, fork.make(2)))
		return err
	})
	for _, c := range []struct {
		after  eventstore.Position
		limit  int
		total  int64
		newest []eventstore.Position
	}{
		{0, 3, 11, []eventstore.Position{16, 15, 14}}, {0, 100, 11, []eventstore.Position{16, 15, 14, 13, 12, 9, 8, 7, 6, 5, 4}},
		{8, 2, 6, []eventstore.Position{16, 15}}, {13, 5, 3, []eventstore.Position{16, 15, 14}}, {16, 5, 0, nil}, {99, 5, 0, nil},
	} {
		view(t, s, func(tx *eventstore.Tx) error {
			total, newest, err := tx.Arrived(c.after, own.feed.Device, c.limit)
			if total != c.total || !slices.Equal(newest, c.newest) {
				t.Errorf("after %d: %d, %v", c.after, total, newest)
			}
			return err
		})
	}
	view(t, s, func(tx *eventstore.Tx) error {
		rows, err := tx.Named(other.feed, 5)
		if len(rows) != 2 || rows[0].Position != 8 || rows[1].Position != 15 {
			t.Errorf("named %+v", rows)
		}
		if none, _ := tx.Named(other.feed, 99); len(none) != 0 {
			t.Errorf("no entry is named %+v", none)
		}
		return err
	})
}
