package workspace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/keyring"
	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/roster"
)

// Workspace is one device's open record. Close it when done.
type Workspace struct {
	cfg      Config
	identity *keyring.Identity
	device   envelope.DeviceID
	id       envelope.WorkspaceID
	store    *eventstore.Store
	models   *projections.Models
	salt     []byte // of this unlock's actors; see crdt.Actor

	roster *roster.Roster

	revision revision

	zone  atomic.Pointer[time.Location] // asked for also while a long write runs
	epoch atomic.Uint64
	met   atomic.Bool // another copy of this laptop wrote to its present feed

	mu    sync.Mutex // guards what follows and serialises writes
	clock clock
	name  string // of this device's member
}

// Open unlocks the device in cfg.Dir and brings its read models up to date. It
// returns ErrNone, ErrNotJoined, ErrPassphrase, or an eventstore error.
func Open(ctx context.Context, cfg Config) (*Workspace, error) {
	identity, about, err := unlock(ctx, cfg)
	if err != nil {
		return nil, err
	}
	if about.Workspace == (envelope.WorkspaceID{}) {
		identity.Wipe()
		return nil, ErrNotJoined
	}
	w, err := start(ctx, cfg, identity, about)
	if err != nil {
		identity.Wipe()
		return nil, err
	}
	return w, nil
}

// start opens the log of an unlocked device.
func start(ctx context.Context, cfg Config, identity *keyring.Identity, about about) (*Workspace, error) {
	if _, err := os.Stat(cfg.databasePath()); errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s is missing; restore a backup into another folder", ErrIntegrity, cfg.databasePath())
	}
	store, err := eventstore.Open(ctx, eventstore.Config{
		Path: cfg.databasePath(), Key: identity.DBKey(), CacheKiB: cfg.CacheKiB,
	})
	if err != nil {
		return nil, fmt.Errorf("opening the log: %w", err)
	}
	w := &Workspace{
		cfg: cfg, identity: identity, device: deviceOf(identity), id: about.Workspace,
		store: store, roster: roster.New(about.Workspace), salt: random(8),
	}
	if err := w.load(ctx); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return w, nil
}

// load replays the control events, unwraps the keys and opens the read models.
func (w *Workspace) load(ctx context.Context) error {
	err := w.store.View(ctx, func(tx *eventstore.Tx) error {
		controls, err := tx.Control()
		if err != nil {
			return err
		}
		w.roster.Admit(controls...)
		if err := w.roster.Take(w.identity); err != nil {
			return err
		}
		return w.loadMeta(tx)
	})
	if err != nil {
		return fmt.Errorf("reading the members and keys: %w", err)
	}
	w.models, err = projections.Open(ctx, w.store, w.open, projections.Config{
		Clock:    w.cfg.now,
		Progress: func(done, total int64) { w.cfg.report(ctx, "bringing the read models up to date", done, total) },
	})
	if err != nil {
		return fmt.Errorf("opening the read models: %w", err)
	}
	return w.loadSettings(ctx)
}

// loadSettings takes what sealed documents say about this workspace: its time
// zone, in which times without an offset are read, and this member's name.
func (w *Workspace) loadSettings(ctx context.Context) error {
	me, err := w.self()
	if err != nil {
		return err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.store.View(ctx, func(tx *eventstore.Tx) error {
		settings, err := w.models.Snapshot(tx, record.WorkspaceStream())
		if err != nil {
			return err
		}
		zone, err := time.LoadLocation(settings.Current("tz").Str)
		if err != nil {
			zone = time.UTC
		}
		w.zone.Store(zone)
		member, err := w.models.Snapshot(tx, record.ID(me.ID))
		w.name = member.Current("name").Str
		return err
	})
}

// Close checkpoints the log, so that one file without a write-ahead log stays,
// and wipes the secrets.
func (w *Workspace) Close() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.revision.end()
	err := w.store.Close()
	w.roster.Wipe()
	w.identity.Wipe()
	return err
}

// Zone is the workspace's time zone.
func (w *Workspace) Zone() *time.Location { return w.zone.Load() }

// occupied says whether dir holds a device or what is left of one. Nothing new is
// made there: a database whose identity file was lost may still be worth saving.
func occupied(cfg Config) bool {
	_, err := os.Stat(cfg.databasePath())
	return err == nil || present(cfg)
}

// discard removes the files of a device that could not be made.
func discard(cfg Config) {
	db := cfg.databasePath()
	for _, path := range []string{cfg.identityPath(), db, db + "-wal", db + "-shm", db + ".lock"} {
		_ = os.Remove(path) // what stays behind holds nothing; the error that led here is the one to tell
	}
}

// present says whether dir already holds a device.
func present(cfg Config) bool {
	_, err := os.Stat(cfg.identityPath())
	return err == nil
}
