package replica

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"fieldbook/envelope"
	"fieldbook/keyring"
	"fieldbook/roster"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// MaxFaults is how many events that its members' state does not allow a
// workspace keeps of one device. They are evidence, and a device that makes more
// is refused.
const MaxFaults = 1024

// Replica is one workspace. It implements syncserver.Replica.
type Replica struct {
	set      *Set
	id       envelope.WorkspaceID
	identity *keyring.Identity
	keys     envelope.DeviceKeys
	self     envelope.DeviceID
	cost     atomic.Int64

	mu    sync.Mutex
	state *state
	begun bool // packs were looked for
	// listed is when the whole store was last listed.
	listed time.Time
}

var _ syncserver.Replica = (*Replica)(nil)

func newReplica(set *Set, id envelope.WorkspaceID, identity *keyring.Identity) *Replica {
	keys := roster.PublicKeys(identity)
	r := &Replica{set: set, id: id, identity: identity, keys: keys, self: keys.ID(), state: newState(id, identity)}
	r.cost.Store(int64(r.state.cost()))
	return r
}

func (r *Replica) wipe() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.state.roster.Wipe()
	r.identity.Wipe()
}

// Verify implements syncserver.Replica. It refuses a segment whose author was
// never admitted or did not sign it. What is authentic but not allowed is kept
// and counted, up to MaxFaults of a device: envelopes whose own members' state
// does not admit their author, references to control events that go back, and
// bodies and changes that are malformed.
func (r *Replica) Verify(_ context.Context, segment *envelope.Segment) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := r.state.authentic(segment); err != nil {
		return err
	}
	faults := r.state.faultsIn(segment)
	for id, f := range r.state.feeds {
		if id.Device == segment.Device && faults > 0 {
			faults += f.faults
		}
	}
	if faults > MaxFaults {
		return fmt.Errorf("%w: the device wrote too much that it was not allowed to", syncserver.ErrLimited)
	}
	return nil
}

// authentic checks that an admitted device signed a segment.
func (s *state) authentic(segment *envelope.Segment) error {
	key, known := s.roster.SignKey(segment.Device)
	if !known {
		if key, known = segment.FounderKey(); !known {
			return fmt.Errorf("device %.8s: %w", segment.Device, syncserver.ErrStranger)
		}
	}
	if err := segment.Verify(key); err != nil {
		return fmt.Errorf("%w: %w", syncserver.ErrUnauthentic, err)
	}
	return nil
}

// faultsIn counts the envelopes of a segment whose author their own members'
// state does not admit.
func (s *state) faultsIn(segment *envelope.Segment) (n uint64) {
	_ = segment.Walk(func(e *envelope.Envelope, _ envelope.Hash) error {
		_, err := s.roster.Member(e)
		if errors.Is(err, envelope.ErrNotAdmitted) && (len(e.ACL) > 0 || e.Seq > 1) {
			n++
		}
		return nil
	})
	return n
}

// Receipt implements syncserver.Replica.
func (r *Replica) Receipt(segment *envelope.Segment) ([]byte, error) {
	return envelope.SignReceipt(envelope.Receipt{
		Service: r.self, Head: segment.Head(), Time: r.set.clock().UnixMilli(),
	}, r.identity)
}

// proves tells whether a receipt is this service's own, for a head of a device's feed.
func (r *Replica) proves(device envelope.DeviceID, receipt []byte) bool {
	claim, sig, err := envelope.DecodeReceipt(receipt)
	if err != nil || claim.Service != r.self || claim.Head.Workspace != r.id || claim.Head.Device != device {
		return false
	}
	return envelope.VerifyReceipt(claim, r.keys.Sign, sig) == nil
}

// Take implements syncserver.Replica. As from a listing it takes only what
// continues what it took: behind a hole in the store the segment waits for a
// listing that fills it.
func (r *Replica) Take(ctx context.Context, segment *envelope.Segment, name syncproto.Name) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	f := r.state.feed(segment.Feed())
	if f.has(name) {
		return nil
	}
	if follows, err := r.continues(ctx, f, place{segment.Feed(), name}, segment); err != nil || !follows {
		return err
	}
	f.size += int64(len(segment.Encode()))
	f.recent[name] = time.Now() // of the same clock as listings, whatever the service's clock says
	return r.state.apply(segment, name)
}

// Merge implements syncserver.Replica.
func (r *Replica) Merge(ctx context.Context, listing *syncserver.Listing) (*syncproto.Service, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	err := r.whole(ctx, func() error {
		if err := r.reopen(ctx); err != nil {
			return err
		}
		return r.merge(ctx)
	})
	if err != nil {
		return nil, err
	}
	r.shut()
	if r.due() {
		if err := r.whole(ctx, func() error { return r.pack(ctx) }); err != nil {
			r.set.log.Warn("packs not written", "workspace", r.id.String()[:8], "error", err)
		}
	}
	r.cost.Store(int64(r.state.cost()))
	return r.summary(listing), nil
}

// summary is what the service says of the workspace.
func (r *Replica) summary(listing *syncserver.Listing) *syncproto.Service {
	s := r.state
	out := &syncproto.Service{Mode: syncproto.Sealed, Time: r.set.clock().UnixMilli()}
	if !s.merging {
		return out
	}
	_, root := s.docs.sum()
	out.Mode, out.Documents, out.Digest, out.Unopened = syncproto.Merging, s.docs.merged, root, s.waiting()
	out.Complete = out.Unopened == 0 && len(s.pending) == 0 && s.holds(listing)
	for id := range s.failed {
		out.Failed = append(out.Failed, id)
	}
	slices.SortFunc(out.Failed, func(a, b [16]byte) int { return slices.Compare(a[:], b[:]) })
	out.Failed = out.Failed[:min(len(out.Failed), syncproto.MaxFailed)]
	return out
}

// holds tells whether exactly what a listing has was taken: only then may a
// device that holds the same compare documents.
func (s *state) holds(listing *syncserver.Listing) bool {
	taken := 0
	for id, listed := range listing.Feeds {
		if len(listed) == 0 {
			continue
		}
		f := s.feeds[feedOf(id)]
		if f == nil || !slices.Equal(f.names, listed) {
			return false
		}
		taken++
	}
	for _, f := range s.feeds {
		if len(f.names) > 0 {
			taken--
		}
	}
	return taken == 0
}
