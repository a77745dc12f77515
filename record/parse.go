package record

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the names of zones must not depend on the machine
	"unicode"
	"unicode/utf8"
)

// Lengths in characters where a field names none.
const (
	maxLine  = 200
	maxProse = 100_000
	maxLabel = 64
)

// Parse reads the text of a field into its value in canonical form; a blank text is null. Times without an offset are UTC:
// use ParseIn where the person's zone is known. The error is a *Refusal.
func (f Field) Parse(text string) (Value, error) { return f.ParseIn(text, time.UTC) }

// ParseIn is Parse with the zone of times that name none. Of a set the value is the canonical text of the list.
func (f Field) ParseIn(text string, zone *time.Location) (Value, error) {
	if err := f.vet(text); err != nil {
		return Value{}, err
	}
	if f.Type != Free && f.Type != Prose {
		text = strings.TrimSpace(text)
		if blank(text) {
			return NullValue(), nil
		}
	}
	v, err := f.read(text, zone)
	if err != nil {
		return Value{}, err
	}
	if f.Required && f.Type != Prose && v.Kind == String && v.Str == "" {
		return NullValue(), nil
	}
	return v, nil
}

// blank tells the ways in which lists say that they do not know.
func blank(text string) bool {
	switch len(text) {
	case 0:
		return true
	case 1, 2, 3, 4:
		switch strings.ToLower(text) {
		case "?", "??", "-", "--", "–", "n/a", "#n/a", "n.a.", "k.a.":
			return true
		}
	}
	return false
}

// vet refuses what no field may hold: broken UTF-8, control characters, and more than the longest text.
func (f Field) vet(text string) error {
	if !utf8.ValidString(text) {
		return f.refuse("it is not valid text (UTF-8)")
	}
	if len(text) > 4*f.limit() {
		return f.tooLong()
	}
	for _, r := range text {
		if unicode.IsControl(r) && r != '\n' && r != '\r' && r != '\t' {
			return f.refuse("it holds a control character; type it again")
		}
	}
	return nil
}

func (f Field) limit() int {
	switch {
	case f.Type == Prose:
		return maxProse
	case f.Max > 0 && (f.Type == Line || f.Type == Free):
		return f.Max
	case f.Type == Labels, f.Type == Software, f.Type == Ports:
		return maxProse
	}
	return maxLine
}

func (f Field) tooLong() error {
	return f.refuse(fmt.Sprintf("it is longer than %d characters; shorten it", f.limit()))
}

func (f Field) refuse(why string) error {
	return &Refusal{Field: f.Name, Rule: "format", Message: f.Name + ": " + why}
}

func (f Field) read(text string, zone *time.Location) (Value, error) {
	switch f.Type {
	case Choice:
		return f.choice(text)
	case RoleName:
		return f.role(text)
	case Flag:
		return f.flag(text)
	case Whole:
		return f.whole(text)
	case Decimal:
		return f.decimal(text)
	case Date:
		return f.date(text)
	case Moment:
		t, err := ParseTime(text, zone)
		if err != nil {
			return Value{}, f.refuse(err.Error())
		}
		return TimeValue(t), nil
	case Address:
		return f.address(text)
	case MAC:
		return f.mac(text)
	case Code:
		return f.code(text)
	case ZoneName:
		return f.zone(text)
	case Ref:
		return f.ref(text)
	case Labels, Software, Ports:
		return f.set(text)
	}
	return f.line(text)
}

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
	return Value{}, f.refuse(fmt.Sprintf("%q is none of %s", clip(text), strings.Join(f.Enum, ", ")))
}

func (f Field) flag(text string) (Value, error) {
	switch strings.ToLower(text) {
	case "yes", "y", "true", "1", "ja", "j", "x", "on", "wahr":
		return BoolValue(true), nil
	case "no", "n", "false", "0", "nein", "off", "falsch":
		return BoolValue(false), nil
	}
	return Value{}, f.refuse(fmt.Sprintf("%q is neither yes nor no", clip(text)))
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
		return Value{}, f.refuse(fmt.Sprintf("%q is not a whole number from %d to %d", clip(text), least, f.Max))
	}
	return IntValue(int64(n)), nil
}

func (f Field) decimal(text string) (Value, error) {
	n, err := strconv.ParseFloat(strings.Replace(text, ",", ".", 1), 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return Value{}, f.refuse(fmt.Sprintf("%q is not a number", clip(text)))
	}
	return FloatValue(n), nil
}

func (f Field) code(text string) (Value, error) {
	code := strings.ToUpper(text)
	if len(code) < 2 || len(code) > 8 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
		return Value{}, f.refuse(fmt.Sprintf("%q is not a site code: use 2 to 8 letters A-Z and digits", clip(text)))
	}
	return StringValue(code), nil
}

func (f Field) zone(text string) (Value, error) {
	if _, err := time.LoadLocation(text); err != nil || text == "Local" {
		return Value{}, f.refuse(fmt.Sprintf("%q is no IANA time zone; write it as Europe/Berlin", clip(text)))
	}
	return StringValue(text), nil
}

func (f Field) ref(text string) (Value, error) {
	id, err := ParseID(text)
	if err != nil {
		return Value{}, f.refuse(fmt.Sprintf("%q is not an id", clip(text)))
	}
	return StringValue(id.String()), nil
}

// clip keeps what a message quotes short.
func clip(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}
