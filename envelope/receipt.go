package envelope

import (
	"crypto/ed25519"
	"fmt"
)

// MaxReceipt is the greatest size of an encoded receipt in bytes.
const MaxReceipt = 512

// Receipt is a sync service's word that it held a head at a time of its own clock. With it a device that later shows another
// past is found out; the time itself is the service's claim.
type Receipt struct {
	// Service is the id of the service's keys, see DeviceKeys.ID.
	Service DeviceID
	Head    Head
	// Time is in milliseconds since 1970 UTC, not negative.
	Time int64
}

// payload is what a receipt says.
func (r *Receipt) payload() []byte {
	b := appendUint(append(make([]byte, 0, 192), majorArray|8), Version)
	b = appendHash(b, (*[32]byte)(&r.Service))
	b = appendHash(b, (*[32]byte)(&r.Head.Workspace))
	b = appendHash(b, (*[32]byte)(&r.Head.Device))
	b = appendUint(b, uint64(r.Head.Epoch))
	b = appendUint(b, r.Head.Seq)
	b = appendHash(b, (*[32]byte)(&r.Head.Hash))
	return appendInt(b, r.Time)
}

// SignReceipt makes a receipt as it is kept and sent: a COSE_Sign1 message (RFC 9052) signed with the service's key.
func SignReceipt(r Receipt, s Signer) ([]byte, error) {
	if r.Time < 0 || r.Head.Seq == 0 || r.Head.Seq > MaxSeq {
		return nil, fmt.Errorf("receipt of envelope %d at %d ms: %w", r.Head.Seq, r.Time, ErrMalformed)
	}
	payload := r.payload()
	sig, err := sign(s, typeReceipt, payload)
	if err != nil {
		return nil, err
	}
	return appendSign1(make([]byte, 0, 320), typeReceipt, payload, sig), nil
}

// DecodeReceipt reads a receipt and its signature. It does not know whose key to check it with: call VerifyReceipt with the
// key of the service that it names.
func DecodeReceipt(b []byte) (Receipt, []byte, error) {
	if len(b) > MaxReceipt {
		return Receipt{}, nil, fmt.Errorf("receipt of %d bytes: %w", len(b), ErrTooLarge)
	}
	r := reader{b: b}
	payload, sig := r.sign1(typeReceipt)
	if err := r.end("signed receipt"); err != nil {
		return Receipt{}, nil, err
	}
	var out Receipt
	r = reader{b: payload}
	r.version(8, "receipt")
	r.fixed(out.Service[:], "service")
	r.fixed(out.Head.Workspace[:], "workspace")
	r.fixed(out.Head.Device[:], "device")
	out.Head.Epoch = Epoch(r.uint("epoch"))
	out.Head.Seq = r.number("seq")
	r.fixed(out.Head.Hash[:], "hash")
	out.Time = r.int("time")
	if r.err == nil && out.Time < 0 {
		r.fail(ErrMalformed, "a time before 1970")
	}
	if err := r.end("receipt"); err != nil {
		return Receipt{}, nil, err
	}
	return out, sig, nil
}

// VerifyReceipt checks a receipt's signature: ErrSignature.
func VerifyReceipt(r Receipt, pub ed25519.PublicKey, sig []byte) error {
	return verify(pub, typeReceipt, r.payload(), sig)
}
