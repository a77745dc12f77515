package workspace

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/fxamacker/cbor/v2"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/wording"
)

// Pack says what became of a service's pack on a new laptop.
type Pack struct {
	Documents int64   `json:"documents"` // usable at once
	Events    int64   `json:"events"`    // behind them, of which history brings the proof
	Refused   *string `json:"refused"`   // why the pack was not taken; null if it was
}

// metaPack is where a device keeps what the pack was made from that it took, in
// its encrypted database, until everything in it was found in verified feeds.
const metaPack = "workspace.pack"

// packState is what is remembered of a pack.
type packState struct {
	Service []byte    `cbor:"1,keyasint"`
	Feeds   []feedEnd `cbor:"2,keyasint"`
}

// feedEnd names a segment that ends a branch of a feed. Who holds it holds what
// came before it.
type feedEnd struct {
	Device []byte `cbor:"1,keyasint"`
	Epoch  uint64 `cbor:"2,keyasint"`
	Number uint64 `cbor:"3,keyasint"`
	Hash   []byte `cbor:"4,keyasint"` // the beginning of it
}

// TakePack makes a new laptop usable at once: it takes the service's pack and
// goes no further, so that history comes with the next sync. False: there was
// nothing to take, because the laptop is not new or the service has no pack that
// it may use; SyncAs does all that can be done.
func (w *Workspace) TakePack(ctx context.Context, name string, to syncclient.Remote) (Synced, bool, error) {
	s := newExchange(w, name, to)
	err := s.load(ctx)
	if err == nil {
		err = s.takePack(ctx)
	}
	if err != nil || s.out.Pack == nil || s.out.Pack.Refused != nil {
		return *s.out, false, err
	}
	return *s.out, true, s.finish(ctx)
}

// indexWords brings into the full-text index what edits and a pack have left for
// when nobody waits for them.
func (w *Workspace) indexWords(ctx context.Context) error {
	return w.models.IndexWords(ctx, func(done, total int64) { w.cfg.report(ctx, "indexing words for searches", done, total) })
}

// takePack gives a laptop that has nothing of the others the service's pack. A
// pack that cannot be used is told, and the feeds are read instead.
func (s *exchange) takePack(ctx context.Context) error {
	from, ok := s.remote.(Packs)
	if !ok {
		return nil
	}
	fresh, err := s.w.fresh(ctx)
	if err != nil || !fresh {
		return err
	}
	var pinned envelope.DeviceKeys
	if s.name != "" {
		r, err := s.w.remote(ctx, s.name)
		if err != nil {
			return err
		}
		pinned = r.keys()
	}
	counted := &countedPacks{Packs: from}
	pack, err := s.w.learn(ctx, counted, pinned)
	s.out.RoundTrips += counted.requests
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err == nil && pack == nil:
		return nil
	case err == nil:
		s.out.Pack = pack
		s.stage, s.total = wording.Say("the record can be used ({0} documents), its history follows", pack.Documents), pack.Events
		s.w.cfg.tell(ctx, s.stage, 0, s.total)
		return s.w.loadSettings(ctx)
	case pack == nil:
		return err
	}
	reason := err.Error()
	s.out.Pack = &Pack{Refused: &reason}
	return nil
}

// countedPacks counts the requests.
type countedPacks struct {
	Packs
	requests int
}

// Manifest implements Packs.
func (c *countedPacks) Manifest(ctx context.Context) (string, []byte, error) {
	c.requests++
	return c.Packs.Manifest(ctx)
}

// fresh says whether this laptop knows of others by its grant and has nothing of
// theirs yet, from feeds or from a pack.
func (w *Workspace) fresh(ctx context.Context) (fresh bool, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		docs, _, err := w.models.Unverified(tx)
		if err != nil || docs > 0 {
			return err
		}
		branches, err := tx.Branches()
		if err != nil || slices.ContainsFunc(branches, func(b eventstore.Branch) bool { return b.Feed.Device != w.device }) {
			return err
		}
		controls, err := tx.Control()
		fresh = slices.ContainsFunc(controls, func(e *envelope.Envelope) bool { return e.Device != w.device })
		return err
	})
	return fresh, err
}

// learn takes a service's pack into the read models. Nil without an error: there
// is none. An error with a result is the pack's or the service's, one without is
// this laptop's own.
func (w *Workspace) learn(ctx context.Context, from Packs, pinned envelope.DeviceKeys) (*Pack, error) {
	const stage = "taking the service's pack"
	w.cfg.report(ctx, stage, 0, 0)
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := &Pack{}
	p, err := w.openPack(ctx, from, pinned)
	if err != nil {
		return done, err
	}
	if p == nil {
		return nil, nil
	}
	defer func() {
		cancel()
		p.close()
	}()
	docs, fault := p.read(ctx), error(nil)
	err = w.models.Learn(ctx, projections.Pack{
		Service: p.manifest.Service.String(),
		Next: func() (projections.Packed, error) {
			next, err := docs.next()
			if err != nil && !errors.Is(err, io.EOF) {
				fault = err
			}
			done.Events += int64(len(next.Events))
			return next, err
		},
		Swapped: func(tx *eventstore.Tx) error { return p.remember(tx) },
	}, func(n int64) {
		done.Documents = n
		w.cfg.report(ctx, stage, n, int64(min(p.manifest.Documents, syncproto.MaxDocuments<<10)))
	})
	switch {
	case fault != nil:
		return done, fault
	case err == nil:
		err = w.observe(ctx, p.clock)
	}
	if err != nil {
		return nil, err
	}
	return done, nil
}

// observe lets what is written from now on come after a time that was seen.
func (w *Workspace) observe(ctx context.Context, t uint64) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.clock.observe(t, w.cfg.now())
	return w.update(ctx, func(tx *eventstore.Tx) error { return setMetaUint(tx, metaClock, w.clock.last) })
}

// remember keeps what the pack was made from.
func (p *packReader) remember(tx *eventstore.Tx) error {
	state := packState{Service: p.manifest.Service[:]}
	for feed, c := range p.cover {
		for _, tip := range c.tips {
			state.Feeds = append(state.Feeds, feedEnd{Device: feed.Device[:], Epoch: uint64(feed.Epoch), Number: tip.Number, Hash: tip.Hash[:]})
		}
	}
	raw, err := cbor.Marshal(state)
	if err != nil {
		return err
	}
	return tx.SetMeta(metaPack, raw)
}

// settle ends what the pack claimed and no feed has shown, of the feeds that are
// here as far as the pack says to have had them. A service of which each address
// holds exactly what this laptop holds has nothing left to show of any; one alone
// may not have yet what another region has.
func (s *exchange) settle(ctx context.Context) (err error) {
	s.out.Unverified, err = s.w.settlePack(ctx, s.service, false)
	if err != nil || s.out.Unverified == 0 || !s.report.Level {
		return err
	}
	level, err := s.everywhere(ctx)
	if err == nil && level {
		s.out.Unverified, err = s.w.settlePack(ctx, s.service, true)
	}
	return err
}

// settlePack does that; level says that the service has no more to show.
func (w *Workspace) settlePack(ctx context.Context, service envelope.DeviceID, level bool) (left int64, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		left, _, err = w.models.Unverified(tx)
		return err
	})
	if err != nil || left == 0 {
		return 0, err
	}
	err = w.update(ctx, func(tx *eventstore.Tx) error {
		state := packState{}
		raw, err := tx.Meta(metaPack)
		if err == nil && len(raw) > 0 {
			err = cbor.Unmarshal(raw, &state)
		}
		if err != nil {
			return err
		}
		lacking, err := state.lacking(tx)
		if err != nil {
			return err
		}
		all := level && string(state.Service) == string(service[:])
		if _, err := w.models.Refute(tx, func(feed envelope.FeedID) bool { return all || !lacking[feed] }); err != nil {
			return err
		}
		left, _, err = w.models.Unverified(tx)
		return err
	})
	if err != nil {
		w.models.Forget()
		return 0, fmt.Errorf("comparing the service's pack with the feeds: %w", err)
	}
	return left, nil
}

// lacking are the feeds of which the log holds less than the pack was made from.
func (s *packState) lacking(tx *eventstore.Tx) (map[envelope.FeedID]bool, error) {
	held := map[envelope.FeedID]map[envelope.SegmentName]bool{}
	branches, err := tx.Branches()
	if err != nil {
		return nil, err
	}
	for _, b := range branches {
		names, err := tx.SegmentNames(b.ID)
		if err != nil {
			return nil, err
		}
		if held[b.Feed] == nil {
			held[b.Feed] = map[envelope.SegmentName]bool{}
		}
		for _, n := range names {
			held[b.Feed][envelope.SegmentName{Number: n.Number, Hash: [16]byte(n.Hash[:16])}] = true
		}
	}
	lacking := map[envelope.FeedID]bool{}
	for _, end := range s.Feeds {
		if len(end.Device) != len(envelope.DeviceID{}) || len(end.Hash) != 16 {
			continue
		}
		feed := envelope.FeedID{Device: envelope.DeviceID(end.Device), Epoch: envelope.Epoch(end.Epoch)}
		if !held[feed][envelope.SegmentName{Number: end.Number, Hash: [16]byte(end.Hash)}] {
			lacking[feed] = true
		}
	}
	return lacking, nil
}

// Unverified counts the documents of which something came from a service's pack
// and has not arrived in any feed yet.
func (w *Workspace) Unverified(ctx context.Context) (docs int64, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		docs, _, err = w.models.Unverified(tx)
		return err
	})
	return docs, err
}

// verified refuses what only proven entries may go into, as long as part of the
// record has come from a service's pack alone.
func (w *Workspace) verified(ctx context.Context, doing string) error {
	docs, err := w.Unverified(ctx)
	if err != nil || docs == 0 {
		return err
	}
	return &UnverifiedError{Doing: doing, Documents: docs}
}
