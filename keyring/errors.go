package keyring

import (
	"errors"
	"fmt"
)

// The errors that callers tell apart. Each is wrapped with what was being done.
var (
	// ErrPassphrase says that the identity file is whole, but the passphrase is not the one it was encrypted under.
	ErrPassphrase = errors.New("wrong passphrase")
	// ErrIdentity says that bytes offered as an identity file are damaged or never were one. No passphrase helps.
	ErrIdentity = errors.New("damaged identity file")
	// ErrNewer says that a newer version of the program made the file: it is whole, but not for this version.
	ErrNewer = errors.New("made by a newer version of Fieldbook")
	// ErrRecovery says that what was typed is no recovery key; almost always a typing mistake.
	ErrRecovery = errors.New("not a recovery key")
	// ErrMaster says that what was configured is no service secret; almost always one that was copied in part.
	ErrMaster = errors.New("not a service secret")
	// ErrOpen says that a sealed text does not belong to this key and associated data, or was altered.
	ErrOpen = errors.New("cannot be opened with this key")
	// ErrWrap says that a wrapped key is damaged or is a key of another workspace.
	ErrWrap = errors.New("damaged key wrap")
	// ErrRecipient says that a wrapped key is meant for another device.
	ErrRecipient = errors.New("wrapped for another device")
	// ErrRequest says that bytes offered as a join request are no valid, self-signed request.
	ErrRequest = errors.New("not a valid join request")
	// ErrGrant says that bytes offered as a grant are no valid, signed grant.
	ErrGrant = errors.New("not a valid grant")
	// ErrNoKeychain says that the operating system offers no keychain here; ask for the passphrase instead.
	ErrNoKeychain = errors.New("no keychain on this machine")
	// ErrNoSecret says that the keychain works and holds nothing for this device.
	ErrNoSecret = errors.New("no secret of this device in the keychain")
	// ErrWiped says that the secret was wiped before this use.
	ErrWiped = errors.New("secret already wiped")
)

// classify puts a cause into a class, except that a file of a newer version is never called damaged.
func classify(class, cause error) error {
	if errors.Is(cause, ErrNewer) {
		return cause
	}
	return fmt.Errorf("%w: %w", class, cause)
}
