package storetest

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"fieldbook/syncserver"
)

func testNotes(t *testing.T, s Subject) {
	ctx := context.Background()
	for _, note := range [][]byte{nil, []byte("n"), bytes.Repeat([]byte{0, 0xff}, syncserver.MaxNote/2)} {
		data := append([]byte("noted "), note...)
		name := Name("w/feeds/f", "01", data)
		if _, err := s.Store.Note(ctx, name); !errors.Is(err, syncserver.ErrAbsent) {
			t.Fatalf("before create: %v, want ErrAbsent", err)
		}
		if err := s.Store.Create(ctx, name, data, note); err != nil {
			t.Fatal(err)
		}
		if err := s.Store.Create(ctx, name, data, []byte("later")); !errors.Is(err, syncserver.ErrExists) {
			t.Fatalf("again: %v, want ErrExists", err)
		}
		for _, store := range []syncserver.Store{s.Store, s.Reopen(t)} {
			got, alone := noteOf(t, store, name)
			if !bytes.Equal(got, note) || !bytes.Equal(alone, note) {
				t.Errorf("note %q, alone %q; want %q", got, alone, note)
			}
		}
	}
	data := []byte("too much")
	name := Name("w/feeds/f", "01", data)
	if err := s.Store.Create(ctx, name, data, make([]byte, syncserver.MaxNote+1)); !errors.Is(err, syncserver.ErrSize) {
		t.Errorf("a long note: %v, want ErrSize", err)
	}
	if _, err := s.Store.Note(ctx, name); !errors.Is(err, syncserver.ErrAbsent) {
		t.Errorf("after a long note: %v, want ErrAbsent", err)
	}
}

func testNotesAndDamage(t *testing.T, s Subject) {
	ctx, data := context.Background(), []byte("what was meant")
	name := Name("w/feeds/f", "01", data)
	s.Plant(t, name, data[:4])
	if note, err := s.Store.Note(ctx, name); note != nil || err != nil {
		t.Fatalf("note of what has none: %q, %v", note, err)
	}
	if err := s.Store.Create(ctx, name, data, []byte("mine")); err != nil {
		t.Fatalf("repair: %v", err)
	}
	if got, alone := noteOf(t, s.Store, name); string(got) != "mine" || string(alone) != "mine" {
		t.Errorf("after repair: %q, alone %q", got, alone)
	}
}

// noteOf reads a note in both ways.
func noteOf(t *testing.T, store syncserver.Store, name string) (got, alone []byte) {
	t.Helper()
	_, got, err := store.Get(context.Background(), name, 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if alone, err = store.Note(context.Background(), name); err != nil {
		t.Fatal(err)
	}
	return got, alone
}
