package keyring

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
)

// Constants of the grant format.
const (
	grantType    = "application/fieldbook-grant"
	grantVersion = 1
	// MaxGrant is the greatest size of a grant file in bytes; readers cap their reading there. A control event that admits
	// a device is about 4 KiB, so this carries some 2,000 devices.
	MaxGrant = 8 << 20
	// MaxWraps is the greatest number of key wraps in a grant.
	MaxWraps = 256
	// MaxHanded is the greatest size in bytes of all segments in a grant.
	MaxHanded = 4 << 20

	maxControl  = 1 << 14
	maxSegments = 1 << 10
)

// Grant is the approver's answer to a Request: everything the new device needs to check who is in the workspace and to
// open its record. Being signed by Approver, it says nothing about whether Approver may approve: the control events do.
type Grant struct {
	Workspace [32]byte
	Request   [32]byte          // Hash of the request this answers
	Approver  ed25519.PublicKey // the approving device's signing key
	Member    [16]byte          // the member the new device belongs to
	Control   [][]byte          // control envelopes, opaque here, at least one
	Wraps     [][]byte          // workspace keys wrapped to the new device, at least one
	Name      string            // the workspace's name, for the screen only
	Segments  [][]byte          // of the approver that nobody else may hold yet, in order, opaque here: the new device hands them on
}

// grantPayload is the signed content.
type grantPayload struct {
	Version   uint64   `cbor:"1,keyasint"`
	Workspace []byte   `cbor:"2,keyasint"`
	Request   []byte   `cbor:"3,keyasint"`
	Approver  []byte   `cbor:"4,keyasint"`
	Member    []byte   `cbor:"5,keyasint"`
	Control   [][]byte `cbor:"6,keyasint"`
	Wraps     [][]byte `cbor:"7,keyasint"`
	Name      string   `cbor:"8,keyasint"`
	Segments  [][]byte `cbor:"9,keyasint,omitempty"`
}

// SignGrant encodes and signs a grant. id must be the Approver it names.
func SignGrant(g *Grant, id *Identity) ([]byte, error) {
	if !bytes.Equal(g.Approver, id.SignPublic()) {
		return nil, errors.New("sign grant: it names another approver")
	}
	payload, err := encode(grantPayload{grantVersion, g.Workspace[:], g.Request[:], g.Approver, g.Member[:],
		g.Control, g.Wraps, g.Name, g.Segments})
	if err != nil {
		return nil, fmt.Errorf("sign grant: %w", err)
	}
	if err := g.check(); err != nil {
		return nil, fmt.Errorf("sign grant: %w", err)
	}
	data, err := signTyped(grantType, payload, id)
	if err != nil {
		return nil, fmt.Errorf("sign grant: %w", err)
	}
	if len(data) > MaxGrant {
		return nil, fmt.Errorf("sign grant: %d bytes, at most %d fit", len(data), MaxGrant)
	}
	return data, nil
}

// ParseGrant reads a grant file and checks its form and its signature under the approver's key it carries. Any failure
// is ErrGrant or ErrNewer. The caller checks that it answers its own request and that the approver had the right.
func ParseGrant(data []byte) (*Grant, error) {
	if len(data) > MaxGrant {
		return nil, fmt.Errorf("%w: larger than %d bytes", ErrGrant, MaxGrant)
	}
	msg, err := openTyped(grantType, data)
	if err != nil {
		return nil, classify(ErrGrant, err)
	}
	if err := peek(msg.Payload, grantVersion); err != nil {
		return nil, classify(ErrGrant, err)
	}
	var p grantPayload
	if err := decode(msg.Payload, &p); err != nil {
		return nil, classify(ErrGrant, err)
	}
	g, err := p.grant()
	if err != nil {
		return nil, classify(ErrGrant, err)
	}
	if err := verifyTyped(msg, data, g.Approver); err != nil {
		return nil, classify(ErrGrant, err)
	}
	return g, nil
}

// grant checks lengths and gives the exported form.
func (p *grantPayload) grant() (*Grant, error) {
	if len(p.Workspace) != 32 || len(p.Request) != 32 || len(p.Member) != 16 {
		return nil, errors.New("a field has the wrong length")
	}
	g := &Grant{
		Workspace: [32]byte(p.Workspace),
		Request:   [32]byte(p.Request),
		Approver:  p.Approver,
		Member:    [16]byte(p.Member),
		Control:   p.Control,
		Wraps:     p.Wraps,
		Name:      p.Name,
		Segments:  p.Segments,
	}
	return g, g.check()
}

// check says what is wrong with the fields.
func (g *Grant) check() error {
	switch {
	case len(g.Approver) != ed25519.PublicKeySize:
		return errors.New("the approver's key has the wrong length")
	case len(g.Control) == 0 || len(g.Control) > maxControl:
		return fmt.Errorf("it carries %d control events", len(g.Control))
	case len(g.Wraps) == 0 || len(g.Wraps) > MaxWraps:
		return fmt.Errorf("it carries %d wrapped keys", len(g.Wraps))
	case len(g.Segments) > maxSegments:
		return fmt.Errorf("it carries %d segments", len(g.Segments))
	}
	size := 0
	for _, s := range g.Segments {
		size += len(s)
	}
	if size > MaxHanded {
		return fmt.Errorf("it carries segments of %d bytes", size)
	}
	for _, w := range g.Wraps {
		if len(w) > maxWrap {
			return fmt.Errorf("a wrapped key has %d bytes", len(w))
		}
	}
	return checkName(g.Name)
}

// Words are eight words over workspace, approver and request (80 bits). The approver's screen shows them after approval and
// the new device's before it joins: equal words mean that it joins the workspace that the approver meant.
func (g *Grant) Words() []string {
	in := []byte(grantType + "\x00")
	in = append(in, g.Workspace[:]...)
	in = append(in, g.Approver...)
	in = append(in, g.Request[:]...)
	return words(sha256.Sum256(in))
}
