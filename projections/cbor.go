package projections

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"time"

	"github.com/fxamacker/cbor/v2"

	"fieldbook/record"
)

// The rows of a document are written in the deterministic encoding of RFC 8949 section 4.2.1 by hand: it is done once for
// every change, and the shapes are few.

const (
	majorUint  = 0 << 5
	majorNeg   = 1 << 5
	majorBytes = 2 << 5
	majorText  = 3 << 5
	majorArray = 4 << 5
	majorTag   = 6 << 5

	cborFalse, cborTrue, cborNull = 0xf4, 0xf5, 0xf6
	tagMillis                     = 1001 // RFC 9581 extended time would be a map; here the number of milliseconds since 1970
)

// errRow says that a stored row is not what this package wrote.
var errRow = errors.New("damaged row of a read model")

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

func appendText(b []byte, s string) []byte {
	return append(appendHead(b, majorText, uint64(len(s))), s...)
}

func appendBytes(b, s []byte) []byte {
	return append(appendHead(b, majorBytes, uint64(len(s))), s...)
}

func appendInt(b []byte, n int64) []byte {
	if n < 0 {
		return appendHead(b, majorNeg, uint64(-(n + 1)))
	}
	return appendHead(b, majorUint, uint64(n))
}

func appendValue(b []byte, v record.Value) []byte {
	switch v.Kind {
	case record.String:
		return appendText(b, v.Str)
	case record.Int:
		return appendInt(b, v.Int)
	case record.Float:
		return appendFloat(b, v.Float)
	case record.Bool:
		if v.Bool {
			return append(b, cborTrue)
		}
		return append(b, cborFalse)
	case record.Bytes:
		return appendBytes(b, v.Bytes)
	case record.Time:
		return appendInt(appendHead(b, majorTag, tagMillis), v.Int)
	}
	return append(b, cborNull)
}

// floats writes the shortest float that keeps the value, as deterministic encoding demands.
var floats = func() cbor.EncMode {
	mode, err := cbor.CoreDetEncOptions().EncMode()
	if err != nil {
		panic(fmt.Sprintf("cbor: %v", err)) // the options are a constant of the library
	}
	return mode
}()

func appendFloat(b []byte, f float64) []byte {
	enc, err := floats.Marshal(f)
	if err != nil {
		return append(b, cborNull) // never: every float has an encoding
	}
	return append(b, enc...)
}

// reader takes apart what the append functions wrote. After the first failure every further read gives zero values.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) take(n uint64) []byte {
	if r.bad || n > uint64(len(r.b)) {
		r.bad, r.b = true, nil
		return nil
	}
	part := r.b[:n]
	r.b = r.b[n:]
	return part
}

func (r *reader) head() (major byte, n uint64) {
	first := r.take(1)
	if r.bad {
		return 0, 0
	}
	major, n = first[0]&0xe0, uint64(first[0]&0x1f)
	if n < 24 {
		return major, n
	}
	if n > 27 {
		r.bad = true
		return 0, 0
	}
	wide := r.take(1 << (n - 24))
	n = 0
	for _, c := range wide {
		n = n<<8 | uint64(c)
	}
	return major, n
}

// expect reads a head of one major type.
func (r *reader) expect(major byte) uint64 {
	got, n := r.head()
	if got != major {
		r.bad = true
	}
	if r.bad {
		return 0
	}
	return n
}

// array reads the length of an array; no element takes less than a byte.
func (r *reader) array() int {
	n := r.expect(majorArray)
	if n > uint64(len(r.b)) {
		r.bad = true
	}
	if r.bad {
		return 0
	}
	return int(n)
}

func (r *reader) text() string { return string(r.take(r.expect(majorText))) }

func (r *reader) uint() uint64 { return r.expect(majorUint) }

func (r *reader) fixed(dst []byte) {
	part := r.take(r.expect(majorBytes))
	if len(part) != len(dst) {
		r.bad = true
		return
	}
	copy(dst, part)
}

func (r *reader) value() record.Value {
	if len(r.b) == 0 {
		r.bad = true
		return record.NullValue()
	}
	switch first := r.b[0]; {
	case first == cborNull:
		r.take(1)
		return record.NullValue()
	case first == cborTrue || first == cborFalse:
		r.take(1)
		return record.BoolValue(first == cborTrue)
	case first&0xe0 == 7<<5:
		return r.float()
	}
	return r.sized()
}

func (r *reader) sized() record.Value {
	switch major, n := r.head(); major {
	case majorUint:
		return record.IntValue(int64(n))
	case majorNeg:
		return record.IntValue(-int64(n) - 1)
	case majorText:
		return record.StringValue(string(r.take(n)))
	case majorBytes:
		return record.BytesValue(append([]byte(nil), r.take(n)...))
	case majorTag:
		return record.TimeValue(time.UnixMilli(r.sized().Int))
	}
	r.bad = true
	return record.NullValue()
}

func (r *reader) float() record.Value {
	var f float64
	rest, err := cbor.UnmarshalFirst(r.b, &f)
	if err != nil {
		r.bad = true
		return record.NullValue()
	}
	r.b = rest
	return record.FloatValue(f)
}
