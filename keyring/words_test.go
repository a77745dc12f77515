package keyring

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestWordListIsSoundForTenBits(t *testing.T) {
	if len(wordList) != 1<<wordBits || !slices.IsSorted(wordList) {
		t.Fatalf("%d words, sorted: %v", len(wordList), slices.IsSorted(wordList))
	}
	for _, w := range wordList {
		if len(w) < 4 || len(w) > 8 || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is not a plain word of 4 to 8 letters", w)
		}
	}
}

// Two words that a single slip turns into each other could be heard or read as equal.
func TestWordsAreNotOneSlipApart(t *testing.T) {
	for i, a := range wordList {
		for _, b := range wordList[:i] {
			if slip(a, b) || slip(b, a) {
				t.Errorf("%s and %s", a, b)
			}
		}
	}
}

// slip reports whether b is a with one letter changed or one added.
func slip(a, b string) bool {
	if len(b) != len(a) && len(b) != len(a)+1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if i == len(a) {
		return true
	}
	rest := b[i+1:]
	return a[i:] == rest || len(a) == len(b) && a[i+1:] == rest
}

// The list is part of the format: one changed word makes two versions show different words for one request.
func TestWordListStands(t *testing.T) {
	const want = "5e3a0e52428c43146e616b43c27a24c5ed6b3d0dfd8f1c253e027820cc57de69"
	if got := fmt.Sprintf("%x", sha256.Sum256([]byte(wordText))); got != want {
		t.Errorf("the list changed: %s", got)
	}
}

func TestWordsReadBitsFromTheFront(t *testing.T) {
	var sum [32]byte
	sum[0], sum[1], sum[2] = 0x00, 0x7f, 0xff // 0000000001 1111111111 11...
	for i := 10; i < 32; i++ {
		sum[i] = 0xaa // beyond the 80 bits: must not matter
	}
	got := words(sum)
	if len(got) != 8 || got[0] != wordList[1] || got[1] != wordList[1023] || got[2] != wordList[0x3c0] || got[7] != wordList[0] {
		t.Errorf("got %v", got)
	}
	sum[9] |= 1
	if words(sum)[7] != wordList[1] {
		t.Error("the last bit of the eighth word is not bit 80")
	}
}
