package syncclient_test

import (
	"testing"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncserver"
)

// benchFolder gives a server over a folder that holds what the authors wrote.
func benchFolder(b *testing.B, from *synctest.Laptop) syncclient.Remote {
	b.Helper()
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	server := newServer(store)
	if _, err := syncclient.Sync(b.Context(), from, server, syncclient.Options{}); err != nil {
		b.Fatal(err)
	}
	return server
}

// 10,000 events through a folder to an empty device.
func BenchmarkPull10000Events(b *testing.B) {
	a := synctest.NewAuthor(plant, "a", 1)
	full := synctest.NewLaptop(plant, a)
	a.Write(10_000, 400)
	full.Keep(a.Cut()...)
	server := benchFolder(b, full)
	for b.Loop() {
		empty := synctest.NewLaptop(plant, a)
		if r, err := syncclient.Sync(b.Context(), empty, server, syncclient.Options{}); err != nil || r.Received != 10_000 {
			b.Fatal(r, err)
		}
	}
}

// A sync with nothing to do: 5 feeds of 200 segments in a folder.
func BenchmarkNothingToDo(b *testing.B) {
	laptop := synctest.NewLaptop(plant)
	for _, name := range []string{"a", "b", "c", "d", "e"} {
		author := synctest.NewAuthor(plant, name, 1)
		laptop.Admit(author)
		laptop.Keep(author.Segments(200)...)
	}
	server := benchFolder(b, laptop)
	for b.Loop() {
		if r, err := syncclient.Sync(b.Context(), laptop, server, syncclient.Options{}); err != nil || r.RoundTrips != 1 {
			b.Fatal(r, err)
		}
	}
}
