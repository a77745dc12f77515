package keyring

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestMasterComesBack(t *testing.T) {
	display, m, err := NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	want := must(m.Service([32]byte{1}))
	for _, text := range []string{display, display + "\r\n", " " + strings.ToLower(display) + "\n", strings.ReplaceAll(display, "-", "")} {
		got := must(must(ParseMaster(text)).Service([32]byte{1}))
		if *got.seeds != *want.seeds || got.Recipient() != want.Recipient() {
			t.Error("another identity came back")
		}
	}
	if other, _, _ := NewMaster(); other == display {
		t.Error("two secrets are equal")
	}
}

func TestMasterHasAnIdentityPerWorkspace(t *testing.T) {
	_, m, err := NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	a, b := must(m.Service([32]byte{1})), must(m.Service([32]byte{2}))
	if a.SignPublic().Equal(b.SignPublic()) || a.Recipient() == b.Recipient() || a.DBKey() == b.DBKey() {
		t.Error("two workspaces share a key")
	}
	if s := a.seeds; s.sign == s.kem || s.kem == s.db || s.db == s.sign {
		t.Error("one identity uses a seed twice")
	}
	key := NewKey()
	wrap := must(Wrap(a.Recipient(), [32]byte{1}, key))
	if must(a.Unwrap([32]byte{1}, wrap)).ID() != key.ID() {
		t.Error("unwrapped another key")
	}
	if _, err := b.Unwrap([32]byte{1}, wrap); !errors.Is(err, ErrRecipient) {
		t.Errorf("another workspace's identity: %v", err)
	}
}

// An operator who pastes the recovery key, or half of the secret, is told so; a service with another secret than before would
// be another service.
func TestWhatIsNoMasterIsRefused(t *testing.T) {
	display, _, err := NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	recovery, _, err := NewRecovery()
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"", recovery, display[1:], display + "0", display[5:] + display[:5], strings.Repeat("0", 1<<20)} {
		_, err := ParseMaster(bad)
		if !errors.Is(err, ErrMaster) {
			t.Errorf("%.20q: %v", bad, err)
			continue
		}
		leaks(t, err.Error(), []string{display[:19], display[50:], recovery[:19]})
	}
	if _, err := ParseRecovery(display); !errors.Is(err, ErrRecovery) {
		t.Errorf("a service's secret as recovery key: %v", err)
	}
}

func TestWipedMasterDerivesNothing(t *testing.T) {
	_, m, err := NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	id, copied := must(m.Service([32]byte{})), m
	m.Wipe()
	m.Wipe()
	for _, gone := range []Master{m, copied, {}} {
		if _, err := gone.Service([32]byte{}); !errors.Is(err, ErrWiped) {
			t.Errorf("wiped: %v", err)
		}
	}
	if m.s.raw != [32]byte{} {
		t.Error("the secret is still in memory")
	}
	if _, err := id.Sign(nil); err != nil {
		t.Errorf("what was derived before: %v", err)
	}
	if m.IsZero() || !(Master{}).IsZero() {
		t.Error("wiped and zero are not told apart")
	}
	Master{}.Wipe()
}

func TestMasterPrintsAsStandIn(t *testing.T) {
	display, m, err := NewMaster()
	if err != nil {
		t.Fatal(err)
	}
	secrets := []string{display, string(m.s.raw[:]), hex.EncodeToString(m.s.raw[:]), fmt.Sprint(m.s.raw)[1:40]}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%c"} {
		for _, v := range []any{m, &m, struct{ M Master }{m}, []Master{m}} {
			leaks(t, fmt.Sprintf(verb, v), secrets)
		}
	}
	leaks(t, string(must(json.Marshal(map[string]any{"m": m}))), secrets)
	if fmt.Sprint(m) != redacted || m.String() != redacted || m.GoString() != redacted {
		t.Error("a secret does not print as its stand-in")
	}
}

func TestWordsOfAServiceCoverBothKeys(t *testing.T) {
	id := fixed()
	words := ServiceWords(id.SignPublic(), id.Recipient())
	other := must(Generate())
	if len(words) != wordCount || slices.Equal(words, ServiceWords(other.SignPublic(), id.Recipient())) ||
		slices.Equal(words, ServiceWords(id.SignPublic(), other.Recipient())) {
		t.Errorf("another key, and the words are the same: %v", words)
	}
}

func TestVectorsOfServices(t *testing.T) {
	services := readVectors(t).Services
	if len(services) == 0 {
		t.Fatal("no vectors")
	}
	for _, v := range services {
		id := must(must(ParseMaster(v.Display)).Service([32]byte(v.Workspace)))
		recipient, db := sha256.Sum256([]byte(id.Recipient())), id.DBKey()
		same(t, "sign", id.SignPublic(), v.Sign)
		same(t, "database", db[:], v.DB)
		same(t, "recipient", recipient[:], v.Recipient)
		if show([32]byte(v.Secret), labelServiceCheck) != v.Display || bech32(hybridPrefix, id.seeds.kem[:]) != v.KEM {
			t.Error("another display or seed")
		}
		if words := ServiceWords(id.SignPublic(), id.Recipient()); !slices.Equal(words, v.Words) {
			t.Errorf("words %v", words)
		}
	}
}
