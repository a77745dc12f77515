package localapi

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"fieldbook/workspace"
)

// held is an open workspace and who is using it.
type held struct {
	dir   string
	w     *workspace.Workspace
	from  uint64          // its revision when it was opened
	ctx   context.Context // ends when the workspace is to be locked
	end   context.CancelCauseFunc
	late  context.Context // ends some time after that
	force context.CancelCauseFunc
	users sync.WaitGroup // grows only while Server.mu is held and this is Server.held
	busy  atomic.Int64   // users that are people's or programs' doing

	seen atomic.Pointer[seen]
}

// seen is what a state says of a workspace, as of a revision.
type seen struct {
	revision uint64
	plant    Plant
	me       Me
}

// grace is how long a request may take to end by itself when the workspace is to be locked: what a person saved in that moment
// is saved. Jobs and commands, which may take any time, are told to stop at once.
const grace = time.Second

// hold gives the open workspace for a while; release lets go of it. The context ends with the caller's, or when the
// workspace is to be locked.
func (s *Server) hold(ctx context.Context) (context.Context, *held, func(), error) {
	return s.holdUntil(ctx, func(h *held) context.Context { return h.ctx })
}

// holdUntil is hold until the end of a context of what is held.
func (s *Server) holdUntil(ctx context.Context, end func(*held) context.Context) (_ context.Context, h *held, release func(), err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held == nil {
		return nil, nil, nil, s.shut()
	}
	h = s.held
	h.users.Add(1)
	h.busy.Add(1)
	ctx, cancel := context.WithCancelCause(ctx)
	last := end(h)
	stop := context.AfterFunc(last, func() { cancel(context.Cause(last)) })
	return ctx, h, func() {
		stop()
		cancel(nil)
		h.busy.Add(-1)
		h.users.Done()
	}, nil
}

// shut says why there is no open workspace.
func (s *Server) shut() error {
	switch s.phase {
	case phaseLocked:
		return errLocked
	case phaseRequested:
		return errWaiting
	}
	return errNone
}

// on makes an operation of one that needs the open workspace.
func on[I, O any](s *Server, do func(context.Context, *workspace.Workspace, *I) (O, error)) func(context.Context, *I) (O, error) {
	return func(ctx context.Context, in *I) (out O, err error) {
		ctx, h, release, err := s.holdUntil(ctx, func(h *held) context.Context { return h.late })
		if err != nil {
			return out, err
		}
		defer release()
		out, err = do(ctx, h.w, in)
		return out, s.ended(ctx, err)
	}
}

// ended names the lock as the reason where an operation failed because of it.
func (s *Server) ended(ctx context.Context, err error) error {
	if err != nil && errors.Is(context.Cause(ctx), errLocked) {
		return errLocked
	}
	return err
}

// settings are a workspace's configuration in a folder, with the passphrase at hand. The caller wipes the passphrase.
func (s *Server) settings(dir string, passphrase Secret) workspace.Config {
	return workspace.Config{
		Dir: dir, Clock: s.cfg.Clock, Work: s.cfg.Work, Dial: s.cfg.Dial,
		Passphrase: func(context.Context) ([]byte, error) {
			if len(passphrase) == 0 {
				return nil, workspace.ErrLocked
			}
			return append([]byte(nil), passphrase...), nil
		},
	}
}

// adopt makes an open workspace the current one, in place of the one before. It takes the folder's socket with it, which is
// nil if the folder was the current one already. The caller has the turn.
func (s *Server) adopt(dir string, w *workspace.Workspace, socket *Socket) {
	if err := s.close(phaseLocked); err != nil {
		s.log.Error("closing the workspace before", "cause", err)
	}
	if socket != nil {
		s.take(dir, socket)
	}
	h := &held{dir: dir, w: w, from: w.Revision()}
	h.ctx, h.end = context.WithCancelCause(context.Background())
	h.late, h.force = context.WithCancelCause(context.Background())
	s.mu.Lock()
	s.held, s.phase, s.words = h, phaseOpen, nil
	s.mu.Unlock()
	s.remember(dir, nil)
	h.users.Go(func() { s.follow(h) })
	h.users.Go(func() { s.warm(h) })
	s.idle.set(readLock(h.ctx, w))
	s.pulse.move()
}

// follow moves the server's revision with the workspace's, until it is locked.
func (s *Server) follow(h *held) {
	for number := h.from; ; s.pulse.move() {
		next, err := h.w.Wait(h.ctx, number)
		if err != nil {
			return
		}
		number = next
	}
}

// warm reads what the tables on the screen are answered from while the person still looks at the first screen.
func (s *Server) warm(h *held) {
	if err := h.w.Warm(h.ctx); err != nil && h.ctx.Err() == nil {
		s.log.Error("reading the lists ahead", "cause", err)
	}
}

// close closes the open workspace, if there is one, and leaves the folder in a phase: whoever works on it is told to stop and waited for, then its secrets are
// wiped, and whatever of it is in memory. The caller has the turn.
func (s *Server) close(phase string) error {
	s.mu.Lock()
	h := s.held
	s.held = nil
	if h != nil {
		s.phase = phase
	}
	s.mu.Unlock()
	s.idle.set(0)
	s.vault.wipe()
	if h == nil {
		return nil
	}
	h.end(errLocked)
	forced := time.AfterFunc(grace, func() { h.force(errLocked) })
	h.users.Wait()
	forced.Stop()
	h.force(errLocked)
	s.work.forget()
	s.vault.wipe() // also what a job that was ending has left
	s.pulse.move()
	if err := h.w.Close(); err != nil {
		return fmt.Errorf("closing the workspace: %w", err)
	}
	return nil
}

// alone makes an operation without an answer of one that needs the open workspace.
func alone[I any](s *Server, do func(context.Context, *workspace.Workspace, *I) error) func(context.Context, *I) error {
	answering := on(s, func(ctx context.Context, w *workspace.Workspace, in *I) (none, error) { return none{}, do(ctx, w, in) })
	return func(ctx context.Context, in *I) error {
		_, err := answering(ctx, in)
		return err
	}
}
