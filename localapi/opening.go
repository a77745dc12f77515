package localapi

import (
	"context"
	"errors"

	"fieldbook/keyring"
	"fieldbook/workspace"
)

func (s *Server) foundWorkspace(ctx context.Context, in *body[Found]) (Founded, error) {
	defer clear(in.Body.Passphrase)
	dir, err := s.fresh(in.Body.Dir, in.Body.Name)
	if err != nil {
		return Founded{}, err
	}
	key, err := s.found(ctx, dir, in.Body.Passphrase, workspace.Founding{Name: in.Body.Name, Member: in.Body.Member, Zone: in.Body.Zone}, nil)
	if err != nil {
		return Founded{}, err
	}
	state, err := s.getState(ctx, nil)
	return Founded{key, state}, err
}

// found makes a workspace in a folder and adopts it. With fill it is filled first; if that fails, nothing of it stays. Until
// then another workspace can be worked on.
func (s *Server) found(ctx context.Context, dir string, passphrase Secret, f workspace.Founding, fill func(*workspace.Workspace) error) (key string, err error) {
	if contents(dir) != phaseNone {
		return "", workspace.ErrExists
	}
	socket, undo, err := s.prepare(dir)
	if err != nil {
		return "", err
	}
	w, key, err := workspace.Create(ctx, s.settings(dir, passphrase), f)
	if err != nil {
		undo()
		return "", err
	}
	if fill != nil {
		err = fill(w)
	}
	if err != nil {
		err = errors.Join(err, w.Close())
		undo()
		return "", err
	}
	s.turn.Lock()
	defer s.turn.Unlock()
	s.adopt(dir, w, socket)
	return key, nil
}

func (s *Server) askToJoin(ctx context.Context, in *body[Ask]) (Asked, error) {
	defer clear(in.Body.Passphrase)
	s.turn.Lock()
	defer s.turn.Unlock()
	dir, err := s.fresh(in.Body.Dir, joining)
	if err != nil {
		return Asked{}, err
	}
	asked, err := workspace.Ask(ctx, s.settings(dir, in.Body.Passphrase), in.Body.Member)
	if err != nil {
		return Asked{}, err
	}
	s.remember(dir, asked.Words)
	if err := s.choose(dir); err != nil {
		return Asked{}, err
	}
	s.mu.Lock()
	s.words = asked.Words
	s.mu.Unlock()
	state, err := s.getState(ctx, nil)
	return Asked{asked.File, FolderName(in.Body.Member) + ".request", asked.Words, state}, err
}

func (s *Server) joinWorkspace(ctx context.Context, in *body[Join]) (Joined, error) {
	defer clear(in.Body.Passphrase)
	s.turn.Lock()
	defer s.turn.Unlock()
	s.mu.Lock()
	dir, phase := s.dir, s.phase
	s.mu.Unlock()
	if phase != phaseRequested {
		return Joined{}, errNoRequest
	}
	grant, err := keyring.ParseGrant(in.Body.Grant)
	if err != nil {
		return Joined{}, err
	}
	words, err := workspace.Join(ctx, s.settings(dir, in.Body.Passphrase), in.Body.Grant)
	if err != nil {
		return Joined{}, err
	}
	dir = s.rename(dir, grant.Name)
	if err := s.choose(dir); err != nil {
		return Joined{}, err
	}
	if err := s.unlock(ctx, dir, in.Body.Passphrase); err != nil {
		return Joined{}, err
	}
	state, err := s.getState(ctx, nil)
	return Joined{words, state}, err
}

func (s *Server) openWorkspace(ctx context.Context, in *body[Open]) (State, error) {
	defer clear(in.Body.Passphrase)
	s.turn.Lock()
	defer s.turn.Unlock()
	dir, err := absolute(in.Body.Dir)
	if err != nil {
		return State{}, err
	}
	if err := s.unlock(ctx, dir, in.Body.Passphrase); err != nil {
		return State{}, err
	}
	return s.getState(ctx, nil)
}

// unlock opens a folder and adopts it; one that is open already stays as it is. The caller has the turn.
func (s *Server) unlock(ctx context.Context, dir string, passphrase Secret) error {
	s.mu.Lock()
	open := s.held != nil && s.dir == dir
	s.mu.Unlock()
	if open {
		_, err := workspace.Identify(ctx, s.settings(dir, passphrase))
		return err
	}
	if contents(dir) == phaseNone {
		return errNoDevice
	}
	socket, err := s.claim(dir)
	if err != nil {
		return err
	}
	w, err := workspace.Open(ctx, s.settings(dir, passphrase))
	if err != nil {
		s.unclaim(socket)
		return err
	}
	s.adopt(dir, w, socket)
	return nil
}

func (s *Server) selectWorkspace(ctx context.Context, in *body[Select]) (State, error) {
	s.turn.Lock()
	defer s.turn.Unlock()
	dir, err := absolute(in.Body.Dir)
	if err != nil {
		return State{}, err
	}
	if err := s.choose(dir); err != nil {
		return State{}, err
	}
	return s.getState(ctx, nil)
}
