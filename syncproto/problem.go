package syncproto

import (
	"encoding/json"
	"fmt"
	"time"
)

// Code says in one word why a service did not answer a request. It is part of
// the protocol: a device decides by it what to do next.
type Code string

// The codes of problems.
const (
	// CodeMalformed: the request is not one of this protocol.
	CodeMalformed Code = "malformed"
	// CodeTooLarge: the body is larger than the service reads.
	CodeTooLarge Code = "too_large"
	// CodeVersion: the message is of a version the service does not speak.
	CodeVersion Code = "version"
	// CodeMedia: the body is not of the content type of this route, or encoded.
	CodeMedia Code = "media_type"
	// CodeMethod: the path knows other methods only.
	CodeMethod Code = "method"
	// CodeAbsent: there is nothing of that name.
	CodeAbsent Code = "absent"
	// CodeUnsigned: the request carries no signature of this protocol.
	CodeUnsigned Code = "unsigned"
	// CodeSignature: the signature does not hold.
	CodeSignature Code = "signature"
	// CodeDigest: the body is not the one that was signed.
	CodeDigest Code = "digest"
	// CodeService: the request was signed for another service.
	CodeService Code = "service"
	// CodeClock: the request was signed at a time too far from the service's,
	// which the problem tells.
	CodeClock Code = "clock"
	// CodeExpired: the signature's own end has passed.
	CodeExpired Code = "expired"
	// CodeReplay: a request with this nonce was answered before.
	CodeReplay Code = "replay"
	// CodeUnknownDevice: the workspace has not admitted the device.
	CodeUnknownDevice Code = "unknown_device"
	// CodeUnknownWorkspace: the service holds nothing of the workspace.
	CodeUnknownWorkspace Code = "unknown_workspace"
	// CodeInvitation: the invitation or proof of an unknown device does not hold.
	CodeInvitation Code = "invitation"
	// CodeToken: the service wants a token of its identity provider besides.
	CodeToken Code = "token"
	// CodeRate: too many requests in too short a time.
	CodeRate Code = "rate"
	// CodeDevices: the workspace has as many devices as the service accepts.
	CodeDevices Code = "devices"
	// CodeWorkspaces: the service accepts no further workspaces.
	CodeWorkspaces Code = "workspaces"
	// CodeStorage: the workspace has no room left at the service.
	CodeStorage Code = "storage"
	// CodeSlow: the body did not arrive in time.
	CodeSlow Code = "slow"
	// CodeTemporary: the service cannot answer for the moment.
	CodeTemporary Code = "temporary"
	// CodeInternal: the service failed; its log says why.
	CodeInternal Code = "internal"
)

// Limits of problems, in bytes.
const (
	// MaxProblem bounds an encoded problem.
	MaxProblem = 4 << 10
	// maxProblemDetail bounds its free text.
	maxProblemDetail = 500
)

// Problem is why a service did not answer, in the form of RFC 9457.
type Problem struct {
	// Status is the HTTP status it travels with.
	Status int
	// Code is what a program decides by.
	Code Code
	// Title says the same in words, Detail what is special here. They are
	// printable text for people.
	Title, Detail string
	// Time is the service's clock.
	Time time.Time
	// RetryAfter is how long to wait before repeating; zero says nothing.
	RetryAfter time.Duration
}

// wireProblem is the JSON form. Time is in ms since 1970 UTC, RetryAfter in s.
type wireProblem struct {
	Type       string `json:"type"`
	Title      string `json:"title"`
	Status     int    `json:"status"`
	Code       string `json:"code"`
	Detail     string `json:"detail,omitempty"`
	Time       int64  `json:"time"`
	RetryAfter int64  `json:"retry_after,omitempty"`
}

// Encode writes the problem as application/problem+json.
func (p *Problem) Encode() ([]byte, error) {
	data, err := json.Marshal(wireProblem{
		Type: "about:blank", Title: p.Title, Status: p.Status, Code: string(p.Code),
		Detail: clean(p.Detail, maxProblemDetail), Time: p.Time.UnixMilli(),
		RetryAfter: int64((p.RetryAfter + time.Second - 1) / time.Second),
	})
	if err != nil {
		return nil, fmt.Errorf("write problem: %w", err)
	}
	return data, nil
}

// DecodeProblem reads a problem. Later versions may have more members and
// codes; what cannot be shown on a terminal is replaced.
func DecodeProblem(data []byte) (*Problem, error) {
	if len(data) > MaxProblem {
		return nil, fmt.Errorf("read problem: %w: %d bytes", ErrLimit, len(data))
	}
	var w wireProblem
	if err := json.Unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("read problem: %w: not JSON of its form", ErrMalformed)
	}
	if w.Code == "" || len(w.Code) > maxReason || !printable(w.Code) {
		return nil, fmt.Errorf("read problem: %w: no code", ErrMalformed)
	}
	const longest = 24 * 60 * 60 // s; nobody is told to wait longer than a day
	return &Problem{
		Status: w.Status, Code: Code(w.Code),
		Title: clean(w.Title, maxProblemDetail), Detail: clean(w.Detail, maxProblemDetail),
		Time: time.UnixMilli(w.Time).UTC(), RetryAfter: time.Duration(min(max(w.RetryAfter, 0), longest)) * time.Second,
	}, nil
}
