package keyring

import (
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"strings"
)

// crockford is Crockford's base 32: no I, L, O or U, so that the other three can be read as digits.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Sizes of a displayed secret: 32 secret bytes and 3 check bytes are exactly 56 characters, in groups of four.
const (
	checkSize    = 3
	displayChars = 56
	displayGroup = 4
	displayInput = 512 // longest input looked at
)

// show encodes a secret and its check bytes in groups. The check bytes are derived under a label of their own for each kind of
// secret, so that none is taken for another.
func show(secret [32]byte, label string) string {
	check := derive(secret[:], label)
	text := base32.NewEncoding(crockford).WithPadding(base32.NoPadding).
		EncodeToString(append(secret[:], check[:checkSize]...))
	groups := make([]string, 0, displayChars/displayGroup)
	for ; text != ""; text = text[displayGroup:] {
		groups = append(groups, text[:displayGroup])
	}
	return strings.Join(groups, "-")
}

// read undoes show; what it cannot is of the given class.
func read(display, label string, class error) (secret [32]byte, err error) {
	if len(display) > displayInput {
		return secret, fmt.Errorf("%w: too long", class)
	}
	text := strings.Map(typed, display)
	if len(text) != displayChars {
		return secret, fmt.Errorf("%w: it has %d characters, %d are needed", class, len(text), displayChars)
	}
	raw, err := base32.NewEncoding(crockford).WithPadding(base32.NoPadding).DecodeString(text)
	if err != nil {
		return secret, fmt.Errorf("%w: it holds a character that never occurs", class)
	}
	defer clear(raw)
	check := derive(raw[:32], label)
	if subtle.ConstantTimeCompare(check[:checkSize], raw[32:]) != 1 {
		return secret, fmt.Errorf("%w: a character is mistyped", class)
	}
	return [32]byte(raw[:32]), nil
}

// typed normalises one typed character; -1 drops it.
func typed(r rune) rune {
	switch {
	case strings.ContainsRune(" \t\r\n-", r):
		return -1
	case r >= 'a' && r <= 'z':
		r -= 'a' - 'A'
	}
	switch r {
	case 'O':
		return '0'
	case 'I', 'L':
		return '1'
	}
	return r
}
