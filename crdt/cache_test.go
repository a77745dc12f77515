package crdt_test

import (
	"context"
	"errors"
	"sync"
	"testing"

	"fieldbook/crdt"
	"fieldbook/record"
)

// counted is a document that counts how many are open and whether two callers use it at once.
type counted struct {
	crdt.Document
	open  *int
	mu    *sync.Mutex
	inUse bool
}

func (c *counted) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	*c.open--
	c.Document.Close()
}

type opener struct {
	mu     sync.Mutex
	open   int
	opened int
}

func (o *opener) make() (crdt.Document, error) {
	d, err := crdt.NewPure([32]byte{}).New(record.ID{})
	o.mu.Lock()
	defer o.mu.Unlock()
	o.open++
	o.opened++
	return &counted{Document: d, open: &o.open, mu: &o.mu}, err
}

func nothing(crdt.Document) error { return nil }

// TestCacheBounds: no more documents stay open than allowed, the ones used last stay.
func TestCacheBounds(t *testing.T) {
	ctx, o := t.Context(), &opener{}
	c := crdt.NewCache(crdt.CacheConfig{Count: 3})
	for i := range byte(10) {
		for _, id := range []byte{0, i} {
			if err := c.Use(ctx, record.ID{id}, o.make, nothing); err != nil {
				t.Fatal(err)
			}
		}
		if o.open > 3 || c.Len() != o.open || c.Bytes() < o.open {
			t.Fatalf("%d open, %d held, %d bytes", o.open, c.Len(), c.Bytes())
		}
	}
	if o.opened != 10 {
		t.Fatalf("opened %d times: the one used most was closed", o.opened)
	}
	c.Close()
	if o.open != 0 || c.Len() != 0 || c.Bytes() != 0 {
		t.Fatalf("%d open after closing", o.open)
	}
	small := crdt.NewCache(crdt.CacheConfig{Bytes: 1})
	if err := small.Use(ctx, record.ID{}, o.make, nothing); err != nil || o.open != 0 {
		t.Fatalf("%v, %d open beyond the bytes", err, o.open)
	}
}

// TestCacheFailure: a document whose use failed, or that was dropped meanwhile, is closed and opened anew.
func TestCacheFailure(t *testing.T) {
	ctx, o := t.Context(), &opener{}
	c := crdt.NewCache(crdt.CacheConfig{})
	bad := errors.New("bad")
	if err := c.Use(ctx, record.ID{}, func() (crdt.Document, error) { return nil, bad }, nothing); !errors.Is(err, bad) || c.Len() != 0 {
		t.Fatal(err, c.Len())
	}
	if err := c.Use(ctx, record.ID{}, o.make, func(crdt.Document) error { return bad }); !errors.Is(err, bad) || o.open != 0 || c.Len() != 0 {
		t.Fatal(err, o.open, c.Len())
	}
	err := c.Use(ctx, record.ID{}, o.make, func(d crdt.Document) error {
		c.Drop(record.ID{})
		_, err := d.Keys()
		return err
	})
	if err != nil || o.open != 0 {
		t.Fatalf("%v, %d open after dropping in use", err, o.open)
	}
	if err := c.Use(ctx, record.ID{}, o.make, nothing); err != nil {
		t.Fatal(err)
	}
	if c.Drop(record.ID{}); o.open != 0 {
		t.Fatalf("%d open after dropping", o.open)
	}
}

// TestCacheTurns: callers take turns; one that gives up waiting leaves the others alone.
func TestCacheTurns(t *testing.T) {
	o := &opener{}
	c := crdt.NewCache(crdt.CacheConfig{Count: 2})
	var wg sync.WaitGroup
	for n := range 8 {
		wg.Go(func() {
			for i := range 50 {
				err := c.Use(t.Context(), record.ID{byte((n + i) % 5)}, o.make, func(d crdt.Document) error {
					k := d.(*counted)
					if k.inUse {
						t.Error("two at once")
					}
					k.inUse = true
					_, err := d.Heads()
					k.inUse = false
					return err
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	gone, cancel := context.WithCancel(t.Context())
	err := c.Use(t.Context(), record.ID{}, o.make, func(crdt.Document) error {
		cancel()
		if err := c.Use(gone, record.ID{}, o.make, nothing); !errors.Is(err, context.Canceled) {
			t.Errorf("waited on: %v", err)
		}
		return nil
	})
	if err != nil || o.open != c.Len() {
		t.Fatalf("%v, %d open, %d held", err, o.open, c.Len())
	}
}
