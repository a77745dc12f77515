package cli

import (
	"context"
	"errors"

	"fieldbook/keyring"
	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/syncclient"
	"fieldbook/workspace"
)

// Exit codes, as the manual promises them.
const (
	exitDone      = 0
	exitFailed    = 1
	exitUsage     = 2
	exitIntegrity = 3
	exitLocked    = 4
	exitRefused   = 5
)

// coded is an error with its exit code. A command whose answer already says
// everything on stdout ends with one that has no text.
type coded struct {
	code int
	err  error
}

// Error is empty when the answer has said it all.
func (c *coded) Error() string {
	if c.err == nil {
		return ""
	}
	return c.err.Error()
}

// Unwrap gives the cause.
func (c *coded) Unwrap() error { return c.err }

func usage(err error) error { return &coded{exitUsage, err} }

// exitCode sorts an error into the promised classes.
func exitCode(err error) int {
	var (
		code      *coded
		refusal   *record.Refusal
		misuse    *record.UsageError
		ambiguous *projections.Ambiguous
		missing   *projections.NotFound
		unknown   *workspace.NotFound
		early     *workspace.UnverifiedError
	)
	switch {
	case errors.As(err, &code):
		return code.code
	case errors.As(err, &refusal), errors.As(err, &early):
		return exitRefused
	case errors.As(err, &misuse), errors.As(err, &ambiguous), errors.As(err, &missing), errors.As(err, &unknown):
		return exitUsage
	case errors.Is(err, workspace.ErrPassphrase), errors.Is(err, workspace.ErrLocked):
		return exitLocked
	case errors.Is(err, workspace.ErrIntegrity), errors.Is(err, keyring.ErrIdentity),
		errors.Is(err, workspace.ErrOtherService), errors.Is(err, syncclient.ErrAnotherService):
		return exitIntegrity
	case errors.Is(err, workspace.ErrNotOwner):
		return exitRefused
	case errors.Is(err, context.Canceled):
		return exitFailed
	}
	return exitFailed
}
