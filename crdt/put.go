package crdt

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"fieldbook/record"
)

// put completes an operation that sets a key and appends the bytes of its value to data.
func (c *chunk) put(o *op, v record.Value, data *strings.Builder) error {
	var small [16]byte
	switch v.Kind {
	case record.String:
		o.kind = kindString
		data.WriteString(v.Str)
	case record.Bytes:
		o.kind = kindBytes
		data.Write(v.Bytes)
	default:
		var raw []byte
		raw, o.kind = appendValue(small[:0], v)
		data.Write(raw)
	}
	if data.Len() > MaxBytes {
		return fmt.Errorf("values of %d bytes: %w", data.Len(), ErrLimit)
	}
	o.size = uint32(data.Len()) - o.off
	if err := checkKey(o.key); err != nil {
		return err
	}
	return checkValue(o.kind, data.String()[o.off:])
}

func checkKey(key string) error {
	if len(key) == 0 || len(key) > MaxKey || !utf8.ValidString(key) {
		return fmt.Errorf("key: %w", ErrProfile)
	}
	return nil
}

// checkProse checks a prose key and its new text.
func checkProse(key, text string) error {
	if !utf8.ValidString(text) {
		return fmt.Errorf("text is not UTF-8: %w", ErrProfile)
	}
	if len(text) > MaxBytes {
		return fmt.Errorf("text of %d bytes: %w", len(text), ErrLimit)
	}
	return checkKey(key)
}

// runeLen is the number of bytes of a character of valid UTF-8.
func runeLen(r rune) int { return utf8.RuneLen(r) }
