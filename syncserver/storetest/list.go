package storetest

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"fieldbook/syncserver"
)

// piece is how many names the listing test asks for at once.
const piece = 4

// Folders of the listing test: a dash and a dot sort before the slash, a digit
// after it, so that folders do not sort as the names below them do.
var folders = []string{"f", "f-1", "f.a", "f0", "f/deep/er", "g"}

func testList(t *testing.T, s Subject) {
	ctx := context.Background()
	sizes := map[string]int64{}
	for _, folder := range folders {
		for i := range 9 {
			data := bytes.Repeat([]byte{byte(i)}, i)
			name := Name("w/feeds/"+folder, fmt.Sprintf("%02d", (i*5)%9), data)
			if err := s.Store.Create(ctx, name, data, []byte("note")); err != nil {
				t.Fatal(err)
			}
			sizes[strings.TrimPrefix(name, "w/feeds/")] = int64(len(data))
		}
	}
	want := slices.Sorted(maps.Keys(sizes))
	got := pages(t, s.Store, "")
	if names := namesOf(got); !slices.Equal(names, want) {
		t.Errorf("listed %v, want %v", names, want)
	}
	for _, entry := range got {
		if s.Sizes && entry.Size != sizes[entry.Name] {
			t.Errorf("%s has %d bytes, want %d", entry.Name, entry.Size, sizes[entry.Name])
		}
	}
	for _, after := range []string{"f", "f-1/", "f/0", "f/deep", "f/deep/er/~", "f0", "f0/~", "g/99", "~", want[7], want[7][:50], want[7] + "0"} {
		if got, want := namesOf(pages(t, s.Store, after)), above(want, after); !slices.Equal(got, want) {
			t.Errorf("after %q: %v, want %v", after, got, want)
		}
	}
	if entries, err := s.Store.List(ctx, "w/none", "", 4); err != nil || len(entries) != 0 {
		t.Errorf("a folder that is not there: %v, %v", entries, err)
	}
	if entries, err := s.Store.List(ctx, "w/feeds/f/deep", "", 100); err != nil || len(entries) != 9 || !strings.HasPrefix(entries[0].Name, "er/") {
		t.Errorf("a folder within: %v, %v", entries, err)
	}
}

// pages lists what is there after a name, piece by piece.
func pages(t *testing.T, store syncserver.Store, after string) []syncserver.Entry {
	t.Helper()
	var all []syncserver.Entry
	for {
		entries, err := store.List(context.Background(), "w/feeds", after, piece)
		if err != nil || len(entries) > piece {
			t.Fatalf("%d entries, %v", len(entries), err)
		}
		all = append(all, entries...)
		if len(entries) < piece {
			return all
		}
		after = entries[piece-1].Name
	}
}

func above(sorted []string, after string) []string {
	at, found := slices.BinarySearch(sorted, after)
	if found {
		at++
	}
	return sorted[at:]
}

func namesOf(entries []syncserver.Entry) []string {
	names := []string{}
	for _, entry := range entries {
		names = append(names, entry.Name)
	}
	return names
}

func testForeign(t *testing.T, s Subject) {
	ctx, data := context.Background(), []byte("ours")
	name := Name("w/feeds/f", "01", data)
	if err := s.Store.Create(ctx, name, data, nil); err != nil {
		t.Fatal(err)
	}
	foreign := []string{"w/feeds/f/Thumbs.db", "w/feeds/f/readme.txt", "w/feeds/f/.hidden", "w/feeds/f/" + strings.Repeat("0", 80)}
	for _, f := range foreign {
		s.Plant(t, f, []byte("theirs"))
	}
	entries, err := s.Store.List(ctx, "w", "", 10)
	if err != nil || len(entries) != 1 {
		t.Errorf("listed %v, %v; want only ours", entries, err)
	}
}
