package syncclient_test

import (
	"errors"
	"testing"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncserver"
)

// Given a fork whose branches lie on two remotes, whatever their lengths, then
// every laptop ends with both branches from either remote.
func TestSyncFindsForksBehindTheTip(t *testing.T) {
	for _, lengths := range [][2]int{{1, 1}, {1, 6}, {6, 1}, {4, 5}} {
		a := synctest.NewAuthor(plant, "a", 1)
		trunk := a.Segments(3)
		clone := a.Clone("copy")
		left, right := synctest.NewLaptop(plant, a), synctest.NewLaptop(plant, a)
		for _, l := range []*synctest.Laptop{left, right} {
			l.Keep(trunk...)
		}
		left.Keep(a.Segments(lengths[0])...)
		right.Keep(clone.Segments(lengths[1])...)
		one, two := newServer(&syncserver.Memory{}), newServer(&syncserver.Memory{})
		sync(t, left, one)
		sync(t, right, two)
		sync(t, left, two)
		sameInventoryAfter(t, lengths, left, 3+lengths[0]+lengths[1])
		sync(t, right, one)
		sameInventoryAfter(t, lengths, right, 3+lengths[0]+lengths[1])
		for _, server := range []syncclient.Remote{one, two} {
			third := synctest.NewLaptop(plant, a)
			sync(t, third, server)
			sameInventory(t, left, right, third)
		}
	}
}

func sameInventoryAfter(t *testing.T, lengths [2]int, l *synctest.Laptop, want int) {
	t.Helper()
	if got := len(l.Inventory()); got != want {
		t.Errorf("branches of %v: %d segments, want %d", lengths, got, want)
	}
}

// Given another branch on a remote that cannot be written, so that nothing of
// ours can show the remote where the branches part, then it is found too.
func TestSyncFindsForksOnAWriteProtectedRemote(t *testing.T) {
	for _, lengths := range [][2]int{{1, 1}, {1, 6}, {6, 1}, {4, 5}} {
		a := synctest.NewAuthor(plant, "a", 1)
		trunk := a.Segments(3)
		clone := a.Clone("copy")
		left, right := synctest.NewLaptop(plant, a), synctest.NewLaptop(plant, a)
		for _, l := range []*synctest.Laptop{left, right} {
			l.Keep(trunk...)
		}
		left.Keep(a.Segments(lengths[0])...)
		right.Keep(clone.Segments(lengths[1])...)
		memory := &syncserver.Memory{}
		sync(t, right, newServer(memory))
		faults := &synctest.Faults{Store: memory, Before: func(_ int, op string) error {
			if op == "create" {
				return syncserver.ErrReadOnly
			}
			return nil
		}}
		r, err := syncclient.Sync(t.Context(), left, newServer(faults), syncclient.Options{})
		if !errors.Is(err, syncclient.ErrReadOnly) || r.RoundTrips > 4 {
			t.Errorf("branches of %v: %v after %d round trips", lengths, err, r.RoundTrips)
		}
		sameInventoryAfter(t, lengths, left, 3+lengths[0]+lengths[1])
	}
}
