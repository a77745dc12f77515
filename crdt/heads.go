package crdt

import (
	"crypto/sha256"
	"slices"
)

// HeadsDigest sums up the heads of a document: SHA-256 over them, ascending. Two holders of a document with one digest hold the
// same changes. No heads give the zero hash, and such a document counts nowhere.
func HeadsDigest(heads []Hash) Hash {
	if len(heads) == 0 {
		return Hash{}
	}
	if !slices.IsSortedFunc(heads, Hash.Compare) {
		heads = slices.SortedFunc(slices.Values(heads), Hash.Compare)
	}
	sum := sha256.New()
	for i := range heads {
		sum.Write(heads[i][:])
	}
	return Hash(sum.Sum(nil))
}
