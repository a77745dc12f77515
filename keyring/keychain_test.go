package keyring

import (
	"context"
	"errors"
	"fmt"
	"testing"

	gokeyring "github.com/zalando/go-keyring"
)

// withKeychain puts the library's in-memory keychain in place of the machine's and makes the machine look like one that has
// a session bus.
func withKeychain(t *testing.T, fail error) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
	if fail != nil {
		gokeyring.MockInitWithError(fail)
		return
	}
	gokeyring.MockInit()
}

func TestKeychainKeepsOneSecretPerDevice(t *testing.T) {
	withKeychain(t, nil)
	ctx, chain := t.Context(), System{}
	a, b := [32]byte{1}, [32]byte{2}
	if _, err := chain.Get(ctx, a); !errors.Is(err, ErrNoSecret) {
		t.Errorf("empty: %v", err)
	}
	for device, secret := range map[[32]byte]string{a: "pass\x00\xffphrase", b: phrase} {
		if err := chain.Set(ctx, device, []byte(secret)); err != nil {
			t.Fatal(err)
		}
	}
	if got := must(chain.Get(ctx, a)); string(got) != "pass\x00\xffphrase" {
		t.Errorf("got %q", got)
	}
	if err := chain.Delete(ctx, a); err != nil {
		t.Fatal(err)
	}
	if err := chain.Delete(ctx, a); !errors.Is(err, ErrNoSecret) {
		t.Errorf("deleted twice: %v", err)
	}
	if got := must(chain.Get(ctx, b)); string(got) != phrase {
		t.Errorf("the other device has %q", got)
	}
	if err := chain.Set(ctx, a, make([]byte, MaxPassphrase+1)); err == nil {
		t.Error("stored more than a passphrase")
	}
}

func TestForeignKeychainEntryIsNoSecret(t *testing.T) {
	withKeychain(t, nil)
	for _, text := range []string{"not base64!", fmt.Sprintf("%01400d", 0)} {
		if err := gokeyring.Set(keychainService, account([32]byte{1}), text); err != nil {
			t.Fatal(err)
		}
		if _, err := (System{}).Get(t.Context(), [32]byte{1}); !errors.Is(err, ErrNoSecret) {
			t.Errorf("%.10q: %v", text, err)
		}
	}
}

func TestFailingKeychainCountsAsNone(t *testing.T) {
	withKeychain(t, errors.New("org.freedesktop.DBus.Error.ServiceUnknown"))
	chain := System{}
	_, err := chain.Get(t.Context(), [32]byte{})
	for _, err := range []error{err, chain.Set(t.Context(), [32]byte{}, []byte(phrase)), chain.Delete(t.Context(), [32]byte{})} {
		if !errors.Is(err, ErrNoKeychain) {
			t.Errorf("got %v", err)
		}
		leaks(t, err.Error(), []string{phrase})
	}
}

// A keychain that hangs (its prompt waits for a person who is not there) does not hang the program.
func TestHangingKeychainEndsWithTheContext(t *testing.T) {
	withKeychain(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	hang := make(chan struct{})
	defer close(hang)
	_, err := ask(ctx, func() (string, error) {
		cancel()
		<-hang
		return "", nil
	})
	if !errors.Is(err, ErrNoKeychain) || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
