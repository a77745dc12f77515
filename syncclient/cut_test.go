package syncclient_test

import (
	"context"
	"errors"
	"testing"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

var ctxBackground = context.Background()

// Given a sync cut before or after each call of the store, then nothing held is
// lost, the next sync completes it, and what was stored is not sent again.
func TestSyncCutAnywhereIsResumed(t *testing.T) {
	for _, lostAfter := range []bool{false, true} {
		for at := 1; ; at++ {
			a, b := synctest.NewAuthor(plant, "a", 1), synctest.NewAuthor(plant, "b", 1)
			memory, laptop, other := &syncserver.Memory{}, synctest.NewLaptop(plant, a, b), synctest.NewLaptop(plant, a, b)
			other.Keep(b.Segments(3)...)
			sync(t, other, newServer(memory))
			laptop.Keep(a.Segments(4)...)

			cut := func(call int, _ string) error {
				if call >= at { // the stick is out, for good
					return synctest.ErrCut
				}
				return nil
			}
			faults := &synctest.Faults{Store: memory, Before: cut}
			if lostAfter {
				faults.Before, faults.After = nil, cut
			}
			_, err := syncclient.Sync(t.Context(), laptop, newServer(faults), syncclient.Options{Attempts: 1})
			if err == nil {
				if at < 10 {
					t.Fatalf("only %d calls were cut", at-1)
				}
				break
			}
			if !errors.Is(err, syncproto.ErrTemporary) {
				t.Fatalf("cut at call %d: %v", at, err)
			}
			sync(t, laptop, newServer(memory))
			sync(t, other, newServer(memory))
			sameInventory(t, laptop, other)
			if laptop.Accepted != 4+3 || other.Accepted != 4+3 {
				t.Fatalf("cut at call %d: %d and %d segments accepted, want 7 each", at, laptop.Accepted, other.Accepted)
			}
		}
	}
}
