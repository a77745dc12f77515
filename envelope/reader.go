package envelope

import (
	"fmt"
	"math"
	"unicode/utf8"
)

// maxDepth bounds the nesting of values that a newer version added and this one skips.
const maxDepth = 8

// reader takes deterministic CBOR apart and accepts nothing else. The first failure sticks: after it every method returns
// zero values, so that callers check err once.
type reader struct {
	b   []byte
	err error
}

func (r *reader) fail(err error, doing string) {
	if r.err == nil {
		r.err = fmt.Errorf("%s: %w", doing, err)
	}
	r.b = nil
}

// head reads a major type and its argument and insists on the shortest form.
func (r *reader) head() (major byte, n uint64) {
	if len(r.b) == 0 {
		r.fail(ErrMalformed, "CBOR ends early")
		return 0, 0
	}
	major, info := r.b[0]&0xe0, r.b[0]&0x1f
	r.b = r.b[1:]
	if info < 24 {
		return major, uint64(info)
	}
	if info > 27 {
		r.endless(major, info)
		return 0, 0
	}
	size := 1 << (info - 24)
	if len(r.b) < size {
		r.fail(ErrMalformed, "CBOR ends early")
		return 0, 0
	}
	for _, c := range r.b[:size] {
		n = n<<8 | uint64(c)
	}
	r.b = r.b[size:]
	if n < shortest[info-24] && major != majorOther {
		r.fail(ErrNotCanonical, "a longer length or number than needed")
		return 0, 0
	}
	return major, n
}

// shortest is the least argument that needs 1, 2, 4 or 8 bytes.
var shortest = [4]uint64{24, 1 << 8, 1 << 16, 1 << 32}

// endless fails on the reserved arguments, and on indefinite lengths, which RFC 8949 section 4.2.1 forbids here.
func (r *reader) endless(major, info byte) {
	if info == 31 && major >= majorBytes && major <= majorMap {
		r.fail(ErrNotCanonical, "indefinite length")
		return
	}
	r.fail(ErrMalformed, "CBOR head")
}

// argument reads a head that must be of the given major type.
func (r *reader) argument(want byte, what string) uint64 {
	major, n := r.head()
	if r.err == nil && major != want {
		r.fail(ErrMalformed, what+" of another type")
		return 0
	}
	return n
}

func (r *reader) uint(what string) uint64 { return r.argument(majorUint, what) }

// number reads an unsigned integer from 1 to MaxSeq.
func (r *reader) number(what string) uint64 {
	n := r.uint(what)
	if r.err == nil && (n == 0 || n > MaxSeq) {
		r.fail(ErrMalformed, what+" out of range")
	}
	return n
}

func (r *reader) int(what string) int64 {
	major, n := r.head()
	if r.err != nil {
		return 0
	}
	if major > majorNint || n > math.MaxInt64 {
		r.fail(ErrMalformed, what+" of another type or range")
		return 0
	}
	if major == majorNint {
		return -int64(n) - 1
	}
	return int64(n)
}

// count reads the head of an array of at most max items. Each item takes a byte at least, so nothing is allocated for items
// that are not there.
func (r *reader) count(max int, what string) int {
	n := r.argument(majorArray, what)
	return r.bounded(n, max, what)
}

func (r *reader) bounded(n uint64, max int, what string) int {
	switch {
	case r.err != nil:
		return 0
	case n > uint64(max):
		r.fail(ErrTooLarge, what)
		return 0
	case n > uint64(len(r.b)):
		r.fail(ErrMalformed, what+" ends early")
		return 0
	}
	return int(n)
}

// array reads the head of an array of exactly n items.
func (r *reader) array(n int, what string) {
	if got := r.argument(majorArray, what); r.err == nil && got != uint64(n) {
		r.fail(ErrMalformed, what+" of another length")
	}
}

// bytes reads a byte string of at most max bytes; the result shares the input's memory.
func (r *reader) bytes(max int, what string) []byte {
	n := r.bounded(r.argument(majorBytes, what), max, what)
	v := r.b[:n:n]
	r.b = r.b[n:]
	return v
}

// filled reads a byte string that would have been left out if it were empty.
func (r *reader) filled(max int, what string) []byte {
	v := r.bytes(max, what)
	if r.err == nil && len(v) == 0 {
		r.fail(ErrNotCanonical, what+" is written though empty")
	}
	return v
}

// fixed reads a byte string of exactly dst's length into dst.
func (r *reader) fixed(dst []byte, what string) {
	n := r.argument(majorBytes, what)
	if r.err == nil && (n != uint64(len(dst)) || n > uint64(len(r.b))) {
		r.fail(ErrMalformed, what+" of another length")
	}
	if r.err == nil {
		r.b = r.b[copy(dst, r.b):]
	}
}

// text reads a non-empty text string of at most max bytes.
func (r *reader) text(max int, what string) string {
	n := r.bounded(r.argument(majorText, what), max, what)
	v := r.b[:n]
	r.b = r.b[n:]
	if r.err == nil && (n == 0 || !utf8.Valid(v)) {
		r.fail(ErrMalformed, what+" empty or not UTF-8")
	}
	return string(v)
}

// version reads the head of an array whose first item is the format version, and that version. A newer one is told before
// anything else is looked at.
func (r *reader) version(items int, what string) {
	n := r.count(math.MaxInt32, what)
	v := r.uint(what)
	switch {
	case r.err != nil:
	case v > Version:
		r.fail(ErrNewer, what)
	case v == 0 || n != items:
		r.fail(ErrMalformed, what)
	}
}

// end finishes: nothing may follow.
func (r *reader) end(what string) error {
	if r.err == nil && len(r.b) > 0 {
		r.fail(ErrMalformed, what+" followed by more bytes")
	}
	return r.err
}

// fields reads a map with ascending unsigned keys. Keys that known does not take are skipped, and reported as newer.
func (r *reader) fields(what string, known func(key uint64) bool) (newer bool) {
	n := r.bounded(r.argument(majorMap, what), math.MaxInt32, what)
	last := uint64(0)
	for i := 0; i < n && r.err == nil; i++ {
		key := r.uint(what + " key")
		if i > 0 && key <= last {
			r.fail(ErrNotCanonical, what+" keys not ascending")
		}
		last = key
		if r.err == nil && !known(key) {
			newer = true
			r.skip(maxDepth)
		}
	}
	return newer
}

// skip reads over a value of a newer version. Such values are integers, byte and text strings, arrays, maps with unsigned
// keys, false, true and null, so that deterministic form can be told without knowing them.
func (r *reader) skip(depth int) {
	if depth == 0 {
		r.fail(ErrTooLarge, "value nested too deep")
		return
	}
	rest := r.b
	major, n := r.head()
	if r.err != nil {
		return
	}
	switch major {
	case majorUint, majorNint:
	case majorBytes:
		r.b = rest
		r.bytes(math.MaxInt32, "value")
	case majorText:
		if n > 0 {
			r.b = rest
			r.text(math.MaxInt32, "value")
		}
	case majorArray:
		for i := r.bounded(n, math.MaxInt32, "value"); i > 0 && r.err == nil; i-- {
			r.skip(depth - 1)
		}
	case majorMap:
		r.b = rest
		r.fields("value", func(uint64) bool { r.skip(depth - 1); return true })
	default:
		if major != majorOther || rest[0] < majorOther|20 || rest[0] > majorOther|22 {
			r.fail(ErrMalformed, "value of a type that is not used")
		}
	}
}
