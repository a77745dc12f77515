package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"time"

	"fieldbook/syncserver"
)

// joined is errors.Join for a deferred close: err stays what it is if there is
// nothing to add.
func joined(err, closing error) error {
	if closing == nil {
		return err
	}
	return errors.Join(err, closing)
}

// editsEach is how often each document is edited in an exchange.
const editsEach = 10

// exchanged is what one exchange came to.
type exchanged struct {
	push, pull time.Duration
	wire       [2]int64 // bytes of the connections, both ways together
	sealed     int64    // bytes of the segments
}

// exchanges measures many edits on their way through a merging service to a
// second laptop, by turns with automerge-repo and its websocket server.
func (b *bench) exchanges(ctx context.Context) (_ row, err error) {
	p, folder, err := b.exchanging(ctx)
	if err != nil {
		return row{}, err
	}
	defer func() { err = joined(err, p.close()) }()
	documents := max(1, b.sizes.sync/editsEach)
	other, err := b.newPeer(ctx, documents)
	if err != nil {
		return row{}, err
	}
	defer func() { err = joined(err, other.close()) }()
	var last exchanged
	var pushes, pulls, theirPushes, theirPulls []time.Duration
	product, reference, err := turns(max(1, b.rounds-2),
		func(n int) (time.Duration, error) {
			last, err = b.exchange(ctx, p, folder, n)
			pushes, pulls = append(pushes, last.push), append(pulls, last.pull)
			return last.push + last.pull, err
		},
		func(int) (time.Duration, error) {
			push, pull, err := other.round(editsEach)
			theirPushes, theirPulls = append(theirPushes, push), append(theirPulls, pull)
			return push + pull, err
		})
	ratio := reference.Seconds() / product.Seconds()
	return row{
		what:      fmt.Sprintf("push %s single-field edits and pull them on a second laptop, merging service", count(documents*editsEach)),
		measured:  fmt.Sprintf("%s (push %s, pull %s)", span(product), span(median(pushes)), span(median(pulls))),
		reference: fmt.Sprintf("automerge-repo with its websocket server, the same edits: %s (push %s, pull %s)", span(reference), span(median(theirPushes)), span(median(theirPulls))),
		ratio:     fmt.Sprintf("%.1f", ratio), target: "under 4 s together, and faster than automerge-repo", met: met(product < 4*time.Second && ratio > 1),
		notes: []string{
			fmt.Sprintf("%d edits of each of %s documents of about %d fields, made before the connection; all sides keep them in files", editsEach, count(documents), peerFields),
			"service and both laptops share one process, with the engine in another; the reference has three processes",
		},
	}, err
}

// carried measures the bytes on the wire beside those of the sealed segments.
func (b *bench) carried(ctx context.Context) (_ row, err error) {
	p, folder, err := b.exchanging(ctx)
	if err != nil {
		return row{}, err
	}
	defer func() { err = joined(err, p.close()) }()
	x, err := b.exchange(ctx, p, folder, 0)
	sealed := float64(x.sealed)
	push, pull := float64(x.wire[0])/sealed, float64(x.wire[1])/sealed
	return row{
		what:      fmt.Sprintf("bytes on the wire, %s edits", count(b.sizes.sync)),
		measured:  fmt.Sprintf("push %s B, pull %s B", count(x.wire[0]), count(x.wire[1])),
		reference: fmt.Sprintf("the sealed segments: %s B", count(x.sealed)),
		ratio:     fmt.Sprintf("%.3f and %.3f times", push, pull), target: "under 1.1 times", met: met(max(push, pull) < 1.1),
		notes: []string{"all bytes of the TCP connections in both directions, with headers, signatures, receipts and what both sides say they have"},
	}, err
}

// exchanging is a service over a folder with two laptops that hold documents.
func (b *bench) exchanging(ctx context.Context) (*party, string, error) {
	b.made++
	name := fmt.Sprintf("exchange%d", b.made)
	folder := filepath.Join(b.dir, name+"-store")
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: folder, Create: true})
	if err != nil {
		return nil, "", err
	}
	p := &party{}
	err = p.host(ctx, store)
	if err == nil {
		err = b.gather(ctx, p, name, max(1, b.sizes.sync/editsEach), 2)
	}
	if err != nil {
		return nil, "", joined(err, p.close())
	}
	return p, folder, nil
}

// exchange edits every document some times on the first laptop, and measures the
// edits' way to the second.
func (b *bench) exchange(ctx context.Context, p *party, folder string, round int) (x exchanged, err error) {
	for n := range editsEach {
		if _, err := p.laptops[0].SetAssets(ctx, entry, nil, change(round*editsEach+n)); err != nil {
			return x, err
		}
	}
	before, err := sealedBytes(folder)
	if err != nil {
		return x, err
	}
	for at, w := range p.laptops {
		start := p.wire.bytes.Load()
		spent, err := timed(func() error { _, err := p.sync(ctx, w); return err })
		if err != nil {
			return x, err
		}
		x.wire[at] = p.wire.bytes.Load() - start
		if at == 0 {
			x.push = spent
		} else {
			x.pull = spent
		}
	}
	after, err := sealedBytes(folder)
	if err != nil {
		return x, err
	}
	x.sealed = after - before
	return x, p.same(ctx)
}

// sealedBytes is the size of all segments in a service's folder.
func sealedBytes(folder string) (total int64, err error) {
	err = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(filepath.ToSlash(path), "/feeds/") || strings.HasSuffix(path, ".note") {
			return err
		}
		info, err := d.Info()
		if err == nil {
			total += info.Size()
		}
		return err
	})
	return total, err
}
