package keyring

import (
	_ "embed"
	"encoding/binary"
	"strings"
	"unicode"
)

// wordText is the list that compared words are drawn from: 1,024 plain English words, one a line, sorted, no two within one
// typing mistake of each other. It is part of the format and never changes.
//
//go:embed words.txt
var wordText string

// wordList is wordText cut into lines.
var wordList = strings.Fields(wordText)

// Eight words of ten bits show the first 80 bits of a hash: finding another input with the same words takes 2^80 tries.
const (
	wordCount = 8
	wordBits  = 10
)

// words spells the first 80 bits of a hash, most significant bits first.
func words(sum [32]byte) []string {
	out := make([]string, wordCount)
	for i := range out {
		bit := i * wordBits
		window := binary.BigEndian.Uint32(sum[bit/8:])
		out[i] = wordList[window<<(bit%8)>>(32-wordBits)]
	}
	return out
}

// DeviceWords are eight words over a device's id, which is a hash of both its public keys: two people compare them to know
// that a device on one screen is the one that lies before the other.
func DeviceWords(id [32]byte) []string { return words(id) }

// printable reports whether a character may stand in a name on the screen.
func printable(r rune) bool { return unicode.IsPrint(r) && r != unicode.ReplacementChar }
