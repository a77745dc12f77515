package envelope

import (
	"bytes"
	"errors"
	"runtime"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// runsOfZeros is a zstd frame of so many blocks, each four bytes that unpack to 128 KiB (RFC 8878, section 3.1.1). With said it
// says how long it is, as a writer of packs does, and lies.
func runsOfZeros(blocks int, said bool) []byte {
	b := []byte{0x28, 0xb5, 0x2f, 0xfd}
	if said {
		b = append(b, 0x80, 0x38, 1, 0, 0, 0) // four bytes of content size: 1
	} else {
		b = append(b, 0x00, 0x38)
	}
	for i := range blocks {
		head := uint32(128<<10)<<3 | 1<<1
		if i == blocks-1 {
			head |= 1
		}
		b = append(b, byte(head), byte(head>>8), byte(head>>16), 0)
	}
	return b
}

// TestBombsAreRefused: a part of the greatest size allowed, made of what unpacks to gigabytes in one frame or in thousands, is
// refused for what it is, and no more memory is taken than its content may have.
func TestBombsAreRefused(t *testing.T) {
	const most = MaxPart - 200
	enc, err := zstd.NewWriter(nil)
	must(t, err)
	for name, bomb := range map[string]struct {
		body []byte
		want error
	}{
		"gigabytes that say nothing":    {runsOfZeros(most/4-8, false), ErrTooLarge},
		"gigabytes that say one byte":   {runsOfZeros(most/4-8, true), ErrTooLarge},
		"what says all that it is":      {enc.EncodeAll(make([]byte, 64<<20), nil), ErrTooLarge},
		"a byte too much":               {enc.EncodeAll(make([]byte, MaxPartPlain+1), nil), ErrTooLarge},
		"thousands of frames":           {bytes.Repeat(runsOfZeros(31, false), most/len(runsOfZeros(31, false))), ErrTooLarge},
		"frames that say little each":   {bytes.Repeat(enc.EncodeAll(make([]byte, 1<<20), nil), 40), ErrTooLarge},
		"a frame to be passed over":     {[]byte{0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0}, ErrMalformed},
		"less than it says":             {runsOfZeros(0, true), ErrMalformed},
		"a window beyond all that fits": {[]byte{0x28, 0xb5, 0x2f, 0xfd, 0x80, 0xff, 1, 0, 0, 0, 0x0b, 0, 0, 0}, ErrTooLarge},
	} {
		p := newPacker(t)
		x := box{kind: PartDocuments}
		b := appendBytes(appendBytes(append([]byte{majorArray | 3}, x.head()...), nil), bomb.body)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := p.DecodePart(WorkspaceID{}, b, plainOpen)
		runtime.ReadMemStats(&after)
		if took := after.TotalAlloc - before.TotalAlloc; took > 2*MaxPartPlain {
			t.Errorf("%s: %d bytes were allocated", name, took)
		}
		if !errors.Is(err, bomb.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
