package keyring

import (
	"crypto/hkdf"
	"crypto/sha256"
	"fmt"
)

// redacted is what a secret prints as, whatever the verb.
const redacted = "[secret]"

// Labels of HKDF-SHA-256 (RFC 5869, no salt; the label is the info parameter). One for each use, so that no two uses
// ever share a key. They are part of the format and never change.
const (
	labelKeyID         = "fieldbook v1 key id"
	labelSeal          = "fieldbook v1 seal"
	labelName          = "fieldbook v1 name"
	labelRecoverySign  = "fieldbook v1 recovery sign"
	labelRecoveryKEM   = "fieldbook v1 recovery kem"
	labelRecoveryDB    = "fieldbook v1 recovery database"
	labelRecoveryCheck = "fieldbook v1 recovery check"
	labelService       = "fieldbook v1 service " // with the workspace's id after it
	labelServiceSign   = "fieldbook v1 service sign"
	labelServiceKEM    = "fieldbook v1 service kem"
	labelServiceDB     = "fieldbook v1 service database"
	labelServiceCheck  = "fieldbook v1 service check"
)

// derive gives the 32-byte subkey of a secret for one label. HKDF fails only for outputs beyond 255 blocks, so an error
// here is a broken build, and going on with a zero key would be worse than stopping.
func derive(secret []byte, label string) (out [32]byte) {
	key, err := hkdf.Key(sha256.New, secret, nil, label, len(out))
	if err != nil {
		panic("keyring: hkdf: " + err.Error())
	}
	copy(out[:], key)
	clear(key)
	return out
}

// redact writes the stand-in of a secret for package fmt.
func redact(f fmt.State) { _, _ = f.Write([]byte(redacted)) }

// String hides the secrets.
func (Identity) String() string { return redacted }

// GoString hides the secrets.
func (Identity) GoString() string { return redacted }

// Format hides the secrets under every verb; without it %d would print the fields.
func (Identity) Format(f fmt.State, _ rune) { redact(f) }

// MarshalJSON hides the secrets.
func (Identity) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// String hides the secret.
func (Master) String() string { return redacted }

// GoString hides the secret.
func (Master) GoString() string { return redacted }

// Format hides the secret under every verb.
func (Master) Format(f fmt.State, _ rune) { redact(f) }

// MarshalJSON hides the secret.
func (Master) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// String hides the key; its public name is ID.
func (Key) String() string { return redacted }

// GoString hides the key.
func (Key) GoString() string { return redacted }

// Format hides the key under every verb.
func (Key) Format(f fmt.State, _ rune) { redact(f) }

// MarshalJSON hides the key.
func (Key) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }
