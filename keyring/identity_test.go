package keyring

import (
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"filippo.io/age"
)

func TestGeneratedIdentitiesDiffer(t *testing.T) {
	a, b := must(Generate()), must(Generate())
	if a.SignPublic().Equal(b.SignPublic()) || a.Recipient() == b.Recipient() || a.DBKey() == b.DBKey() {
		t.Fatal("two identities share a key")
	}
	if s := a.seeds; s.sign == s.kem || s.kem == s.db || s.db == s.sign {
		t.Fatal("one identity uses a seed twice")
	}
}

func TestSignatureVerifies(t *testing.T) {
	id := must(Generate())
	sig := must(id.Sign([]byte("head")))
	if !ed25519.Verify(id.SignPublic(), []byte("head"), sig) {
		t.Fatal("own signature refused")
	}
	if ed25519.Verify(id.SignPublic(), []byte("tail"), sig) {
		t.Fatal("signature counts for another message")
	}
}

// age keeps its Bech32 encoder internal; this proves that ours agrees with it for any seed that age itself makes.
func TestBech32AgreesWithAge(t *testing.T) {
	for range 20 {
		id := must(Generate())
		theirs := must(age.ParseHybridIdentity(bech32(hybridPrefix, id.seeds.kem[:])))
		if ours := bech32(hybridPrefix, id.seeds.kem[:]); theirs.String() != ours {
			t.Fatal("age spells the same seed differently")
		}
	}
}

func TestBech32VectorsOfBIP173(t *testing.T) {
	for want, prefix := range map[string]string{
		"A12UEL5L": "a", // the empty data part
		"AN83CHARACTERLONGHUMANREADABLEPARTTHATCONTAINSTHENUMBER1ANDTHEEXCLUDEDCHARACTERSBIO1TT5TGS"://
		"an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio",
	} {
		if got := bech32(prefix, nil); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestWipedIdentityDoesNothing(t *testing.T) {
	id := must(Generate())
	seeds, sign := id.seeds, id.sign
	id.Extra = []byte("extra")
	wrap := must(Wrap(id.Recipient(), [32]byte{}, NewKey()))
	id.Wipe()
	id.Wipe()
	if *seeds != (struct{ sign, kem, db [32]byte }{}) {
		t.Error("seeds are still in memory")
	}
	if strings.Trim(string(sign), "\x00") != "" {
		t.Error("the signing key is still in memory")
	}
	if _, err := id.Sign(nil); !errors.Is(err, ErrWiped) {
		t.Errorf("Sign: %v", err)
	}
	if _, err := id.Unwrap([32]byte{}, wrap); !errors.Is(err, ErrWiped) {
		t.Errorf("Unwrap: %v", err)
	}
	if err := Save(t.TempDir()+"/identity", id, []byte(phrase), cheap); !errors.Is(err, ErrWiped) {
		t.Errorf("Save: %v", err)
	}
	if id.DBKey() != [32]byte{} || id.SignPublic() != nil {
		t.Error("keys are still handed out")
	}
}

func TestSecretsPrintAsStandIn(t *testing.T) {
	id, key := must(Generate()), NewKey()
	secrets := append(secretsOf(id), fmt.Sprintf("%x", key.s.raw), fmt.Sprint(key.s.raw)[1:40], fmt.Sprint(id.seeds.sign)[1:40])
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("m", "id", id, "value", *id, "key", key)
	slog.New(slog.NewJSONHandler(&log, nil)).Info("m", "id", id, "value", *id, "key", key)
	leaks(t, log.String(), secrets)
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%b", "%c", "%U", "%T"} {
		for _, v := range []any{id, *id, key, &key, struct{ K Key }{key}, []*Identity{id}} {
			leaks(t, fmt.Sprintf(verb, v), secrets)
		}
	}
	for _, v := range []any{id, *id, key, map[string]any{"k": key, "i": id}} {
		leaks(t, string(must(json.Marshal(v))), secrets)
	}
	if fmt.Sprint(id) != redacted || key.GoString() != redacted || id.GoString() != redacted || key.String() != redacted || id.String() != redacted {
		t.Error("a secret does not print as its stand-in")
	}
}
