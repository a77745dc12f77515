package crdt

import (
	"fmt"
	"testing"
	"time"

	"fieldbook/record"
)

var (
	device = [32]byte{1}
	stream = record.ID{7}
	salt   = []byte("salt of an unlock")
	origin = Origin{Device: device, Stream: stream, Salt: salt}
	noon   = time.UnixMilli(1_700_000_000_000)
)

// creation gives the edits of an imported row.
func creation() []record.Edit {
	var edits []record.Edit
	for i := range 25 {
		edits = append(edits, record.Edit{Key: fmt.Sprintf("units/0123456789abcdef0123456789abcdef/field%02d", i), Value: record.StringValue(fmt.Sprintf("value %d", i))})
	}
	return edits
}

func BenchmarkAuthorNew(b *testing.B) {
	edits := creation()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := AuthorNew(stream, edits); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDecode(b *testing.B) {
	raw, _ := AuthorNew(stream, creation())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Decode(raw); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAddNew(b *testing.B) {
	raw, _ := AuthorNew(stream, creation())
	b.ReportAllocs()
	for b.Loop() {
		h := NewHistory(stream)
		if _, _, err := h.Add(raw, Origin{Stream: stream}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAdd adds single-field changes to a document of about a hundred.
func BenchmarkAdd(b *testing.B) {
	_, raws := linear(b, 200)
	b.ReportAllocs()
	for b.Loop() {
		b.StopTimer()
		h := NewHistory(stream)
		for _, raw := range raws[:100] {
			h.Add(raw, origin)
		}
		b.StartTimer()
		for _, raw := range raws[100:] {
			if _, _, err := h.Add(raw, origin); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/100, "ns/change")
}

func BenchmarkAuthor(b *testing.B) {
	h, _ := linear(b, 100)
	actor := Actor(device, stream, salt)
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := h.Author(actor, noon, []record.Edit{{Key: "firmware", Value: record.StringValue("V9")}}, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func linear(t testing.TB, n int) (*History, [][]byte) {
	h := NewHistory(stream)
	var raws [][]byte
	for i := range n {
		edits := []record.Edit{{Key: "firmware", Value: record.StringValue(fmt.Sprint("V", i))}}
		raw, _, err := h.Author(Actor(device, stream, salt), noon, edits, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, v, err := h.Add(raw, origin); v != Accepted || err != nil {
			t.Fatal(v, err)
		}
		raws = append(raws, raw)
	}
	return h, raws
}
