package envelope

import (
	"crypto/ed25519"
	"fmt"
)

// Types of signed messages: the "typ" header (RFC 9596) in the protected header, so that a signature over one kind of thing
// never passes for another. They have the form of media types because COSE libraries insist on it.
const (
	typeHead    = "application/fieldbook-head"
	typeSegment = "application/fieldbook-segment"
	typeReceipt = "application/fieldbook-receipt"
)

const (
	// tagSign1 is the CBOR tag of COSE_Sign1 (RFC 9052 section 2).
	tagSign1 = 18
	// labelAlg and labelTyp are header labels (RFC 9052 section 3.1, RFC 9596 section 2).
	labelAlg, labelTyp = 1, 16
	// algEdDSA is the algorithm identifier of EdDSA (RFC 9053 section 2.2); the curve is Ed25519 always.
	algEdDSA = -8
	// maxPayload bounds the signed payloads of this package in bytes; all are of some fixed-size fields.
	maxPayload = 512
)

// protected is the protected header of a message of the given type.
func protected(typ string) []byte {
	b := appendInt(append(make([]byte, 0, 64), majorMap|2, labelAlg), algEdDSA)
	return appendText(append(b, labelTyp), typ)
}

// signable is the Sig_structure that is signed (RFC 9052 section 4.4), with no external data.
func signable(typ string, payload []byte) []byte {
	b := append(make([]byte, 0, 96+len(payload)), majorArray|4)
	b = appendText(b, "Signature1")
	b = appendBytes(b, protected(typ))
	b = appendBytes(b, nil)
	return appendBytes(b, payload)
}

// sign makes a signature over a payload of the given type.
func sign(s Signer, typ string, payload []byte) ([]byte, error) {
	sig, err := s.Sign(signable(typ, payload))
	if err != nil {
		return nil, fmt.Errorf("sign %s: %w", typ, err)
	}
	if len(sig) != ed25519.SignatureSize {
		return nil, fmt.Errorf("sign %s: %d bytes: %w", typ, len(sig), ErrSignature)
	}
	return sig, nil
}

// verify checks a signature over a payload of the given type.
func verify(pub ed25519.PublicKey, typ string, payload, sig []byte) error {
	if len(pub) != ed25519.PublicKeySize || !ed25519.Verify(pub, signable(typ, payload), sig) {
		return fmt.Errorf("verify %s: %w", typ, ErrSignature)
	}
	return nil
}

// appendSign1 writes a COSE_Sign1 message.
func appendSign1(b []byte, typ string, payload, sig []byte) []byte {
	b = append(appendHead(b, majorTag, tagSign1), majorArray|4)
	b = appendBytes(b, protected(typ))
	b = append(b, majorMap)
	return appendBytes(appendBytes(b, payload), sig)
}

// sign1 reads a COSE_Sign1 message; its type is checked before anything in it is looked at.
func (r *reader) sign1(typ string) (payload, sig []byte) {
	if tag := r.argument(majorTag, "COSE tag"); r.err == nil && tag != tagSign1 {
		r.fail(ErrMalformed, "COSE message of another kind")
	}
	r.array(4, "COSE_Sign1")
	r.protected(typ)
	if n := r.argument(majorMap, "unprotected header"); n != 0 {
		r.fail(ErrMalformed, "unprotected header not empty")
	}
	payload = r.bytes(maxPayload, "payload")
	sig = make([]byte, ed25519.SignatureSize)
	r.fixed(sig, "signature")
	return payload, sig
}

// protected reads a protected header, which holds algorithm and type and nothing else.
func (r *reader) protected(typ string) {
	h := reader{b: r.bytes(maxPayload, "protected header")}
	if r.err != nil {
		return
	}
	if n := h.argument(majorMap, "protected header"); n != 2 {
		h.fail(ErrMalformed, "protected header of another length")
	}
	alg := h.uint("label") == labelAlg && h.int("algorithm") == algEdDSA
	label := h.uint("label")
	got := h.text(maxPayload, "type")
	if err := h.end("protected header"); err != nil {
		r.fail(err, "signed message")
		return
	}
	switch {
	case label != labelTyp || !alg:
		r.fail(ErrMalformed, "protected header")
	case got != typ:
		r.fail(ErrType, "signed message")
	}
}
