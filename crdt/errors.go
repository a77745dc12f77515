package crdt

import "errors"

// A change is malformed for one of these reasons; Add and Decode wrap them with what was being read.
var (
	// ErrChunk: not one whole uncompressed change chunk, or not in the canonical encoding.
	ErrChunk = errors.New("not a canonical change chunk")
	// ErrChecksum: the checksum does not match the content.
	ErrChecksum = errors.New("checksum does not match")
	// ErrLimit: a cap of the format is exceeded.
	ErrLimit = errors.New("exceeds a cap of the format")
	// ErrProfile: an operation, value or key outside the profile.
	ErrProfile = errors.New("outside the profile")
	// ErrActor: the actor is not the one that the event's origin allows.
	ErrActor = errors.New("actor does not belong to the origin")
	// ErrSeq: the sequence number is not the actor's next in its causal past.
	ErrSeq = errors.New("sequence number is not the next")
	// ErrStart: the start operation is not one more than the greatest of the causal past.
	ErrStart = errors.New("start operation is not the next")
	// ErrPred: the predecessors are not exactly the operations that were visible.
	ErrPred = errors.New("predecessors are not the visible operations")
	// ErrObject: the Text object is not in the causal past.
	ErrObject = errors.New("text object is not in the causal past")
	// ErrElement: the Text element is not in the causal past of that object.
	ErrElement = errors.New("text element is not in the causal past")
	// ErrTexts: the origin names a Text key that the change does not depend on.
	ErrTexts = errors.New("origin names a text key that the change does not depend on")
	// ErrEquivocation: another change with the same actor and seq has the smaller hash, or an ancestor lost that way.
	ErrEquivocation = errors.New("another change of this actor and seq stands")
	// ErrPast: the change depends on one that is malformed.
	ErrPast = errors.New("depends on a malformed change")
)

// Errors of reading and authoring.
var (
	// ErrUnknown: a hash that the document does not hold as accepted.
	ErrUnknown = errors.New("change is not in the document")
	// ErrEmpty: the edits change nothing, so there is no change to author.
	ErrEmpty = errors.New("nothing to change")
	// ErrClosed: the document was closed.
	ErrClosed = errors.New("document is closed")
	// ErrProof: an Admitted that no History issued.
	ErrProof = errors.New("change was not admitted by a history")
	// ErrEngine: the engine failed or did not keep a change that it was given.
	ErrEngine = errors.New("document engine failed")
	// ErrSaved: saved bytes that this engine's key did not write.
	ErrSaved = errors.New("saved document is not authentic")
)
