package keyring

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"strings"
)

// crockford is Crockford's base 32: no I, L, O or U, so that the other three can be read as digits.
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// Sizes of a displayed recovery key: 32 secret bytes and 3 check bytes are exactly 56 characters, in groups of four.
const (
	recoveryCheck = 3
	recoveryChars = 56
	recoveryGroup = 4
	recoveryInput = 512 // longest input looked at
)

// NewRecovery draws a recovery key. display is what a person writes down: 14 groups of 4 characters. It is shown once and
// stored nowhere.
func NewRecovery() (display string, id *Identity, err error) {
	var secret [32]byte
	defer clear(secret[:])
	if _, err := rand.Read(secret[:]); err != nil {
		return "", nil, fmt.Errorf("draw a recovery key: %w", err)
	}
	id, err = recover32(secret)
	if err != nil {
		return "", nil, err
	}
	return showRecovery(secret), id, nil
}

// ParseRecovery reads a recovery key as a person types it: in any case, with any spaces, dashes and line breaks, O for 0, I
// and L for 1. ErrRecovery says that characters are missing, wrong or that the check characters disagree.
func ParseRecovery(display string) (*Identity, error) {
	secret, err := readRecovery(display)
	defer clear(secret[:])
	if err != nil {
		return nil, err
	}
	return recover32(secret)
}

// recover32 derives the whole identity of the recovery member from the 32 bytes.
func recover32(secret [32]byte) (*Identity, error) {
	defer clear(secret[:])
	return expand(&seeds{
		sign: derive(secret[:], labelRecoverySign),
		kem:  derive(secret[:], labelRecoveryKEM),
		db:   derive(secret[:], labelRecoveryDB),
	})
}

// showRecovery encodes the secret and its check bytes in groups.
func showRecovery(secret [32]byte) string {
	check := derive(secret[:], labelRecoveryCheck)
	text := base32.NewEncoding(crockford).WithPadding(base32.NoPadding).
		EncodeToString(append(secret[:], check[:recoveryCheck]...))
	groups := make([]string, 0, recoveryChars/recoveryGroup)
	for ; text != ""; text = text[recoveryGroup:] {
		groups = append(groups, text[:recoveryGroup])
	}
	return strings.Join(groups, "-")
}

// readRecovery undoes showRecovery.
func readRecovery(display string) (secret [32]byte, err error) {
	if len(display) > recoveryInput {
		return secret, fmt.Errorf("%w: too long", ErrRecovery)
	}
	text := strings.Map(recoveryRune, display)
	if len(text) != recoveryChars {
		return secret, fmt.Errorf("%w: it has %d characters, %d are needed", ErrRecovery, len(text), recoveryChars)
	}
	raw, err := base32.NewEncoding(crockford).WithPadding(base32.NoPadding).DecodeString(text)
	if err != nil {
		return secret, fmt.Errorf("%w: it holds a character that never occurs", ErrRecovery)
	}
	defer clear(raw)
	check := derive(raw[:32], labelRecoveryCheck)
	if subtle.ConstantTimeCompare(check[:recoveryCheck], raw[32:]) != 1 {
		return secret, fmt.Errorf("%w: a character is mistyped", ErrRecovery)
	}
	return [32]byte(raw[:32]), nil
}

// recoveryRune normalises one typed character; -1 drops it.
func recoveryRune(r rune) rune {
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
