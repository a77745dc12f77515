package keyring

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	gokeyring "github.com/zalando/go-keyring"
)

// keychainService is the name under which the operating system's keychain lists the entries.
const keychainService = "fieldbook"

// keychainWait bounds a keychain that asks its user to unlock it and gets no answer.
const keychainWait = 30 * time.Second

// Keychain keeps the unlock secret of devices, one entry a device. Every method returns ErrNoKeychain, at once, where there
// is none, and within 30 seconds or when ctx ends where it hangs: callers then ask for the passphrase.
type Keychain interface {
	// Get returns the secret of a device, ErrNoSecret if there is none. The caller wipes it.
	Get(ctx context.Context, device [32]byte) ([]byte, error)
	// Set stores or replaces the secret of a device, at most MaxPassphrase bytes.
	Set(ctx context.Context, device [32]byte, secret []byte) error
	// Delete removes the secret of a device; ErrNoSecret if there is none.
	Delete(ctx context.Context, device [32]byte) error
}

// System is the keychain of the operating system: Keychain on macOS, Credential Manager on Windows, the Secret Service over
// D-Bus on Linux. The zero value is ready.
type System struct{}

var _ Keychain = System{}

// Get implements Keychain.
func (System) Get(ctx context.Context, device [32]byte) ([]byte, error) {
	text, err := ask(ctx, func() (string, error) { return gokeyring.Get(keychainService, account(device)) })
	if err != nil {
		return nil, fmt.Errorf("read from the keychain: %w", err)
	}
	secret, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(secret) > MaxPassphrase {
		return nil, fmt.Errorf("read from the keychain: %w", ErrNoSecret) // not written by Set
	}
	return secret, nil
}

// Set implements Keychain.
func (System) Set(ctx context.Context, device [32]byte, secret []byte) error {
	if len(secret) > MaxPassphrase {
		return fmt.Errorf("write to the keychain: %d bytes, at most %d fit", len(secret), MaxPassphrase)
	}
	text := base64.RawURLEncoding.EncodeToString(secret)
	_, err := ask(ctx, func() (string, error) { return "", gokeyring.Set(keychainService, account(device), text) })
	if err != nil {
		return fmt.Errorf("write to the keychain: %w", err)
	}
	return nil
}

// Delete implements Keychain.
func (System) Delete(ctx context.Context, device [32]byte) error {
	_, err := ask(ctx, func() (string, error) { return "", gokeyring.Delete(keychainService, account(device)) })
	if err != nil {
		return fmt.Errorf("delete from the keychain: %w", err)
	}
	return nil
}

// account names a device's entry.
func account(device [32]byte) string { return hex.EncodeToString(device[:]) }

// ask runs one call of the keychain library, which knows no context. A call that is given up goes on in the background until
// the keychain answers; its answer is dropped.
func ask(ctx context.Context, call func() (string, error)) (string, error) {
	if !reachable() {
		return "", ErrNoKeychain
	}
	ctx, cancel := context.WithTimeout(ctx, keychainWait)
	defer cancel()
	type answer struct {
		text string
		err  error
	}
	done := make(chan answer, 1)
	go func() {
		text, err := call()
		done <- answer{text, err}
	}()
	select {
	case <-ctx.Done():
		return "", fmt.Errorf("%w: no answer: %w", ErrNoKeychain, ctx.Err())
	case a := <-done:
		return a.text, translate(a.err)
	}
}

// translate maps the library's errors to this package's. Any failure but a missing entry means that there is no keychain to
// work with.
func translate(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, gokeyring.ErrNotFound):
		return ErrNoSecret
	}
	return fmt.Errorf("%w: %v", ErrNoKeychain, err)
}

// reachable reports whether asking makes sense. Without a session bus the D-Bus library would start one of its own
// (dbus-launch), with no keychain on it.
func reachable() bool {
	switch runtime.GOOS {
	case "darwin", "windows":
		return true
	}
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" && address != "autolaunch:" {
		return true
	}
	_, err := os.Stat(filepath.Join("/run/user", strconv.Itoa(os.Getuid()), "bus"))
	return err == nil
}
