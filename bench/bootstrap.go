package main

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"time"

	"fieldbook/keyring"
	"fieldbook/projections"
	"fieldbook/syncserver"
	"fieldbook/syncserver/service"
	"fieldbook/workspace"
)

// remoteName is what laptops here call the service.
const remoteName = "office"

// host is a sync service over a folder, reached over HTTP on this machine.
type host struct {
	service *service.Service
	server  *httptest.Server
}

// serve starts a service over a folder. Each needs the same secret.
func serve(ctx context.Context, dir, secret string) (*host, error) {
	master, err := keyring.ParseMaster(secret)
	if err != nil {
		return nil, err
	}
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: dir, Create: true})
	if err != nil {
		return nil, err
	}
	s, err := service.New(ctx, service.Config{Store: store, Master: master, Open: true})
	if err != nil {
		return nil, err
	}
	return &host{s, httptest.NewServer(s)}, nil
}

func (h *host) close() {
	h.server.Close()
	h.service.Close()
}

// exchange syncs a laptop with the service, which it comes to know first.
func (h *host) exchange(ctx context.Context, w *workspace.Workspace) (workspace.Synced, error) {
	if _, err := w.AddRemote(ctx, workspace.RemoteSpec{Name: remoteName, URL: h.server.URL}); err != nil {
		return workspace.Synced{}, err
	}
	remote, err := w.Connect(ctx, remoteName)
	if err != nil {
		return workspace.Synced{}, err
	}
	return w.SyncAs(ctx, remoteName, remote)
}

// bootstrap measures how soon a new laptop is of use, and when it has everything.
func (b *bench) bootstrap(ctx context.Context) (row, error) {
	dir, err := b.editedAssets(ctx, "served", b.assets, b.served)
	if err != nil {
		return row{}, err
	}
	owner, err := workspace.Open(ctx, config(dir, cheap))
	if err != nil {
		return row{}, err
	}
	defer owner.Close()
	secret, master, err := keyring.NewMaster()
	if err != nil {
		return row{}, err
	}
	master.Wipe()
	store := filepath.Join(b.dir, "store")
	h, err := serve(ctx, store, secret)
	if err != nil {
		return row{}, err
	}
	defer h.close()
	pushed, err := timed(func() error { _, err := h.exchange(ctx, owner); return err })
	if err != nil {
		return row{}, err
	}
	var usable, complete []time.Duration
	var last newcomer
	for n := range max(1, b.rounds-2) {
		if last, err = b.newcomer(ctx, owner, h, fmt.Sprintf("newcomer%d", n)); err != nil {
			return row{}, err
		}
		usable, complete = append(usable, last.usable), append(complete, last.complete)
	}
	u, c := median(usable), median(complete)
	return row{
		what:     fmt.Sprintf("new laptop on %s assets and %s events, over HTTP: usable / complete", count(b.assets), count(last.events)),
		measured: fmt.Sprintf("%s / %s", span(u), span(c)),
		target:   "under 3 s / under 20 s", met: met(u < 3*time.Second && c < 20*time.Second),
		notes: []string{
			fmt.Sprintf("usable: %s documents from the pack, and the first page listed; complete: every entry stored, checked and found, the same digest as the owner's", count(last.documents)),
			fmt.Sprintf("service and laptop share this machine's cores; the owner's first sync, which the service merges, took %s", span(pushed)),
		},
	}, nil
}

// newcomer is what a new laptop took.
type newcomer struct {
	usable, complete  time.Duration
	documents, events int64
}

// newcomer lets a laptop in that has nothing, and gives it everything.
func (b *bench) newcomer(ctx context.Context, owner *workspace.Workspace, h *host, name string) (n newcomer, err error) {
	dir := filepath.Join(b.dir, name)
	defer os.RemoveAll(dir)
	if err := admit(ctx, owner, dir); err != nil {
		return n, err
	}
	to, err := owner.Connect(ctx, remoteName)
	if err != nil {
		return n, err
	}
	if _, err := owner.SyncAs(ctx, remoteName, to); err != nil { // so that the service knows the laptop
		return n, err
	}
	w, err := workspace.Open(ctx, config(dir, cheap))
	if err != nil {
		return n, err
	}
	defer w.Close()
	return n, n.arrive(ctx, w, owner, h)
}

func (n *newcomer) arrive(ctx context.Context, w, owner *workspace.Workspace, h *host) error {
	if _, err := w.AddRemote(ctx, workspace.RemoteSpec{Name: remoteName, URL: h.server.URL}); err != nil {
		return err
	}
	remote, err := w.Connect(ctx, remoteName)
	if err != nil {
		return err
	}
	var done workspace.Synced
	n.usable, err = timed(func() error {
		var taken bool
		if done, taken, err = w.TakePack(ctx, remoteName, remote); err == nil && !taken {
			return fmt.Errorf("no pack was taken: %+v", done.Pack)
		}
		if err == nil {
			_, err = w.Assets(ctx, projections.Query{Limit: 200})
		}
		return err
	})
	if err != nil {
		return err
	}
	n.documents = done.Pack.Documents
	behind, err := timed(func() error { done, err = w.SyncAs(ctx, remoteName, remote); return err })
	if err != nil {
		return err
	}
	to, err := owner.Connect(ctx, remoteName)
	if err == nil {
		_, err = owner.SyncAs(ctx, remoteName, to)
	}
	if err != nil {
		return err
	}
	n.complete = n.usable + behind
	status, err := w.Status(ctx)
	if err != nil {
		return err
	}
	theirs, err := owner.Status(ctx)
	n.events = status.Events
	if err == nil && (status.Digest != theirs.Digest || status.Unverified > 0) {
		err = errors.New("the new laptop does not have the owner's record")
	}
	return err
}
