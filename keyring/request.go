package keyring

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"
	"unicode/utf8"
)

// Constants of the request format.
const (
	requestType    = "application/fieldbook-request"
	requestVersion = 1
	requestNonce   = 16
	// MaxRequest is the greatest size of a request file in bytes; readers cap their reading there.
	MaxRequest = 16 << 10
	// MaxName is the greatest length in bytes of the name in a request or grant.
	MaxName = 256
)

// Request is what a new device asks with: its two public keys, whose device it is, a nonce and its own time. It is signed by
// the device's own key, which proves possession and nothing else: the words must be compared before it is approved.
type Request struct {
	Sign      ed25519.PublicKey
	Recipient string // age hybrid recipient
	Name      string // the person's full name, as typed on the new device
	Nonce     []byte // 16 random bytes: two requests of one device differ
	At        int64  // ms since 1970 UTC by the new device's clock; shown, never trusted
}

// requestPayload is the signed content.
type requestPayload struct {
	Version   uint64 `cbor:"1,keyasint"`
	Sign      []byte `cbor:"2,keyasint"`
	Recipient string `cbor:"3,keyasint"`
	Name      string `cbor:"4,keyasint"`
	Nonce     []byte `cbor:"5,keyasint"`
	At        int64  `cbor:"6,keyasint"`
}

// NewRequest asks for id's device to be admitted as one of the person named.
func NewRequest(id *Identity, name string, at time.Time) (*Request, error) {
	nonce := make([]byte, requestNonce)
	if _, err := rand.Read(nonce); err != nil {
		return nil, fmt.Errorf("new request: %w", err)
	}
	r := &Request{Sign: id.SignPublic(), Recipient: id.Recipient(), Name: name, Nonce: nonce, At: at.UnixMilli()}
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("new request: %w", err)
	}
	return r, nil
}

// SignRequest encodes and signs a request. id must be the device that the request names.
func SignRequest(r *Request, id *Identity) ([]byte, error) {
	if !bytes.Equal(r.Sign, id.SignPublic()) || r.Recipient != id.Recipient() {
		return nil, errors.New("sign request: it names another device")
	}
	if err := r.check(); err != nil {
		return nil, fmt.Errorf("sign request: %w", err)
	}
	payload, err := r.payload()
	if err != nil {
		return nil, fmt.Errorf("sign request: %w", err)
	}
	data, err := signTyped(requestType, payload, id)
	if err != nil {
		return nil, fmt.Errorf("sign request: %w", err)
	}
	return data, nil
}

// ParseRequest reads a request file and checks its form and its signature under the key it carries. Any failure is
// ErrRequest or ErrNewer.
func ParseRequest(data []byte) (*Request, error) {
	if len(data) > MaxRequest {
		return nil, fmt.Errorf("%w: larger than %d bytes", ErrRequest, MaxRequest)
	}
	msg, err := openTyped(requestType, data)
	if err != nil {
		return nil, classify(ErrRequest, err)
	}
	if err := peek(msg.Payload, requestVersion); err != nil {
		return nil, classify(ErrRequest, err)
	}
	var p requestPayload
	if err := decode(msg.Payload, &p); err != nil {
		return nil, classify(ErrRequest, err)
	}
	r := &Request{Sign: p.Sign, Recipient: p.Recipient, Name: p.Name, Nonce: p.Nonce, At: p.At}
	if err := r.check(); err != nil {
		return nil, classify(ErrRequest, err)
	}
	if err := verifyTyped(msg, data, r.Sign); err != nil {
		return nil, classify(ErrRequest, err)
	}
	return r, nil
}

// Hash names the request: SHA-256 over its type, a zero byte and its signed content, so over everything in the file but
// the signature. The grant and the control event that admits the device carry it.
func (r *Request) Hash() [32]byte {
	payload, err := r.payload()
	if err != nil {
		panic("keyring: " + err.Error()) // plain fields always encode
	}
	return sha256.Sum256(append([]byte(requestType+"\x00"), payload...))
}

// Words are eight words over the whole request (80 bits of its hash). The new device shows them, and so does the approver's
// before approval; the two people compare them.
func (r *Request) Words() []string { return words(r.Hash()) }

// payload encodes the signed content.
func (r *Request) payload() ([]byte, error) {
	return encode(requestPayload{requestVersion, r.Sign, r.Recipient, r.Name, r.Nonce, r.At})
}

// check says what is wrong with the fields.
func (r *Request) check() error {
	if len(r.Sign) != ed25519.PublicKeySize {
		return errors.New("the signing key has the wrong length")
	}
	if len(r.Nonce) != requestNonce {
		return errors.New("the nonce has the wrong length")
	}
	if r.At < 0 {
		return errors.New("the time is before 1970")
	}
	if err := checkName(r.Name); err != nil {
		return err
	}
	return CheckRecipient(r.Recipient)
}

// checkName takes names that can be shown on one line as they are: no control characters, nothing invisible that reorders
// the text beside it.
func checkName(name string) error {
	if name == "" || len(name) > MaxName || !utf8.ValidString(name) {
		return fmt.Errorf("a name is 1 to %d bytes of UTF-8", MaxName)
	}
	for _, r := range name {
		if !printable(r) {
			return fmt.Errorf("the name holds the unprintable character U+%04X", r)
		}
	}
	return nil
}
