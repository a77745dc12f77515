package crdt

import "crypto/sha256"

// HashOf names a change by its bytes alone, zero if they are too short for one. It proves nothing: History.Add does.
func HashOf(raw []byte) Hash {
	if len(raw) < offHash {
		return Hash{}
	}
	return sha256.Sum256(raw[offHash:])
}
