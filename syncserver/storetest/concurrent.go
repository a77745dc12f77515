package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"fieldbook/syncserver"
)

// How many write at once, and how many objects; each is written by half of them.
const (
	writers = 50
	rounds  = 6
)

// Given 50 writers of the same objects with notes of their own, then nothing is
// lost, and whoever has written an object sees the note that it keeps.
func testConcurrent(t *testing.T, s Subject) {
	stores := []syncserver.Store{s.Store, s.Reopen(t)}
	if s.OneProcess {
		stores = stores[:1]
	}
	var seen sync.Map
	var wait sync.WaitGroup
	for writer := range writers {
		wait.Go(func() {
			for i := range rounds {
				write(t, stores[writer%len(stores)], &seen, fmt.Sprintf("writer %d", writer), []byte{byte(i), byte(writer % 2)})
			}
		})
	}
	wait.Wait()
	entries, err := s.Store.List(context.Background(), "w/feeds/f", "", 1000)
	if err != nil || len(entries) != 2*rounds {
		t.Errorf("%d objects, %v; want %d", len(entries), err, 2*rounds)
	}
}

// write writes one object and checks what is there then.
func write(t *testing.T, store syncserver.Store, seen *sync.Map, who string, data []byte) {
	ctx, name := context.Background(), Name("w/feeds/f", "01", data)
	if err := store.Create(ctx, name, data, []byte(who)); err != nil && !errors.Is(err, syncserver.ErrExists) {
		t.Errorf("create: %v", err)
	}
	got, note, err := store.Get(ctx, name, 10)
	if err != nil || !bytes.Equal(got, data) {
		t.Errorf("get own write: %v, %v", got, err)
	}
	if first, _ := seen.LoadOrStore(name, string(note)); first != string(note) || len(note) == 0 {
		t.Errorf("note %q, before %q", note, first)
	}
}
