// Package storetest checks that a syncserver.Store keeps its contract. Every
// store runs the one suite.
package storetest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"fieldbook/syncserver"
)

// Subject is a store under test with the means to damage it.
type Subject struct {
	// Store is empty at the start.
	Store syncserver.Store
	// Plant puts bytes in the place of an object past the store, as a failing
	// disk or somebody with an editor does.
	Plant func(t *testing.T, name string, data []byte)
	// Reopen gives the store as another process sees it.
	Reopen func(t *testing.T) syncserver.Store
	// Sizes says that the store states sizes in listings.
	Sizes bool
	// OneProcess says that only one process at a time writes notes to it.
	OneProcess bool
}

// Name gives the name under which data can be stored in a folder.
func Name(folder, prefix string, data []byte) string {
	return fmt.Sprintf("%s/%s-%x", folder, prefix, sha256.Sum256(data))
}

// Run runs the suite; each test gets a subject of its own.
func Run(t *testing.T, make func(t *testing.T) Subject) {
	for name, test := range map[string]func(*testing.T, Subject){
		"what was created is read back, here and elsewhere": testCreate,
		"nothing is overwritten":                            testCreateOnly,
		"damage is found, told and repaired":                testDamage,
		"names lead nowhere else":                           testNames,
		"objects are listed in order and in pieces":         testList,
		"foreign files are left alone":                      testForeign,
		"the first writer's note stays":                     testNotes,
		"a note outlives damage and repair":                 testNotesAndDamage,
		"many writers lose nothing":                         testConcurrent,
		"an ended context ends every call":                  testContext,
	} {
		t.Run(name, func(t *testing.T) { test(t, make(t)) })
	}
}

func testCreate(t *testing.T, s Subject) {
	ctx := context.Background()
	for _, data := range [][]byte{{}, []byte("a"), bytes.Repeat([]byte("long"), 1<<16)} {
		name := Name("w/feeds/f", "01", data)
		if _, _, err := s.Store.Get(ctx, name, 1<<20); !errors.Is(err, syncserver.ErrAbsent) {
			t.Fatalf("before create: %v, want ErrAbsent", err)
		}
		if err := s.Store.Create(ctx, name, data, nil); err != nil {
			t.Fatal(err)
		}
		for _, store := range []syncserver.Store{s.Store, s.Reopen(t)} {
			got, _, err := store.Get(ctx, name, len(data))
			if err != nil || !bytes.Equal(got, data) {
				t.Fatalf("get: %d bytes, %v; want %d", len(got), err, len(data))
			}
		}
		if len(data) > 0 {
			if _, _, err := s.Store.Get(ctx, name, len(data)-1); !errors.Is(err, syncserver.ErrSize) {
				t.Fatalf("get with less room: %v, want ErrSize", err)
			}
		}
	}
}

func testCreateOnly(t *testing.T, s Subject) {
	ctx, data := context.Background(), []byte("first")
	name := Name("w/feeds/f", "01", data)
	if err := s.Store.Create(ctx, name, data, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Store.Create(ctx, name, data, nil); !errors.Is(err, syncserver.ErrExists) {
		t.Fatalf("same again: %v, want ErrExists", err)
	}
	if err := s.Store.Create(ctx, name, []byte("second"), nil); !errors.Is(err, syncserver.ErrName) {
		t.Fatalf("other bytes: %v, want ErrName", err)
	}
	if got, _, err := s.Store.Get(ctx, name, 100); err != nil || string(got) != "first" {
		t.Fatalf("after: %q, %v", got, err)
	}
}

func testDamage(t *testing.T, s Subject) {
	ctx, data := context.Background(), []byte("what was meant")
	name := Name("w/feeds/f", "01", data)
	for _, wrong := range [][]byte{nil, data[:3], []byte("what was meanT"), append(slices.Clone(data), 0)} {
		s.Plant(t, name, wrong)
		_, _, err := s.Store.Get(ctx, name, 100)
		if !errors.Is(err, syncserver.ErrDamaged) {
			t.Fatalf("get %q: %v, want ErrDamaged", wrong, err)
		}
		entries, err := s.Store.List(ctx, "w/feeds/f", "", 10)
		if err != nil || len(entries) != 1 || !entries[0].Damaged {
			t.Fatalf("list after damage was seen: %v, %v", entries, err)
		}
		if err := s.Store.Create(ctx, name, data, nil); err != nil {
			t.Fatalf("repair: %v", err)
		}
		got, _, err := s.Store.Get(ctx, name, 100)
		if err != nil || !bytes.Equal(got, data) {
			t.Fatalf("after repair: %q, %v", got, err)
		}
		entries, err = s.Store.List(ctx, "w/feeds/f", "", 10)
		if err != nil || len(entries) != 1 || entries[0].Damaged {
			t.Fatalf("list after repair: %v, %v", entries, err)
		}
	}
}

func testNames(t *testing.T, s Subject) {
	ctx, data := context.Background(), []byte("x")
	last := Name("", "01", data)
	for _, folder := range []string{
		"..", "w/..", "w/../..", ".", "", "w//f", "/w", "W", "w/.hidden", "w\\f", "w/f\x00", "w/ä", "c:", "w/-f",
		strings.Repeat("a", 200), strings.Repeat("w/", 20) + "w", "w" + last,
	} {
		if err := s.Store.Create(ctx, folder+last, data, nil); !errors.Is(err, syncserver.ErrName) {
			t.Errorf("create in %q: %v, want ErrName", folder, err)
		}
		if _, _, err := s.Store.Get(ctx, folder+last, 10); !errors.Is(err, syncserver.ErrName) {
			t.Errorf("get in %q: %v, want ErrName", folder, err)
		}
		if _, err := s.Store.Note(ctx, folder+last); !errors.Is(err, syncserver.ErrName) {
			t.Errorf("note in %q: %v, want ErrName", folder, err)
		}
		if _, err := s.Store.List(ctx, folder, "", 10); !errors.Is(err, syncserver.ErrName) {
			t.Errorf("list %q: %v, want ErrName", folder, err)
		}
	}
}

func testContext(t *testing.T, s Subject) {
	ctx, cancel := context.WithCancel(context.Background())
	data := []byte("x")
	name := Name("w/feeds/f", "01", data)
	if err := s.Store.Create(ctx, name, data, nil); err != nil {
		t.Fatal(err)
	}
	cancel()
	_, _, get := s.Store.Get(ctx, name, 10)
	_, list := s.Store.List(ctx, "w/feeds/f", "", 10)
	_, note := s.Store.Note(ctx, name)
	for _, err := range []error{s.Store.Create(ctx, name, data, nil), get, list, note} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v, want context.Canceled", err)
		}
	}
}
