package envelope

import (
	"bytes"
	"crypto/sha256"
	"fmt"
)

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

// maxHeader is room for the longest encoded header, so that hashing one needs no allocation.
const maxHeader = 768

// append writes the encoded header.
func (h *Header) append(b []byte) []byte {
	b = appendUint(append(b, majorArray|8), Version)
	b = appendHash(b, (*[32]byte)(&h.Workspace))
	b = appendHash(b, (*[32]byte)(&h.Device))
	b = appendUint(b, uint64(h.Epoch))
	b = appendUint(b, h.Seq)
	b = appendHash(b, (*[32]byte)(&h.Prev))
	b = appendBytes(b, h.Key[:])
	b = appendHead(b, majorArray, uint64(len(h.ACL)))
	for i := range h.ACL {
		b = appendHash(b, (*[32]byte)(&h.ACL[i]))
	}
	return b
}

// AD is the associated data the body is sealed with: the encoded header.
func (h *Header) AD() []byte { return h.append(make([]byte, 0, 192+34*len(h.ACL))) }

// Hash names the envelope in the chain. The body enters by its own hash, so that a body can be withdrawn one day and the
// chain is still checked.
func (e *Envelope) Hash() Hash {
	inner := sha256.New()
	inner.Write(e.Nonce)
	inner.Write(e.Body)
	var room [maxHeader]byte
	return sha256.Sum256(inner.Sum(e.append(room[:0])))
}

// Encode is the wire form. Only what passes Check decodes again.
func (e *Envelope) Encode() []byte {
	b := make([]byte, 0, 224+34*len(e.ACL)+len(e.Nonce)+len(e.Body))
	b = e.append(append(b, majorArray|3))
	return appendBytes(appendBytes(b, e.Nonce), e.Body)
}

// Decode reads the wire form. Nonce and Body share b's memory.
func Decode(b []byte) (*Envelope, error) {
	if len(b) > MaxEnvelope {
		return nil, fmt.Errorf("envelope of %d bytes: %w", len(b), ErrTooLarge)
	}
	r := reader{b: b}
	items := r.count(1<<16, "envelope")
	e := &Envelope{}
	e.read(&r)
	if r.err == nil && items != 3 {
		r.fail(ErrMalformed, "envelope of another length")
	}
	e.Nonce = r.bytes(MaxBody, "nonce")
	e.Body = r.bytes(MaxBody, "body")
	if err := r.end("envelope"); err != nil {
		return nil, err
	}
	if err := e.Check(); err != nil {
		return nil, err
	}
	return e, nil
}

// read reads the encoded header.
func (h *Header) read(r *reader) {
	r.version(8, "header")
	r.fixed(h.Workspace[:], "workspace")
	r.fixed(h.Device[:], "device")
	h.Epoch = Epoch(r.uint("epoch"))
	h.Seq = r.number("seq")
	r.fixed(h.Prev[:], "previous hash")
	r.fixed(h.Key[:], "key id")
	n := r.count(MaxRefs, "ACL references")
	if n == 0 {
		return
	}
	h.ACL = make([]Hash, n)
	for i := range h.ACL {
		r.fixed(h.ACL[i][:], "ACL reference")
	}
}

// Check tells whether the envelope keeps the rules of the format, as Decode does.
func (e *Envelope) Check() error {
	if e.Seq == 0 || e.Seq > MaxSeq {
		return fmt.Errorf("seq %d: %w", e.Seq, ErrMalformed)
	}
	if (e.Seq == 1) != e.Prev.IsZero() {
		return fmt.Errorf("previous hash of envelope %d: %w", e.Seq, ErrChain)
	}
	if len(e.ACL) > MaxRefs {
		return fmt.Errorf("%d ACL references: %w", len(e.ACL), ErrTooLarge)
	}
	for i := 1; i < len(e.ACL); i++ {
		if bytes.Compare(e.ACL[i-1][:], e.ACL[i][:]) >= 0 {
			return fmt.Errorf("ACL references not ascending: %w", ErrNotCanonical)
		}
	}
	return e.checkBody()
}

func (e *Envelope) checkBody() error {
	nonce, least, most := NonceSize, TagSize, MaxBody
	if e.IsControl() {
		nonce, least, most = 0, 1, MaxControl
	}
	switch {
	case len(e.Nonce) != nonce:
		return fmt.Errorf("nonce of %d bytes: %w", len(e.Nonce), ErrMalformed)
	case len(e.Body) < least:
		return fmt.Errorf("body of %d bytes: %w", len(e.Body), ErrMalformed)
	case len(e.Body) > most:
		return fmt.Errorf("body of %d bytes: %w", len(e.Body), ErrTooLarge)
	}
	return nil
}
