package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"fieldbook/envelope"
	"fieldbook/workspace"
)

// verify measures the proof that nothing was altered, and the read models made
// anew from the log: every chain, signature and membership checked, every entry
// opened and replayed.
func (b *bench) verify(ctx context.Context) (row, error) {
	dir, err := b.many(ctx)
	if err != nil {
		return row{}, err
	}
	open, events, err := b.openReference(ctx, dir)
	if err != nil {
		return row{}, err
	}
	var verified, rebuilt []time.Duration
	p, r, err := turns(b.rounds,
		func(int) (time.Duration, error) {
			v, d, err := verifyAndRebuild(ctx, dir)
			verified, rebuilt = append(verified, v), append(rebuilt, d)
			return v + d, err
		},
		func(int) (time.Duration, error) { return open() })
	if err != nil {
		return row{}, err
	}
	deep, err := repeat(max(1, b.rounds-2), func(int) (time.Duration, error) { return verifyOnce(ctx, dir, true) })
	ratio := r.Seconds() / p.Seconds()
	return row{
		what:      fmt.Sprintf("verify and rebuild everything, %s events over %s assets", count(events), count(b.assets)),
		measured:  fmt.Sprintf("%s (verify %s, rebuild %s), %s", span(p), span(median(verified)), span(median(rebuilt)), rate(events, p)),
		reference: fmt.Sprintf("scan of the raw rows (mattn/go-sqlite3) and AEAD open of the same bytes: %s", rate(events, r)),
		ratio:     fmt.Sprintf("%.3f", ratio), target: "0.03 and under 4 s", met: met(ratio >= 0.03 && p < 4*time.Second),
		notes: []string{fmt.Sprintf("verify --deep, which compares the read models with a rebuild and lets SQLite check the file: %s", span(deep))},
	}, err
}

func verifyAndRebuild(ctx context.Context, dir string) (verified, rebuilt time.Duration, err error) {
	if verified, err = verifyOnce(ctx, dir, false); err != nil {
		return 0, 0, err
	}
	w, err := workspace.Open(ctx, config(dir, cheap))
	if err != nil {
		return 0, 0, err
	}
	defer w.Close()
	rebuilt, err = timed(func() error { return w.Rebuild(ctx) })
	return verified, rebuilt, err
}

func verifyOnce(ctx context.Context, dir string, deep bool) (time.Duration, error) {
	return timed(func() error {
		result, err := workspace.Verify(ctx, config(dir, cheap), workspace.VerifyOptions{Deep: deep})
		if err == nil && !result.OK {
			err = fmt.Errorf("violations: %v", result.Violations)
		}
		return err
	})
}

// openReference puts the sealed entries of a log into a plain table: nonce and
// ciphertext, with the associated data in memory. What it returns reads and
// opens all of them.
func (b *bench) openReference(ctx context.Context, dir string) (open func() (time.Duration, error), events int, err error) {
	log, err := openRaw(ctx, dir)
	if err != nil {
		return nil, 0, err
	}
	defer log.store.Close()
	all, err := log.envelopes(ctx, 0)
	if err != nil {
		return nil, 0, err
	}
	var sealed []*envelope.Envelope
	var entries [][]byte
	for _, e := range all {
		if !e.IsControl() {
			sealed = append(sealed, e)
			entries = append(entries, append(append([]byte(nil), e.Nonce...), e.Body...))
		}
	}
	reference, err := newPlain(ctx, filepath.Join(b.dir, "open-reference.db"))
	if err != nil {
		return nil, 0, err
	}
	if _, err := reference.grouped(ctx, entries, 10_000); err != nil {
		return nil, 0, err
	}
	ads := make([][]byte, len(sealed))
	for i, e := range sealed {
		ads[i] = e.AD()
	}
	return func() (time.Duration, error) {
		i := 0
		return timed(func() error {
			return reference.scan(ctx, func(entry []byte) error {
				_, err := log.keys[sealed[i].Key].Open(ads[i], entry[:24], entry[24:])
				i++
				return err
			})
		})
	}, len(all), nil
}
