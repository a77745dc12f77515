package crdt

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// Courier carries admitted changes from one process of a program to another, where an engine can run without the histories
// that admitted them. Both ends hold its key, so that an engine is still given nothing that no History has accepted.
type Courier struct{ key [32]byte }

// NewCourier makes a courier; the key must be random and known to both ends only.
func NewCourier(key [32]byte) Courier { return Courier{key} }

const courierLabel = "fieldbook carried changes 1\x00"

func (c Courier) tag(body []byte) []byte {
	mac := hmac.New(sha256.New, c.key[:])
	mac.Write([]byte(courierLabel))
	mac.Write(body)
	return mac.Sum(nil)
}

// Pack writes changes as one message.
func (c Courier) Pack(changes []Admitted) []byte {
	size := sha256.Size
	for _, a := range changes {
		size += len(a.hash) + 4 + len(a.raw)
	}
	b := make([]byte, sha256.Size, size)
	for _, a := range changes {
		b = append(b, a.hash[:]...)
		b = binary.BigEndian.AppendUint32(b, uint32(len(a.raw)))
		b = append(b, a.raw...)
	}
	copy(b, c.tag(b[sha256.Size:]))
	return b
}

// Unpack reads what Pack of the same key wrote; ErrProof for anything else. The bytes are copied.
func (c Courier) Unpack(b []byte) ([]Admitted, error) {
	if len(b) < sha256.Size || !hmac.Equal(b[:sha256.Size], c.tag(b[sha256.Size:])) {
		return nil, fmt.Errorf("unpack changes: %w", ErrProof)
	}
	rest := string(b[sha256.Size:])
	var out []Admitted
	for len(rest) > 0 {
		a := Admitted{hash: Hash([]byte(rest[:len(Hash{})]))}
		rest = rest[len(a.hash):]
		n := binary.BigEndian.Uint32([]byte(rest[:4]))
		a.raw, rest = rest[4:4+n], rest[4+n:]
		out = append(out, a)
	}
	return out, nil
}
