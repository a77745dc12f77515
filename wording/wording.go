// Package wording makes what is said to people: English sentences that keep their values apart, so that another language can
// put its own words around them. It is pure and knows nothing of what the sentences are about.
//
// A pattern is written where its rule is, and is its own key in the catalogues of other languages, as with gettext. A test of
// archtest collects the constants of type Pattern from the program and holds the German catalogue to them.
package wording

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pattern is English text with {0} to {9} where values stand. It begins in lower case and has no full stop at its end where it
// may follow a name or a line number.
type Pattern string

// Sentence is one of three: a pattern with its values, the text of a person or a device, or a field by its public name, of
// which Text is the English label. The zero Sentence says nothing.
type Sentence struct {
	Pattern Pattern    `json:"pattern,omitempty" doc:"English, with {0} to {9} where values stand"`
	Values  []Sentence `json:"values,omitempty"`
	Text    string     `json:"text,omitempty" doc:"A value as it is, or a field's English label"`
	Field   string     `json:"field,omitempty" doc:"Public name of the field that is meant"`
}

// Say puts values into a pattern: Sentences as they are, anything else as the text that fmt gives it.
func Say(pattern Pattern, values ...any) Sentence {
	s := Sentence{Pattern: pattern}
	for _, v := range values {
		part, ok := v.(Sentence)
		if !ok {
			part = Sentence{Text: fmt.Sprint(v)}
		}
		s.Values = append(s.Values, part)
	}
	return s
}

// Join says several things in one: by is a pattern of two values, such as "{0} and {1}".
func Join(by Pattern, parts ...Sentence) (all Sentence) {
	for i, part := range parts {
		if i == 0 {
			all = part
			continue
		}
		all = Say(by, all, part)
	}
	return all
}

// IsZero tells whether nothing is said.
func (s Sentence) IsZero() bool { return s.Pattern == "" && s.Text == "" && s.Field == "" }

// String says it in English, with fields by their public names, as a command line takes them.
func (s Sentence) String() string { return s.render(func(f Sentence) string { return f.Field }) }

// Full is String as a sentence of its own, with fields by their labels: a capital in front, a full stop behind. What begins
// with a value keeps the value's own first letter.
func (s Sentence) Full() string {
	text := s.render(func(f Sentence) string { return f.Text })
	if first, size := utf8.DecodeRuneInString(text); size > 0 && !strings.HasPrefix(string(s.Pattern), "{") {
		text = string(unicode.ToUpper(first)) + text[size:]
	}
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".?!") {
		return text
	}
	return text + "."
}

func (s Sentence) render(field func(Sentence) string) string {
	switch {
	case s.Field != "":
		return field(s)
	case s.Pattern == "":
		return s.Text
	}
	places := make([]string, 0, 2*len(s.Values))
	for i, v := range s.Values {
		places = append(places, fmt.Sprintf("{%d}", i), v.render(field))
	}
	return strings.NewReplacer(places...).Replace(string(s.Pattern))
}
