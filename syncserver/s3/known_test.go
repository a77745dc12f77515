package s3_test

import (
	"crypto/sha256"
	"fmt"
	"sync"
	"testing"

	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// Given 5 feeds of more segments than a request lists, then a service that knows
// nothing lists with a request for each 1,000, and one that remembers them with
// one for each feed and one more.
func TestRequestsForLongFeeds(t *testing.T) {
	var tally tally
	cfg := fake(t)
	cfg.Count = tally.count
	store, known := open(t, cfg), &syncserver.Known{Page: 1000, Feeds: map[syncproto.Feed]syncserver.Past{}}
	workspace := syncproto.Workspace{7}
	var wait sync.WaitGroup
	for n := range 5 {
		feed := syncproto.Feed{Device: [32]byte{byte(n + 1)}, Epoch: 1}
		var past syncserver.Past
		for number := range uint64(1500) {
			data := fmt.Append(nil, feed, number)
			past.Names = append(past.Names, syncproto.Name{Number: number + 1, Hash: sha256.Sum256(data)})
		}
		known.Feeds[feed] = past
		wait.Go(func() {
			for number, name := range past.Names {
				if err := store.Create(t.Context(), syncproto.Path(workspace, feed, name), fmt.Append(nil, feed, uint64(number)), nil); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
	for _, test := range []struct {
		known *syncserver.Known
		most  int
	}{{nil, 12}, {known, 6}} {
		tally.take()
		server := syncserver.New(syncserver.Config{Store: store, Known: func(syncproto.Workspace) *syncserver.Known { return test.known }})
		answer, err := server.Exchange(t.Context(), &syncproto.Request{Workspace: workspace})
		if err != nil || len(answer.Have) != 5 {
			t.Fatalf("%+v, %v", answer, err)
		}
		for _, have := range answer.Have {
			if want := syncproto.Holding(have.Feed, known.Feeds[have.Feed].Names); !have.Equal(want) {
				t.Errorf("holds up to %d, want %d", have.Number, want.Number)
			}
		}
		if n := tally.take()["ListObjectsV2"]; n > test.most {
			t.Errorf("%d requests, want %d", n, test.most)
		}
	}
}
