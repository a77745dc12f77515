package envelope

// Header is the part of an envelope in the clear. The author's signed head covers it by way of the hash chain.
type Header struct {
	Workspace WorkspaceID
	Device    DeviceID
	Epoch     Epoch
	// Seq counts the envelopes of a feed from 1.
	Seq uint64
	// Prev is the hash of the envelope before; zero in the first one.
	Prev Hash
	// Key names the workspace key the body is sealed under; zero in a control event, which is not sealed.
	Key KeyID
	// ACL holds the hashes of the newest control events the author knew, sorted and unique, at most MaxRefs.
	ACL []Hash
}

// Envelope is an event as stored and sent: sealed, or a control event in the clear.
type Envelope struct {
	Header
	// Nonce is NonceSize bytes, empty in a control event.
	Nonce []byte
	// Body is the ciphertext with its tag, or the encoded control event.
	Body []byte
}

// Limits of the format. They are part of its version: what one device takes all devices take.
const (
	// Version is the format version this package writes and the newest it reads.
	Version = 1
	// MaxEnvelope is the greatest size of an encoded envelope in bytes; one always fits a segment with its witnesses.
	MaxEnvelope = 900 << 10
	// MaxBody is the greatest size of an envelope's body in bytes.
	MaxBody = 896 << 10
	// MaxControl is the greatest size of an encoded control event in bytes.
	MaxControl = 256 << 10
	// MaxRefs is the greatest number of control events a header names.
	MaxRefs = 16
	// MaxSeq is the greatest sequence and segment number, so that they fit a signed 64-bit integer everywhere.
	MaxSeq = 1<<63 - 1
	// NonceSize is the size of an XChaCha20-Poly1305 nonce in bytes.
	NonceSize = 24
	// TagSize is the size of a Poly1305 tag in bytes, the least a sealed body holds.
	TagSize = 16
)

// Feed names the feed the envelope belongs to.
func (h *Header) Feed() FeedID { return FeedID{Device: h.Device, Epoch: h.Epoch} }

// IsControl tells whether the envelope holds a control event, in the clear.
func (h *Header) IsControl() bool { return h.Key.IsZero() }
