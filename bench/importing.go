package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"fieldbook/workspace"
)

// importing measures one list from the file to the commit, and what it adds to
// the log in events a second.
func (b *bench) importing(ctx context.Context) (row, error) {
	file, err := b.listOf(b.rows)
	if err != nil {
		return row{}, err
	}
	var entries [][]byte
	p, r, err := turns(max(1, b.rounds-2), // an import and its reference take long
		func(n int) (d time.Duration, err error) {
			d, entries, err = b.importOnce(ctx, n, file)
			return d, err
		},
		func(int) (time.Duration, error) {
			reference, err := newPlain(ctx, filepath.Join(b.dir, "import-reference.db"))
			if err != nil {
				return 0, err
			}
			defer reference.close()
			return reference.grouped(ctx, entries, 1000)
		})
	ratio := r.Seconds() / p.Seconds()
	return row{
		what:      fmt.Sprintf("import %s rows", count(b.rows)),
		measured:  fmt.Sprintf("%s events in %s, %s", count(len(entries)), span(p), rate(len(entries), p)),
		reference: fmt.Sprintf("mattn/go-sqlite3, the same bytes, 1,000 per transaction: %s", rate(len(entries), r)),
		ratio:     fmt.Sprintf("%.3f", ratio), target: "0.02", met: met(ratio >= 0.02),
		notes: []string{fmt.Sprintf("an event of this list has %d bytes, for about 30 fields", meanLength(entries))},
	}, err
}

// importOnce imports into a new workspace and keeps the last one for other rows.
func (b *bench) importOnce(ctx context.Context, n int, file string) (time.Duration, [][]byte, error) {
	w, dir, err := b.found(ctx, fmt.Sprintf("import%d", n))
	if err != nil {
		return 0, nil, err
	}
	d, err := timed(func() error {
		report, err := w.ImportAssets(ctx, entry, workspace.ImportOptions{File: file})
		if err == nil && report.Totals.Created != b.rows {
			err = fmt.Errorf("imported %+v", report.Totals)
		}
		return err
	})
	if err != nil {
		return 0, nil, err
	}
	if err := w.Close(); err != nil {
		return 0, nil, err
	}
	if b.imported != "" {
		os.RemoveAll(b.imported)
	}
	b.imported = dir
	entries, err := encodedLog(ctx, dir)
	return d, entries, err
}

func meanLength(entries [][]byte) int {
	total := 0
	for _, e := range entries {
		total += len(e)
	}
	return total / max(1, len(entries))
}

// listed is the device with the imported list, made when first asked for.
func (b *bench) listed(ctx context.Context) (string, error) {
	if b.imported == "" {
		file, err := b.listOf(b.rows)
		if err != nil {
			return "", err
		}
		if _, _, err := b.importOnce(ctx, 0, file); err != nil {
			return "", err
		}
	}
	return b.imported, nil
}
