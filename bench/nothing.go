package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"fieldbook/syncserver"
)

// feeds is how many laptops write in the workspaces whose exchanges are counted.
const feeds = 5

// nothing measures a sync with nothing to do at a merging service over a folder.
func (b *bench) nothing(ctx context.Context) (_ row, err error) {
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: filepath.Join(b.dir, "nothing-store"), Create: true})
	if err != nil {
		return row{}, err
	}
	p := &party{}
	defer func() { err = joined(err, p.close()) }()
	if err := p.host(ctx, store); err != nil {
		return row{}, err
	}
	assets := max(1, b.assets/10)
	if err := b.gather(ctx, p, "nothing", assets, feeds); err != nil {
		return row{}, err
	}
	segments := max(1, b.single/4)
	if err := p.scribble(ctx, segments); err != nil {
		return row{}, err
	}
	owner := p.laptops[0]
	p.meter.take()
	whole, err := repeat(b.single/2+1, func(int) (time.Duration, error) {
		return timed(func() error { _, err := p.sync(ctx, owner); return err })
	})
	if err != nil {
		return row{}, err
	}
	all := p.meter.take()
	var spent []time.Duration
	var in, out int64
	for _, r := range all {
		spent, in, out = append(spent, r.time), max(in, r.in), max(out, r.out)
	}
	each := float64(len(all)) / float64(b.single/2+1)
	at := median(spent)
	return row{
		what:     fmt.Sprintf("sync with nothing to do, loopback, folder store, %d feeds", feeds),
		measured: fmt.Sprintf("%s at the service, %.0f request, bodies of %d and %d B", span(at), each, in, out),
		target:   "under 3 ms at the service, 1 request, bodies under 1 KB each way",
		met:      met(at < 3*time.Millisecond && each == 1 && in < 1000 && out < 1000),
		notes: []string{
			fmt.Sprintf("%s documents, about %d segments in each feed, %s rounds; the laptop's whole sync, service included, took %s", count(assets), segments, count(len(all)), span(whole)),
		},
	}, nil
}

// scribble has every laptop write, and send, some entries one by one.
func (p *party) scribble(ctx context.Context, segments int) error {
	for _, w := range p.laptops {
		ids, err := someAssets(ctx, w, 10)
		if err != nil {
			return err
		}
		e := &editor{w: w, ids: ids}
		for range segments {
			if _, err := e.round(ctx, 1); err != nil {
				return err
			}
			if _, err := p.sync(ctx, w); err != nil {
				return err
			}
		}
	}
	return p.level(ctx)
}
