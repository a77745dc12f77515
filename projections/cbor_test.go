package projections

import (
	"bytes"
	"math"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"fieldbook/crdt"
	"fieldbook/record"
)

// sample is a state with every kind of value.
func sample() *state {
	op := func(n uint64, v record.Value) []crdt.Live {
		return []crdt.Live{{ID: crdt.OpID{Counter: n, Actor: crdt.ActorID{byte(n)}}, Change: crdt.Hash{byte(n % 3)}, Value: v}}
	}
	return &state{
		stream: record.ID{1}, entity: record.Asset, heads: []crdt.Hash{{1}, {2}},
		keys: []liveKey{
			{"a", op(1, record.StringValue("V3.2.17"))}, {"b", op(23, record.IntValue(-25))}, {"c", op(1<<20, record.IntValue(1<<53))},
			{"d", op(4, record.FloatValue(1.5))}, {"e", op(5, record.FloatValue(math.Pi))}, {"f", op(6, record.BoolValue(true))},
			{"g", op(7, record.BytesValue([]byte{1, 2}))}, {"h", op(8, record.TimeValue(time.UnixMilli(-5)))}, {"i", op(9, record.NullValue())},
		},
		texts: []liveText{{"description", "drives the pump"}},
	}
}

func TestStateIsCanonicalAndComesBack(t *testing.T) {
	b := sample().encode()
	var any any
	if err := cbor.Unmarshal(b, &any); err != nil {
		t.Fatalf("not CBOR: %v", err)
	}
	back, err := decodeState(record.ID{1}, b)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(back.encode(), b) {
		t.Fatal("another encoding of the same state")
	}
	if v := back.live("e")[0].Value; v.Float != math.Pi {
		t.Fatalf("%v", v)
	}
}

func FuzzState(f *testing.F) {
	f.Add(sample().encode())
	f.Add([]byte{0x87, 0x60, 0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := decodeState(record.ID{}, b)
		if err == nil {
			s.snapshot()
		}
		decodeEffects(b)
	})
}
