package syncserver

import (
	"context"
	"errors"
	"fmt"

	"fieldbook/envelope"
	"fieldbook/syncproto"
)

// Reasons for which a Replica does not take a segment. It wraps them.
var (
	// ErrUnauthentic says that a segment's signature does not hold.
	ErrUnauthentic = errors.New("not authentic")
	// ErrStranger says that no control event that is here admits the segment's
	// author. The feed that does may still come.
	ErrStranger = errors.New("its author's admission is not here; push the feed that admits the device first")
	// ErrLimited says that a device has used up what a workspace keeps of it.
	ErrLimited = errors.New("beyond a limit")
)

// Replica is one workspace as a service knows it: who belongs to it, and what
// its documents say. Safe for concurrent use.
type Replica interface {
	// Verify gives nil, or an error that wraps ErrUnauthentic, ErrStranger or
	// ErrLimited when the segment must not be stored. Any other error ends the
	// exchange. The segment it continues was verified before.
	Verify(ctx context.Context, segment *envelope.Segment) error
	// Receipt signs for the segment's end, with the service's present time. It
	// is stored as the segment's note.
	Receipt(segment *envelope.Segment) ([]byte, error)
	// Take counts a segment that was stored just now as part of the workspace.
	Take(ctx context.Context, segment *envelope.Segment, name syncproto.Name) error
	// Merge brings the documents up to what was taken and sums them up; listing
	// is what the answer says to be held.
	Merge(ctx context.Context, listing *Listing) (*syncproto.Service, error)
}

// Config is what a Server needs.
type Config struct {
	// Store keeps the segments. Required.
	Store Store
	// Replicas gives the workspace as it is listed; the listing is not kept. It
	// takes out of the listing what is no part of the workspace, and names in
	// Listing.Unfit what never can be: that is refused, the rest waits, and
	// neither is stated or handed out. Nil checks and signs nothing. A service sets it, since it answers to the
	// members for what it stores. A folder does without: whoever can write the
	// folder can put files there past any check, so only the check that each
	// device makes on receipt counts.
	Replicas func(ctx context.Context, listing *Listing) (Replica, error)
	// Known gives what is remembered of a workspace over a Paged store; nil to
	// list everything.
	Known func(workspace syncproto.Workspace) *Known
}

// Server answers the requests of devices. It keeps no state but its Store and
// what Replicas caches of that, so any number of them may serve one store. Safe
// for concurrent use.
type Server struct {
	store    Store
	replicas func(ctx context.Context, listing *Listing) (Replica, error)
	known    func(workspace syncproto.Workspace) *Known
}

// New makes a Server.
func New(cfg Config) *Server {
	return &Server{store: cfg.Store, replicas: cfg.Replicas, known: cfg.Known}
}

// Session is a workspace as a store listed it, for the time of one request. It
// is not safe for concurrent use.
type Session struct {
	server  *Server
	index   *index
	replica Replica // nil in a folder
}

// Open lists a workspace and, in a service, opens its replica.
func (s *Server) Open(ctx context.Context, workspace syncproto.Workspace) (*Session, error) {
	var known *Known
	if s.known != nil {
		known = s.known(workspace)
	}
	x, err := list(ctx, s.store, workspace, known)
	if err != nil {
		return nil, err
	}
	session := &Session{server: s, index: x}
	if s.replicas != nil {
		listing := x.listing()
		if session.replica, err = s.replicas(ctx, listing); err != nil {
			return nil, fmt.Errorf("open workspace: %w", err)
		}
		x.narrow(listing)
	}
	return session, nil
}

// Exchange answers one request on the workspace as it is then.
func (s *Server) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	if err := req.Check(); err != nil {
		return nil, fmt.Errorf("sync request: %w", err)
	}
	session, err := s.Open(ctx, req.Workspace)
	if err != nil {
		return nil, err
	}
	return session.Exchange(ctx, req)
}

// Exchange stores what the request brings and answers what the device lacks.
// A bad segment is a refusal in the answer; an error says that the request is
// malformed (syncproto's errors) or that the store failed (this package's).
func (s *Session) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	if err := req.Check(); err != nil {
		return nil, fmt.Errorf("sync request: %w", err)
	}
	if req.Workspace != s.index.workspace {
		return nil, fmt.Errorf("sync request for another workspace: %w", syncproto.ErrMalformed)
	}
	answer := &syncproto.Answer{Cursor: req.Cursor}
	in := intake{server: s.server, index: s.index, answer: answer, replica: s.replica}
	if err := in.take(ctx, req.Segments); err != nil {
		return nil, err
	}
	if err := in.recall(ctx, req.Wanted); err != nil {
		return nil, err
	}
	answer.Refused = append(answer.Refused, s.index.refusals(req)...)
	if s.replica != nil {
		service, err := s.replica.Merge(ctx, s.index.listing())
		if err != nil {
			return nil, fmt.Errorf("merge: %w", err)
		}
		answer.Service = service
	}
	out := page{server: s.server, index: s.index, answer: answer, size: told(answer.Receipts)}
	if err := out.fill(ctx, req); err != nil {
		return nil, err
	}
	answer.Have = s.index.have()
	return answer, nil
}

// Usage says how many devices have feeds here, and the size of all segments in
// bytes, as far as the store tells sizes.
func (s *Session) Usage() (devices int, bytes int64) {
	seen := make(map[[32]byte]bool, len(s.index.feeds))
	for feed, n := range s.index.feeds {
		seen[feed.Device] = true
		bytes += n.size
	}
	return len(seen), bytes
}
