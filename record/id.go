package record

import (
	"encoding/hex"
	"errors"
	"fmt"
)

// ErrID says that a text is not an identifier of 32 hexadecimal digits.
var ErrID = errors.New("not an id of 32 hexadecimal digits")

// ID names an entity, its stream and its document, or a member; in documents it is written as 32 lower hex digits.
type ID [16]byte

// String gives the 32 lower hex digits.
func (id ID) String() string { return hex.EncodeToString(id[:]) }

// IsZero tells an id that was never set.
func (id ID) IsZero() bool { return id == ID{} }

// ParseID reads 32 hex digits of either case. The error wraps ErrID.
func ParseID(text string) (ID, error) {
	var id ID
	if len(text) != 2*len(id) {
		return ID{}, fmt.Errorf("parse id of %d characters: %w", len(text), ErrID)
	}
	if _, err := hex.Decode(id[:], []byte(text)); err != nil {
		return ID{}, fmt.Errorf("parse id: %w", ErrID)
	}
	return id, nil
}
