package localapi

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// claim takes a folder's socket, nil if this server has it already. The caller has the turn.
func (s *Server) claim(dir string) (*Socket, error) {
	s.mu.Lock()
	same := s.socket != nil && s.dir == dir
	s.mu.Unlock()
	if same {
		return nil, nil
	}
	return Listen(dir)
}

// unclaim lets go of a socket that came to no use.
func (s *Server) unclaim(socket *Socket) {
	if socket == nil {
		return
	}
	if err := socket.Close(); err != nil && !errors.Is(err, os.ErrNotExist) {
		s.log.Error("letting go of the folder", "cause", err)
	}
}

// take makes a folder whose socket was claimed the current one and answers on its socket.
func (s *Server) take(dir string, socket *Socket) {
	serving := &http.Server{Handler: s.beside(dir), ReadHeaderTimeout: patience}
	s.mu.Lock()
	before := s.serving
	s.dir, s.socket, s.serving = dir, socket, serving
	s.mu.Unlock()
	s.hangUp(before)
	go func() {
		if err := serving.Serve(socket); !errors.Is(err, http.ErrServerClosed) {
			s.log.Error("the socket of the folder", "cause", err)
		}
	}()
}

// hangUp ends a socket's server and with it the claim.
func (s *Server) hangUp(serving *http.Server) {
	if serving == nil {
		return
	}
	if err := serving.Close(); err != nil && !errors.Is(err, os.ErrNotExist) {
		s.log.Error("letting go of the folder", "cause", err)
	}
}

// choose makes a folder the current one, locked or waiting for its grant. The caller has the turn, or is New.
func (s *Server) choose(dir string) error {
	phase := contents(dir)
	if phase == phaseNone {
		return errNoDevice
	}
	socket, err := s.claim(dir)
	if err != nil {
		return err
	}
	if err := s.close(phaseLocked); err != nil {
		s.log.Error("closing the workspace before", "cause", err)
	}
	if socket != nil {
		s.take(dir, socket)
	}
	s.mu.Lock()
	s.phase, s.words = phase, nil
	if phase == phaseRequested {
		s.words = s.wordsOf(dir)
	}
	s.mu.Unlock()
	s.pulse.move()
	return nil
}

// wordsOf are the words of a folder's request, if they were remembered.
func (s *Server) wordsOf(dir string) []string {
	list := s.recent()
	if i := slices.IndexFunc(list, func(r recent) bool { return r.Dir == dir }); i >= 0 {
		return list[i].Words
	}
	return nil
}

// leave closes the workspace and lets go of the folder. The caller has the turn.
func (s *Server) leave() error {
	err := s.close(phaseNone)
	s.mu.Lock()
	before := s.serving
	s.dir, s.phase, s.words, s.socket, s.serving = "", phaseNone, nil, nil, nil
	s.mu.Unlock()
	s.hangUp(before)
	s.pulse.move()
	return err
}

// rename gives a folder that was made before the workspace's name was known the one it should have, if that is free. Where it
// stays is no error: it works there. The caller has the turn, and chooses the folder next.
func (s *Server) rename(dir, name string) string {
	if filepath.Dir(dir) != filepath.Clean(s.cfg.DataFolder) || !strings.HasPrefix(filepath.Base(dir), joining) {
		return dir
	}
	better := filepath.Join(filepath.Dir(dir), FolderName(name))
	if exists(better) {
		return dir
	}
	s.mu.Lock()
	before := s.serving
	s.socket, s.serving = nil, nil
	s.mu.Unlock()
	s.hangUp(before)
	if err := os.Rename(dir, better); err != nil {
		s.log.Error("renaming the folder", "cause", err)
		return dir
	}
	return better
}

// rest locks after idle time, unless something is being done.
func (s *Server) rest() {
	s.turn.Lock()
	defer s.turn.Unlock()
	s.mu.Lock()
	h := s.held
	s.mu.Unlock()
	if h == nil {
		return
	}
	if h.busy.Load() > 0 {
		s.idle.touch()
		return
	}
	if err := s.close(phaseLocked); err != nil {
		s.log.Error("locking", "cause", err)
	}
}
