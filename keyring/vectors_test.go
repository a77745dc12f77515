package keyring

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"testing"
)

// vectors is docs/format/vectors/keys.json, shared with every other implementation.
type vectors struct {
	Keys []struct {
		Key, ID, Seal, Name hexBytes
		Names               []struct {
			Parts []string
			Name  hexBytes
		}
		Sealed []struct{ AD, Nonce, Plaintext, Ciphertext hexBytes }
	}
	Recovery []struct {
		Secret       hexBytes
		Display, KEM string
		Sign, DB     hexBytes
		Recipient    hexBytes // SHA-256 of the recipient string
	}
	Services []struct {
		Secret, Workspace hexBytes
		Display, KEM      string
		Sign, DB          hexBytes
		Recipient         hexBytes // SHA-256 of the recipient string
		Words             []string
	}
	Identities []struct {
		File, Sign, DB, Extra hexBytes
		Passphrase            string
	}
	Wraps []struct {
		Recovery, Workspace, Wrap, Key hexBytes
	}
	Requests []struct {
		File, Hash hexBytes
		Name       string
		At         int64
		Words      []string
	}
	Grants []struct {
		File, Workspace, Request, Member hexBytes
		Words                            []string
	}
	Invalid []struct {
		Kind, Class, Why string
		File             hexBytes
		Passphrase       string
	}
}

// hexBytes are bytes that JSON holds as hex.
type hexBytes []byte

// UnmarshalText implements encoding.TextUnmarshaler.
func (b *hexBytes) UnmarshalText(text []byte) (err error) {
	*b, err = hex.DecodeString(string(text))
	return err
}

// MarshalText implements encoding.TextMarshaler.
func (b hexBytes) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(b)), nil }

// readVectors reads the shared file.
func readVectors(t *testing.T) *vectors {
	t.Helper()
	var v vectors
	if err := json.Unmarshal(must(os.ReadFile("../docs/format/vectors/keys.json")), &v); err != nil {
		t.Fatal(err)
	}
	return &v
}

// same fails the test if two byte strings differ.
func same(t *testing.T, what string, got, want []byte) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %x, want %x", what, got, want)
	}
}

func TestVectorsOfKeys(t *testing.T) {
	for _, v := range readVectors(t).Keys {
		key := must(ParseKey(v.Key))
		id, seal := key.ID(), derive(v.Key, labelSeal)
		same(t, "id", id[:], v.ID)
		same(t, "seal subkey", seal[:], v.Seal)
		same(t, "name subkey", key.s.name[:], v.Name)
		for _, n := range v.Names {
			name := key.Name(n.Parts...)
			same(t, "name", name[:], n.Name)
		}
		for _, s := range v.Sealed {
			same(t, "plaintext", must(key.Open(s.AD, s.Nonce, s.Ciphertext)), s.Plaintext)
		}
	}
}

func TestVectorsOfRecovery(t *testing.T) {
	for _, v := range readVectors(t).Recovery {
		id := must(ParseRecovery(v.Display))
		recipient, db := sha256.Sum256([]byte(id.Recipient())), id.DBKey()
		same(t, "sign", id.SignPublic(), v.Sign)
		same(t, "database", db[:], v.DB)
		same(t, "recipient", recipient[:], v.Recipient)
		if show([32]byte(v.Secret), labelRecoveryCheck) != v.Display || bech32(hybridPrefix, id.seeds.kem[:]) != v.KEM {
			t.Error("another display or seed")
		}
	}
}

func TestVectorsOfIdentitiesAndWraps(t *testing.T) {
	all := readVectors(t)
	for _, v := range all.Identities {
		id := must(unlock(v.File, []byte(v.Passphrase)))
		db := id.DBKey()
		same(t, "sign", id.SignPublic(), v.Sign)
		same(t, "database", db[:], v.DB)
		same(t, "extra", id.Extra, v.Extra)
	}
	for _, v := range all.Wraps {
		key := must(must(recover32([32]byte(v.Recovery))).Unwrap([32]byte(v.Workspace), v.Wrap))
		same(t, "key", key.s.raw[:], v.Key)
	}
}

func TestVectorsOfRequestsAndGrants(t *testing.T) {
	all := readVectors(t)
	for _, v := range all.Requests {
		r := must(ParseRequest(v.File))
		hash := r.Hash()
		same(t, "hash", hash[:], v.Hash)
		if r.Name != v.Name || r.At != v.At || !slices.Equal(r.Words(), v.Words) {
			t.Errorf("got %q at %d, %q", r.Name, r.At, r.Words())
		}
	}
	for _, v := range all.Grants {
		g := must(ParseGrant(v.File))
		same(t, "workspace", g.Workspace[:], v.Workspace)
		same(t, "request", g.Request[:], v.Request)
		same(t, "member", g.Member[:], v.Member)
		if !slices.Equal(g.Words(), v.Words) {
			t.Errorf("got %q", g.Words())
		}
	}
}

func TestVectorsOfInvalidFiles(t *testing.T) {
	classes := map[string]error{"identity": ErrIdentity, "passphrase": ErrPassphrase, "newer": ErrNewer,
		"request": ErrRequest, "grant": ErrGrant, "wrap": ErrWrap}
	invalid := readVectors(t).Invalid
	if len(invalid) == 0 {
		t.Fatal("no vectors")
	}
	for _, v := range invalid {
		var err error
		switch v.Kind {
		case "identity":
			_, err = unlock(v.File, []byte(v.Passphrase))
		case "request":
			_, err = ParseRequest(v.File)
		case "grant":
			_, err = ParseGrant(v.File)
		case "wrap":
			_, err = fixed().Unwrap(counted(), v.File)
		}
		if !errors.Is(err, classes[v.Class]) {
			t.Errorf("%s (%s): %v", v.Kind, v.Why, err)
		}
	}
}
