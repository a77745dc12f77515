package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"fieldbook/syncclient"
	"fieldbook/syncserver"
	"fieldbook/workspace"
)

// sync measures a laptop's way onto a stick and from there to a new laptop.
func (b *bench) sync(ctx context.Context) (row, error) {
	assets := max(1, b.sizes.sync/(b.edits+1))
	edited, err := b.syncOnce(ctx, "edits", assets, b.edits)
	if err != nil {
		return row{}, err
	}
	created, err := b.syncOnce(ctx, "creations", b.sizes.sync, 0)
	total := edited.out + edited.in
	return row{
		what:     fmt.Sprintf("sync %s events through a folder to an empty device", count(edited.events)),
		measured: fmt.Sprintf("%s (onto the stick %s, onto the new laptop %s)", span(total), span(edited.out), span(edited.in)),
		target:   "under 3 s", met: met(total < 3*time.Second),
		notes: []string{
			fmt.Sprintf("%s assets, %d edits of each; the stick is a folder of the same disk", count(assets), b.edits),
			fmt.Sprintf("the same number of events that each create an asset of about 30 fields: %s (out %s, in %s)", span(created.out+created.in), span(created.out), span(created.in)),
		},
	}, err
}

// exchange is what a sync took on both sides.
type exchange struct {
	out, in time.Duration
	events  int
}

func (b *bench) syncOnce(ctx context.Context, name string, assets, edits int) (exchange, error) {
	dir, err := b.editedAssets(ctx, "sync-"+name, assets, edits)
	if err != nil {
		return exchange{}, err
	}
	owner, err := workspace.Open(ctx, config(dir, cheap))
	if err != nil {
		return exchange{}, err
	}
	defer owner.Close()
	var outs, ins []time.Duration
	var x exchange
	for n := range max(1, b.rounds-2) {
		out, in, events, err := b.carry(ctx, owner, fmt.Sprintf("%s%d", name, n))
		if err != nil {
			return exchange{}, err
		}
		outs, ins = append(outs, out), append(ins, in)
		x.events = events
	}
	x.out, x.in = median(outs), median(ins)
	return x, nil
}

// carry syncs the owner with an empty folder and a newly admitted laptop with it.
func (b *bench) carry(ctx context.Context, owner *workspace.Workspace, name string) (out, in time.Duration, events int, err error) {
	stick := filepath.Join(b.dir, "stick-"+name)
	dir := filepath.Join(b.dir, "laptop-"+name)
	defer os.RemoveAll(stick)
	defer os.RemoveAll(dir)
	if err := admit(ctx, owner, dir); err != nil {
		return 0, 0, 0, err
	}
	remote, err := folder(stick)
	if err != nil {
		return 0, 0, 0, err
	}
	out, err = timed(func() error {
		_, err := owner.Sync(ctx, remote)
		return err
	})
	if err != nil {
		return 0, 0, 0, err
	}
	laptop, err := workspace.Open(ctx, config(dir, cheap))
	if err != nil {
		return 0, 0, 0, err
	}
	defer laptop.Close()
	in, err = timed(func() error {
		done, err := laptop.Sync(ctx, remote)
		events = done.Received
		return err
	})
	return out, in, events, err
}

// admit makes a new device in dir and lets it in.
func admit(ctx context.Context, owner *workspace.Workspace, dir string) error {
	asked, err := workspace.Ask(ctx, config(dir, cheap), "Jo Hargreaves")
	if err != nil {
		return err
	}
	approved, err := owner.Approve(ctx, asked.File, "")
	if err != nil {
		return err
	}
	_, err = workspace.Join(ctx, config(dir, cheap), approved.File)
	return err
}

func folder(path string) (syncclient.Remote, error) {
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: path, Create: true})
	if err != nil {
		return nil, err
	}
	return syncserver.New(syncserver.Config{Store: store}), nil
}
