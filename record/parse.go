package record

import (
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fieldbook/wording"
)

// Lengths in characters where a field names none. Prose is bounded by the operations of a change (docs/format/change.md): to
// replace all of it takes one for each character that goes and one for each that comes.
const (
	maxLine  = 200
	maxProse = 30_000
	maxSet   = 100_000
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
		return maxSet
	}
	return maxLine
}

func (f Field) tooLong() error {
	return f.refuse("it is longer than {0} characters; shorten it", f.limit())
}

func (f Field) refuse(why wording.Pattern, values ...any) error {
	return Refuse("format", why, values...).At(f.Name)
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
			return Value{}, f.refuse("it is not a time; write it as 2026-03-01 14:30 or 2026-03-01T14:30:00+01:00")
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

// clip keeps what a message quotes short.
func clip(text string) string {
	if runes := []rune(text); len(runes) > 40 {
		return string(runes[:40]) + "…"
	}
	return text
}
