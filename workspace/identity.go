package workspace

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/fxamacker/cbor/v2"

	"fieldbook/envelope"
	"fieldbook/keyring"
	"fieldbook/roster"
)

// about is what the identity file says besides secrets: which workspace this
// device belongs to. It is the root of trust of everything in the database: the
// workspace's id commits to its founding keys.
type about struct {
	Workspace envelope.WorkspaceID `cbor:"1,keyasint"`
	Request   [32]byte             `cbor:"2,keyasint"` // hash of the request that waits for a grant
}

func (a about) encode() ([]byte, error) { return cbor.Marshal(a) }

// unlock opens the identity file with the passphrase.
func unlock(ctx context.Context, cfg Config) (*keyring.Identity, about, error) {
	var a about
	if !present(cfg) {
		return nil, a, ErrNone
	}
	identity, err := withPassphrase(ctx, cfg, func(pass []byte) (*keyring.Identity, error) {
		return keyring.Load(cfg.identityPath(), pass)
	})
	if err != nil {
		return nil, a, fmt.Errorf("unlocking: %w", err)
	}
	if err := cbor.Unmarshal(identity.Extra, &a); err != nil {
		identity.Wipe()
		return nil, a, fmt.Errorf("unlocking: %w", keyring.ErrIdentity)
	}
	return identity, a, nil
}

// saveIdentity writes the identity file under the passphrase, atomically.
func saveIdentity(ctx context.Context, cfg Config, identity *keyring.Identity, a about) error {
	extra, err := a.encode()
	if err != nil {
		return err
	}
	identity.Extra = extra
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return err
	}
	_, err = withPassphrase(ctx, cfg, func(pass []byte) (*keyring.Identity, error) {
		return identity, keyring.Save(cfg.identityPath(), identity, pass, cfg.Work)
	})
	return err
}

// withPassphrase asks for the passphrase, uses it once and wipes it.
func withPassphrase(ctx context.Context, cfg Config, use func([]byte) (*keyring.Identity, error)) (*keyring.Identity, error) {
	if cfg.Passphrase == nil {
		return nil, ErrLocked
	}
	pass, err := cfg.Passphrase(ctx)
	if err != nil {
		return nil, err
	}
	defer clear(pass)
	if len(pass) == 0 {
		return nil, ErrLocked
	}
	identity, err := use(pass)
	if errors.Is(err, keyring.ErrPassphrase) {
		return nil, ErrPassphrase
	}
	return identity, err
}

// ChangePassphrase writes the identity file anew under the passphrase that next
// returns. The secrets stay the same: whoever copied the old file and knows the
// old passphrase still has them.
func (w *Workspace) ChangePassphrase(ctx context.Context, next func(context.Context) ([]byte, error)) error {
	cfg := w.cfg
	cfg.Passphrase = next
	if err := saveIdentity(ctx, cfg, w.identity, about{Workspace: w.id}); err != nil {
		return fmt.Errorf("changing the passphrase: %w", err)
	}
	return nil
}

func deviceKeys(i *keyring.Identity) envelope.DeviceKeys { return roster.PublicKeys(i) }

func deviceOf(i *keyring.Identity) envelope.DeviceID { return deviceKeys(i).ID() }
