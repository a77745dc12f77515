package localapi

import (
	"context"
	"encoding/json"
	"path/filepath"
	"time"

	"fieldbook/wording"
	"fieldbook/workspace"
)

func (s *Server) getState(ctx context.Context, _ *none) (State, error) {
	state := State{Version: s.cfg.Version, Native: native(ctx), DataFolder: s.cfg.DataFolder}
	state.Revision, _ = s.pulse.look()
	s.mu.Lock()
	dir := s.dir
	state.Phase, state.Words = s.phase, s.words
	s.mu.Unlock()
	if dir != "" {
		state.Current = &Folder{dir, filepath.Base(dir)}
	}
	state.Known = s.known(dir)
	if state.Phase != phaseOpen {
		return state, nil
	}
	held, h, release, err := s.hold(ctx)
	if err != nil { // locked in between
		state.Phase = phaseLocked
		return state, nil
	}
	defer release()
	at, err := h.look(held)
	if err != nil {
		return state, s.ended(held, err)
	}
	state.Workspace, state.Me = &at.plant, &at.me
	return state, nil
}

// look says what is open and who acts, asking the record again only when it has moved.
func (h *held) look(ctx context.Context) (*seen, error) {
	revision := h.w.Revision()
	if at := h.seen.Load(); at != nil && at.revision == revision {
		return at, nil
	}
	status, err := h.w.Glance(ctx)
	if err != nil {
		return nil, err
	}
	at := &seen{revision: revision, plant: Plant{status.WorkspaceID, status.Workspace, h.w.Zone().String()}, me: Me{Member: status.Member, Role: status.Role, Device: status.Device}}
	devices, err := h.w.Devices(ctx)
	for _, d := range devices {
		if d.Self {
			at.me.MemberID = d.ID
		}
	}
	h.seen.Store(at)
	return at, err
}

func (s *Server) waitForChange(ctx context.Context, in *waitInput) (Change, error) {
	s.pulse.wait(ctx, in.After, time.Duration(in.Wait)*time.Second)
	number, _ := s.pulse.look()
	s.mu.Lock()
	defer s.mu.Unlock()
	return Change{number, s.dir, s.phase}, nil
}

func (s *Server) lock(context.Context, *none) error {
	s.turn.Lock()
	defer s.turn.Unlock()
	return s.close(phaseLocked)
}

func listKept(ctx context.Context, w *workspace.Workspace, in *keptInput) (list []Kept, err error) {
	found, err := w.Kept(ctx, in.Prefix)
	for _, k := range found {
		if at := instant(&k.At); at != nil {
			list = append(list, Kept{k.Key, k.Value, *at})
		}
	}
	return list, err
}

func (s *Server) keep(ctx context.Context, w *workspace.Workspace, in *keepInput) error {
	value, err := json.Marshal(in.Body.Value)
	if err != nil {
		return misuse(wording.Say("This value cannot be kept."))
	}
	if err := w.Keep(ctx, in.Key, value); err != nil {
		return err
	}
	if in.Key == lockSetting {
		s.idle.set(lockTime(value))
	}
	return nil
}

func (s *Server) discardKept(ctx context.Context, w *workspace.Workspace, in *keyInput) error {
	if in.Key == lockSetting {
		s.idle.set(usualIdle)
	}
	return w.Discard(ctx, in.Key)
}

// changePassphrase proves that it knows the present passphrase: whoever finds an unlocked screen must not be able to lock its
// owner out.
func (s *Server) changePassphrase(ctx context.Context, in *body[NewPassphrase]) error {
	defer clear(in.Body.Current)
	defer clear(in.Body.Next)
	ctx, h, release, err := s.hold(ctx)
	if err != nil {
		return err
	}
	defer release()
	if len(in.Body.Next) == 0 {
		return wrong("next", "Type a new passphrase.")
	}
	if _, err := workspace.Identify(ctx, s.settings(h.dir, in.Body.Current)); err != nil {
		return err
	}
	next := in.Body.Next
	err = h.w.ChangePassphrase(ctx, func(context.Context) ([]byte, error) { return append([]byte(nil), next...), nil })
	return s.ended(ctx, err)
}
