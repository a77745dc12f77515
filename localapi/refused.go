package localapi

import (
	"errors"
	"net/http"
	"time"

	"fieldbook/record"
	"fieldbook/wording"
)

// refused tells what a rule refuses, and at which field.
func refused(r *record.Refusal) *Problem {
	if r.Rule == "reason" {
		p := problem(http.StatusUnprocessableEntity, "refused", "A reason is required.", "Say why.")
		p.Errors = []FieldError{fault("reason", p.Said.Hint)}
		return p
	}
	p := spoken(http.StatusUnprocessableEntity, "refused", r.Sentence(), wording.Sentence{})
	p.Errors = []FieldError{fault(r.Field, r.Said)}
	return p
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
			p.Errors = append(p.Errors, fault(r.Field, r.Said))
		}
	}
	return p
}
