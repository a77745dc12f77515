package crdt

import (
	"crypto/hmac"
	"crypto/sha256"
	"fmt"

	"fieldbook/record"
)

// vault authenticates saved documents, because an engine must not read bytes that something else wrote: automerge-go's core
// aborts the process on hostile ones.
type vault struct{ key [32]byte }

const vaultLabel = "fieldbook saved document 1\x00"

func (v *vault) tag(stream record.ID, raw []byte) []byte {
	mac := hmac.New(sha256.New, v.key[:])
	mac.Write([]byte(vaultLabel))
	mac.Write(stream[:])
	mac.Write(raw)
	return mac.Sum(nil)
}

// seal puts the tag in front.
func (v *vault) seal(stream record.ID, raw []byte) []byte { return append(v.tag(stream, raw), raw...) }

// open checks the tag.
func (v *vault) open(stream record.ID, saved []byte) ([]byte, error) {
	if len(saved) < sha256.Size || !hmac.Equal(saved[:sha256.Size], v.tag(stream, saved[sha256.Size:])) {
		return nil, fmt.Errorf("open saved document: %w", ErrSaved)
	}
	return saved[sha256.Size:], nil
}
