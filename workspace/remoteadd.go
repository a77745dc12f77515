package workspace

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/record"
	"fieldbook/syncproto"
)

// RemoteSpec says which remote to add.
type RemoteSpec struct {
	// Name is what this device calls it.
	Name string
	// URL is a folder or a service's address; Second another address of that
	// service, in another region, empty if there is none.
	URL, Second string
	// Invitation is the secret by which a service takes a workspace or device
	// that it does not know; empty if it asks for none.
	Invitation string
	// TokenFile is a file with an access token, for services that ask for one.
	TokenFile string
	// Certificate is the PEM of the service's certificate if no authority that this
	// laptop knows vouches for it.
	Certificate []byte
	// Sealed keeps an owner from granting the service the workspace's keys.
	Sealed bool
	// Begin makes a folder one where this record is exchanged; without it the folder
	// must be one already.
	Begin bool
}

// RemoteAdded says what adding a remote did.
type RemoteAdded struct {
	RemoteView
	Service *string  `json:"service"` // id of the service; null for a folder
	Words   []string `json:"words"`   // of the service's keys; empty for a folder
	Granted bool     `json:"granted"` // the service was granted the workspace's keys just now
}

// AddRemote keeps an address. A service is asked for its keys, which it must have
// from then on. If this device's member is an owner, the service is granted the
// workspace's keys, unless the owner wants it sealed; who is no owner may only
// add a service that an owner granted, or a sealed one.
func (w *Workspace) AddRemote(ctx context.Context, spec RemoteSpec) (RemoteAdded, error) {
	added, err := w.addRemote(ctx, spec)
	if err != nil {
		return added, fmt.Errorf("adding the remote: %w", err)
	}
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		branches, err := tx.Branches()
		if err == nil {
			var r remote
			if r, err = w.remote(ctx, spec.Name); err == nil {
				added.RemoteView, err = w.remoteView(tx, &r, branches)
			}
		}
		return err
	})
	return added, err
}

func (w *Workspace) addRemote(ctx context.Context, spec RemoteSpec) (added RemoteAdded, err error) {
	added.Words = []string{}
	r, err := w.newRemote(ctx, spec)
	if err != nil {
		return added, err
	}
	var grant *envelope.Control
	if !r.folder() {
		id := r.service().String()
		added.Service, added.Words = &id, r.words()
		if grant, err = w.granting(r, spec.Sealed); err != nil {
			return added, err
		}
	}
	added.Granted = grant != nil
	return added, w.write(ctx, Entry{}, source{}, func(b *batch) error {
		if grant != nil {
			if err := b.control(grant); err != nil {
				return err
			}
		}
		return keepRemote(b.tx, r)
	})
}

// newRemote checks a specification and asks the service for its keys.
func (w *Workspace) newRemote(ctx context.Context, spec RemoteSpec) (*remote, error) {
	r := &remote{Name: spec.Name, URL: spec.URL, Second: spec.Second, Invitation: spec.Invitation, TokenFile: spec.TokenFile, Certificate: spec.Certificate}
	if err := checkRemoteName(spec.Name); err != nil {
		return nil, err
	}
	var missing *NotFound
	if _, err := w.remote(ctx, spec.Name); err == nil {
		return nil, record.Refuse("state", `there is a remote "{0}" already; remove it first, or take another name`, spec.Name)
	} else if !errors.As(err, &missing) {
		return nil, err
	}
	service, err := IsService(spec.URL)
	if err != nil {
		return nil, err
	}
	if !service {
		r.URL, err = w.newFolder(ctx, spec)
		return r, err
	}
	if spec.Begin {
		return nil, errBegin
	}
	if spec.Second != "" {
		if second, err := IsService(spec.Second); err != nil || !second {
			return nil, errors.Join(err, record.Misuse("the second address must be one of the same service: https://..."))
		}
	}
	if err := w.pin(ctx, r); err != nil {
		return nil, err
	}
	return r, w.welcome(ctx, r)
}

var errBegin = record.Misuse("only a folder is begun in; a service takes the record by itself")

// newFolder gives the path of the folder that a specification means.
func (w *Workspace) newFolder(ctx context.Context, spec RemoteSpec) (string, error) {
	if err := spec.folderOnly(); err != nil {
		return "", err
	}
	path, err := FolderPath(spec.URL)
	if err != nil {
		return "", err
	}
	return path, w.EnterFolder(ctx, path, "", spec.Begin)
}

// folderOnly refuses what only makes sense for a service.
func (spec RemoteSpec) folderOnly() error {
	if spec.URL == "" {
		return record.Misuse("the remote needs an address: https://..., or a folder")
	}
	if spec.Second+spec.Invitation+spec.TokenFile+string(spec.Certificate) != "" || spec.Sealed {
		return record.Misuse("a folder has no second address, secret, token or certificate, and is always sealed")
	}
	return nil
}

// welcome makes sure that the service takes this workspace from this device,
// before anything is granted to it.
func (w *Workspace) welcome(ctx context.Context, r *remote) error {
	service, err := w.connect(r)
	if err != nil {
		return err
	}
	l := &local{w: w}
	if err := l.load(ctx); err != nil {
		return err
	}
	have, err := l.Have(ctx)
	if err != nil {
		return err
	}
	w.cfg.report(ctx, "asking the service to take this workspace", 0, 0)
	_, err = service.Exchange(ctx, &syncproto.Request{Workspace: syncproto.Workspace(w.id), Have: have})
	return err
}

// granting is the event that lets a service open the record, nil if nothing is to
// be granted. It refuses a service that is not the one an owner granted.
func (w *Workspace) granting(r *remote, sealed bool) (*envelope.Control, error) {
	me, err := w.self()
	if err != nil {
		return nil, err
	}
	state, err := w.roster.Now()
	if err != nil {
		return nil, err
	}
	switch {
	case sealed || grants(state, r.service()):
		return nil, nil
	case me.Role == envelope.Owner:
		keys := r.keys()
		wraps, err := w.roster.WrapAll(keys)
		return &envelope.Control{Type: envelope.ServiceGranted, Service: &keys, Wraps: wraps}, err
	case len(state.Services()) > 0:
		return nil, record.Refuse("service",
			`the service that answers at {0} is not one that an owner of the workspace granted the keys; its words are "{1}", ask an owner to compare them. Sealed, it only moves what it cannot open`,
			r.URL, strings.Join(r.words(), " ")).By("--sealed")
	}
	return nil, nil
}

// keepRemote adds a remote to the list, and its key to those that check receipts.
func keepRemote(tx *eventstore.Tx, r *remote) error {
	list, err := loadRemotes(tx)
	if err != nil {
		return err
	}
	if !r.folder() {
		if err := keepService(tx, r.keys()); err != nil {
			return err
		}
	}
	return saveRemotes(tx, append(list, *r))
}
