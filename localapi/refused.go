package localapi

import (
	"errors"
	"net/http"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fieldbook/record"
)

// refused tells what a rule refuses, and at which field.
func refused(r *record.Refusal) *Problem {
	if r.Rule == "reason" {
		p := problem(http.StatusUnprocessableEntity, "refused", "A reason is required.", "Say why.")
		p.Errors = []FieldError{{"reason", "Say why."}}
		return p
	}
	p := problem(http.StatusUnprocessableEntity, "refused", sentence(r.Message), "")
	p.Errors = []FieldError{atField(r)}
	return p
}

// atField is a refusal as it is shown beside its field, whose name need not be said again.
func atField(r *record.Refusal) FieldError {
	return FieldError{r.Field, sentence(strings.TrimPrefix(r.Message, r.Field+": "))}
}

// asides are what messages say to people at the command line only.
var asides = []string{" (note amend)", " (note edit)", "; change it with asset set"}

// sentence makes a message of the record, which continues a line of the command line's, one of its own.
func sentence(message string) string {
	message, _, _ = strings.Cut(message, ": fieldbook ")
	for _, aside := range asides {
		message = strings.TrimSuffix(message, aside)
	}
	if message == "" {
		return ""
	}
	first, size := utf8.DecodeRuneInString(message)
	if word, _, _ := strings.Cut(message, " "); !strings.ContainsAny(word, ":_.") { // not the name of a field
		message = string(unicode.ToUpper(first)) + message[size:]
	}
	if !strings.HasSuffix(message, ".") {
		message += "."
	}
	return message
}

// atFields adds to a refusal what else is wrong with the fields of the same request: a person wants to mend all at once.
func atFields(err error, entity record.Entity, fields map[string]string, zone *time.Location) error {
	var first *record.Refusal
	if err == nil || !errors.As(err, &first) {
		return err
	}
	p := refused(first)
	for _, a := range assignments(fields) {
		f, ok := record.FieldOf(entity, a.Field)
		if !ok {
			continue
		}
		var r *record.Refusal
		if _, err := f.ParseIn(a.Text, zone); errors.As(err, &r) && r.Field != first.Field {
			p.Errors = append(p.Errors, atField(r))
		}
	}
	return p
}
