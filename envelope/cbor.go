package envelope

import (
	"encoding/binary"
	"math"
)

// Major types of CBOR (RFC 8949 section 3.1), shifted into place.
const (
	majorUint  = 0 << 5
	majorNint  = 1 << 5
	majorBytes = 2 << 5
	majorText  = 3 << 5
	majorArray = 4 << 5
	majorMap   = 5 << 5
	majorTag   = 6 << 5
	majorOther = 7 << 5
)

// appendHead writes a major type and its argument in the shortest form.
func appendHead(b []byte, major byte, n uint64) []byte {
	switch {
	case n < 24:
		return append(b, major|byte(n))
	case n <= math.MaxUint8:
		return append(b, major|24, byte(n))
	case n <= math.MaxUint16:
		return binary.BigEndian.AppendUint16(append(b, major|25), uint16(n))
	case n <= math.MaxUint32:
		return binary.BigEndian.AppendUint32(append(b, major|26), uint32(n))
	}
	return binary.BigEndian.AppendUint64(append(b, major|27), n)
}

func appendUint(b []byte, n uint64) []byte { return appendHead(b, majorUint, n) }

func appendInt(b []byte, n int64) []byte {
	if n < 0 {
		return appendHead(b, majorNint, uint64(-(n + 1)))
	}
	return appendHead(b, majorUint, uint64(n))
}

func appendBytes(b, v []byte) []byte { return append(appendHead(b, majorBytes, uint64(len(v))), v...) }

func appendText(b []byte, v string) []byte {
	return append(appendHead(b, majorText, uint64(len(v))), v...)
}

// appendHash writes a byte string of 32 bytes, the most frequent item.
func appendHash(b []byte, v *[32]byte) []byte {
	return append(append(b, majorBytes|24, 32), v[:]...)
}

// fields writes a map of at most 23 integer keys below 24, whose count is known only at the end.
type fields struct {
	b  []byte
	at int
}

func newFields(b []byte) fields { return fields{b: append(b, majorMap), at: len(b)} }

// key counts and writes a key; the caller appends its value to b. Keys come in ascending order.
func (f *fields) key(k byte) {
	f.b[f.at]++
	f.b = append(f.b, k)
}

// optional writes a byte string that is left out when empty.
func (f *fields) optional(k byte, v []byte) {
	if len(v) > 0 {
		f.key(k)
		f.b = appendBytes(f.b, v)
	}
}
