package replica

import (
	"container/list"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"fieldbook/envelope"
	"fieldbook/keyring"
	"fieldbook/roster"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// Config is what a Set needs.
type Config struct {
	// Store keeps the segments and the packs. Required.
	Store syncserver.Store
	// Identity gives the service's identity in a workspace, the same one each
	// time: keyring.Master's Service. Required.
	Identity func(workspace [32]byte) (*keyring.Identity, error)
	// Worker runs the engine, apart from this process if it is a Process. The
	// Set closes it. Nil runs the engine in this process.
	Worker Worker
	// Clock is for the times of receipts and answers; nil is time.Now.
	Clock func() time.Time
	// Log takes what an operator should know; nil drops it. Nothing in it names
	// documents, people or keys.
	Log *slog.Logger
	// Workspaces and Bytes bound what is kept in memory: the number of
	// workspaces (0 is 256), and together their tables (0 is 24 MiB).
	Workspaces, Bytes int
	// Histories and Parts bound in bytes the documents (0 is 12 MiB) and parts
	// of packs (0 is 16 MiB) kept in memory.
	Histories, Parts int
	// Parallel bounds the calls that a replica makes to the store at once; 0 is
	// 8. With 1 the calls come in an order that repeats.
	Parallel int
	// PackEvents and PackSegments are after how many new events or segments
	// packs are written; 0 is 512 and 64.
	PackEvents, PackSegments int
}

// Set is the workspaces of a service. Safe for concurrent use.
type Set struct {
	store    syncserver.Store
	identity func(workspace [32]byte) (*keyring.Identity, error)
	worker   Worker
	clock    func() time.Time
	log      *slog.Logger
	packer   *envelope.Packer
	docs     *histories
	parts    *parts
	most     int
	bytes    int
	parallel int
	due      fresh

	mu     sync.Mutex
	all    map[envelope.WorkspaceID]*list.Element // of *Replica
	recent *list.List                             // the one used last in front
}

// New makes a Set.
func New(cfg Config) (*Set, error) {
	if cfg.Store == nil || cfg.Identity == nil {
		return nil, errors.New("replicas need a store and an identity")
	}
	packer, err := envelope.NewPacker()
	if err != nil {
		return nil, fmt.Errorf("make replicas: %w", err)
	}
	s := &Set{
		store: cfg.Store, identity: cfg.Identity, worker: cfg.Worker, clock: cfg.Clock, log: cfg.Log, packer: packer,
		docs: newHistories(atLeast(cfg.Histories, 12<<20)), parts: newParts(atLeast(cfg.Parts, 16<<20)),
		most: atLeast(cfg.Workspaces, 256), bytes: atLeast(cfg.Bytes, 24<<20),
		parallel: atLeast(cfg.Parallel, 8), due: newDue(cfg.PackEvents, cfg.PackSegments),
		all: map[envelope.WorkspaceID]*list.Element{}, recent: list.New(),
	}
	if s.clock == nil {
		s.clock = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if s.worker == nil {
		engine, err := Engine()
		if err != nil {
			return nil, fmt.Errorf("make replicas: %w", err)
		}
		s.worker = NewInline(engine)
	}
	return s, nil
}

// atLeast is n, or the default for zero.
func atLeast(n, standard int) int {
	if n <= 0 {
		return standard
	}
	return n
}

// Close ends the worker and wipes the keys. No View may be in use.
func (s *Set) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for at := s.recent.Front(); at != nil; at = at.Next() {
		at.Value.(*Replica).wipe()
	}
	clear(s.all)
	s.recent.Init()
	s.worker.Close()
	s.packer.Close()
}

// Keys are the service's public keys in a workspace, whether or not anything of
// it is held. Since anybody may ask for those of any workspace, nothing is kept
// for the asking.
func (s *Set) Keys(_ context.Context, workspace syncproto.Workspace) (syncproto.PublicKeys, error) {
	s.mu.Lock()
	at := s.all[envelope.WorkspaceID(workspace)]
	s.mu.Unlock()
	if at != nil {
		keys := at.Value.(*Replica).keys
		return syncproto.PublicKeys{Sign: keys.Sign, Recipient: keys.Recipient}, nil
	}
	identity, err := s.identity(workspace)
	if err != nil {
		return syncproto.PublicKeys{}, fmt.Errorf("identity in a workspace: %w", err)
	}
	defer identity.Wipe()
	keys := roster.PublicKeys(identity)
	return syncproto.PublicKeys{Sign: keys.Sign, Recipient: keys.Recipient}, nil
}

// Open gives a workspace as the store has it now, after one listing.
func (s *Set) Open(ctx context.Context, workspace syncproto.Workspace) (*View, error) {
	v := &View{set: s}
	server := syncserver.New(syncserver.Config{
		Store: s.store,
		Replicas: func(ctx context.Context, listing *syncserver.Listing) (syncserver.Replica, error) {
			var err error
			v.replica, err = s.Replica(ctx, listing)
			return v.replica, err
		},
		Known: s.known,
	})
	var err error
	if v.session, err = server.Open(ctx, workspace); err != nil {
		return nil, err
	}
	return v, nil
}

// Replica gives a workspace brought up to date with a listing of its segments,
// in which it leaves what the workspace consists of.
func (s *Set) Replica(ctx context.Context, listing *syncserver.Listing) (*Replica, error) {
	r, err := s.replica(envelope.WorkspaceID(listing.Workspace))
	if err != nil {
		return nil, err
	}
	if err := r.follow(ctx, listing); err != nil {
		return nil, err
	}
	s.trim(r)
	return r, nil
}

// replica finds a workspace in memory, or begins it empty.
func (s *Set) replica(id envelope.WorkspaceID) (*Replica, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at := s.all[id]; at != nil {
		s.recent.MoveToFront(at)
		return at.Value.(*Replica), nil
	}
	identity, err := s.identity(id)
	if err != nil {
		return nil, fmt.Errorf("identity in a workspace: %w", err)
	}
	r := newReplica(s, id, identity)
	s.all[id] = s.recent.PushFront(r)
	return r, nil
}

// trim forgets the workspaces that were not used for longest until the rest is
// within the bounds. Who uses one of them goes on with it.
func (s *Set) trim(used *Replica) {
	s.mu.Lock()
	defer s.mu.Unlock()
	total := 0
	for at := s.recent.Front(); at != nil; {
		r, next := at.Value.(*Replica), at.Next()
		total += int(r.cost.Load())
		if r != used && (total > s.bytes || s.recent.Len() > s.most && next == nil) {
			total -= int(r.cost.Load())
			delete(s.all, r.id)
			s.recent.Remove(at)
		}
		at = next
	}
}
