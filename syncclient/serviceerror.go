package syncclient

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"time"

	"fieldbook/syncproto"
	"fieldbook/wording"
)

// ErrAnotherService says that the service's keys are not those that were pinned
// when the remote was added. Nothing was sent to it.
var ErrAnotherService = errors.New("the service's keys are not those of this remote: " +
	"it was set up anew, or something else answers at its address; ask whoever runs it, then remove and add the remote")

// ServiceError is a service's refusal of a request.
type ServiceError struct {
	// Host is the address that refused.
	Host string
	// Status is the HTTP status, Code the service's own word; empty if what
	// answered was no sync service (a proxy, say).
	Status int
	Code   syncproto.Code
	// Detail is the service's text, printable.
	Detail string
	// Time is the service's clock.
	Time time.Time
	// RetryAfter is how long the service wants to be left alone; zero: it did
	// not say.
	RetryAfter time.Duration
}

// advice says for each code what to do.
var advice = map[syncproto.Code]wording.Pattern{
	syncproto.CodeMalformed:        "the service cannot read the request; update Fieldbook or the service",
	syncproto.CodeTooLarge:         "the service takes smaller requests only; ask whoever runs it to raise its limit",
	syncproto.CodeVersion:          "the service speaks another version; update Fieldbook or the service",
	syncproto.CodeMedia:            "something between here and the service changes requests; check proxies",
	syncproto.CodeMethod:           "the service does not offer this; update it",
	syncproto.CodeAbsent:           "the service does not have this; check the address, or update the service",
	syncproto.CodeUnsigned:         "something between here and the service removes headers; check proxies",
	syncproto.CodeSignature:        "the service does not accept this laptop's signature; something between here and it may change requests: check proxies",
	syncproto.CodeDigest:           "the request was changed on its way; check proxies",
	syncproto.CodeService:          "the service's keys are not those of this remote; ask whoever runs it, then remove and add the remote",
	syncproto.CodeClock:            "this computer's clock and the service's cannot be reconciled; set the clock, then sync again",
	syncproto.CodeExpired:          "the request took too long on its way; sync again",
	syncproto.CodeReplay:           "the service has seen this request before; sync again",
	syncproto.CodeUnknownDevice:    "the workspace has not admitted this laptop at the service; have the laptop that approved it sync first, or give an invitation",
	syncproto.CodeUnknownWorkspace: "the service does not know this workspace; add the remote with its invitation",
	syncproto.CodeInvitation:       "the invitation does not hold; ask whoever runs the service for its present one and add the remote again with it",
	syncproto.CodeToken:            "the service wants a token of its identity provider; get a new one",
	syncproto.CodeRate:             "the service has had too many requests; wait a minute, then sync again",
	syncproto.CodeDevices:          "the workspace has as many laptops as the service accepts; ask whoever runs it to raise its limit",
	syncproto.CodeWorkspaces:       "the service accepts no further workspaces; ask whoever runs it",
	syncproto.CodeStorage:          "the workspace has no room left at the service; ask whoever runs it to raise its limit",
	syncproto.CodeSlow:             "the connection is too slow for this request; sync again",
	syncproto.CodeTemporary:        "the service cannot answer for the moment; sync again later",
	syncproto.CodeInternal:         "the service failed; sync again later, and tell whoever runs it if it stays so",
}

// flags are what the command line takes the thing with that a service asks for.
var flags = map[syncproto.Code]string{
	syncproto.CodeUnknownDevice:    "--secret-file",
	syncproto.CodeUnknownWorkspace: "--secret-file",
	syncproto.CodeInvitation:       "--secret-file",
	syncproto.CodeToken:            "--token-file",
}

// Sentence says what happened and what to do.
func (e *ServiceError) Sentence() wording.Sentence {
	said := wording.Say(e.advice())
	switch {
	case e.Code == "":
		return wording.Say("service {0}: {1} (status {2})", e.Host, said, e.Status)
	case e.Detail == "":
		return wording.Say("service {0}: {1} ({2})", e.Host, said, e.Code)
	}
	return wording.Say("service {0}: {1} ({2}: {3})", e.Host, said, e.Code, e.Detail)
}

func (e *ServiceError) advice() wording.Pattern {
	switch {
	case advice[e.Code] != "":
		return advice[e.Code]
	case e.Status >= 300 && e.Status < 400:
		return "it sends elsewhere, which is not followed; give the service's own address"
	case e.Code != "":
		return "the service refuses for a reason that this version does not know; update Fieldbook"
	case e.Status >= 500:
		return "it cannot answer for the moment; sync again later"
	}
	return "not an answer of a sync service; check the address"
}

// Error is the sentence for a command line.
func (e *ServiceError) Error() string {
	said := e.Sentence().String()
	if flag := flags[e.Code]; flag != "" {
		return said + "; " + flag
	}
	return said
}

// Unwrap says whether repeating may help.
func (e *ServiceError) Unwrap() error {
	switch e.Code {
	case syncproto.CodeStorage:
		return ErrFull
	case syncproto.CodeRate, syncproto.CodeSlow:
		return syncproto.ErrTemporary
	}
	if e.Status >= 500 {
		return syncproto.ErrTemporary
	}
	if e.Status >= 300 && e.Status < 400 || e.Code == "" {
		return ErrProtocol
	}
	return nil
}

// problemOf reads why a request was refused. What answers may be hostile, or no
// sync service at all.
func problemOf(r *region, resp *http.Response) error {
	out := &ServiceError{Host: r.base.Host, Status: resp.StatusCode}
	if resp.Header.Get("Content-Type") != syncproto.TypeProblem {
		return out
	}
	body, err := readCapped(resp.Body, syncproto.MaxProblem)
	if err != nil {
		return out
	}
	problem, err := syncproto.DecodeProblem(body)
	if err != nil {
		return out
	}
	out.Code, out.Detail, out.Time, out.RetryAfter = problem.Code, problem.Detail, problem.Time, problem.RetryAfter
	return out
}

// errUntrusted says that what answers cannot show that it is the service.
var errUntrusted = errors.New("its certificate does not hold; check the address and this computer's clock and certificates")

// unreachable says that no whole answer came. The text of the cause tells
// people whether name, network or certificate is to blame.
func unreachable(r *region, err error) error {
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("ask %s: %w", r.base.Host, err)
	}
	var certificate *tls.CertificateVerificationError
	if errors.As(err, &certificate) {
		return fmt.Errorf("service %s: %w: %w", r.base.Host, errUntrusted, certificate.Err)
	}
	return fmt.Errorf("service %s cannot be reached; check the network and the address: %w: %w", r.base.Host, syncproto.ErrTemporary, err)
}
