package localapi

import (
	"net/http"

	"fieldbook/wording"

	"github.com/danielgtaylor/huma/v2"
)

// Problem is an error as application/problem+json (RFC 9457).
type Problem struct {
	Type   string       `json:"type" doc:"Always about:blank; code is what to go by"`
	Title  string       `json:"title"`
	Status int          `json:"status"`
	Code   string       `json:"code" enum:"session,origin,locked,passphrase,none,busy,missing,empty,ambiguous,usage,refused,owner,unverified,integrity,too_large,newer,full,cancelled,service,request,grant,exists,backup,internal"`
	Detail string       `json:"detail" doc:"One sentence for people: what is wrong"`
	Hint   string       `json:"hint" doc:"What to do about it; empty when the sentence says it"`
	Said   Spoken       `json:"said,omitzero" doc:"Both sentences in their parts"`
	Errors []FieldError `json:"errors,omitempty" doc:"Of code refused and usage: what is wrong with which field"`
}

// Spoken are the sentences of a problem in their parts, so that a page can say them in another language.
type Spoken struct {
	Detail wording.Sentence `json:"detail"`
	Hint   wording.Sentence `json:"hint"`
}

// FieldError is what is wrong with one field of a request.
type FieldError struct {
	Field   string           `json:"field" doc:"Public name of the field; empty when it is about the whole"`
	Message string           `json:"message"`
	Said    wording.Sentence `json:"said,omitzero" doc:"The message in its parts"`
}

// Error is the sentence, and what to do.
func (p *Problem) Error() string {
	if p.Hint == "" {
		return p.Detail
	}
	return p.Detail + " " + p.Hint
}

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of RFC 9457.
func (p *Problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

// problem makes a Problem of a code, a sentence and what to do.
func problem(status int, code string, detail, hint wording.Pattern) *Problem {
	return spoken(status, code, wording.Say(detail), wording.Say(hint))
}

// spoken is problem where the sentences hold values.
func spoken(status int, code string, detail, hint wording.Sentence) *Problem {
	return &Problem{
		Type: "about:blank", Title: http.StatusText(status), Status: status, Code: code,
		Detail: detail.Full(), Hint: hint.Full(), Said: Spoken{detail, hint},
	}
}

// misuse is a request that cannot be understood.
func misuse(detail wording.Sentence) *Problem {
	return spoken(http.StatusBadRequest, "usage", detail, wording.Sentence{})
}

// wrong is a request of which one member cannot be understood.
func wrong(field string, message wording.Pattern) *Problem {
	p := misuse(wording.Say(message))
	p.Errors = []FieldError{fault(field, p.Said.Detail)}
	return p
}

func fault(field string, said wording.Sentence) FieldError {
	return FieldError{field, said.Full(), said}
}

// Problems that requests themselves give rise to.
var (
	errSession   = problem(http.StatusUnauthorized, "session", "This page is not signed in to the program.", "Open the address that the program printed, or start it again.")
	errToken     = problem(http.StatusUnauthorized, "session", "This address was used before or is not this program's.", "Start the program again: each start has an address of its own.")
	errOrigin    = problem(http.StatusForbidden, "origin", "This request does not come from the program's own page.", "Open the address exactly as the program printed it.")
	errLocked    = problem(http.StatusLocked, "locked", "The workspace is locked.", "Unlock it with the passphrase.")
	errNone      = problem(http.StatusConflict, "none", "No workspace is open.", "Open one, make one, or ask to join one.")
	errWaiting   = problem(http.StatusConflict, "request", "This laptop has asked to join and holds no grant yet.", "Give it the file that the owner made.")
	errNoPath    = problem(http.StatusForbidden, "usage", "A browser may not name files of this computer.", "Choose the file, so that it is uploaded.")
	errNoSuch    = problem(http.StatusNotFound, "missing", "There is no such operation.", "")
	errWorking   = problem(http.StatusConflict, "busy", "Another piece of work is writing to this workspace.", "Wait until it is done, or cancel it.")
	errNoDevice  = problem(http.StatusNotFound, "none", "There is no workspace in this folder.", "Choose another folder, or make a workspace.")
	errNoWindow  = problem(http.StatusConflict, "none", "This program has no window.", "Open the address that it printed.")
	errNoRequest = problem(http.StatusConflict, "request", "This folder waits for no grant.", "Choose the folder that asked to join.")
)

// fromHuma says what the framework found wrong with a request. What was sent is left out: it may be a secret.
func fromHuma(m *huma.ErrorModel) *Problem {
	p := problem(m.Status, "usage", "This request cannot be understood.", "")
	switch {
	case m.Status == http.StatusRequestEntityTooLarge:
		p = problem(m.Status, "too_large", "This is more than is taken at once.", "")
	case m.Status >= http.StatusInternalServerError:
		p = problem(m.Status, "internal", unexpected, unexpectedHint)
	}
	for _, e := range m.Errors {
		p.Errors = append(p.Errors, fault(e.Location, wording.Sentence{Text: e.Message}))
	}
	return p
}
