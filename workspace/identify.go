package workspace

import (
	"context"

	"fieldbook/envelope"
)

// Identify says which device cfg.Dir is. It opens the identity file with the
// passphrase and nothing else, so that it works while another process has the
// workspace open. It returns ErrNone, ErrPassphrase or ErrLocked.
func Identify(ctx context.Context, cfg Config) (envelope.DeviceID, error) {
	identity, _, err := unlock(ctx, cfg)
	if err != nil {
		return envelope.DeviceID{}, err
	}
	defer identity.Wipe()
	return deviceOf(identity), nil
}
