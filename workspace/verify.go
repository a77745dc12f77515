package workspace

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/keyring"
	"fieldbook/projections"
	"fieldbook/roster"
	"fieldbook/syncclient"
)

// VerifyOptions say how far to look.
type VerifyOptions struct {
	// Deep adds every opening, SQLite's full check of the file, the replay of all
	// documents, and a rebuild compared with the live read models.
	Deep bool
	// Against, if set, is a folder or a backup whose heads this log must have.
	Against syncclient.Remote
	// Remote names a remote of this device instead. Folder opens it if it is one.
	Remote string
	Folder func(path string) (syncclient.Remote, error)
}

// Verified is what a verification found.
type Verified struct {
	OK         bool                   `json:"ok"`
	Events     int64                  `json:"events"`
	Feeds      int                    `json:"feeds"`
	Violations []eventstore.Violation `json:"violations"`
	Digest     *string                `json:"digest"`   // null when the log can't be read
	Receipts   int64                  `json:"receipts"` // of services, each for what the log must have
	// Unverified counts the documents of which history has not arrived yet: the log
	// may be whole as far as it goes, and is not what this laptop shows.
	Unverified int64 `json:"unverified"`
}

// Verify checks a device's log without writing to it: it works on a copy. What
// is wrong with the log is in the result; an error means that it could not be
// checked (ErrPassphrase, ErrNone, eventstore.ErrBusy, a full disk).
func Verify(ctx context.Context, cfg Config, opts VerifyOptions) (Verified, error) {
	v := newVerifier(cfg, opts)
	return v.result(ctx, v.run(ctx))
}

// Verify is the function of that name for a workspace that is open: it checks a
// copy made between two writes, and asks for no passphrase.
func (w *Workspace) Verify(ctx context.Context, opts VerifyOptions) (Verified, error) {
	v := newVerifier(w.cfg, opts)
	return v.result(ctx, v.copied(ctx, w.identity, w.id, func(path string) error { return w.store.Copy(ctx, path) }))
}

func newVerifier(cfg Config, opts VerifyOptions) *verifier {
	v := &verifier{cfg: cfg, opts: opts}
	v.out.Violations = []eventstore.Violation{}
	return v
}

// result is what was found, unless the caller gave up meanwhile: then it may be
// less than there is.
func (v *verifier) result(ctx context.Context, err error) (Verified, error) {
	if err == nil {
		err = ctx.Err()
	}
	v.out.OK = err == nil && len(v.out.Violations) == 0 && v.out.Unverified == 0
	return v.out, err
}

type verifier struct {
	cfg  Config
	opts VerifyOptions
	w    *Workspace

	mu  sync.Mutex // the deep checks run side by side
	out Verified
}

func (v *verifier) report(violation eventstore.Violation) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.out.Violations = append(v.out.Violations, violation)
}

func (v *verifier) broken(kind string, err error) {
	v.report(eventstore.Violation{Kind: kind, Detail: err.Error()})
}

func (v *verifier) run(ctx context.Context) error {
	identity, a, err := unlock(ctx, v.cfg)
	if errors.Is(err, keyring.ErrIdentity) {
		v.broken("identity", err)
		return nil
	}
	if err != nil {
		return err
	}
	defer identity.Wipe()
	if a.Workspace == (envelope.WorkspaceID{}) {
		return ErrNotJoined
	}
	return v.copied(ctx, identity, a.Workspace, func(path string) error { return eventstore.Copy(ctx, v.cfg.databasePath(), path) })
}

// copied checks a copy of the log.
func (v *verifier) copied(ctx context.Context, identity *keyring.Identity, id envelope.WorkspaceID, copyTo func(path string) error) error {
	dir, err := os.MkdirTemp("", "fieldbook-verify-*") // the copy is as encrypted as the original
	if err != nil {
		return fmt.Errorf("making a copy to verify: %w", err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, databaseFile)
	v.cfg.report(ctx, "copying", 0, 0)
	if err := copyTo(path); err != nil {
		if errors.Is(err, os.ErrNotExist) {
			v.broken("missing", err)
			return nil
		}
		return fmt.Errorf("making a copy to verify: %w", err)
	}
	return v.check(ctx, path, identity, id)
}

// check verifies the copy at path.
func (v *verifier) check(ctx context.Context, path string, identity *keyring.Identity, id envelope.WorkspaceID) error {
	store, err := eventstore.Open(ctx, eventstore.Config{Path: path, Key: identity.DBKey()})
	if err != nil {
		return v.unreadable(err)
	}
	defer store.Close()
	v.w = &Workspace{cfg: v.cfg, identity: identity, device: deviceOf(identity), id: id, store: store, roster: roster.New(id)}
	if err := v.members(ctx); err != nil {
		return v.unreadable(err)
	}
	v.cfg.report(ctx, "checking chains and signatures", 0, 0)
	stats, err := store.Verify(ctx, func(d envelope.DeviceID) (ed25519.PublicKey, bool) { return v.w.roster.SignKey(d) }, v.report)
	v.out.Events, v.out.Feeds = stats.Events, int(stats.Feeds)
	if err != nil {
		return v.unreadable(err)
	}
	if err := v.rights(ctx); err != nil {
		return v.unreadable(err)
	}
	if err := v.receipts(ctx); err != nil {
		return v.unreadable(err)
	}
	if !v.opts.Deep {
		if err := store.Pages(ctx, v.report); err != nil {
			return v.unreadable(err)
		}
	}
	if err := v.readModels(ctx); err != nil {
		return err
	}
	return v.compareWith(ctx)
}

// compareWith compares the log with what the options name.
func (v *verifier) compareWith(ctx context.Context) error {
	if v.opts.Remote != "" {
		r, err := v.w.remote(ctx, v.opts.Remote)
		switch {
		case err != nil:
			return err
		case !r.folder():
			v.opts.Against, err = v.w.connect(&r)
		case v.opts.Folder != nil:
			v.opts.Against, err = v.opts.Folder(r.URL)
		}
		if err != nil {
			return err
		}
	}
	if v.opts.Against == nil {
		return nil
	}
	return v.against(ctx)
}

// unreadable makes a violation of an error that damage explains.
func (v *verifier) unreadable(err error) error {
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, eventstore.ErrNewerFormat), errors.Is(err, eventstore.ErrFull):
		return err
	}
	v.broken("damaged", err)
	return nil
}

// members replays the control events and takes the keys they brought.
func (v *verifier) members(ctx context.Context) error {
	err := v.w.store.View(ctx, func(tx *eventstore.Tx) error {
		controls, err := tx.Control()
		v.w.roster.Admit(controls...)
		return err
	})
	if err != nil {
		return err
	}
	return v.w.roster.Take(v.w.identity)
}

// readModels takes the digest from the read models and, with Deep, compares them
// with a rebuild. That they can't be read says nothing against the log.
func (v *verifier) readModels(ctx context.Context) (err error) {
	w := v.w
	w.models, err = projections.Open(ctx, w.store, w.open, projections.Config{Clock: w.cfg.now})
	if err == nil {
		err = w.store.View(ctx, func(tx *eventstore.Tx) error {
			if v.out.Unverified, _, err = w.models.Unverified(tx); err != nil {
				return err
			}
			digest, err := w.digest(tx)
			v.out.Digest = &digest
			return err
		})
	}
	if err == nil && v.opts.Deep {
		err = v.deep(ctx)
	}
	if err != nil {
		return v.unreadable(fmt.Errorf("the read models: %w", err))
	}
	return nil
}

// rights checks that every entry was written by a device that the members' state
// it names had admitted, and that this state never goes back in a feed. With
// Deep every seal is opened too.
func (v *verifier) rights(ctx context.Context) error {
	return v.w.store.View(ctx, func(tx *eventstore.Tx) error {
		total, err := tx.Count()
		if err != nil {
			return err
		}
		last, err := newTrail(tx)
		if err != nil {
			return err
		}
		return tx.Scan(0, func(row eventstore.Row) error {
			if row.Position%4096 == 0 {
				v.cfg.report(ctx, "checking members and seals", int64(row.Position), total)
				if err := ctx.Err(); err != nil {
					return err
				}
			}
			v.right(row, last)
			return nil
		})
	})
}

func (v *verifier) right(row eventstore.Row, last *trail) {
	e := row.Envelope
	name := func(kind string, detail string) {
		v.report(eventstore.Violation{Feed: e.Feed().String(), Seq: e.Seq, Kind: kind, Detail: detail})
	}
	if e.Workspace != v.w.id {
		name("foreign", "the entry belongs to another workspace")
		return
	}
	if _, err := v.w.roster.Member(e); err != nil && !errors.Is(err, envelope.ErrWaiting) && !v.w.roster.Founding(e, row.Hash) {
		name("membership", err.Error())
	}
	if !v.w.roster.Covers(e.ACL, last.step(e, row.Hash)) {
		name("membership", "the members' state that the entry names is older than the one before it")
	}
	if !v.opts.Deep || e.IsControl() {
		return
	}
	if _, fate := v.w.roster.Unseal(e); fate == roster.Malformed {
		name("seal", "the entry cannot be opened with its key")
	}
}
