//go:build cgo && (linux || darwin) && (amd64 || arm64)

package crdt

// #include "core.h"
import "C"

import (
	"fmt"
	"unsafe"

	_ "github.com/automerge/automerge-go" // links the library

	"fieldbook/record"
)

// Types of items, as automerge.h numbers them.
const (
	itemBool    = 1 << 2
	itemBytes   = 1 << 3
	itemCounter = 1 << 6
	itemFloat   = 1 << 8
	itemInt     = 1 << 9
	itemNull    = 1 << 11
	itemObject  = 1 << 12
	itemText    = 1 << 13
	itemTime    = 1 << 17
)

// core is one Automerge document and the result that owns it.
type core struct {
	doc   *C.AMdoc
	owner *C.AMresult
}

// result is an answer of the C interface; free must follow.
type result struct{ res *C.AMresult }

func (r result) free() { C.AMresultFree(r.res) }

// ok frees a result that is not of use and tells whether it was one.
func (r result) ok() bool {
	if C.AMresultStatus(r.res) == 0 {
		return true
	}
	r.free()
	return false
}

// done frees a result of which only success matters.
func (r result) done(what string) error {
	if !r.ok() {
		return fmt.Errorf("%s: %w", what, ErrEngine)
	}
	r.free()
	return nil
}

// each calls fn for every item.
func (r result) each(fn func(*C.AMitem)) {
	items := C.AMresultItems(r.res)
	for item := C.AMitemsNext(&items, 1); item != nil; item = C.AMitemsNext(&items, 1) {
		fn(item)
	}
}

func chars(s string) (*C.char, C.size_t) {
	return (*C.char)(unsafe.Pointer(unsafe.StringData(s))), C.size_t(len(s))
}

func copied(s C.AMbyteSpan) []byte { return C.GoBytes(unsafe.Pointer(s.src), C.int(s.count)) }

// scalar gives the value of an item; false if it is an object.
func scalar(item *C.AMitem) (v record.Value, ok bool) {
	var n C.int64_t
	var s C.AMbyteSpan
	switch C.AMitemValType(item) {
	case itemNull:
		return record.NullValue(), true
	case itemBool:
		var b C.bool
		C.AMitemToBool(item, &b)
		return record.BoolValue(bool(b)), true
	case itemInt:
		C.AMitemToInt(item, &n)
		return record.IntValue(int64(n)), true
	case itemCounter:
		C.AMitemToCounter(item, &n)
		return record.IntValue(int64(n)), true
	case itemTime:
		C.AMitemToTimestamp(item, &n)
		return record.Value{Kind: record.Time, Int: int64(n)}, true
	case itemFloat:
		var f C.double
		C.AMitemToF64(item, &f)
		return record.FloatValue(float64(f)), true
	case itemText:
		C.AMitemToStr(item, &s)
		return record.StringValue(string(copied(s))), true
	case itemBytes:
		C.AMitemToBytes(item, &s)
		return record.BytesValue(copied(s)), true
	}
	return v, false
}

// put writes a value under a key of the root.
func (d *core) put(key string, v record.Value) error {
	k, n := chars(key)
	var r *C.AMresult
	switch v.Kind {
	case record.Bool:
		r = C.putBool(d.doc, k, n, C.bool(v.Bool))
	case record.Int:
		r = C.putInt(d.doc, k, n, C.int64_t(v.Int))
	case record.Time:
		r = C.putTime(d.doc, k, n, C.int64_t(v.Int))
	case record.Float:
		r = C.putFloat(d.doc, k, n, C.double(v.Float))
	case record.String:
		s, m := chars(v.Str)
		r = C.putText(d.doc, k, n, s, m)
	case record.Bytes:
		s, m := chars(string(v.Bytes))
		r = C.putBytes(d.doc, k, n, s, m)
	default:
		r = C.putNull(d.doc, k, n)
	}
	return result{r}.done("put")
}
