package envelope

import "crypto/ed25519"

// Head names the last envelope of a feed, or of a branch of one. Signed by its device it vouches for all envelopes up to it.
type Head struct {
	Workspace WorkspaceID
	Device    DeviceID
	Epoch     Epoch
	Seq       uint64
	Hash      Hash
}

// Signer makes raw Ed25519 signatures (RFC 8032) of a device.
type Signer interface {
	Sign(message []byte) ([]byte, error)
}

// Feed names the feed the head belongs to.
func (h Head) Feed() FeedID { return FeedID{Device: h.Device, Epoch: h.Epoch} }

// payload is what a signed head says.
func (h *Head) payload() []byte {
	b := appendUint(append(make([]byte, 0, 128), majorArray|6), Version)
	b = appendHash(b, (*[32]byte)(&h.Workspace))
	b = appendHash(b, (*[32]byte)(&h.Device))
	b = appendUint(b, uint64(h.Epoch))
	b = appendUint(b, h.Seq)
	return appendHash(b, (*[32]byte)(&h.Hash))
}

// SignHead makes the signature over a head: 64 bytes, all that a store keeps, since the head itself is in its rows.
func SignHead(h Head, s Signer) ([]byte, error) { return sign(s, typeHead, h.payload()) }

// VerifyHead checks a signature over a head: ErrSignature.
func VerifyHead(h Head, pub ed25519.PublicKey, sig []byte) error {
	return verify(pub, typeHead, h.payload(), sig)
}

// EncodeHead is the wire form of a signed head: a COSE_Sign1 message (RFC 9052).
func EncodeHead(h Head, sig []byte) []byte {
	return appendSign1(make([]byte, 0, 256), typeHead, h.payload(), sig)
}

// DecodeHead reads a signed head and its signature. It does not know whose key to check it with: call VerifyHead.
func DecodeHead(b []byte) (Head, []byte, error) {
	r := reader{b: b}
	payload, sig := r.sign1(typeHead)
	if err := r.end("signed head"); err != nil {
		return Head{}, nil, err
	}
	var h Head
	r = reader{b: payload}
	r.version(6, "head")
	r.fixed(h.Workspace[:], "workspace")
	r.fixed(h.Device[:], "device")
	h.Epoch = Epoch(r.uint("epoch"))
	h.Seq = r.number("seq")
	r.fixed(h.Hash[:], "hash")
	if err := r.end("head"); err != nil {
		return Head{}, nil, err
	}
	return h, sig, nil
}
