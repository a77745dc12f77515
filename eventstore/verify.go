package eventstore

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
)

// Violation is one place where the log is not what its authors signed.
type Violation struct {
	Feed   string `json:"feed"`
	Seq    uint64 `json:"seq"`
	Kind   string `json:"kind"`
	Detail string `json:"detail"`
}

// MarshalJSON writes null for a feed and a number where a violation is not about one entry.
func (v Violation) MarshalJSON() ([]byte, error) {
	type plain Violation
	shown := struct {
		Feed *string `json:"feed"`
		Seq  *uint64 `json:"seq"`
		plain
	}{plain: plain(v)}
	if v.Feed != "" {
		shown.Feed = &v.Feed
	}
	if v.Seq != 0 {
		shown.Seq = &v.Seq
	}
	return json.Marshal(shown)
}

// The kinds of violations.
const (
	// PageViolation: SQLite can't read a part of the file.
	PageViolation = "page"
	// RowViolation: a row is no envelope, or not where it belongs.
	RowViolation = "row"
	// SeqViolation: a seq is missing or out of order.
	SeqViolation = "seq"
	// ChainViolation: an envelope is not the one that the next, the tip or a fork continues.
	ChainViolation = "chain"
	// HeadViolation: the last envelope of a branch is not covered by a signature of its device.
	HeadViolation = "head"
	// SegmentViolation: a segment is missing, or not the one its author signed.
	SegmentViolation = "segment"
	// DeviceViolation: no key is known to check a feed's signatures with.
	DeviceViolation = "device"
	// ReceiptViolation: what a service has signed for is not in the log, or the receipt is none.
	ReceiptViolation = "receipt"
)

// VerifyStats counts what Verify has read.
type VerifyStats struct {
	Events int64
	Feeds  int64
}

// KeyOf gives the public key of an admitted device.
type KeyOf func(envelope.DeviceID) (ed25519.PublicKey, bool)

// Verify reads every row and checks again what was checked on arrival: each envelope's hash, the chains and their seqs,
// forks, signed heads, and each segment's bytes and signature. It reports each violation and goes on, also past pages
// that can't be read; the error says only that it could not run to its end. report is called by one goroutine at a time.
func (s *Store) Verify(ctx context.Context, keyOf KeyOf, report func(Violation)) (VerifyStats, error) {
	var mu sync.Mutex
	locked := func(v Violation) {
		mu.Lock()
		defer mu.Unlock()
		report(v)
	}
	chains := &verifier{ctx: ctx, keyOf: keyOf, report: locked, quiet: true}
	segments := &verifier{ctx: ctx, keyOf: keyOf, report: locked}
	var errs [2]error
	var wait sync.WaitGroup
	wait.Go(func() { errs[0] = chains.run(s, chains.chains) })
	wait.Go(func() { errs[1] = segments.run(s, segments.segments) })
	wait.Wait()
	return chains.stats, errors.Join(errs[:]...)
}

// Integrity lets SQLite check the structure of the whole file, indexes and read models included, and reports what it finds.
func (s *Store) Integrity(ctx context.Context, report func(Violation)) error {
	return s.pragma(ctx, "PRAGMA integrity_check", report)
}

// Pages is Integrity without comparing tables with their indexes: it reads every page once and finds each that is
// damaged, because the file's encryption turns one flipped bit into a page of noise.
func (s *Store) Pages(ctx context.Context, report func(Violation)) error {
	return s.pragma(ctx, "PRAGMA quick_check", report)
}

func (s *Store) pragma(ctx context.Context, check string, report func(Violation)) error {
	v := &verifier{ctx: ctx, report: report}
	return v.run(s, func() {
		v.try("integrity check", v.tx.conn.query(check, nil, func(row *sqlite3.Stmt) (bool, error) {
			if text := row.ColumnText(0); text != "ok" {
				v.add(nil, 0, PageViolation, "%s", text)
			}
			return true, nil
		}))
	})
}

// verifier checks one aspect of the log on a snapshot of its own.
type verifier struct {
	ctx    context.Context
	keyOf  KeyOf
	report func(Violation)
	// quiet leaves to another verifier what both would find.
	quiet    bool
	tx       *Tx
	branches map[int64]*chain
	starts   int64 // stretches of branches found
	stats    VerifyStats
}

// run calls check in a view. What SQLite can't read, or makes it panic, is a violation like any other.
func (v *verifier) run(s *Store, check func()) error {
	err := s.View(v.ctx, func(tx *Tx) (err error) {
		defer func() {
			if p := recover(); p != nil {
				v.add(nil, 0, PageViolation, "SQLite stopped: %v", p)
			}
		}()
		v.tx = tx
		check()
		return v.ctx.Err()
	})
	if v.ctx.Err() != nil || errors.Is(err, ErrClosed) {
		return err
	}
	v.try("open a snapshot", err)
	return nil
}

// add reports a violation of a branch; b may be nil.
func (v *verifier) add(b *branch, seq uint64, kind, format string, args ...any) {
	feed := ""
	if b != nil {
		feed = b.Feed.String()
	}
	v.report(Violation{Feed: feed, Seq: seq, Kind: kind, Detail: fmt.Sprintf(format, args...)})
}

// try reports an error of SQLite and tells whether there was none.
func (v *verifier) try(doing string, err error) bool {
	if err != nil && v.ctx.Err() == nil {
		v.add(nil, 0, PageViolation, "%s: %v", doing, err)
	}
	return err == nil
}

// load reads the branches, each one that can be read.
func (v *verifier) load() {
	v.branches = map[int64]*chain{}
	err := v.tx.conn.query(branchColumns+" ORDER BY id", nil, func(s *sqlite3.Stmt) (bool, error) {
		b, err := readBranch(s)
		if err != nil && !v.quiet {
			v.add(b, 0, RowViolation, "%v", err)
		}
		v.branches[b.ID] = &chain{branch: b, seq: b.BaseSeq, hash: b.Base, head: b.Base}
		return true, nil
	})
	if err != nil && !v.quiet {
		v.try("read the branches", err)
	}
}
