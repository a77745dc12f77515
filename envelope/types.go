package envelope

import (
	"encoding/hex"
	"fmt"
	"strconv"
)

// DeviceID names a device: the hash of its two public keys, see DeviceKeys.ID.
type DeviceID [32]byte

// WorkspaceID names a workspace: the hash of what its first control event says, see NewWorkspaceID.
type WorkspaceID [32]byte

// Hash is a SHA-256 hash.
type Hash [32]byte

// KeyID names a workspace key without telling anything about it. Zero means that nothing is sealed.
type KeyID [16]byte

// MemberID names a person; the name itself lives in a sealed document.
type MemberID [16]byte

// StreamID names the entity whose document an event changes.
type StreamID [16]byte

// Epoch is a random number that a device draws when it opens a feed, so that a restored copy never continues the same one.
type Epoch uint64

// FeedID names a feed: one device in one epoch.
type FeedID struct {
	Device DeviceID
	Epoch  Epoch
}

// String is the id in lower hex.
func (id DeviceID) String() string { return hex.EncodeToString(id[:]) }

// String is the id in lower hex.
func (id WorkspaceID) String() string { return hex.EncodeToString(id[:]) }

// String is the hash in lower hex.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// String is the id in lower hex.
func (id KeyID) String() string { return hex.EncodeToString(id[:]) }

// String is the id in lower hex.
func (id MemberID) String() string { return hex.EncodeToString(id[:]) }

// String is the id in lower hex.
func (id StreamID) String() string { return hex.EncodeToString(id[:]) }

// String is the number as 16 digits of lower hex.
func (e Epoch) String() string { return fmt.Sprintf("%016x", uint64(e)) }

// String is "<device>-<epoch>", the feed's folder name in a store.
func (f FeedID) String() string { return f.Device.String() + "-" + f.Epoch.String() }

// IsZero tells whether the hash is the zero hash, which stands for "none".
func (h Hash) IsZero() bool { return h == Hash{} }

// IsZero tells whether the id is the zero id, which control events carry.
func (id KeyID) IsZero() bool { return id == KeyID{} }

// ParseDeviceID reads what String wrote.
func ParseDeviceID(s string) (id DeviceID, err error) { return id, parseHex(id[:], s) }

// ParseWorkspaceID reads what String wrote.
func ParseWorkspaceID(s string) (id WorkspaceID, err error) { return id, parseHex(id[:], s) }

// ParseHash reads what String wrote.
func ParseHash(s string) (h Hash, err error) { return h, parseHex(h[:], s) }

// ParseKeyID reads what String wrote.
func ParseKeyID(s string) (id KeyID, err error) { return id, parseHex(id[:], s) }

// ParseMemberID reads what String wrote.
func ParseMemberID(s string) (id MemberID, err error) { return id, parseHex(id[:], s) }

// ParseStreamID reads what String wrote.
func ParseStreamID(s string) (id StreamID, err error) { return id, parseHex(id[:], s) }

// ParseEpoch reads what String wrote.
func ParseEpoch(s string) (Epoch, error) {
	n, err := parseNumber(s)
	return Epoch(n), err
}

// ParseFeedID reads what String wrote.
func ParseFeedID(s string) (FeedID, error) {
	if len(s) != 64+1+16 || s[64] != '-' {
		return FeedID{}, fmt.Errorf("feed name: %w", ErrMalformed)
	}
	device, err := ParseDeviceID(s[:64])
	if err != nil {
		return FeedID{}, err
	}
	epoch, err := ParseEpoch(s[65:])
	return FeedID{Device: device, Epoch: epoch}, err
}

// parseHex fills dst from exactly its length in lower hex: one value has one spelling, since names are compared as text.
func parseHex(dst []byte, s string) error {
	if len(s) != 2*len(dst) || !lowerHex(s) {
		return fmt.Errorf("hex of %d bytes: %w", len(dst), ErrMalformed)
	}
	_, err := hex.Decode(dst, []byte(s))
	return err
}

// parseNumber reads 16 digits of lower hex.
func parseNumber(s string) (uint64, error) {
	if len(s) != 16 || !lowerHex(s) {
		return 0, fmt.Errorf("number of 16 hex digits: %w", ErrMalformed)
	}
	return strconv.ParseUint(s, 16, 64)
}

// lowerHex tells whether s holds digits of lower hex only.
func lowerHex(s string) bool {
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}
