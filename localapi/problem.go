package localapi

import "net/http"

// Problem is an error as application/problem+json (RFC 9457).
type Problem struct {
	Type   string       `json:"type" doc:"Always about:blank; code is what to go by"`
	Title  string       `json:"title"`
	Status int          `json:"status"`
	Code   string       `json:"code" enum:"session,origin,locked,passphrase,none,busy,missing,ambiguous,usage,refused,owner,unverified,integrity,too_large,newer,full,cancelled,service,request,grant,exists,backup,internal"`
	Detail string       `json:"detail" doc:"One sentence for people: what is wrong"`
	Hint   string       `json:"hint" doc:"What to do about it; empty when the sentence says it"`
	Errors []FieldError `json:"errors,omitempty" doc:"Of code refused and usage: what is wrong with which field"`
}

// FieldError is what is wrong with one field of a request.
type FieldError struct {
	Field   string `json:"field" doc:"Public name of the field; empty when it is about the whole"`
	Message string `json:"message"`
}

// Error is the sentence.
func (p *Problem) Error() string { return p.Detail }

// GetStatus is the HTTP status.
func (p *Problem) GetStatus() int { return p.Status }

// ContentType is that of RFC 9457.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

// problem makes a Problem of a code.
func problem(status int, code, detail, hint string) *Problem {
	return &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: code, Detail: detail, Hint: hint}
}
