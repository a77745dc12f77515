package workspace

import (
	"errors"
	"fmt"

	"fieldbook/wording"
)

// Errors a caller can act on. Each is wrapped with what was being done.
var (
	// ErrExists says that the folder already holds a device.
	ErrExists = errors.New("this folder already holds a workspace; choose another with --dir")
	// ErrNone says that the folder holds no device.
	ErrNone = errors.New("there is no workspace here; make one with `fieldbook init`, or ask to join one with `fieldbook join`")
	// ErrNotJoined says that this device has asked to join and waits for its grant.
	ErrNotJoined = errors.New("this laptop has asked to join but holds no grant yet; give it the owner's file with `fieldbook join --grant FILE`")
	// ErrPassphrase says that the passphrase does not open the identity.
	ErrPassphrase = errors.New("wrong passphrase")
	// ErrLocked says that there is no passphrase and nobody to ask.
	ErrLocked = errors.New("the workspace is locked: give the passphrase with --passphrase-file, FIELDBOOK_PASSPHRASE or at the prompt")
	// ErrNotOwner says that only an owner may do this.
	ErrNotOwner = errors.New("only an owner of the workspace may do this")
	// ErrRequest says that a request to join is not what it claims to be.
	ErrRequest = errors.New("this is not a valid request to join")
	// ErrGrant says that a grant does not fit this device or its request.
	ErrGrant = errors.New("this grant does not fit this laptop")
	// ErrBackup says that a file is not a complete backup.
	ErrBackup = errors.New("this file is not a complete Fieldbook backup")
	// ErrOtherService says that what answers at a remote's address is not, or cannot
	// be, the service it is said to be.
	ErrOtherService = errors.New("this is not the service it claims to be")
	// ErrUnrelated says that a log cannot be verified against a remote or backup
	// that knows nothing of its workspace.
	ErrUnrelated = errors.New("it holds nothing of this workspace, so it proves nothing")
	// ErrKeptFull says that so many drafts, views and settings are kept that no more
	// are taken.
	ErrKeptFull = errors.New("this laptop keeps as many drafts, views and settings as it can; discard some")
	// ErrIntegrity says that what was read has been altered or damaged.
	ErrIntegrity = errors.New("integrity violation")
)

// UnverifiedError says that something has to wait until the record is whole: part of
// it has come from a service's pack alone.
type UnverifiedError struct {
	Doing     string // what was refused, as "signing"
	Documents int64
}

// Error says what to do.
func (e *UnverifiedError) Error() string {
	return fmt.Sprintf("%s has to wait: %s came from the service's pack and not yet from the feeds that prove them; finish `fieldbook sync` first",
		e.Doing, amount(e.Documents, "document"))
}

// amount counts things: "1 document", "10,000 documents".
func amount(n int64, thing string) string {
	text := fmt.Sprint(n)
	for at := len(text) - 3; at > 0; at -= 3 {
		text = text[:at] + "," + text[at:]
	}
	if n != 1 {
		thing += "s"
	}
	return text + " " + thing
}

// NotFound says that nothing in the record answers to a reference.
type NotFound struct {
	What wording.Pattern // "asset", "note", "conflict", ...
	Ref  string
	Near []string // the nearest names that exist
}

// Error names the nearest existing references, so that a slip is easy to mend.
func (e *NotFound) Error() string {
	msg := fmt.Sprintf("there is no %s %q", e.What, e.Ref)
	if len(e.Near) > 0 {
		msg += fmt.Sprintf("; near it: %v", e.Near)
	}
	return msg
}
