package envelope

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func drawBody(t *rapid.T) *Body {
	text := rapid.StringN(0, 40, 120)
	blob := rapid.SliceOfN(rapid.Byte(), 1, MaxID)
	maybe := func(label string) []byte {
		if rapid.Bool().Draw(t, label+" present") {
			return blob.Draw(t, label)
		}
		return nil
	}
	b := &Body{
		Type: "t" + rapid.StringMatching(`[a-z_.]{0,20}`).Draw(t, "type"), Schema: uint(rapid.Uint32().Draw(t, "schema")),
		Change: maybe("change"), Salt: maybe("salt"), HLC: rapid.Uint64().Draw(t, "clock"), Recorded: rapid.Int64().Draw(t, "recorded"),
		Reason: text.Draw(t, "reason"), ChangeRecord: maybe("record"),
	}
	texts := rapid.SliceOfNDistinct(rapid.StringN(1, 10, 30), 0, 5, rapid.ID[string]).Draw(t, "texts")
	if slices.Sort(texts); len(texts) > 0 {
		b.Texts = texts
	}
	if rapid.Bool().Draw(t, "observed") {
		at := rapid.Int64().Draw(t, "observed")
		b.Observed = &at
	}
	if rapid.Bool().Draw(t, "source") {
		b.Source = Source{Kind: "import", Batch: maybe("batch"), Index: rapid.Uint64().Draw(t, "index"), Count: 9, Name: text.Draw(t, "name")}
	}
	return b
}

func TestBodyKeepsItsBytes(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := drawBody(rt)
		p := EncodeBody(b)
		if len(p)%64 != 0 {
			rt.Fatalf("padded to %d bytes", len(p))
		}
		got, err := DecodeBody(p)
		must(t, err)
		if !reflect.DeepEqual(b, got) || !bytes.Equal(EncodeBody(got), p) {
			rt.Fatalf("%+v came back as %+v", b, got)
		}
		r := reader{b: p}
		r.skip(maxDepth)
		if again := deterministic(t, p[:len(p)-len(r.b)]); !bytes.HasPrefix(p, again) {
			rt.Fatalf("not deterministic CBOR: %x", p)
		}
	})
}

func TestTextsAreASet(t *testing.T) {
	a, b := fullBody(), fullBody()
	slices.Reverse(b.Texts)
	if !bytes.Equal(EncodeBody(a), EncodeBody(b)) {
		t.Fatal("the order of text keys changes the bytes")
	}
	if b.Texts[0] != "text" {
		t.Fatal("encoding changed its argument")
	}
}

// extended is the full body with an additional field of a newer version.
func extended(value ...byte) []byte {
	p := bytes.TrimRight(EncodeBody(fullBody()), "\x00")
	p[0]++
	p = append(append(p, 13), value...)
	return append(p, make([]byte, (64-len(p)%64)%64)...)
}

func TestBodyOfANewerVersionIsUnderstoodInPart(t *testing.T) {
	for name, value := range map[string][]byte{
		"number": {5}, "null": {0xf6}, "nested": {0x82, 0xa1, 1, 0x61, 'x', 0x40}, "empty text": {0x60},
	} {
		got, err := DecodeBody(extended(value...))
		mustFail(t, err, ErrNewer)
		if got == nil || got.Type != "asset.field_changed" || string(got.Change) != "change" {
			t.Fatalf("%s: got %+v", name, got)
		}
	}
}

func TestNewerFieldsMustBeDeterministicToo(t *testing.T) {
	for name, c := range map[string]struct {
		value []byte
		want  error
	}{
		"long number":        {[]byte{0x18, 5}, ErrNotCanonical},
		"indefinite array":   {[]byte{0x9f, 0xff}, ErrNotCanonical},
		"float":              {[]byte{0xf9, 0, 0}, ErrMalformed},
		"tag":                {[]byte{0xc1, 0}, ErrMalformed},
		"descending keys":    {[]byte{0xa2, 2, 0, 1, 0}, ErrNotCanonical},
		"nested without end": {bytes.Repeat([]byte{0x81}, 40), ErrTooLarge},
		"array too long":     {[]byte{0x9b, 0x7f, 255, 255, 255, 255, 255, 255, 255}, ErrTooLarge},
		"bytes too long":     {[]byte{0x5a, 0x00, 0xff, 255, 255}, ErrMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := DecodeBody(extended(c.value...))
			mustFail(t, err, c.want)
		})
	}
}

func TestBodyBeyondALimitIsRefusedBeforeItIsSealed(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(b *Body)
		want  error
	}{
		"no type":             {func(b *Body) { b.Type = "" }, ErrMalformed},
		"long reason":         {func(b *Body) { b.Reason = strings.Repeat("x", MaxReason+1) }, ErrTooLarge},
		"reason not UTF-8":    {func(b *Body) { b.Reason = "\xff" }, ErrMalformed},
		"long salt":           {func(b *Body) { b.Salt = make([]byte, MaxID+1) }, ErrTooLarge},
		"large change":        {func(b *Body) { b.Change = make([]byte, MaxPlain) }, ErrTooLarge},
		"text key twice":      {func(b *Body) { b.Texts = []string{"a", "a"} }, ErrNotCanonical},
		"too many text keys":  {func(b *Body) { b.Texts = make([]string, MaxTexts+1) }, ErrTooLarge},
		"source without kind": {func(b *Body) { b.Source.Kind = "" }, ErrMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			b := fullBody()
			must(t, b.Check())
			c.spoil(b)
			mustFail(t, b.Check(), c.want)
		})
	}
}
