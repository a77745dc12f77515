package keyring

import (
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
)

// Master is a handle to the one secret of a sync service. Its identity in each workspace derives from it, so that nothing
// else has to be kept. Copies share the secret, so one Wipe wipes them all. The zero Master holds nothing. Safe for concurrent
// use, except Wipe.
type Master struct{ s *masterSecret }

type masterSecret struct {
	raw   [32]byte
	wiped bool
}

// NewMaster draws a service's secret. display is what its operator configures: one line of 14 groups of 4 characters.
func NewMaster() (display string, m Master, err error) {
	s := &masterSecret{}
	if _, err := rand.Read(s.raw[:]); err != nil {
		return "", Master{}, fmt.Errorf("draw a service secret: %w", err)
	}
	return show(s.raw, labelServiceCheck), Master{s}, nil
}

// ParseMaster reads a service's secret as it was configured, with any white space around and within it. ErrMaster says that
// characters are missing or wrong, or that it is a secret of another kind.
func ParseMaster(display string) (Master, error) {
	raw, err := read(display, labelServiceCheck, ErrMaster)
	defer clear(raw[:])
	if err != nil {
		return Master{}, err
	}
	return Master{&masterSecret{raw: raw}}, nil
}

// IsZero reports whether the handle holds no secret (never had one).
func (m Master) IsZero() bool { return m.s == nil }

// Service derives the service's identity in one workspace. It signs receipts and packs and opens what is wrapped for it; its
// DBKey is for what the service keeps for itself. Identities of two workspaces have nothing in common that shows.
func (m Master) Service(workspace [32]byte) (*Identity, error) {
	if m.s == nil || m.s.wiped {
		return nil, fmt.Errorf("derive a service's identity: %w", ErrWiped)
	}
	secret := derive(m.s.raw[:], labelService+string(workspace[:]))
	defer clear(secret[:])
	return expand(&seeds{
		sign: derive(secret[:], labelServiceSign),
		kem:  derive(secret[:], labelServiceKEM),
		db:   derive(secret[:], labelServiceDB),
	})
}

// Wipe overwrites the secret. Identities that were derived stay usable.
func (m Master) Wipe() {
	if m.s != nil {
		clear(m.s.raw[:])
		m.s.wiped = true
	}
}

// typService separates the words of a service from hashes of other things.
const typService = "application/fieldbook-service"

// ServiceWords are eight words over both public keys of a service, as it says them and as an owner is about to grant them:
// whoever stands between needs other keys with the same 80 bits.
func ServiceWords(sign ed25519.PublicKey, recipient string) []string {
	sum := sha256.New()
	sum.Write([]byte(typService + "\x00"))
	sum.Write(sign)
	sum.Write([]byte(recipient))
	return words([32]byte(sum.Sum(nil)))
}
