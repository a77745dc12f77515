package workspace

import (
	"context"
	"fmt"

	"github.com/fxamacker/cbor/v2"

	"fieldbook/eventstore"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
)

// Synced says what one sync did.
type Synced struct {
	Sent     int                 `json:"sent"`     // events the remote took
	Received int                 `json:"received"` // events new to this laptop
	Refused  []syncproto.Refusal `json:"refused"`  // segments one side would not take
	Waiting  int64               `json:"waiting"`  // events held that miss something
	Digest   string              `json:"digest"`
}

// Sync exchanges feeds with a remote until both hold the same, or the remote
// fails; what came over by then is kept and the next sync goes on from there.
// Refused segments do not fail it: they are in the report.
//
// A laptop that meets entries of its own feed that it did not write goes on in
// a new epoch, and sends that too.
func (w *Workspace) Sync(ctx context.Context, remote syncclient.Remote) (Synced, error) {
	out := Synced{Refused: []syncproto.Refusal{}}
	for range 2 {
		met, err := w.syncOnce(ctx, remote, &out)
		if err != nil {
			return out, err
		}
		if !met {
			break
		}
		if err := w.reopen(ctx); err != nil {
			return out, err
		}
	}
	if err := w.loadSettings(ctx); err != nil {
		return out, err
	}
	status, err := w.Status(ctx)
	out.Waiting, out.Digest = status.Waiting, status.Digest
	return out, err
}

// syncOnce says whether entries of this device's present feed came in.
func (w *Workspace) syncOnce(ctx context.Context, remote syncclient.Remote, out *Synced) (met bool, err error) {
	if err := w.cut(ctx); err != nil {
		return false, fmt.Errorf("cutting segments: %w", err)
	}
	l := &local{w: w}
	if err := l.load(ctx); err != nil {
		return false, err
	}
	report, err := syncclient.Sync(ctx, l, remote, syncclient.Options{Progress: func(p syncclient.Progress) {
		w.cfg.report("exchanging entries", int64(p.Sent+p.Received), 0)
	}})
	out.Sent += report.Sent
	out.Received += report.Received
	out.Refused = append(out.Refused, report.Refused...)
	if saveErr := w.setSent(ctx, report.Known); err == nil {
		err = saveErr
	}
	if err != nil {
		return false, fmt.Errorf("syncing: %w", err)
	}
	return l.met, nil
}

// cut makes segments of this device's uncut entries, so that they can travel.
func (w *Workspace) cut(ctx context.Context) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.store.Update(ctx, func(tx *eventstore.Tx) error {
		branches, err := tx.Branches()
		if err != nil {
			return err
		}
		for _, b := range branches {
			if b.Feed.Device != w.device || b.Cut == b.Seq {
				continue
			}
			if _, err := tx.Cut(b.ID, w.witnesses(branches), w.identity); err != nil {
				return err
			}
		}
		return nil
	})
}

// sent is what some remote acknowledged of this device's feeds: the number of
// the last segment by feed.
type sent map[string]uint64

func loadSent(tx *eventstore.Tx) (sent, error) {
	raw, err := tx.Meta(metaSent)
	s := sent{}
	if err == nil && len(raw) > 0 {
		err = cbor.Unmarshal(raw, &s)
	}
	return s, err
}

// setSent remembers what a remote now holds of this device's feeds.
func (w *Workspace) setSent(ctx context.Context, known []syncproto.Have) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.store.Update(ctx, func(tx *eventstore.Tx) error {
		s, err := loadSent(tx)
		if err != nil {
			return err
		}
		for _, have := range known {
			if have.Feed.Device == w.device {
				s[have.Feed.String()] = max(s[have.Feed.String()], have.Number)
			}
		}
		raw, err := cbor.Marshal(s)
		if err != nil {
			return err
		}
		return tx.SetMeta(metaSent, raw)
	})
}
