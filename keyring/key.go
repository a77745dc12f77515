package keyring

import (
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"golang.org/x/crypto/chacha20poly1305"
)

// Key is a handle to a workspace key and the subkeys derived from it once. Copies share the secret, so one Wipe wipes them
// all. The zero Key holds nothing. Safe for concurrent use, except Wipe.
type Key struct{ s *subkeys }

// subkeys is what HKDF makes of one workspace key.
type subkeys struct {
	raw  [32]byte
	id   [16]byte
	aead cipher.AEAD
	name [32]byte
}

// NewKey draws a workspace key. The random source of Go does not fail: it ends the program rather than give weak bytes.
func NewKey() Key {
	var raw [32]byte
	_, _ = rand.Read(raw[:])
	return newKey(raw)
}

// ParseKey makes a Key of its 32 bytes.
func ParseKey(raw []byte) (Key, error) {
	if len(raw) != 32 {
		return Key{}, fmt.Errorf("a workspace key is 32 bytes, not %d", len(raw))
	}
	return newKey([32]byte(raw)), nil
}

// newKey derives the subkeys.
func newKey(raw [32]byte) Key {
	seal := derive(raw[:], labelSeal)
	defer clear(seal[:])
	id := derive(raw[:], labelKeyID)
	aead, err := chacha20poly1305.NewX(seal[:])
	if err != nil {
		panic("keyring: xchacha20poly1305: " + err.Error()) // only a wrong key length fails
	}
	return Key{&subkeys{raw: raw, id: [16]byte(id[:16]), aead: aead, name: derive(raw[:], labelName)}}
}

// IsZero reports whether the handle holds no key (never had one).
func (k Key) IsZero() bool { return k.s == nil }

// ID is the key's public name: the first 16 bytes of HKDF under its own label. It says nothing about the key.
func (k Key) ID() [16]byte {
	if k.s == nil {
		return [16]byte{}
	}
	return k.s.id
}

// Seal encrypts plaintext with XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) under the sealing subkey, bound to ad. The
// nonce is 24 random bytes: a counter would repeat on a laptop restored from an old image. The ciphertext is 16 bytes
// longer than the plaintext.
func (k Key) Seal(ad, plaintext []byte) (nonce, ciphertext []byte, err error) {
	if k.s == nil || k.s.aead == nil {
		return nil, nil, fmt.Errorf("seal: %w", ErrWiped)
	}
	const n = chacha20poly1305.NonceSizeX
	buf := make([]byte, n, n+len(plaintext)+chacha20poly1305.Overhead)
	if _, err := rand.Read(buf); err != nil {
		return nil, nil, fmt.Errorf("seal: %w", err)
	}
	nonce = buf[:n:n]
	return nonce, k.s.aead.Seal(buf[n:n], nonce, plaintext, ad), nil
}

// Open undoes Seal. ErrOpen says that key, nonce, ad and ciphertext don't belong together.
func (k Key) Open(ad, nonce, ciphertext []byte) ([]byte, error) {
	if k.s == nil || k.s.aead == nil {
		return nil, fmt.Errorf("open: %w", ErrWiped)
	}
	if len(nonce) != chacha20poly1305.NonceSizeX {
		return nil, fmt.Errorf("%w: the nonce has %d bytes", ErrOpen, len(nonce))
	}
	plaintext, err := k.s.aead.Open(nil, nonce, ciphertext, ad)
	if err != nil {
		return nil, ErrOpen
	}
	return plaintext, nil
}

// Name derives a 16-byte name from parts: HMAC-SHA-256 under the naming subkey over each part with its length (8 bytes,
// big-endian) in front, cut to 16 bytes. Devices that hold the key give one thing one name without talking to each other,
// and nobody else can tell what was named. It panics on a zero or wiped Key: a name under a known key would be a leak.
func (k Key) Name(parts ...string) [16]byte {
	if k.s == nil || k.s.aead == nil {
		panic("keyring: Name on a zero or wiped Key")
	}
	mac := hmac.New(sha256.New, k.s.name[:])
	var length [8]byte
	for _, p := range parts {
		binary.BigEndian.PutUint64(length[:], uint64(len(p)))
		mac.Write(length[:])
		mac.Write([]byte(p))
	}
	var sum [sha256.Size]byte
	return [16]byte(mac.Sum(sum[:0]))
}

// Wipe overwrites the key and the subkeys this package holds; the AEAD's inner copy is dropped.
func (k Key) Wipe() {
	if k.s == nil {
		return
	}
	clear(k.s.raw[:])
	clear(k.s.name[:])
	k.s.aead = nil
}
