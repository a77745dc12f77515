package keyring

import (
	"crypto/rand"
	"fmt"
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
	return show(secret, labelRecoveryCheck), id, nil
}

// ParseRecovery reads a recovery key as a person types it: in any case, with any spaces, dashes and line breaks, O for 0, I
// and L for 1. ErrRecovery says that characters are missing, wrong or that the check characters disagree.
func ParseRecovery(display string) (*Identity, error) {
	secret, err := read(display, labelRecoveryCheck, ErrRecovery)
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
