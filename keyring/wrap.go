package keyring

import (
	"errors"
	"fmt"

	"filippo.io/age"
)

// Caps of a wrap. A hybrid recipient is 1,959 characters, a wrap about 1,750 bytes.
const (
	maxWrap      = 4096
	maxWrapPlain = 256
	wrapVersion  = 1
)

// wrapped is the encrypted content of a wrap. Workspace and key id are inside, so that nobody can pass off the wrap of one
// workspace as that of another, or under a wrong name.
type wrapped struct {
	Version   uint64 `cbor:"1,keyasint"`
	Workspace []byte `cbor:"2,keyasint"`
	ID        []byte `cbor:"3,keyasint"`
	Key       []byte `cbor:"4,keyasint"`
}

// CheckRecipient reports whether s is a hybrid recipient in its one canonical spelling.
func CheckRecipient(s string) error {
	_, err := parseRecipient(s)
	return err
}

// parseRecipient reads a hybrid recipient.
func parseRecipient(s string) (*age.HybridRecipient, error) {
	if len(s) > maxWrap {
		return nil, errors.New("recipient: too long")
	}
	r, err := age.ParseHybridRecipient(s)
	if err != nil {
		return nil, errors.New("recipient: not an age hybrid recipient")
	}
	if r.String() != s {
		return nil, fmt.Errorf("recipient: %w", errCanonical)
	}
	return r, nil
}

// Wrap encrypts a workspace key to a device's recipient. A wrap does not say who made it: only a signed control event
// that carries it makes it trustworthy.
func Wrap(recipient string, workspace [32]byte, key Key) ([]byte, error) {
	if key.s == nil || key.s.aead == nil {
		return nil, fmt.Errorf("wrap: %w", ErrWiped)
	}
	to, err := parseRecipient(recipient)
	if err != nil {
		return nil, fmt.Errorf("wrap: %w", err)
	}
	content, err := encode(wrapped{wrapVersion, workspace[:], key.s.id[:], key.s.raw[:]})
	if err != nil {
		return nil, fmt.Errorf("wrap: %w", err)
	}
	defer clear(content)
	file, err := encrypt(content, to)
	if err != nil {
		return nil, fmt.Errorf("wrap: %w", err)
	}
	return file, nil
}

// Unwrap opens a wrap made for this identity and checks that it holds a key of this workspace under its true id.
// ErrRecipient: it is another device's. ErrWrap: it is damaged or lies.
func (i *Identity) Unwrap(workspace [32]byte, wrap []byte) (Key, error) {
	if i.kem == nil {
		return Key{}, fmt.Errorf("unwrap: %w", ErrWiped)
	}
	if len(wrap) > maxWrap {
		return Key{}, fmt.Errorf("unwrap: %w: larger than %d bytes", ErrWrap, maxWrap)
	}
	content, err := decrypt(wrap, maxWrapPlain, i.kem)
	defer clear(content)
	var mismatch *age.NoIdentityMatchError
	if errors.As(err, &mismatch) {
		return Key{}, fmt.Errorf("unwrap: %w", ErrRecipient)
	}
	if err != nil {
		return Key{}, fmt.Errorf("unwrap: %w: %v", ErrWrap, err)
	}
	key, err := parseWrapped(workspace, content)
	if err != nil {
		return Key{}, fmt.Errorf("unwrap: %w", err)
	}
	return key, nil
}

// parseWrapped reads the content of a wrap.
func parseWrapped(workspace [32]byte, content []byte) (Key, error) {
	if err := peek(content, wrapVersion); err != nil {
		return Key{}, classify(ErrWrap, err)
	}
	var w wrapped
	if err := decode(content, &w); err != nil {
		return Key{}, classify(ErrWrap, err)
	}
	defer clear(w.Key)
	if len(w.Workspace) != 32 || [32]byte(w.Workspace) != workspace {
		return Key{}, fmt.Errorf("%w: it belongs to another workspace", ErrWrap)
	}
	key, err := ParseKey(w.Key)
	if err != nil {
		return Key{}, classify(ErrWrap, err)
	}
	if id := key.ID(); string(id[:]) != string(w.ID) {
		key.Wipe()
		return Key{}, fmt.Errorf("%w: the key has another id", ErrWrap)
	}
	return key, nil
}
