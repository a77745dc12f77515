package keyring

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	"filippo.io/age"
)

func TestWrappedKeyUnwraps(t *testing.T) {
	id, key, ws := must(Generate()), NewKey(), [32]byte{1}
	wrap := must(Wrap(id.Recipient(), ws, key))
	got := must(id.Unwrap(ws, wrap))
	if got.s.raw != key.s.raw || got.ID() != key.ID() {
		t.Error("another key came back")
	}
	if bytes.Contains(wrap, key.s.raw[:]) {
		t.Error("the key is in the wrap")
	}
}

func TestUnwrapRefuses(t *testing.T) {
	id, other, key, ws := must(Generate()), must(Generate()), NewKey(), [32]byte{1}
	wrap := must(Wrap(id.Recipient(), ws, key))
	if _, err := other.Unwrap(ws, wrap); !errors.Is(err, ErrRecipient) {
		t.Errorf("another device: %v", err)
	}
	if _, err := id.Unwrap([32]byte{2}, wrap); !errors.Is(err, ErrWrap) {
		t.Errorf("another workspace: %v", err)
	}
	to := must(age.ParseHybridRecipient(id.Recipient()))
	keyID := key.ID()
	for name, content := range map[string][]byte{
		"wrong id":       must(encode(wrapped{1, ws[:], make([]byte, 16), key.s.raw[:]})),
		"short id":       must(encode(wrapped{1, ws[:], keyID[:8], key.s.raw[:]})),
		"short key":      must(encode(wrapped{1, ws[:], keyID[:], key.s.raw[:31]})),
		"no workspace":   must(encode(wrapped{1, nil, keyID[:], key.s.raw[:]})),
		"old version":    must(encode(wrapped{0, ws[:], keyID[:], key.s.raw[:]})),
		"trailing bytes": append(must(encode(wrapped{1, ws[:], keyID[:], key.s.raw[:]})), 0),
		"too long":       make([]byte, maxWrapPlain+1),
		"empty":          {},
	} {
		_, err := id.Unwrap(ws, must(encrypt(content, to)))
		if !errors.Is(err, ErrWrap) {
			t.Errorf("%s: %v", name, err)
		}
	}
	newer := must(encrypt(must(encode(map[int]any{1: 2, 7: "new"})), to))
	if _, err := id.Unwrap(ws, newer); !errors.Is(err, ErrNewer) {
		t.Errorf("newer: %v", err)
	}
	if _, err := id.Unwrap(ws, make([]byte, maxWrap+1)); !errors.Is(err, ErrWrap) {
		t.Errorf("large: %v", err)
	}
}

func TestDamagedWrapNeverPanics(t *testing.T) {
	id, ws := must(Generate()), [32]byte{1}
	wrap := must(Wrap(id.Recipient(), ws, NewKey()))
	for i := range wrap {
		flipped := bytes.Clone(wrap)
		flipped[i] ^= 1
		for _, damaged := range [][]byte{flipped, wrap[:i]} {
			_, err := id.Unwrap(ws, damaged)
			if !errors.Is(err, ErrWrap) && !errors.Is(err, ErrRecipient) {
				t.Fatalf("damaged at %d: %v", i, err)
			}
			leaks(t, err.Error(), secretsOf(id))
		}
	}
}

func TestRecipientsHaveOneSpelling(t *testing.T) {
	good := must(Generate()).Recipient()
	if err := CheckRecipient(good); err != nil {
		t.Fatal(err)
	}
	classic := must(age.GenerateX25519Identity()).Recipient().String()
	for _, bad := range []string{"", "age1pq1", strings.ToUpper(good), good + "q", good[:100], classic, good + "\n",
		strings.Repeat("a", 1<<20)} {
		if CheckRecipient(bad) == nil {
			t.Errorf("accepted %.20q", bad)
		}
		if _, err := Wrap(bad, [32]byte{}, NewKey()); err == nil {
			t.Errorf("wrapped to %.20q", bad)
		}
	}
}
