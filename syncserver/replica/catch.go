package replica

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fieldbook/envelope"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// Times after which something is looked at again.
const (
	// patch is when a damaged segment may have been repaired.
	patch = time.Minute
	// settled is when every listing shows what this process took.
	settled = 10 * time.Minute
	// mendable is when a document on which the engine failed is tried again.
	mendable = 10 * time.Minute
)

// maxQueued is how much of opened events waits to be merged while a replica
// catches up, in bytes.
const maxQueued = 4 << 20

// maxUnpacked is how much of merged events stays in memory while packs cannot be
// written, in bytes.
const maxUnpacked = 64 << 20

// follow brings the replica up to date with a listing, and leaves in that what
// was taken.
func (r *Replica) follow(ctx context.Context, listing *syncserver.Listing) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	lost, err := r.lost(ctx, listing)
	if err != nil {
		return err
	}
	if lost || !r.begun {
		err = r.begin(ctx, listing, true)
	} else {
		err = r.whole(ctx, func() error { return r.catchUp(ctx, listing) })
	}
	r.cost.Store(int64(r.state.cost()))
	if err == nil {
		r.noted(listing)
	}
	return err
}

// lost tells whether the store shows less than it did: it was wiped or put back,
// and what is in memory counts for nothing. A listing that may be older than
// what was taken since is made again.
func (r *Replica) lost(ctx context.Context, listing *syncserver.Listing) (bool, error) {
	if !r.state.vanished(listing) {
		return false, nil
	}
	again, err := syncserver.List(ctx, r.set.store, syncproto.Workspace(r.id))
	if err != nil {
		return false, err
	}
	if !r.state.vanished(again) {
		return false, nil
	}
	*listing = *again
	r.set.log.Warn("the store shows less than before", "workspace", r.id.String()[:8])
	return true, nil
}

func (s *state) vanished(listing *syncserver.Listing) bool {
	for id, f := range s.feeds {
		f.forget(listing.Began.Add(-settled))
		if f.vanished(listing.Feeds[syncproto.Feed{Device: id.Device, Epoch: uint64(id.Epoch)}], listing.Began) {
			return true
		}
	}
	return false
}

// begin starts over, from packs if they may be used.
func (r *Replica) begin(ctx context.Context, listing *syncserver.Listing, packs bool) error {
	r.set.docs.forget(r.state)
	r.state, r.begun = newState(r.id, r.identity), true
	if packs && len(listing.Feeds) > 0 {
		if err := r.loadPacks(ctx, listing); err != nil {
			return fmt.Errorf("load packs: %w", err)
		}
	}
	err := r.catchUp(ctx, listing)
	if packs && (errors.Is(err, errPack) || err == nil && r.state.lacking()) {
		return r.begin(ctx, listing, false)
	}
	return err
}

// lacking tells whether documents lack events of segments that were passed over
// before the grant.
func (s *state) lacking() bool { return s.merging && s.partial }

// whole does something for which documents may be read from packs. If one is
// missing or wrong, the replica is made again of the segments first.
func (r *Replica) whole(ctx context.Context, do func() error) error {
	err := do()
	if errors.Is(err, errPack) || err == nil && r.state.lacking() {
		if err != nil {
			r.set.log.Warn("packs are made again", "workspace", r.id.String()[:8], "error", err)
		}
		listing, failed := syncserver.List(ctx, r.set.store, syncproto.Workspace(r.id))
		if failed != nil {
			return failed
		}
		if err = r.begin(ctx, listing, false); err == nil {
			err = do()
		}
	}
	return err
}

// catchUp takes what a listing has and was not taken yet. It goes over the feeds
// until nothing is new, since one may hold the event that admits another's author.
func (r *Replica) catchUp(ctx context.Context, listing *syncserver.Listing) error {
	feeds := make([]envelope.FeedID, 0, len(listing.Feeds))
	for id := range listing.Feeds {
		feeds = append(feeds, feedOf(id))
	}
	slices.SortFunc(feeds, compareFeeds)
	for progress := true; progress; {
		progress = false
		for _, id := range feeds {
			f := r.state.feeds[id]
			if f == nil {
				f = r.state.feed(id)
			}
			missing := f.missing(listing.Feeds[syncproto.Feed{Device: id.Device, Epoch: uint64(id.Epoch)}])
			if len(missing) == 0 || f.stranger == len(r.state.controls)+1 {
				continue
			}
			n, err := r.extend(ctx, id, f, missing)
			if err != nil {
				return err
			}
			progress = progress || n > 0
		}
	}
	return r.reopen(ctx)
}

// extend takes the segments of a feed that continue what is here, in order. It
// says how many it took.
func (r *Replica) extend(ctx context.Context, id envelope.FeedID, f *feed, names []syncproto.Name) (n int, err error) {
	s := r.state
	ahead := r.reader(ctx)
	defer ahead.stop()
	for i, name := range names {
		at := place{id, name}
		if !f.reaches(name.Number - 1) {
			break // a hole: what fills it may still come
		}
		if b, known := s.bad[at]; known && b.stands(r.set.clock(), f) {
			continue
		}
		if n > 0 {
			ahead.fetch(id, names[i:])
		}
		segment, why, err := ahead.get(at)
		if err != nil {
			return n, err
		}
		if segment == nil {
			r.leave(at, bad{until: r.set.clock().Add(patch), reason: why})
			continue
		}
		taken, err := r.admit(ctx, f, at, segment)
		if errors.Is(err, syncserver.ErrStranger) {
			f.stranger = len(s.controls) + 1
			break
		}
		if err != nil {
			return n, err
		}
		if taken {
			n++
		}
		if err := r.relieve(ctx); err != nil {
			return n, err
		}
	}
	return n, nil
}

// relieve merges and packs before too much waits in memory. Packs that cannot be
// written do no harm until there is too much.
func (r *Replica) relieve(ctx context.Context) error {
	if r.state.queued < maxQueued {
		return nil
	}
	if err := r.merge(ctx); err != nil || !r.state.merging { // nothing more comes in before another grant
		return err
	}
	err := r.pack(ctx)
	if err == nil || errors.Is(err, errPack) || ctx.Err() != nil || r.state.fresh.bytes > maxUnpacked {
		return err
	}
	r.set.log.Warn("packs not written", "workspace", r.id.String()[:8], "error", err)
	return nil
}

// admit takes one stored segment if it is authentic and continues what is here.
func (r *Replica) admit(ctx context.Context, f *feed, at place, segment *envelope.Segment) (bool, error) {
	s := r.state
	if err := s.authentic(segment); errors.Is(err, syncserver.ErrStranger) {
		return false, err
	} else if err != nil {
		r.leave(at, bad{until: r.set.clock().Add(24 * time.Hour), reason: syncproto.Unauthentic})
		return false, nil
	}
	follows, err := r.continues(ctx, f, at, segment)
	if err != nil {
		return false, err
	}
	if !follows { // it goes on another branch, which may still come
		r.leave(at, bad{until: r.set.clock().Add(24 * time.Hour), names: len(f.names)})
		return false, nil
	}
	delete(s.bad, at)
	return true, s.apply(segment, at.name)
}
