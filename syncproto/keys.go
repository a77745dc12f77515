package syncproto

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// PublicKeys are those of a device or service. Their hash is its id, so they
// certify themselves.
type PublicKeys struct {
	// Sign checks its signatures.
	Sign ed25519.PublicKey
	// Recipient is the age recipient that keys are wrapped to.
	Recipient string
}

// ID is the SHA-256 over the encoded array of both keys, as the control events
// have it (docs/format/control.md).
func (k PublicKeys) ID() ([32]byte, error) {
	if err := k.check(); err != nil {
		return [32]byte{}, err
	}
	data, err := marshal([]any{[]byte(k.Sign), k.Recipient})
	if err != nil {
		return [32]byte{}, fmt.Errorf("encode public keys: %w", err)
	}
	return sha256.Sum256(data), nil
}

func (k PublicKeys) check() error {
	if len(k.Sign) != ed25519.PublicKeySize || k.Recipient == "" || len(k.Recipient) > MaxRecipient || !printable(k.Recipient) {
		return fmt.Errorf("%w: not public keys", ErrMalformed)
	}
	return nil
}

// Header writes the keys for HeaderDevice.
func (k PublicKeys) Header() string {
	return base64.StdEncoding.EncodeToString(append(k.Sign[:len(k.Sign):len(k.Sign)], k.Recipient...))
}

// ParsePublicKeys reads what Header writes.
func ParsePublicKeys(header string) (PublicKeys, error) {
	if base64.StdEncoding.DecodedLen(len(header)) > ed25519.PublicKeySize+MaxRecipient+3 {
		return PublicKeys{}, fmt.Errorf("%w: public keys of %d letters", ErrLimit, len(header))
	}
	data, err := base64.StdEncoding.Strict().DecodeString(header)
	if err != nil || len(data) < ed25519.PublicKeySize {
		return PublicKeys{}, fmt.Errorf("%w: not public keys", ErrMalformed)
	}
	k := PublicKeys{Sign: data[:ed25519.PublicKeySize:ed25519.PublicKeySize], Recipient: string(data[ed25519.PublicKeySize:])}
	if k.Header() != header { // the decoder skips line breaks
		return PublicKeys{}, fmt.Errorf("%w: public keys in another spelling", ErrMalformed)
	}
	return k, k.check()
}

// ServiceInfo is what a service tells anybody about itself in a workspace.
type ServiceInfo struct {
	// Keys are the service's, ID their hash.
	Keys PublicKeys
	ID   [32]byte
	// Time is its clock.
	Time time.Time
	// Limits are those it holds devices to.
	Limits ServiceLimits
}

// ServiceLimits are limits of a service; zero says nothing.
type ServiceLimits struct {
	// RequestBytes bounds the body of a request, in bytes.
	RequestBytes int `json:"request_bytes"`
	// Devices bounds the devices of a workspace.
	Devices int `json:"devices"`
	// StorageBytes bounds what a workspace may store, in bytes.
	StorageBytes int64 `json:"storage_bytes"`
	// Rate is how many requests per second a device may send on average, Burst
	// how many at once.
	Rate  float64 `json:"rate"`
	Burst int     `json:"burst"`
}

// maxServiceInfo bounds an encoded ServiceInfo, in bytes.
const maxServiceInfo = 16 << 10

// wireServiceInfo is the JSON form. Sign is base64, ID hex, Time in ms.
type wireServiceInfo struct {
	ID        string        `json:"id"`
	Sign      []byte        `json:"sign"`
	Recipient string        `json:"recipient"`
	Time      int64         `json:"time"`
	Limits    ServiceLimits `json:"limits"`
}

// Encode writes the information as JSON.
func (s *ServiceInfo) Encode() ([]byte, error) {
	data, err := json.Marshal(wireServiceInfo{
		ID: hex.EncodeToString(s.ID[:]), Sign: s.Keys.Sign, Recipient: s.Keys.Recipient,
		Time: s.Time.UnixMilli(), Limits: s.Limits,
	})
	if err != nil {
		return nil, fmt.Errorf("write service information: %w", err)
	}
	return data, nil
}

// DecodeServiceInfo reads what a service tells about itself and checks that its
// id is that of its keys. Later versions may tell more.
func DecodeServiceInfo(data []byte) (*ServiceInfo, error) {
	if len(data) > maxServiceInfo {
		return nil, fmt.Errorf("read service information: %w: %d bytes", ErrLimit, len(data))
	}
	var w wireServiceInfo
	if err := json.Unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("read service information: %w: not JSON of its form", ErrMalformed)
	}
	s := &ServiceInfo{
		Keys: PublicKeys{Sign: w.Sign, Recipient: w.Recipient}, Time: time.UnixMilli(w.Time).UTC(), Limits: w.Limits,
	}
	id, err := s.Keys.ID()
	if err != nil {
		return nil, fmt.Errorf("read service information: %w", err)
	}
	if s.ID = id; hex.EncodeToString(id[:]) != w.ID {
		return nil, fmt.Errorf("read service information: %w: the id is not that of the keys", ErrMalformed)
	}
	return s, nil
}

// ParseWorkspace reads what Workspace.String writes.
func ParseWorkspace(s string) (Workspace, error) {
	var w Workspace
	err := parseHex(w[:], s)
	return w, err
}

// ParseID reads the id of a device or service from 64 lower hex digits.
func ParseID(s string) ([32]byte, error) {
	var id [32]byte
	err := parseHex(id[:], s)
	return id, err
}
