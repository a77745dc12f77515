package crdttest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"fieldbook/crdt"
	"fieldbook/record"
)

// Run runs the whole suite against an engine.
func Run(t *testing.T, e crdt.Engine) {
	t.Run("values", func(t *testing.T) { values(t, e) })
	t.Run("concurrent", func(t *testing.T) { concurrent(t, e) })
	t.Run("prose", func(t *testing.T) { prose(t, e) })
	t.Run("refused", func(t *testing.T) { refused(t, e) })
	t.Run("earlier", func(t *testing.T) { earlier(t, e) })
	t.Run("saved", func(t *testing.T) { saved(t, e) })
	t.Run("closed", func(t *testing.T) { closed(t, e) })
	t.Run("random", func(t *testing.T) { random(t, e) })
}

var (
	stream = record.ID{0x51}
	noon   = time.UnixMilli(1_790_000_000_000)
)

// person gives the origin of a device by number.
func person(n byte) crdt.Origin {
	return crdt.Origin{Device: [32]byte{n}, Stream: stream, Salt: []byte{n, 0xaa}}
}

func actor(o crdt.Origin) crdt.ActorID { return crdt.Actor(o.Device, o.Stream, o.Salt) }

func create(t *testing.T, e crdt.Engine) crdt.Document {
	t.Helper()
	d, err := e.New(stream)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

func must(t fataler, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// add passes a change through the guard.
func add(t fataler, h *crdt.History, raw []byte, o crdt.Origin) crdt.Admitted {
	t.Helper()
	hash, v, err := h.Add(raw, o)
	if v != crdt.Accepted {
		t.Fatalf("change is %v: %v", v, err)
	}
	a, ok := h.Admitted(hash)
	if !ok {
		t.Fatal("accepted change is not admitted")
	}
	return a
}

// commit makes a change in a document and passes it through the guard of a history.
func commit(t fataler, d crdt.Document, h *crdt.History, o crdt.Origin) crdt.Admitted {
	t.Helper()
	raw, err := d.Commit(actor(o), noon)
	must(t, err)
	return add(t, h, raw, o)
}

// same compares a document with a history, key by key.
func same(t fataler, d crdt.Document, h *crdt.History) {
	t.Helper()
	heads, err := d.Heads()
	must(t, err)
	if !slices.Equal(heads, h.Heads()) {
		t.Fatalf("heads %v, history %v", heads, h.Heads())
	}
	keys, err := d.Keys()
	must(t, err)
	if !slices.Equal(keys, h.Keys()) {
		t.Fatalf("keys %v, history %v", keys, h.Keys())
	}
	for _, key := range keys {
		got, err := d.Values(key)
		must(t, err)
		var want []record.Value
		for _, live := range h.Live(key) {
			want = append(want, live.Value)
		}
		if !slices.EqualFunc(got, want, record.Value.Equal) {
			t.Fatalf("key %q: %v, history %v", key, got, want)
		}
		text, ok, err := d.Text(key)
		must(t, err)
		if wantText, wantOK := h.Text(key); text != wantText || ok != wantOK {
			t.Fatalf("key %q: text %q %v, history %q %v", key, text, ok, wantText, wantOK)
		}
	}
}

func wants(t fataler, err, want error) {
	t.Helper()
	if !errors.Is(err, want) {
		t.Fatalf("error %v, want %v", err, want)
	}
}

// fataler is what testing.T and rapid.T have in common.
type fataler interface {
	Helper()
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}
