package syncserver

import (
	"context"
	"errors"
	"fmt"

	"fieldbook/envelope"
	"fieldbook/syncproto"
)

// ErrUnauthentic says that a segment's signature or its author's membership do
// not hold. A Verifier wraps it.
var ErrUnauthentic = errors.New("not authentic")

// Verifier decides whether a well-formed segment is what its author made, and
// whether the author belongs to the workspace.
type Verifier interface {
	// Verify gives nil, or an error that wraps ErrUnauthentic when the segment
	// must not be stored. Any other error ends the exchange. The segment it
	// continues was verified before.
	Verify(ctx context.Context, segment *envelope.Segment) error
}

// Config is what a Server needs.
type Config struct {
	// Store keeps the segments. Required.
	Store Store
	// Verifier is asked about each new segment; nil asks nobody. A service sets
	// it, since it answers to the members for what it stores. A folder does
	// without: whoever can write the folder can put files there past any check,
	// so only the check that each device makes on receipt counts.
	Verifier Verifier
}

// Server answers the requests of devices. It keeps no state but its Store, so
// any number of them may serve one store. Safe for concurrent use.
type Server struct {
	store    Store
	verifier Verifier
}

// New makes a Server.
func New(cfg Config) *Server {
	return &Server{store: cfg.Store, verifier: cfg.Verifier}
}

// Exchange stores what the request brings and answers what the device lacks.
// A bad segment is a refusal in the answer; an error says that the request is
// malformed (syncproto's errors) or that the store failed (this package's).
func (s *Server) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	if err := req.Check(); err != nil {
		return nil, fmt.Errorf("sync request: %w", err)
	}
	x, err := s.index(ctx, req.Workspace)
	if err != nil {
		return nil, err
	}
	answer := &syncproto.Answer{Cursor: req.Cursor}
	in := intake{server: s, index: x, answer: answer}
	if err := in.take(ctx, req.Segments); err != nil {
		return nil, err
	}
	out := page{server: s, index: x, answer: answer}
	if err := out.fill(ctx, req); err != nil {
		return nil, err
	}
	answer.Have = x.have()
	return answer, nil
}
