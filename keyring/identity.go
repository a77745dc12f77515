package keyring

import (
	"crypto/ed25519"
	"crypto/rand"
	"fmt"

	"filippo.io/age"
)

// Identity is the secret part of one device (or of the recovery member). It is safe for concurrent use, except that Wipe
// and writes to Extra must not overlap with other use.
type Identity struct {
	// Extra is the caller's own data, kept and encrypted in the identity file beside the keys (workspace id, member).
	// At most MaxExtra bytes; opaque here.
	Extra []byte

	seeds     *seeds
	sign      ed25519.PrivateKey
	kem       *age.HybridIdentity
	recipient string
}

// seeds are the three independent 32-byte secrets from which everything else of an identity follows.
type seeds struct {
	sign [32]byte // Ed25519 seed (RFC 8032, 5.1.5)
	kem  [32]byte // seed of the MLKEM768-X25519 key of an age hybrid identity
	db   [32]byte // key of the device's database file
}

// wipe overwrites the secrets.
func (s *seeds) wipe() { *s = seeds{} }

// Generate draws a new device identity from the operating system's random source.
func Generate() (*Identity, error) {
	var s seeds
	for _, b := range [][]byte{s.sign[:], s.kem[:], s.db[:]} {
		if _, err := rand.Read(b); err != nil {
			return nil, fmt.Errorf("draw an identity: %w", err)
		}
	}
	return expand(&s)
}

// expand computes the working keys from the seeds and takes the seeds over.
func expand(s *seeds) (*Identity, error) {
	kem, err := age.ParseHybridIdentity(bech32(hybridPrefix, s.kem[:]))
	if err != nil {
		return nil, fmt.Errorf("derive the hybrid identity: %w", err)
	}
	return &Identity{
		seeds:     s,
		sign:      ed25519.NewKeyFromSeed(s.sign[:]),
		kem:       kem,
		recipient: kem.Recipient().String(),
	}, nil
}

// SignPublic is the device's public signing key; nil after Wipe.
func (i *Identity) SignPublic() ed25519.PublicKey {
	if i.sign == nil {
		return nil
	}
	return i.sign.Public().(ed25519.PublicKey)
}

// Recipient is the device's public age recipient ("age1pq1..."), to which workspace keys are wrapped. It stays readable
// after Wipe.
func (i *Identity) Recipient() string { return i.recipient }

// Sign makes a plain Ed25519 signature (RFC 8032) of message. Callers put what the message is into the message: a
// signature without a type could be passed off as another.
func (i *Identity) Sign(message []byte) ([]byte, error) {
	if i.sign == nil {
		return nil, fmt.Errorf("sign: %w", ErrWiped)
	}
	return ed25519.Sign(i.sign, message), nil
}

// DBKey is the random key of the device's database file; zero after Wipe. The caller wipes its copy.
func (i *Identity) DBKey() [32]byte {
	if i.seeds == nil {
		return [32]byte{}
	}
	return i.seeds.db
}

// Wipe overwrites the secrets. Signing and unwrapping fail with ErrWiped afterwards. The hybrid key inside age can only
// be dropped, not overwritten.
func (i *Identity) Wipe() {
	if i.seeds != nil {
		i.seeds.wipe()
	}
	clear(i.sign)
	clear(i.Extra)
	i.seeds, i.sign, i.kem, i.Extra = nil, nil, nil, nil
}
