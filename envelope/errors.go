package envelope

import "errors"

// The classes of failure. Every error of this package is one of these, wrapped with what was being done; test vectors name
// them by the text of the sentinel.
var (
	// ErrMalformed means bytes that are not what their place asks for: broken CBOR, a wrong type or length, a missing field.
	ErrMalformed = errors.New("malformed")
	// ErrNotCanonical means a value that is spelled in another way than the only allowed one.
	ErrNotCanonical = errors.New("not canonical")
	// ErrTooLarge means more bytes or items than the format allows.
	ErrTooLarge = errors.New("too large")
	// ErrChain means envelopes that do not continue one another, or a segment that does not say what it holds.
	ErrChain = errors.New("broken chain")
	// ErrType means a signed message of another type than the expected one.
	ErrType = errors.New("wrong type")
	// ErrSignature means a signature that its signer did not make over these bytes.
	ErrSignature = errors.New("bad signature")
	// ErrNewer means a well-formed thing of a newer format, which is kept and relayed but not understood.
	ErrNewer = errors.New("made by a newer version")
	// ErrWorkspace means a thing that belongs to another workspace.
	ErrWorkspace = errors.New("of another workspace")
	// ErrWaiting means that a control event named as known is not here yet; it is tried again when it arrives.
	ErrWaiting = errors.New("waiting for a control event")
	// ErrNotAdmitted means an author that the control events known to it do not admit.
	ErrNotAdmitted = errors.New("device not admitted")
	// ErrNotAllowed means an admitted author whose role does not allow what it did.
	ErrNotAllowed = errors.New("not allowed for this role")
)
