package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/keyring"
)

// raw is the log of a closed workspace, read without the product's service: the
// very bytes that references handle too.
type raw struct {
	store    *eventstore.Store
	identity *keyring.Identity
	keys     map[envelope.KeyID]keyring.Key
}

// openRaw opens the log of the device in dir read-only.
func openRaw(ctx context.Context, dir string) (*raw, error) {
	identity, err := keyring.Load(filepath.Join(dir, "identity.age"), []byte(passphrase))
	if err != nil {
		return nil, err
	}
	store, err := eventstore.Open(ctx, eventstore.Config{Path: filepath.Join(dir, "fieldbook.db"), Key: identity.DBKey(), ReadOnly: true})
	if err != nil {
		return nil, err
	}
	r := &raw{store: store, identity: identity, keys: map[envelope.KeyID]keyring.Key{}}
	if err := r.loadKeys(ctx); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return r, nil
}

// loadKeys unwraps the workspace keys that control events hand to this device.
func (r *raw) loadKeys(ctx context.Context) error {
	return r.store.View(ctx, func(tx *eventstore.Tx) error {
		controls, err := tx.Control()
		if err != nil {
			return err
		}
		if len(controls) == 0 {
			return errors.New("a log without a founder")
		}
		acl := envelope.NewACL(controls[0].Workspace)
		for _, c := range controls {
			if err := acl.Add(c); err != nil {
				return err
			}
		}
		device := envelope.DeviceKeys{Sign: r.identity.SignPublic(), Recipient: r.identity.Recipient()}.ID()
		for _, wrap := range acl.Wraps(device) {
			key, err := r.identity.Unwrap(controls[0].Workspace, wrap.Data)
			if err != nil {
				return err
			}
			r.keys[envelope.KeyID(key.ID())] = key
		}
		return nil
	})
}

func (r *raw) close() error {
	err := r.store.Close()
	r.identity.Wipe()
	return err
}

// envelopes reads the log after a position.
func (r *raw) envelopes(ctx context.Context, after eventstore.Position) (list []*envelope.Envelope, err error) {
	err = r.store.View(ctx, func(tx *eventstore.Tx) error {
		return tx.Scan(after, func(row eventstore.Row) error {
			list = append(list, row.Envelope)
			return nil
		})
	})
	return list, err
}

// encoded are the sealed envelopes after a position as they are sent and hashed.
func (r *raw) encoded(ctx context.Context, after eventstore.Position) ([][]byte, error) {
	envelopes, err := r.envelopes(ctx, after)
	if err != nil {
		return nil, err
	}
	var list [][]byte
	for _, e := range envelopes {
		if !e.IsControl() {
			list = append(list, e.Encode())
		}
	}
	return list, nil
}

// body opens an envelope.
func (r *raw) body(e *envelope.Envelope) (*envelope.Body, error) {
	key, ok := r.keys[e.Key]
	if !ok {
		return nil, fmt.Errorf("no key %s", e.Key)
	}
	text, err := key.Open(e.AD(), e.Nonce, e.Body)
	if err != nil {
		return nil, err
	}
	return envelope.DecodeBody(text)
}
