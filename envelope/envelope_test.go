package envelope

import (
	"bytes"
	"crypto/sha256"
	"reflect"
	"testing"

	"github.com/fxamacker/cbor/v2"
	"pgregory.net/rapid"
)

// deterministic re-encodes CBOR with an independent implementation of RFC 8949 section 4.2.1.
func deterministic(t testing.TB, b []byte) []byte {
	t.Helper()
	dec, err := cbor.DecOptions{DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden}.DecMode()
	must(t, err)
	enc, err := cbor.CoreDetEncOptions().EncMode()
	must(t, err)
	var v any
	must(t, dec.Unmarshal(b, &v))
	out, err := enc.Marshal(v)
	must(t, err)
	return out
}

func drawHash(t *rapid.T, label string) Hash {
	return Hash(rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, label))
}

func drawEnvelope(t *rapid.T) *Envelope {
	e := &Envelope{}
	e.Workspace = WorkspaceID(drawHash(t, "workspace"))
	e.Device = DeviceID(drawHash(t, "device"))
	e.Epoch = Epoch(rapid.Uint64().Draw(t, "epoch"))
	e.Seq = rapid.Uint64Range(1, MaxSeq).Draw(t, "seq")
	if e.Seq > 1 {
		e.Prev = Hash{1}
	}
	for i := range rapid.IntRange(0, MaxRefs).Draw(t, "refs") {
		h := drawHash(t, "ref")
		h[0] = byte(i)
		e.ACL = append(e.ACL, h)
	}
	if rapid.Bool().Draw(t, "sealed") {
		e.Key = KeyID{1}
		e.Nonce = rapid.SliceOfN(rapid.Byte(), NonceSize, NonceSize).Draw(t, "nonce")
	}
	e.Body = rapid.SliceOfN(rapid.Byte(), TagSize, 300).Draw(t, "body")
	return e
}

func TestEnvelopeKeepsItsBytes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		e := drawEnvelope(rt)
		b := e.Encode()
		got, err := Decode(b)
		must(t, err)
		if e.Nonce == nil {
			got.Nonce = nil
		}
		if !reflect.DeepEqual(e, got) || !bytes.Equal(got.Encode(), b) {
			rt.Fatalf("%+v came back as %+v", e, got)
		}
		if !bytes.Equal(deterministic(t, b), b) {
			rt.Fatalf("not deterministic CBOR: %x", b)
		}
	})
}

// The chain still holds when a body is withdrawn and only its hash is left.
func TestHashNeedsOnlyTheBodysHash(t *testing.T) {
	e := newPlant().feed(2, 100)[1]
	inner := sha256.Sum256(append(bytes.Clone(e.Nonce), e.Body...))
	if e.Hash() != sha256.Sum256(append(e.AD(), inner[:]...)) {
		t.Fatal("hash is not SHA-256(header || SHA-256(nonce || body))")
	}
}

func TestEveryBitOfAnEnvelopeIsInItsHash(t *testing.T) {
	e := newPlant().feed(2, 100)[1]
	b := e.Encode()
	for i := range len(b) * 8 {
		c := bytes.Clone(b)
		c[i/8] ^= 1 << (i % 8)
		got, err := Decode(c)
		if err == nil && got.Hash() == e.Hash() {
			t.Fatalf("bit %d changes nothing", i)
		}
	}
}

func TestEnvelopeOutsideTheRulesIsRefused(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(e *Envelope)
		want  error
	}{
		"seq 0":                    {func(e *Envelope) { e.Seq = 0 }, ErrMalformed},
		"seq beyond int64":         {func(e *Envelope) { e.Seq = MaxSeq + 1 }, ErrMalformed},
		"first with a previous":    {func(e *Envelope) { e.Seq = 1 }, ErrChain},
		"second without":           {func(e *Envelope) { e.Prev = Hash{} }, ErrChain},
		"short nonce":              {func(e *Envelope) { e.Nonce = e.Nonce[1:] }, ErrMalformed},
		"control with nonce":       {func(e *Envelope) { e.Key = KeyID{} }, ErrMalformed},
		"body without room":        {func(e *Envelope) { e.Body = e.Body[:TagSize-1] }, ErrMalformed},
		"body too large":           {func(e *Envelope) { e.Body = make([]byte, MaxBody+1) }, ErrTooLarge},
		"envelope too large":       {func(e *Envelope) { e.Body = make([]byte, MaxEnvelope) }, ErrTooLarge},
		"too many references":      {func(e *Envelope) { e.ACL = make([]Hash, MaxRefs+1) }, ErrTooLarge},
		"references out of order":  {func(e *Envelope) { e.ACL = []Hash{{2}, {1}} }, ErrNotCanonical},
		"reference twice":          {func(e *Envelope) { e.ACL = []Hash{{2}, {2}} }, ErrNotCanonical},
		"control event of no size": {func(e *Envelope) { e.Key, e.Nonce, e.Body = KeyID{}, nil, nil }, ErrMalformed},
		"control event too large":  {func(e *Envelope) { e.Key, e.Nonce, e.Body = KeyID{}, nil, make([]byte, MaxControl+1) }, ErrTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			e := newPlant().feed(2, 100)[1]
			c.spoil(e)
			mustFail(t, e.Check(), c.want)
			_, err := Decode(e.Encode())
			mustFail(t, err, c.want)
		})
	}
}

func TestNewerEnvelopeIsToldApart(t *testing.T) {
	b := newPlant().feed(2, 100)[1].Encode()
	b[2] = Version + 1
	_, err := Decode(b)
	mustFail(t, err, ErrNewer)
	_, err = Decode(append([]byte{majorArray | 5, majorArray | 9, 2}, b...))
	mustFail(t, err, ErrNewer)
}

func TestLargestEnvelopeFits(t *testing.T) {
	e := newPlant().feed(2, 0)[1]
	e.Epoch, e.Seq, e.Body = 1<<64-1, MaxSeq, make([]byte, MaxBody)
	e.ACL = nil
	for i := range MaxRefs {
		e.ACL = append(e.ACL, Hash{byte(i)})
	}
	if len(e.AD()) > maxHeader {
		t.Fatalf("a header takes %d bytes", len(e.AD()))
	}
	_, err := Decode(e.Encode())
	must(t, err)
}

func TestIDsAreReadAsWritten(t *testing.T) {
	h := Hash{0xab, 1}
	for name, text := range map[string]string{"upper": "AB01", "short": "ab01", "letters": "zz" + h.String()[2:]} {
		if _, err := ParseHash(text); err == nil {
			t.Errorf("%s: %q was taken", name, text)
		}
	}
	f := FeedID{Device: DeviceID(h), Epoch: 0xfe}
	got, err := ParseFeedID(f.String())
	must(t, err)
	if got != f || f.String() != h.String()+"-00000000000000fe" {
		t.Fatalf("feed %s came back as %s", f, got)
	}
}
