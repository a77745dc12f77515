package httpapi

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"time"

	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// fault is why a request is not answered. It is an error that a route returns
// and that becomes a problem.
type fault struct {
	code   syncproto.Code
	detail string
	// retry is how long the client waits before it repeats; zero says nothing.
	retry time.Duration
	// cause is for the log only: it may say what nobody outside should read.
	cause error
}

// Error says what the log needs.
func (f *fault) Error() string {
	if f.cause != nil {
		return fmt.Sprintf("%s: %v", f.code, f.cause)
	}
	return string(f.code) + ": " + f.detail
}

// Unwrap gives the cause.
func (f *fault) Unwrap() error { return f.cause }

// refuse makes a fault.
func refuse(code syncproto.Code, detail string) *fault { return &fault{code: code, detail: detail} }

// meaning is how a code travels.
type meaning struct {
	status int
	title  string
}

// meanings gives each code its status and title.
var meanings = map[syncproto.Code]meaning{
	syncproto.CodeMalformed:        {http.StatusBadRequest, "The request is not one of this protocol"},
	syncproto.CodeTooLarge:         {http.StatusRequestEntityTooLarge, "The body is too large"},
	syncproto.CodeVersion:          {http.StatusBadRequest, "The message is of another version"},
	syncproto.CodeMedia:            {http.StatusUnsupportedMediaType, "The body is not of the type of this route"},
	syncproto.CodeMethod:           {http.StatusMethodNotAllowed, "The path does not know this method"},
	syncproto.CodeAbsent:           {http.StatusNotFound, "There is nothing of that name"},
	syncproto.CodeUnsigned:         {http.StatusUnauthorized, "The request is not signed"},
	syncproto.CodeSignature:        {http.StatusUnauthorized, "The signature does not hold"},
	syncproto.CodeDigest:           {http.StatusUnauthorized, "The body is not the one that was signed"},
	syncproto.CodeService:          {http.StatusUnauthorized, "The request was signed for another service"},
	syncproto.CodeClock:            {http.StatusUnauthorized, "The request was signed by a clock that is too far off"},
	syncproto.CodeExpired:          {http.StatusUnauthorized, "The signature has expired"},
	syncproto.CodeReplay:           {http.StatusUnauthorized, "The request was answered before"},
	syncproto.CodeUnknownDevice:    {http.StatusForbidden, "The workspace has not admitted this device"},
	syncproto.CodeUnknownWorkspace: {http.StatusNotFound, "The service does not know this workspace"},
	syncproto.CodeInvitation:       {http.StatusForbidden, "The invitation does not hold"},
	syncproto.CodeToken:            {http.StatusUnauthorized, "A token of the identity provider is needed"},
	syncproto.CodeRate:             {http.StatusTooManyRequests, "Too many requests"},
	syncproto.CodeDevices:          {http.StatusForbidden, "The workspace has as many devices as the service accepts"},
	syncproto.CodeWorkspaces:       {http.StatusForbidden, "The service accepts no further workspaces"},
	syncproto.CodeStorage:          {http.StatusInsufficientStorage, "The workspace has no room left at the service"},
	syncproto.CodeSlow:             {http.StatusRequestTimeout, "The body did not arrive in time"},
	syncproto.CodeTemporary:        {http.StatusServiceUnavailable, "The service cannot answer for the moment"},
	syncproto.CodeInternal:         {http.StatusInternalServerError, "The service failed"},
}

// faultOf makes a fault of any error of a route.
func faultOf(err error) *fault {
	var f *fault
	if errors.As(err, &f) {
		return f
	}
	for _, known := range []struct {
		err    error
		code   syncproto.Code
		detail string
	}{
		{syncproto.ErrVersion, syncproto.CodeVersion, "the service speaks version 1; update fieldbook or the service"},
		{syncproto.ErrLimit, syncproto.CodeTooLarge, "the message goes beyond a limit of the protocol"},
		{syncproto.ErrMalformed, syncproto.CodeMalformed, "the message is not in the form of the protocol"},
		{syncserver.ErrAbsent, syncproto.CodeAbsent, ""},
		{syncserver.ErrFull, syncproto.CodeStorage, ""},
		{syncproto.ErrTemporary, syncproto.CodeTemporary, ""},
		{syncserver.ErrGone, syncproto.CodeTemporary, ""},
		{context.DeadlineExceeded, syncproto.CodeTemporary, ""},
		{context.Canceled, syncproto.CodeTemporary, ""},
	} {
		if errors.Is(err, known.err) {
			return &fault{code: known.code, detail: known.detail, cause: err}
		}
	}
	return &fault{code: syncproto.CodeInternal, detail: "its log says why", cause: err}
}

// write answers with the problem.
func (f *fault) write(w http.ResponseWriter, now time.Time) error {
	m := meanings[f.code]
	problem := syncproto.Problem{
		Status: m.status, Code: f.code, Title: m.title, Detail: f.detail, Time: now, RetryAfter: f.retry,
	}
	data, err := problem.Encode()
	if err != nil {
		return err
	}
	h := w.Header()
	if m.status == http.StatusUnauthorized { // RFC 9110 section 11.6.1 wants a challenge
		h.Set("WWW-Authenticate", `Signature label="`+syncproto.SignatureLabel+`"`)
	}
	if f.retry > 0 {
		h.Set("Retry-After", strconv.FormatInt(int64((f.retry+time.Second-1)/time.Second), 10))
	}
	h.Set("Content-Type", syncproto.TypeProblem)
	h.Set("Content-Length", strconv.Itoa(len(data)))
	w.WriteHeader(m.status)
	_, err = w.Write(data)
	return err
}

// Codes lists every code that the service answers with, sorted.
func Codes() []syncproto.Code { return slices.Sorted(maps.Keys(meanings)) }
