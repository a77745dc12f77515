package workspace

import (
	"context"
	"crypto/x509"
	"fmt"
	"os"
	"strings"

	"fieldbook/eventstore"
	"fieldbook/record"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
)

// Service is a sync service as this package needs it: a remote that says who it
// is and which documents it has. *syncclient.Service is one.
type Service interface {
	syncclient.Remote
	// Keys asks for the service's public keys.
	Keys(ctx context.Context) (syncclient.ServiceKeys, error)
	// Documents lists the service's documents in those buckets of the tree in
	// which it has others than the tree says.
	Documents(ctx context.Context, tree syncproto.Tree) (*syncproto.DocumentsAnswer, error)
}

// dial makes the connection to a service; nothing is sent yet.
func (c Config) dial(cfg syncclient.ServiceConfig) (Service, error) {
	if c.Dial != nil {
		return c.Dial(cfg)
	}
	return syncclient.NewService(cfg)
}

// Connect makes a connection to a remote that is a service, which must be the one
// that it was when it was added. An address that did not answer then is asked for
// its keys now. *NotFound: there is no such remote.
func (w *Workspace) Connect(ctx context.Context, name string) (Service, error) {
	r, err := w.remote(ctx, name)
	if err == nil && r.Unchecked != "" {
		err = w.checkAddress(ctx, &r)
	}
	if err != nil {
		return nil, err
	}
	return w.connect(&r)
}

// ConnectURL makes a connection to a service that is no remote of this device.
func (w *Workspace) ConnectURL(address string) (Service, error) {
	return w.connect(&remote{URL: address})
}

func (w *Workspace) connect(r *remote) (Service, error) {
	keys := deviceKeys(w.identity)
	cfg := syncclient.ServiceConfig{
		URLs: r.addresses(), Workspace: syncproto.Workspace(w.id), Clock: w.cfg.Clock,
		Device: syncclient.DeviceKeys{ID: w.device, Sign: keys.Sign, Recipient: keys.Recipient}, Signer: w.identity,
		Service: r.service(), Invitation: r.Invitation,
	}
	if r.TokenFile != "" {
		cfg.Token = func(context.Context) (string, error) { return readToken(r.TokenFile) }
	}
	if len(r.Certificate) > 0 {
		cfg.Roots = x509.NewCertPool()
		if !cfg.Roots.AppendCertsFromPEM(r.Certificate) {
			return nil, record.Misuse("the certificate file holds no certificate in PEM")
		}
	}
	if !r.folder() {
		cfg.Proof = func(ctx context.Context) (proof []byte, err error) {
			err = w.store.View(ctx, func(tx *eventstore.Tx) error {
				proof, err = tx.LastReceipt(w.device, r.service())
				return err
			})
			return proof, err
		}
	}
	service, err := w.cfg.dial(cfg)
	if err != nil {
		return nil, fmt.Errorf("connecting to %s: %w", r.URL, err)
	}
	return service, nil
}

// maxToken bounds a file with an access token.
const maxToken = 16 << 10

// readToken reads the access token that somebody else keeps fresh in a file.
func readToken(path string) (string, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("reading the access token: %w", err)
	}
	token := strings.TrimSpace(string(data))
	if token == "" || len(token) > maxToken {
		return "", fmt.Errorf("reading the access token: %s holds none", path)
	}
	return token, nil
}
