package keyring

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"
)

func TestSealOpens(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		key := NewKey()
		ad := rapid.SliceOf(rapid.Byte()).Draw(t, "ad")
		plain := rapid.SliceOf(rapid.Byte()).Draw(t, "plain")
		nonce, sealed, err := key.Seal(ad, plain)
		if err != nil || len(nonce) != 24 || len(sealed) != len(plain)+16 {
			t.Fatalf("seal: %v, nonce %d, text %d", err, len(nonce), len(sealed))
		}
		got, err := key.Open(ad, nonce, sealed)
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("open: %v", err)
		}
	})
}

func TestOpenRefusesWhatWasNotSealed(t *testing.T) {
	key := NewKey()
	nonce, sealed, err := key.Seal([]byte("header"), []byte("plaintext"))
	if err != nil {
		t.Fatal(err)
	}
	flip := func(b []byte, i int) []byte {
		b = bytes.Clone(b)
		b[i] ^= 1
		return b
	}
	for name, try := range map[string]func() ([]byte, error){
		"another key":    func() ([]byte, error) { return NewKey().Open([]byte("header"), nonce, sealed) },
		"another header": func() ([]byte, error) { return key.Open([]byte("headeR"), nonce, sealed) },
		"another nonce":  func() ([]byte, error) { return key.Open([]byte("header"), flip(nonce, 23), sealed) },
		"short nonce":    func() ([]byte, error) { return key.Open([]byte("header"), nonce[:12], sealed) },
		"no nonce":       func() ([]byte, error) { return key.Open([]byte("header"), nil, sealed) },
		"flipped text":   func() ([]byte, error) { return key.Open([]byte("header"), nonce, flip(sealed, 0)) },
		"flipped tag":    func() ([]byte, error) { return key.Open([]byte("header"), nonce, flip(sealed, len(sealed)-1)) },
		"cut":            func() ([]byte, error) { return key.Open([]byte("header"), nonce, sealed[:15]) },
		"empty":          func() ([]byte, error) { return key.Open([]byte("header"), nonce, nil) },
	} {
		if _, err := try(); !errors.Is(err, ErrOpen) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNoncesNeverRepeat(t *testing.T) {
	key, seen := NewKey(), map[string]bool{}
	for range 10_000 {
		nonce, _, err := key.Seal(nil, nil)
		if err != nil || seen[string(nonce)] {
			t.Fatalf("a nonce came twice (%v)", err)
		}
		seen[string(nonce)] = true
	}
}

// A caller that appends to the nonce must not write into the ciphertext behind it.
func TestNonceDoesNotReachIntoCiphertext(t *testing.T) {
	nonce, sealed, _ := NewKey().Seal(nil, []byte("x"))
	before := bytes.Clone(sealed)
	_ = append(nonce, 1, 2, 3)
	if !bytes.Equal(before, sealed) {
		t.Fatal("appending to the nonce changed the ciphertext")
	}
}

func TestNameTellsPartsApart(t *testing.T) {
	key := NewKey()
	names := map[[16]byte][]string{}
	for _, parts := range [][]string{nil, {""}, {"", ""}, {"ab"}, {"a", "b"}, {"", "ab"}, {"ab", ""}, {"b", "a"}} {
		name := key.Name(parts...)
		if other, ok := names[name]; ok {
			t.Errorf("%q and %q have one name", other, parts)
		}
		names[name] = parts
		if key.Name(parts...) != name {
			t.Errorf("%q has two names", parts)
		}
		if NewKey().Name(parts...) == name {
			t.Errorf("%q has one name under two keys", parts)
		}
	}
}

func TestUsesOfAKeyShareNothing(t *testing.T) {
	raw := counted()
	seen := map[[32]byte]string{raw: "the key itself"}
	for _, label := range []string{labelKeyID, labelSeal, labelName, labelRecoverySign, labelRecoveryKEM,
		labelRecoveryDB, labelRecoveryCheck, labelService, labelServiceSign, labelServiceKEM, labelServiceDB, labelServiceCheck} {
		sub := derive(raw[:], label)
		if other, ok := seen[sub]; ok {
			t.Errorf("%s equals %s", label, other)
		}
		seen[sub] = label
	}
}

func TestParseKeyTakes32Bytes(t *testing.T) {
	for _, n := range []int{0, 16, 31, 33} {
		if _, err := ParseKey(make([]byte, n)); err == nil {
			t.Errorf("%d bytes accepted", n)
		}
	}
	raw := counted()
	if must(ParseKey(raw[:])).ID() != newKey(raw).ID() {
		t.Error("the same bytes give another key")
	}
}

func TestZeroAndWipedKeysDoNothing(t *testing.T) {
	wiped := NewKey()
	handle := wiped
	wiped.Wipe()
	wiped.Wipe()
	Key{}.Wipe()
	if handle.s.raw != [32]byte{} || handle.s.name != [32]byte{} {
		t.Error("the key is still in memory")
	}
	for _, key := range []Key{{}, handle} {
		if _, _, err := key.Seal(nil, nil); !errors.Is(err, ErrWiped) {
			t.Errorf("Seal: %v", err)
		}
		if _, err := key.Open(nil, make([]byte, 24), make([]byte, 16)); !errors.Is(err, ErrWiped) {
			t.Errorf("Open: %v", err)
		}
		if _, err := Wrap(fixed().Recipient(), [32]byte{}, key); !errors.Is(err, ErrWiped) {
			t.Errorf("Wrap: %v", err)
		}
		if !panics(func() { key.Name("x") }) {
			t.Error("Name gave a name")
		}
	}
	if !(Key{}).IsZero() || handle.IsZero() || (Key{}).ID() != [16]byte{} {
		t.Error("IsZero or ID is wrong")
	}
}

// panics reports whether a call panics.
func panics(f func()) (yes bool) {
	defer func() { yes = recover() != nil }()
	f()
	return false
}
