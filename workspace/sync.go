package workspace

import (
	"context"
	"fmt"
	"slices"

	"github.com/fxamacker/cbor/v2"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/wording"
)

// Synced says what one sync did.
type Synced struct {
	Sent       int                 `json:"sent"`     // events the remote took
	Received   int                 `json:"received"` // events new to this laptop
	Refused    []syncproto.Refusal `json:"refused"`  // segments one side would not take
	Waiting    int64               `json:"waiting"`  // events held that miss something
	Digest     string              `json:"digest"`
	RoundTrips int                 `json:"round_trips"`
	Service    *MergedBy           `json:"service"`    // null for a folder
	Unverified int64               `json:"unverified"` // documents of which history has not arrived yet
	Pack       *Pack               `json:"pack"`       // that made a new laptop usable; null if there was none
}

// Sync is SyncAs with a remote that has no name here.
func (w *Workspace) Sync(ctx context.Context, remote syncclient.Remote) (Synced, error) {
	return w.SyncAs(ctx, "", remote)
}

// SyncAs exchanges feeds with a remote until both hold the same, or the remote
// fails; what came over by then is kept and the next sync goes on from there.
// Refused segments do not fail it: they are in the report. What the remote held
// is remembered under its name, if it has one: a few edits apart, the next sync
// with it takes one round trip.
//
// A laptop that meets entries of its own feed that it did not write goes on in
// a new epoch, and one that can hand out keys which others lack does, and sends
// that too.
//
// A new laptop takes the pack of a service that merges first: from then on the
// record can be read and edited, unverified until history has arrived behind it.
func (w *Workspace) SyncAs(ctx context.Context, name string, to syncclient.Remote) (Synced, error) {
	s := newExchange(w, name, to)
	err := s.load(ctx)
	if err == nil {
		err = s.takePack(ctx)
	}
	if err == nil {
		err = w.indexWords(ctx)
	}
	for again := true; again && err == nil; {
		again, err = s.once(ctx)
	}
	if err == nil {
		err = s.settle(ctx)
	}
	if err == nil {
		err = s.compare(ctx)
	}
	if err != nil {
		return *s.out, err
	}
	return *s.out, s.finish(ctx)
}

// finish says how things stand at the end.
func (s *exchange) finish(ctx context.Context) error {
	if err := s.w.loadSettings(ctx); err != nil {
		return err
	}
	s.w.revision.move()
	status, err := s.w.Status(ctx)
	s.out.Waiting, s.out.Unverified, s.out.Digest = status.Waiting, status.Unverified, status.Digest
	return err
}

// exchange is one sync on its way.
type exchange struct {
	w       *Workspace
	name    string
	remote  syncclient.Remote
	service envelope.DeviceID // zero if it is none, or none that is known
	known   []syncproto.Have
	report  syncclient.Report
	out     *Synced
	healed  bool
	stage   wording.Sentence // what it says to be doing
	total   int64            // events that are to come, 0 if unknown

	insisted bool // the remote was given all that came with the grant
}

func newExchange(w *Workspace, name string, to syncclient.Remote) *exchange {
	return &exchange{w: w, name: name, remote: to, out: &Synced{Refused: []syncproto.Refusal{}}, stage: wording.Say("exchanging entries")}
}

// load takes up what is remembered of the remote.
func (s *exchange) load(ctx context.Context) error {
	if s.name == "" {
		return nil
	}
	r, err := s.w.remote(ctx, s.name)
	if err != nil {
		return err
	}
	s.service = r.service()
	return s.w.store.View(ctx, func(tx *eventstore.Tx) error {
		state, err := loadRemoteState(tx, s.name)
		s.known = state.known()
		return err
	})
}

// once exchanges feeds. It says whether that made this device write what the
// remote should have too.
func (s *exchange) once(ctx context.Context) (again bool, err error) {
	w := s.w
	if err := w.cut(ctx); err != nil {
		return false, fmt.Errorf("cutting segments: %w", err)
	}
	l := &local{w: w, service: s.service}
	if err := l.load(ctx); err != nil {
		return false, err
	}
	handed, err := l.takeHanded(ctx)
	if err == nil {
		err = s.handOver(ctx, l, handed.left)
	}
	if err != nil {
		return false, err
	}
	s.report, err = syncclient.Sync(ctx, l, s.remote, syncclient.Options{Known: s.known, Progress: func(p syncclient.Progress) {
		w.cfg.tell(ctx, s.stage, int64(p.Sent+p.Received), s.total)
	}})
	if late := l.flush(ctx); err == nil {
		err = late
	}
	s.known = s.report.Known
	s.out.Sent += s.report.Sent
	s.out.Received += s.report.Received
	s.out.RoundTrips += s.report.RoundTrips
	s.out.Refused = slices.DeleteFunc(s.out.Refused, func(r syncproto.Refusal) bool { return r.Reason == syncproto.Hole })
	s.out.Refused = append(s.out.Refused, s.report.Refused...)
	if saveErr := s.save(ctx, err == nil); err == nil {
		err = saveErr
	}
	if err != nil {
		return false, fmt.Errorf("syncing: %w", err)
	}
	if len(handed.left) > 0 && s.report.Received > 0 {
		return true, nil // what came with the grant may follow on what arrived
	}
	if again, err := s.insist(ctx, l, handed); again || err != nil {
		return again, err
	}
	return s.answer(ctx)
}

// answer does once what only this device can do after it met the others.
func (s *exchange) answer(ctx context.Context) (wrote bool, err error) {
	if reopened, err := s.w.reopen(ctx); reopened || err != nil {
		return reopened, err
	}
	if !s.healed {
		s.healed = true
		return s.w.heal(ctx)
	}
	return false, nil
}

// save remembers what the remote holds now: whatever it took of this device's
// feeds is not on this laptop alone any more.
func (s *exchange) save(ctx context.Context, whole bool) error {
	s.w.mu.Lock()
	defer s.w.mu.Unlock()
	return s.w.update(ctx, func(tx *eventstore.Tx) error {
		if err := s.w.setSent(tx, s.known); err != nil || s.name == "" {
			return err
		}
		state, err := loadRemoteState(tx, s.name)
		if err != nil {
			return err
		}
		if whole {
			state.LastSync = s.w.cfg.now().UnixMilli()
		}
		if err := state.setRefused(s.out.Refused); err != nil {
			return err
		}
		held := syncproto.Request{Workspace: syncproto.Workspace(s.w.id), Have: s.known}
		if state.Known, err = held.Encode(); err != nil {
			return err
		}
		return saveRemoteState(tx, s.name, state)
	})
}

// compare compares documents with a service.
func (s *exchange) compare(ctx context.Context) (err error) {
	service, ok := s.remote.(Service)
	if s.report.Service == nil || !ok {
		return nil
	}
	name := s.name
	if name == "" {
		name = "that was not added"
	}
	s.out.Service, err = s.w.compare(ctx, name, service, &s.report)
	return err
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

// setSent remembers what some remote holds of this device's feeds.
func (w *Workspace) setSent(tx *eventstore.Tx, known []syncproto.Have) error {
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
}
