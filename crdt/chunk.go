package crdt

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

// A chunk starts with magic, the first four bytes of its hash, its type and the length of its content.
const (
	magic      = "\x85\x6f\x4a\x83"
	typeChange = 1
	offHash    = 8 // the hash covers everything from the type on
)

// ref is an operation id inside one change: an index into its table of actors, and the counter. Counter zero is none.
type ref struct{ actor, ctr uint32 }

// op is one operation in the compact form that decoder, guard and encoder share. The bytes of its value lie in chunk.data.
type op struct {
	key         string
	obj, elem   ref
	off, size   uint32
	pred, npred uint32 // into chunk.preds
	action      Action
	kind        uint8 // Automerge's number of the value's type
	insert      bool
}

// chunk is a change as its bytes say it, with strings and values still lying in those bytes.
type chunk struct {
	hash   Hash
	raw    string
	data   string    // what op.off counts in: raw itself, or the values of a change being made
	actors []ActorID // the author's first, then the others in ascending order
	seq    uint64
	start  uint64
	time   int64
	note   string // message
	deps   string // concatenated hashes, strictly ascending
	body   int    // where the table of other actors begins in raw, behind it the columns
	ops    []op
	preds  []ref
	masked bool // no event that carried it was allowed to
}

func (c *chunk) value(o *op) string { return c.data[o.off : o.off+o.size] }

func (c *chunk) predsOf(o *op) []ref { return c.preds[o.pred : o.pred+o.npred] }

func (c *chunk) ndeps() int { return len(c.deps) / len(Hash{}) }

func (c *chunk) dep(i int) Hash { return Hash([]byte(c.deps[i*32 : i*32+32])) }

// seal puts magic, checksum, type and length before the content of a change.
func seal(content []byte) ([]byte, Hash) {
	raw := make([]byte, 0, len(content)+16)
	raw = append(raw, magic...)
	raw = append(raw, 0, 0, 0, 0, typeChange)
	raw = append(appendU(raw, uint64(len(content))), content...)
	sum := sha256.Sum256(raw[offHash:])
	copy(raw[4:8], sum[:4])
	return raw, sum
}

// open checks the frame of a chunk and gives its hash and where the content begins. The hash is zero if the checksum is not
// proven, because the bytes then say nothing about the change of that hash.
func open(raw []byte) (Hash, int, error) {
	if len(raw) > MaxBytes {
		return Hash{}, 0, fmt.Errorf("chunk of %d bytes: %w", len(raw), ErrLimit)
	}
	if len(raw) < offHash+2 || string(raw[:4]) != magic {
		return Hash{}, 0, fmt.Errorf("magic: %w", ErrChunk)
	}
	sum := Hash(sha256.Sum256(raw[offHash:]))
	if binary.BigEndian.Uint32(sum[:4]) != binary.BigEndian.Uint32(raw[4:8]) {
		return Hash{}, 0, ErrChecksum
	}
	if raw[8] != typeChange {
		return sum, 0, fmt.Errorf("chunk type %d: %w", raw[8], ErrChunk)
	}
	n, k := binary.Uvarint(raw[9:])
	if k <= 0 || n != uint64(len(raw)-9-k) {
		return sum, 0, fmt.Errorf("chunk length: %w", ErrChunk)
	}
	return sum, 9 + k, nil
}
