package record

import (
	"strings"

	"fieldbook/wording"
)

// Refusal is a local rule that refuses a command.
type Refusal struct {
	Field string           // public name of the field it is about, empty when it is about the whole entity
	Rule  string           // a stable word: required, format, reason, retired, void, signed, immutable, state, role, key
	Said  wording.Sentence // what is wrong and what to do about it, without the field's name
	Aside string           // what only the command line adds: the command or flag that does it
}

// Refuse makes a refusal by a rule.
func Refuse(rule string, pattern wording.Pattern, values ...any) *Refusal {
	return &Refusal{Rule: rule, Said: wording.Say(pattern, values...)}
}

// At says which field the refusal is about.
func (r *Refusal) At(field string) *Refusal {
	r.Field = field
	return r
}

// By says which command or flag does what the sentence asks for.
func (r *Refusal) By(command string) *Refusal {
	r.Aside = command
	return r
}

// Sentence is what is wrong with the field's name before it.
func (r *Refusal) Sentence() wording.Sentence {
	if r.Field == "" {
		return r.Said
	}
	return wording.Say("{0}: {1}", Named(r.Field), r.Said)
}

// Error is the sentence for a command line.
func (r *Refusal) Error() string { return spoken(r.Sentence(), r.Aside) }

// UsageError is a command that cannot be understood, such as one with an unknown field name.
type UsageError struct {
	Said  wording.Sentence
	Aside string // as of a Refusal
}

// Misuse makes a UsageError.
func Misuse(pattern wording.Pattern, values ...any) *UsageError {
	return &UsageError{Said: wording.Say(pattern, values...)}
}

// By is as of a Refusal.
func (u *UsageError) By(command string) *UsageError {
	u.Aside = command
	return u
}

// Error is the sentence for a command line.
func (u *UsageError) Error() string { return spoken(u.Said, u.Aside) }

func spoken(said wording.Sentence, command string) string {
	if command == "" {
		return said.String()
	}
	return said.String() + " (" + command + ")"
}

// Named is a field as part of a sentence, by its public name.
func Named(field string) wording.Sentence {
	for _, entity := range []Entity{Asset, Note, Site} {
		if f, ok := FieldOf(entity, field); ok {
			return wording.Sentence{Field: field, Text: f.Label}
		}
	}
	return wording.Sentence{Field: field, Text: strings.TrimPrefix(field, customName)}
}
