package record

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"time"
)

// Kind tells which scalar a Value holds.
type Kind uint8

// The scalars of the document profile. Counters and prose are not values.
const (
	Null Kind = iota
	String
	Int
	Float
	Bool
	Bytes
	Time
)

// Value is one scalar of a document. Only the member that Kind names counts.
type Value struct {
	Kind  Kind
	Str   string
	Int   int64 // Int, and for Time milliseconds since 1970-01-01 UTC
	Float float64
	Bool  bool
	Bytes []byte
}

// NullValue is the value of a field that was cleared.
func NullValue() Value { return Value{} }

// StringValue holds a text.
func StringValue(s string) Value { return Value{Kind: String, Str: s} }

// IntValue holds a whole number; documents allow 2^53 either side of zero.
func IntValue(i int64) Value { return Value{Kind: Int, Int: i} }

// FloatValue holds a decimal number.
func FloatValue(f float64) Value { return Value{Kind: Float, Float: f} }

// BoolValue holds yes or no.
func BoolValue(b bool) Value { return Value{Kind: Bool, Bool: b} }

// BytesValue holds raw bytes; the slice is kept, not copied.
func BytesValue(b []byte) Value { return Value{Kind: Bytes, Bytes: b} }

// TimeValue holds an instant, to the millisecond.
func TimeValue(t time.Time) Value { return Value{Kind: Time, Int: t.UnixMilli()} }

// IsNull tells a cleared field.
func (v Value) IsNull() bool { return v.Kind == Null }

// Equal compares kind and content. Floats compare by value, so a NaN equals nothing.
func (v Value) Equal(w Value) bool {
	if v.Kind != w.Kind {
		return false
	}
	switch v.Kind {
	case String:
		return v.Str == w.Str
	case Int, Time:
		return v.Int == w.Int
	case Float:
		return v.Float == w.Float
	case Bool:
		return v.Bool == w.Bool
	case Bytes:
		return bytes.Equal(v.Bytes, w.Bytes)
	}
	return true
}

// Display is the value as a person reads it and may type it again: yes and no, RFC 3339 UTC, hex for bytes, empty for null.
func (v Value) Display() string {
	switch v.Kind {
	case String:
		return v.Str
	case Int:
		return strconv.FormatInt(v.Int, 10)
	case Float:
		return strconv.FormatFloat(v.Float, 'g', -1, 64)
	case Bool:
		if v.Bool {
			return "yes"
		}
		return "no"
	case Bytes:
		return hex.EncodeToString(v.Bytes)
	case Time:
		return v.moment()
	}
	return ""
}

// JSON is the value as encoding/json should write it: nil, string, int64, float64 or bool; bytes as base64, times as RFC 3339 UTC.
func (v Value) JSON() any {
	switch v.Kind {
	case String:
		return v.Str
	case Int:
		return v.Int
	case Float:
		return v.Float
	case Bool:
		return v.Bool
	case Bytes:
		return base64.StdEncoding.EncodeToString(v.Bytes)
	case Time:
		return v.moment()
	}
	return nil
}

func (v Value) moment() string { return time.UnixMilli(v.Int).UTC().Format(time.RFC3339Nano) }
