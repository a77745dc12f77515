package keyring

import (
	"encoding/hex"
	"strings"
	"testing"
)

// cheap is the work factor of tests: 2 KiB of scrypt.
const cheap Work = 1

// phrase is the passphrase of tests.
const phrase = "correct horse battery staple"

// counted is the secret 00 01 02 ... 1f of the vectors.
func counted() (raw [32]byte) {
	for i := range raw {
		raw[i] = byte(i)
	}
	return raw
}

// fixed is an identity that is the same in every run.
func fixed() *Identity {
	return must(recover32(counted()))
}

// must gives the value of a call that may not fail here.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// secretsOf are all spellings of an identity's secrets that could slip into a text.
func secretsOf(id *Identity) []string {
	var out []string
	for _, b := range [][]byte{id.seeds.sign[:], id.seeds.kem[:], id.seeds.db[:]} {
		out = append(out, string(b), hex.EncodeToString(b), bech32(hybridPrefix, b))
	}
	return append(out, phrase)
}

// leaks fails the test if a text holds a secret.
func leaks(t testing.TB, text string, secrets []string) {
	t.Helper()
	for _, s := range secrets {
		if strings.Contains(strings.ToLower(text), strings.ToLower(s)) {
			t.Fatalf("a secret is in %q", text)
		}
	}
}
