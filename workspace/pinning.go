package workspace

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/keyring"
	"fieldbook/syncproto"
)

// addresses are those that may be used: each has shown the service's keys, or is
// about to.
func (r *remote) addresses() []string {
	return slices.DeleteFunc([]string{r.URL, r.Second}, func(address string) bool { return address == "" || address == r.Unchecked })
}

// pin asks each address of a service for its keys. One of two may be down just
// now, which is noted: it is asked again with each connection.
func (w *Workspace) pin(ctx context.Context, r *remote) error {
	for _, address := range r.addresses() {
		keys, err := w.keysAt(ctx, r, address)
		switch {
		case errors.Is(err, syncproto.ErrTemporary) && r.Second != "" && r.Unchecked == "" && ctx.Err() == nil:
			r.Unchecked = address
		case err != nil:
			return err
		case !r.folder() && !r.shows(keys):
			return fmt.Errorf("%w: %s and %s are not one service", ErrOtherService, r.URL, r.Second)
		default:
			r.Sign, r.Recipient = bytes.Clone(keys.Sign), strings.Clone(keys.Recipient)
		}
	}
	return nil
}

// shows says whether keys are those that the service had when it was added.
func (r *remote) shows(keys envelope.DeviceKeys) bool {
	return bytes.Equal(r.Sign, keys.Sign) && r.Recipient == keys.Recipient
}

// keysAt asks one address for the service's keys. Nothing of the workspace but its
// id is sent.
func (w *Workspace) keysAt(ctx context.Context, r *remote, address string) (envelope.DeviceKeys, error) {
	service, err := w.connect(&remote{URL: address, TokenFile: r.TokenFile, Certificate: r.Certificate, Invitation: r.Invitation})
	if err != nil {
		return envelope.DeviceKeys{}, err
	}
	w.cfg.report(ctx, "asking the service for its keys", 0, 0)
	keys, err := service.Keys(ctx)
	if err != nil {
		return envelope.DeviceKeys{}, fmt.Errorf("asking %s for its keys: %w", address, err)
	}
	claimed := envelope.DeviceKeys{Sign: keys.Sign, Recipient: keys.Recipient}
	if claimed.ID() != keys.ID || keyring.CheckRecipient(keys.Recipient) != nil {
		return envelope.DeviceKeys{}, fmt.Errorf("%w: the keys that %s gives do not fit its id", ErrOtherService, address)
	}
	return claimed, nil
}

// impatience bounds how long an exchange waits for an address that it can do without.
const impatience = 5 * time.Second

// checkAddress asks the address that has not shown its keys yet. As long as it does
// not answer, the other one does alone; if it shows other keys, somebody has to
// look before anything is sent.
func (w *Workspace) checkAddress(ctx context.Context, r *remote) error {
	short, cancel := context.WithTimeout(ctx, impatience)
	defer cancel()
	keys, err := w.keysAt(short, r, r.Unchecked)
	switch {
	case errors.Is(err, ErrOtherService):
		return err
	case err != nil:
		return ctx.Err()
	case !r.shows(keys):
		return fmt.Errorf("%w: %s is not the service that the remote %s was added as; remove the remote, and add it with the right addresses",
			ErrOtherService, r.Unchecked, r.Name)
	}
	r.Unchecked = ""
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.update(ctx, func(tx *eventstore.Tx) error {
		list, err := loadRemotes(tx)
		if err != nil {
			return err
		}
		for i := range list {
			if list[i].Name == r.Name {
				list[i].Unchecked = ""
			}
		}
		return saveRemotes(tx, list)
	})
}
