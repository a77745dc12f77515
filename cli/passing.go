package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"unicode/utf8"

	"fieldbook/eventstore"
	"fieldbook/localapi"
	"fieldbook/workspace"
)

// errLockedThere answers a command that has no passphrase while another process
// has the workspace, locked.
var errLockedThere = errors.New("the workspace is locked: unlock it in the window that shows it, or give the passphrase with --passphrase-file, " +
	passphraseVariable + " or at the prompt")

// either has the process that holds the workspace do this command, or does it
// here if there is none.
func (a *app) either(ctx context.Context, do func() error) error {
	if a.host != nil {
		return do()
	}
	passed, err := a.passOn(ctx)
	if passed {
		return err
	}
	locked := err != nil
	err = do()
	switch {
	case errors.Is(err, eventstore.ErrBusy): // taken by somebody in between
		if passed, late := a.passOn(ctx); passed {
			return late
		}
	case locked && errors.Is(err, workspace.ErrLocked):
		return &coded{exitLocked, errLockedThere}
	}
	return err
}

// passOn hands the command line to the process that holds the workspace and
// gives what came of it. False: there is no such process, or (then with an error)
// it has not unlocked the workspace.
func (a *app) passOn(ctx context.Context) (bool, error) {
	dir, err := a.folder()
	if err != nil {
		return false, nil // the command says so itself
	}
	holder, err := localapi.Reach(ctx, dir)
	if err != nil {
		return false, nil
	}
	defer holder.Close()
	call, err := a.call()
	if err != nil {
		return true, err
	}
	code, err := holder.Command(ctx, call, a.term.out, a.term.err)
	var refused *localapi.Problem
	switch {
	case errors.As(err, &refused) && unopened[refused.Code]:
		return false, err
	case err != nil:
		return true, err
	case code == exitDone:
		return true, nil
	}
	return true, &coded{code: code} // the holder has said why
}

// unopened are the problems of a holder that has the folder and not its workspace.
var unopened = map[string]bool{"locked": true, "none": true, "request": true}

// call is this command line as another process needs it.
func (a *app) call() (localapi.Command, error) {
	for _, arg := range a.args {
		if !utf8.ValidString(arg) {
			return localapi.Command{}, usage(fmt.Errorf("%q is no text; close the window that has the workspace open, then try again", arg))
		}
	}
	folder, err := os.Getwd()
	if err != nil {
		folder = "" // whole paths work all the same
	}
	return localapi.Command{Args: a.args, Folder: folder, Bars: a.term.shows, Paint: a.term.colours}, nil
}
