package syncproto

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
)

// Workspace is the id of the workspace a message is about.
type Workspace [32]byte

// String gives the id as 64 lower hexadecimal digits, as store paths use it.
func (w Workspace) String() string { return hex.EncodeToString(w[:]) }

// Hash is the SHA-256 of the bytes of one segment.
type Hash [32]byte

// String gives the hash as 64 lower hexadecimal digits.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// Feed names the hash-linked sequence of one device in one epoch.
type Feed struct {
	// Device is the id of the device that writes the feed.
	Device [32]byte
	// Epoch is the random number under which the device writes.
	Epoch uint64
}

// String gives "<device, 64 hex>-<epoch, 16 hex>", the folder's name in a store.
func (f Feed) String() string {
	return fmt.Sprintf("%x-%016x", f.Device, f.Epoch)
}

// Compare orders feeds by device, then epoch, as their strings sort.
func (f Feed) Compare(g Feed) int {
	if c := bytes.Compare(f.Device[:], g.Device[:]); c != 0 {
		return c
	}
	return cmp.Compare(f.Epoch, g.Epoch)
}

// ParseFeed reads what Feed.String writes and accepts no other spelling.
func ParseFeed(s string) (Feed, error) {
	var f Feed
	device, epoch, _ := strings.Cut(s, "-")
	if err := parseHex(f.Device[:], device); err != nil {
		return Feed{}, fmt.Errorf("feed name: device: %w", err)
	}
	n, err := parseNumber(epoch)
	if err != nil {
		return Feed{}, fmt.Errorf("feed name: epoch: %w", err)
	}
	f.Epoch = n
	return f, nil
}

// Name names one segment within its feed. Where a feed has forked, several
// names share a number.
type Name struct {
	// Number counts the segments of a feed densely from 1.
	Number uint64
	// Hash is the SHA-256 of the segment's bytes.
	Hash Hash
}

// String gives "<number, 16 hex>-<hash, 64 hex>", the file's name in a store.
func (n Name) String() string { return fmt.Sprintf("%016x-%s", n.Number, n.Hash) }

// Compare orders names by number, then hash, as their strings sort.
func (n Name) Compare(m Name) int {
	if c := cmp.Compare(n.Number, m.Number); c != 0 {
		return c
	}
	return bytes.Compare(n.Hash[:], m.Hash[:])
}

// ParseName reads what Name.String writes and accepts no other spelling.
func ParseName(s string) (Name, error) {
	var n Name
	number, hash, _ := strings.Cut(s, "-")
	v, err := parseNumber(number)
	if err != nil {
		return Name{}, fmt.Errorf("segment name: number: %w", err)
	}
	if err := parseHex(n.Hash[:], hash); err != nil {
		return Name{}, fmt.Errorf("segment name: hash: %w", err)
	}
	n.Number = v
	return n, nil
}

// Folder is the store folder of all feeds of a workspace.
func Folder(w Workspace) string { return w.String() + "/feeds" }

// Path is the store name of one segment:
// "<workspace>/feeds/<device>-<epoch>/<number, 16 hex>-<hash>".
func Path(w Workspace, f Feed, n Name) string {
	return Folder(w) + "/" + f.String() + "/" + n.String()
}

// Segment is one segment on its way, with the place its sender claims for it.
// Receivers check the claim against the bytes.
type Segment struct {
	// Feed and Number say where the segment belongs.
	Feed   Feed
	Number uint64
	// Data is the encoded segment, at most MaxSegment bytes.
	Data []byte
	// Receipt is a service's signed receipt for the segment's end, at most
	// MaxReceipt bytes; nil if its sender knows none. It is no part of the
	// segment and not covered by its name.
	Receipt []byte
}

// Name computes the segment's name from its claimed number and its bytes.
func (s Segment) Name() Name {
	return Name{Number: s.Number, Hash: sha256.Sum256(s.Data)}
}

// parseHex reads exactly 2*len(dst) lower hexadecimal digits. Listings have
// thousands of names, so it makes no garbage.
func parseHex(dst []byte, s string) error {
	if len(s) != 2*len(dst) {
		return fmt.Errorf("%w: want %d lower hex digits", ErrMalformed, 2*len(dst))
	}
	for i := range dst {
		high, low := digit(s[2*i]), digit(s[2*i+1])
		if high|low > 0xf {
			return fmt.Errorf("%w: want %d lower hex digits", ErrMalformed, 2*len(dst))
		}
		dst[i] = high<<4 | low
	}
	return nil
}

// digit is the value of a lower hexadecimal digit, 0xff for anything else.
func digit(c byte) byte {
	switch {
	case '0' <= c && c <= '9':
		return c - '0'
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10
	}
	return 0xff
}

// parseNumber reads exactly 16 lower hexadecimal digits.
func parseNumber(s string) (uint64, error) {
	var raw [8]byte
	if err := parseHex(raw[:], s); err != nil {
		return 0, err
	}
	return strconv.ParseUint(s, 16, 64)
}
