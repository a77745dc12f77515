package projections

import (
	"errors"
	"fmt"
	"strings"

	"fieldbook/wording"
)

// ErrVersion says that read-only tables are missing or were built by another version of the program.
var ErrVersion = errors.New("the read models are missing or of another version; a rebuild makes them new")

// NotFound says that nothing in the record answers to a reference.
type NotFound struct {
	What wording.Pattern // "asset", "note", "conflict", ...
	Ref  string          // as given
	Near []string        // the nearest names that exist, at most five
}

// Error names the nearest existing references.
func (e *NotFound) Error() string {
	msg := fmt.Sprintf("there is no %s %q", e.What, e.Ref)
	if len(e.Near) > 0 {
		msg += "; nearest: " + strings.Join(e.Near, ", ")
	}
	return msg
}

// Ambiguous says that a reference fits several things.
type Ambiguous struct {
	What       wording.Pattern
	Ref        string
	Candidates []Candidate
}

// Candidate is one thing a reference may mean.
type Candidate struct {
	ID    string `json:"id"`
	Label string `json:"label"` // SITE/TAG of an asset, the first words of a note
}

// Error lists the candidates.
func (e *Ambiguous) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %q fits %d; say which by id:", e.What, e.Ref, len(e.Candidates))
	for _, c := range e.Candidates {
		fmt.Fprintf(&b, "\n  %s  %s", c.ID, c.Label)
	}
	return b.String()
}
