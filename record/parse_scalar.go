package record

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the names of zones must not depend on the machine
	"unicode/utf8"
)

func (f Field) line(text string) (Value, error) {
	switch f.Type {
	case Line:
		text = strings.Map(printable, strings.ReplaceAll(text, "\r\n", "\n"))
	case Prose, Free:
		text = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"))
		if text == "" {
			return NullValue(), nil
		}
	}
	if utf8.RuneCountInString(text) > f.limit() {
		return Value{}, f.tooLong()
	}
	return StringValue(text), nil
}

func (f Field) choice(text string) (Value, error) {
	if slices.Contains(f.Enum, text) {
		return StringValue(text), nil
	}
	norm := NormName(text)
	for _, word := range f.Enum {
		if NormName(word) == norm {
			return StringValue(word), nil
		}
	}
	if word, ok := f.Synonyms[norm]; ok {
		return StringValue(word), nil
	}
	return Value{}, f.refuse(`"{0}" is none of {1}`, clip(text), strings.Join(f.Enum, ", "))
}

func (f Field) flag(text string) (Value, error) {
	switch strings.ToLower(text) {
	case "yes", "y", "true", "1", "ja", "j", "x", "on", "wahr":
		return BoolValue(true), nil
	case "no", "n", "false", "0", "nein", "off", "falsch":
		return BoolValue(false), nil
	}
	return Value{}, f.refuse(`"{0}" is neither yes nor no`, clip(text))
}

func (f Field) whole(text string) (Value, error) {
	if f.Key == "prefix" {
		if bits, ok := prefixBits(text); ok {
			return IntValue(int64(bits)), nil
		}
	}
	digits := strings.TrimSuffix(strings.TrimSpace(strings.TrimPrefix(strings.ToLower(text), "vlan")), ".0")
	n, err := strconv.Atoi(digits)
	least := 0
	if f.Key == "vlan" {
		least = 1
	}
	if err != nil || n < least || n > f.Max {
		return Value{}, f.refuse(`"{0}" is not a whole number from {1} to {2}`, clip(text), least, f.Max)
	}
	return IntValue(int64(n)), nil
}

func (f Field) decimal(text string) (Value, error) {
	n, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return Value{}, f.refuse(`"{0}" is not a number`, clip(text))
	}
	return FloatValue(n), nil
}

func (f Field) code(text string) (Value, error) {
	code := strings.ToUpper(text)
	if len(code) < 2 || len(code) > 8 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		return Value{}, f.refuse(`"{0}" is not a site code: use 2 to 8 letters A-Z and digits`, clip(text))
	}
	return StringValue(code), nil
}

func (f Field) zone(text string) (Value, error) {
	if _, err := time.LoadLocation(text); err != nil || text == "Local" {
		return Value{}, f.refuse(`"{0}" is no IANA time zone; write it as Europe/Berlin`, clip(text))
	}
	return StringValue(text), nil
}

func (f Field) ref(text string) (Value, error) {
	id, err := ParseID(text)
	if err != nil {
		return Value{}, f.refuse(`"{0}" is not an id`, clip(text))
	}
	return StringValue(id.String()), nil
}
