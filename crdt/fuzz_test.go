package crdt

import (
	"bytes"
	"slices"
	"testing"

	"fieldbook/record"
)

// seeds are all vectors, good and hostile.
func seeds(f *testing.F) (s suite) {
	s = readVectors(f)
	for _, v := range slices.Concat(s.Valid, s.Hostile) {
		f.Add([]byte(v.Raw))
		if len(v.Raw) > 8 {
			f.Add(resum(bytes.Clone(v.Raw)))
		}
	}
	return s
}

// FuzzDecode: no bytes make the decoder panic or grow beyond its caps, and what it accepts has one encoding only.
func FuzzDecode(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > offHash {
			raw = resum(bytes.Clone(raw))
		}
		c, err := Decode(raw)
		if err != nil {
			if class(err) == "" {
				t.Fatalf("error without a class: %v", err)
			}
			return
		}
		if again, err := Encode(c); err != nil || !bytes.Equal(again, raw) {
			t.Fatalf("encoded again as %x (%v)", again, err)
		}
		if len(c.Ops) > MaxOps {
			t.Fatalf("%d operations", len(c.Ops))
		}
	})
}

// FuzzAdd: what the guard accepts, Automerge takes, keeps through saving and loading, and reads the same.
func FuzzAdd(f *testing.F) {
	s := seeds(f)
	engine, err := NewAutomerge([32]byte{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		h := load(t, s.Before)
		if len(raw) > offHash {
			raw = resum(bytes.Clone(raw))
		}
		heads := h.Heads()
		hash, v, err := h.Add(raw, Origin{Device: device, Stream: stream, Salt: salt})
		if v != Accepted {
			if !slices.Equal(heads, h.Heads()) || (v == Malformed) != (err != nil) {
				t.Fatalf("%v: %v %v", hash, v, err)
			}
			return
		}
		h.Effects(hash)
		mirrors(t, engine, h)
	})
}

// mirrors compares a history with Automerge's own answers, also after saving and loading.
func mirrors(t testing.TB, e Engine, h *History) {
	d, err := Open(e, h)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	saved, err := d.Save()
	if err != nil {
		t.Fatal(err)
	}
	back, err := e.Load(stream, saved)
	if err != nil {
		t.Fatal(err)
	}
	defer back.Close()
	for _, d := range []Document{d, back} {
		heads, _ := d.Heads()
		keys, _ := d.Keys()
		if !slices.Equal(heads, h.Heads()) || !slices.Equal(keys, h.Keys()) {
			t.Fatalf("heads %v, keys %q; history %v, %q", heads, keys, h.Heads(), h.Keys())
		}
		for _, key := range keys {
			values, _ := d.Values(key)
			live := h.Live(key)
			text, _, _ := d.Text(key)
			want, _ := h.Text(key)
			if text != want || !slices.EqualFunc(values, live, func(v record.Value, l Live) bool { return v.Equal(l.Value) }) {
				t.Fatalf("key %q: %v %q; history %v %q", key, values, text, live, want)
			}
		}
	}
}
