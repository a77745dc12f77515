package keyring

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/veraison/go-cose"
)

// signTyped wraps payload in a tagged COSE_Sign1 (RFC 9052, 4.2) signed by id. The protected header holds the algorithm
// (EdDSA, -8) and typ (16, RFC 9596), so a signature over one kind of file never counts for another.
func signTyped(typ string, payload []byte, id *Identity) ([]byte, error) {
	if id.sign == nil {
		return nil, ErrWiped
	}
	signer, err := cose.NewSigner(cose.AlgorithmEdDSA, id.sign)
	if err != nil {
		return nil, err
	}
	headers := cose.Headers{Protected: cose.ProtectedHeader{
		cose.HeaderLabelAlgorithm: cose.AlgorithmEdDSA,
		cose.HeaderLabelType:      typ,
	}}
	return cose.Sign1(rand.Reader, signer, headers, payload, nil)
}

// openTyped reads a COSE_Sign1, checks its typ first, and returns the payload, still unverified.
func openTyped(typ string, data []byte) (*cose.Sign1Message, error) {
	msg := cose.NewSign1Message()
	if err := msg.UnmarshalCBOR(data); err != nil {
		return nil, errors.New("not a COSE_Sign1 message")
	}
	if got, ok := msg.Headers.Protected[cose.HeaderLabelType].(string); !ok || got != typ {
		return nil, fmt.Errorf("it is not a %s", typ)
	}
	if len(msg.Headers.Protected) != 2 || len(msg.Headers.Unprotected) != 0 {
		return nil, errors.New("unexpected headers")
	}
	return msg, nil
}

// verifyTyped checks the signature under the key the payload named and that data is the message's only encoding.
func verifyTyped(msg *cose.Sign1Message, data []byte, key ed25519.PublicKey) error {
	verifier, err := cose.NewVerifier(cose.AlgorithmEdDSA, key)
	if err != nil {
		return errors.New("no usable signing key")
	}
	if err := msg.Verify(nil, verifier); err != nil {
		return errors.New("the signature does not match")
	}
	again, err := sameAgain(msg)
	if err != nil || !bytes.Equal(again, data) {
		return errCanonical
	}
	return nil
}

// sameAgain encodes a message from its decoded parts alone.
func sameAgain(msg *cose.Sign1Message) ([]byte, error) {
	return (&cose.Sign1Message{
		Headers:   cose.Headers{Protected: msg.Headers.Protected, Unprotected: msg.Headers.Unprotected},
		Payload:   msg.Payload,
		Signature: msg.Signature,
	}).MarshalCBOR()
}
