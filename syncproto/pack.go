package syncproto

import (
	"fmt"
	"strings"
)

// Limits of packs on their way.
const (
	// MaxPack bounds the bytes of one pack object, so that it fits a message.
	MaxPack = MaxMessage - 1<<10
	// maxPackName bounds the name of a pack object, in bytes.
	maxPackName = 128
)

// wirePackAnswer is the wire form of a PackAnswer.
type wirePackAnswer struct {
	Version uint64 `cbor:"0,keyasint"`
	Name    string `cbor:"1,keyasint"`
	Data    []byte `cbor:"2,keyasint"`
}

// PackAnswer is one object of a service's packs.
type PackAnswer struct {
	// Name is the object's name below the workspace's packs; empty if there is
	// no pack (yet).
	Name string
	// Data are its bytes; empty if there is no pack.
	Data []byte
}

// Check says whether the answer keeps the limits of the protocol.
func (a *PackAnswer) Check() error {
	if len(a.Data) > MaxPack {
		return fmt.Errorf("%w: pack of %d bytes", ErrLimit, len(a.Data))
	}
	if (a.Name == "") != (len(a.Data) == 0) {
		return fmt.Errorf("%w: name and bytes of a pack do not go together", ErrMalformed)
	}
	if a.Name != "" {
		return CheckPackName(a.Name)
	}
	return nil
}

// CheckPackName says whether a name can be that of a pack object: one element
// of lower letters, digits and dashes.
func CheckPackName(name string) error {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789-"
	if name == "" || len(name) > maxPackName || name[0] == '-' || strings.Trim(name, letters) != "" {
		return fmt.Errorf("%w: not the name of a pack", ErrMalformed)
	}
	return nil
}

// Encode writes the answer after checking its limits.
func (a *PackAnswer) Encode() ([]byte, error) {
	if err := a.Check(); err != nil {
		return nil, err
	}
	return encode(&wirePackAnswer{Version: Version, Name: a.Name, Data: a.Data})
}

// DecodePackAnswer reads an answer and checks its limits. It accepts exactly
// the bytes that Encode writes.
func DecodePackAnswer(data []byte) (*PackAnswer, error) {
	var w wirePackAnswer
	if err := unmarshal(data, &w); err != nil {
		return nil, fmt.Errorf("read pack answer: %w", err)
	}
	a := &PackAnswer{Name: w.Name, Data: absent(w.Data)}
	if err := a.Check(); err != nil {
		return nil, fmt.Errorf("read pack answer: %w", err)
	}
	return a, nil
}
