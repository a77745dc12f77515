package envelope

import "crypto/ed25519"

// AD is the associated data the body is sealed with: the encoded header.
func (h *Header) AD() []byte { return nil }

// Check tells whether the envelope keeps the rules of the format, as Decode does.
func (e *Envelope) Check() error { return nil }

// Encode is the wire form.
func (e *Envelope) Encode() []byte { return nil }

// Hash names the envelope in the chain.
func (e *Envelope) Hash() Hash { return Hash{} }

// Decode reads the wire form; the result shares b's memory.
func Decode(b []byte) (*Envelope, error) { return nil, ErrMalformed }

// EncodeBody is the plaintext to be sealed.
func EncodeBody(b *Body) []byte { return nil }

// Check tells whether the body keeps the limits of the format.
func (b *Body) Check() error { return nil }

// DecodeBody reads the plaintext. With ErrNewer the body holds what is understood of it.
func DecodeBody(b []byte) (*Body, error) { return nil, ErrMalformed }

// SignHead makes the signature over a head.
func SignHead(h Head, s Signer) ([]byte, error) { return nil, ErrSignature }

// VerifyHead checks a signature over a head.
func VerifyHead(h Head, pub ed25519.PublicKey, sig []byte) error { return ErrSignature }

// EncodeHead is the wire form of a signed head.
func EncodeHead(h Head, sig []byte) []byte { return nil }

// DecodeHead reads a signed head; the signature is not checked.
func DecodeHead(b []byte) (Head, []byte, error) { return Head{}, nil, ErrMalformed }

// EncodeWitnesses is the canonical witness list.
func EncodeWitnesses(w []Head) []byte { return nil }

// DecodeWitnesses reads a witness list of a workspace.
func DecodeWitnesses(ws WorkspaceID, b []byte) ([]Head, error) { return nil, ErrMalformed }

// CutSegment cuts the longest run from the start of envelopes that fits one segment.
func CutSegment(number uint64, envelopes [][]byte, witnesses []Head, s Signer) (*Segment, error) {
	return nil, ErrMalformed
}

// Encode is the wire form.
func (s *Segment) Encode() []byte { return nil }

// Hash is SHA-256 of Encode.
func (s *Segment) Hash() Hash { return Hash{} }

// Walk calls fn with every envelope and its hash.
func (s *Segment) Walk(fn func(*Envelope, Hash) error) error { return nil }

// DecodeSegment reads the wire form.
func DecodeSegment(b []byte) (*Segment, error) { return nil, ErrMalformed }

// Verify checks the author's signature.
func (s *Segment) Verify(pub ed25519.PublicKey) error { return ErrSignature }

// SegmentPath is the name of a segment in a store.
func SegmentPath(ws WorkspaceID, f FeedID, number uint64, h Hash) string { return "" }

// ParseSegmentPath reads what SegmentPath wrote.
func ParseSegmentPath(p string) (WorkspaceID, FeedID, uint64, Hash, error) {
	return WorkspaceID{}, FeedID{}, 0, Hash{}, ErrMalformed
}

// EncodeControl is the body of a control envelope.
func EncodeControl(c *Control) []byte { return nil }

// DecodeControl reads the body of a control envelope. With ErrNewer only Type is set.
func DecodeControl(b []byte) (*Control, error) { return nil, ErrMalformed }

// NewWorkspaceID is the id of the workspace that created makes; its wraps are left out.
func NewWorkspaceID(created *Control) WorkspaceID { return WorkspaceID{} }

// ID is the device id of these keys.
func (k DeviceKeys) ID() DeviceID { return DeviceID{} }

// Founder gives the keys of the device that made the workspace from its first envelope, to check that feed's heads before
// the envelope is added to an ACL.
func Founder(ws WorkspaceID, e *Envelope) (DeviceKeys, error) { return DeviceKeys{}, ErrMalformed }

// ACL is the replay of the control events held.
type ACL struct{}

// ACLState is who may do what as of some control events.
type ACLState struct{}

// NewACL starts an empty replay.
func NewACL(ws WorkspaceID) *ACL { return &ACL{} }

// Add takes a control envelope.
func (a *ACL) Add(e *Envelope) error { return nil }

// Has tells whether the control event is here with all it refers to.
func (a *ACL) Has(h Hash) bool { return false }

// Verdict is what Add answered or would answer now.
func (a *ACL) Verdict(h Hash) error { return nil }

// Heads are the newest accepted control events that change rights, sorted.
func (a *ACL) Heads() []Hash { return nil }

// Refs are the at most MaxRefs hashes that the next envelope of a feed carries, given those its last one carried.
func (a *ACL) Refs(older []Hash) []Hash { return nil }

// Covers tells whether every one of older is among newer or in their past.
func (a *ACL) Covers(newer, older []Hash) bool { return false }

// Key is the signing key of an admitted device.
func (a *ACL) Key(d DeviceID) (ed25519.PublicKey, bool) { return nil, false }

// State is who may do what as of these control events.
func (a *ACL) State(refs []Hash) (*ACLState, error) { return nil, ErrWaiting }

// Wraps are the wrapped workspace keys for a device.
func (a *ACL) Wraps(d DeviceID) [][]byte { return nil }

// Digest is equal for equal sets of control events.
func (a *ACL) Digest() Hash { return Hash{} }

// Device is the member a device acts as, with the role it was admitted in.
func (s *ACLState) Device(d DeviceID) (Member, bool) { return Member{}, false }

// Devices lists the admitted devices by id.
func (s *ACLState) Devices() []Device { return nil }

// Members lists the members by id, each with its strongest role.
func (s *ACLState) Members() []Member { return nil }

// Newer tells whether a control event that is not understood was known too.
func (s *ACLState) Newer() bool { return false }
