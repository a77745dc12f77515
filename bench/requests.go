package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"fieldbook/internal/testkit/s3test"
	"fieldbook/syncserver/s3"
	"fieldbook/workspace"
)

// tally counts requests to S3 by operation.
type tally struct {
	mu    sync.Mutex
	calls map[string]int
}

func (c *tally) count(operation string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.calls == nil {
		c.calls = map[string]int{}
	}
	c.calls[operation]++
}

// take gives what was counted since the last take, as a number and in words.
func (c *tally) take() (total int, words string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var parts []string
	for _, operation := range slices.Sorted(maps.Keys(c.calls)) {
		total += c.calls[operation]
		parts = append(parts, fmt.Sprintf("%d %s", c.calls[operation], operation))
	}
	c.calls = nil
	return total, strings.Join(parts, ", ")
}

// requests counts what a merging service asks of S3.
func (b *bench) requests(ctx context.Context) (_ row, err error) {
	gateway, err := s3test.Run(ctx, filepath.Join(b.dir, "s3"))
	if err != nil {
		return row{}, err
	}
	defer gateway.Close()
	var calls tally
	cfg := gateway.Config()
	cfg.Count = calls.count
	store, err := s3.Open(ctx, cfg)
	if err != nil {
		return row{}, err
	}
	p := &party{}
	defer func() { err = joined(err, p.close()) }()
	if err := p.host(ctx, store); err != nil {
		return row{}, err
	}
	if err := b.gather(ctx, p, "requests", max(1, b.assets/10), feeds); err != nil {
		return row{}, err
	}
	if err := p.scribble(ctx, max(1, b.single/40)); err != nil {
		return row{}, err
	}
	counts, words, err := p.counts(ctx, &calls)
	if err != nil {
		return row{}, err
	}
	return row{
		what:     fmt.Sprintf("requests to S3 for a no-op, a one-edit push, a pull of %d segments; %d feeds", pulled, feeds),
		measured: fmt.Sprintf("%d, %d, %d", counts[noop], counts[push], counts[pull]),
		target:   fmt.Sprintf("at most %d, %d, %d", 1+feeds, 3+feeds, feeds+pulled), met: met(counts[noop] <= 1+feeds && counts[push] <= 3+feeds && counts[pull] <= feeds+pulled),
		notes: append(words,
			"a listing is one request for each 1,000 objects of the workspace that it goes through: with more segments and packs each figure grows by one for each 1,000 more",
			"counted over versitygw, repetitions included"),
	}, nil
}

// pulled is how many segments the counted pull brings.
const pulled = 10

// kinds of exchanges that are counted.
const (
	noop = iota
	push
	pull
	kinds
)

// counts gives the requests of each kind of exchange: the middle one of some
// rounds, and in words that and the greatest.
func (p *party) counts(ctx context.Context, calls *tally) (middle [kinds]int, words []string, err error) {
	owner, other := p.laptops[0], p.laptops[1]
	ids, err := someAssets(ctx, owner, 10)
	if err != nil {
		return middle, nil, err
	}
	e := &editor{w: owner, ids: ids}
	var all [kinds][]spentCalls
	counted := func(kind int, w *workspace.Workspace) error {
		calls.take()
		_, err := p.sync(ctx, w)
		n, words := calls.take()
		all[kind] = append(all[kind], spentCalls{n, words})
		return err
	}
	for range 7 { // more segments than a pack waits for
		for range pulled {
			if _, err := e.round(ctx, 1); err != nil {
				return middle, nil, err
			}
			if err := counted(push, owner); err != nil {
				return middle, nil, err
			}
		}
		if err := errors.Join(counted(pull, other), counted(noop, owner)); err != nil {
			return middle, nil, err
		}
	}
	for kind, name := range []string{"no-op", "one-edit push", fmt.Sprintf("pull of %d segments", pulled)} {
		slices.SortFunc(all[kind], func(a, b spentCalls) int { return cmp.Compare(a.n, b.n) })
		usual, worst := all[kind][len(all[kind])/2], all[kind][len(all[kind])-1]
		middle[kind] = usual.n
		words = append(words, fmt.Sprintf("%s: %s; the most of %d rounds: %d (%s)", name, usual.words, len(all[kind]), worst.n, worst.words))
	}
	return middle, words, nil
}

// spentCalls are the requests of one exchange, as a number and in words.
type spentCalls struct {
	n     int
	words string
}
