package localapi

import "context"

// Unlock opens the folder to begin with, for a program that was started with the passphrase at hand. Nothing happens if
// there is no such folder. It wipes the passphrase.
func (s *Server) Unlock(ctx context.Context, passphrase []byte) error {
	defer clear(passphrase)
	s.turn.Lock()
	defer s.turn.Unlock()
	s.mu.Lock()
	dir, phase := s.dir, s.phase
	s.mu.Unlock()
	if phase != phaseLocked {
		return nil
	}
	return s.unlock(ctx, dir, passphrase)
}
