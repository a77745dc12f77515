package crdt

import (
	"encoding/binary"
	"fmt"
	"math"
	"unicode/utf8"

	"fieldbook/record"
)

// Automerge's numbers of value types. Unsigned numbers (3) and unknown types (10-15) are outside the profile.
const (
	kindNull    = 0
	kindFalse   = 1
	kindTrue    = 2
	kindInt     = 4
	kindFloat   = 5
	kindString  = 6
	kindBytes   = 7
	kindCounter = 8
	kindTime    = 9
)

// checkValue checks the bytes of a value; JavaScript must be able to read every one of them.
func checkValue(kind uint8, s string) error {
	switch kind {
	case kindNull, kindFalse, kindTrue:
		if s == "" {
			return nil
		}
	case kindInt, kindCounter, kindTime:
		if v, next := readS(s, 0); next == len(s) && len(s) > 0 && v >= -MaxInt && v <= MaxInt && minimal(s, v) {
			return nil
		}
	case kindFloat:
		if len(s) == 8 && !math.IsNaN(float(s)) && !math.IsInf(float(s), 0) {
			return nil
		}
	case kindString:
		if utf8.ValidString(s) {
			return nil
		}
	case kindBytes:
		return nil
	}
	return fmt.Errorf("value of type %d: %w", kind, ErrProfile)
}

func minimal(s string, v int64) bool {
	var buf [maxLEB]byte
	return string(appendS(buf[:0], v)) == s
}

func float(s string) float64 {
	var b [8]byte
	copy(b[:], s)
	return math.Float64frombits(binary.LittleEndian.Uint64(b[:]))
}

// decodeValue gives a checked value. A counter becomes an Int.
func decodeValue(kind uint8, s string) record.Value {
	switch kind {
	case kindFalse, kindTrue:
		return record.BoolValue(kind == kindTrue)
	case kindInt, kindCounter:
		v, _ := readS(s, 0)
		return record.IntValue(v)
	case kindFloat:
		return record.FloatValue(float(s))
	case kindString:
		return record.StringValue(s)
	case kindBytes:
		return record.BytesValue([]byte(s))
	case kindTime:
		v, _ := readS(s, 0)
		return record.Value{Kind: record.Time, Int: v}
	}
	return record.NullValue()
}

// appendValue appends the bytes of a value and gives its type.
func appendValue(dst []byte, v record.Value) ([]byte, uint8) {
	switch v.Kind {
	case record.Bool:
		if v.Bool {
			return dst, kindTrue
		}
		return dst, kindFalse
	case record.Int:
		return appendS(dst, v.Int), kindInt
	case record.Time:
		return appendS(dst, v.Int), kindTime
	case record.Float:
		return binary.LittleEndian.AppendUint64(dst, math.Float64bits(v.Float)), kindFloat
	case record.String:
		return append(dst, v.Str...), kindString
	case record.Bytes:
		return append(dst, v.Bytes...), kindBytes
	}
	return dst, kindNull
}
