package localapi

import (
	"context"
	"io"
	"net/http"

	"fieldbook/wording"
)

// beside serves what comes through the socket of a folder: the API without a session, since who can connect is this user, and
// two operations for other starts of the program.
func (s *Server) beside(dir string) http.Handler {
	return s.guarded(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		current := s.dir == dir
		s.mu.Unlock()
		switch operation := r.Method + " " + r.URL.Path; {
		case !current:
			write(w, errNone)
		case operation == "POST /api/command":
			s.idle.touch()
			s.command(w, r)
		case operation == "POST /api/window":
			s.window(w)
		default:
			s.serve(w, r, true)
		}
	})
}

// command runs another process's command line on the open workspace.
func (s *Server) command(w http.ResponseWriter, r *http.Request) {
	c, err := readCommand(w, r)
	if err != nil {
		write(w, misuse(wording.Say("This command cannot be read.")))
		return
	}
	ctx, h, release, err := s.hold(r.Context())
	if err == nil && s.cfg.Command == nil {
		release()
		err = errNoSuch
	}
	if err != nil {
		p, _ := describe(err)
		write(w, p)
		return
	}
	defer release()
	streamCommand(ctx, w, func(ctx context.Context, out, errs io.Writer) int {
		return s.cfg.Command(ctx, h.dir, h.w, c, out, errs)
	})
}

// window raises the window for a second start of the program.
func (s *Server) window(w http.ResponseWriter) {
	if s.cfg.Window == nil {
		write(w, errNoWindow)
		return
	}
	s.cfg.Window()
	w.WriteHeader(http.StatusNoContent)
}
