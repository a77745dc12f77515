package localapi

import (
	"context"
	"encoding/json"
	"io/fs"
	"net/http"
	"runtime/debug"
	"slices"
	"strings"
)

// Page is how a page reaches a Server.
type Page struct {
	// Files are the user interface; nil serves the API alone.
	Files fs.FS
	// Hosts are what a request's Host may say, and Origins what its Origin may: those of the page itself, exactly.
	Hosts, Origins []string
	// Native says that the page is the program's own window, so that it may name files of this computer.
	Native bool
}

// Handler serves a page and its API. Every request of the API but the one that exchanges a token needs a session.
func (s *Server) Handler(p Page) http.Handler {
	files := pageFiles(p.Files)
	return s.guarded(func(w http.ResponseWriter, r *http.Request) {
		harden(w.Header())
		switch {
		case !p.owns(r):
			write(w, errOrigin)
		case r.URL.Path != "/api" && !strings.HasPrefix(r.URL.Path, "/api/"):
			files.ServeHTTP(w, r)
		case !exchanges(r) && !s.sessions.knows(r.Header.Get(sessionHeader)):
			write(w, errSession)
		default:
			s.serve(w, r, p.Native)
		}
	})
}

// owns tells requests of the page itself from those that another page, or a name that was made to point here, sends.
func (p Page) owns(r *http.Request) bool {
	if !slices.Contains(p.Hosts, r.Host) {
		return false
	}
	origins := r.Header.Values("Origin")
	for _, origin := range origins {
		if !slices.Contains(p.Origins, origin) {
			return false
		}
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site == "cross-site" || site == "same-site" {
		return len(origins) == 0 && r.Method == http.MethodGet && r.Header.Get("Sec-Fetch-Mode") == "navigate" // a link to the page
	}
	return true
}

// exchanges tells the one request that needs no session.
func exchanges(r *http.Request) bool {
	return r.Method == http.MethodPost && r.URL.Path == "/api/session"
}

// serve answers a request of the API.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, native bool) {
	w.Header().Set("Cache-Control", "no-store")
	if r.URL.Path != "/api/changes" { // a page that only waits for news is not somebody working
		s.idle.touch()
	}
	s.mux.ServeHTTP(parting{w}, r.WithContext(context.WithValue(r.Context(), nativeKey{}, native)))
}

// parting leaves out the status that huma gives an answer whose page went away while it was written, as a page does that is loaded anew: the
// status had been sent, and net/http would complain of a second one on the person's terminal.
type parting struct{ http.ResponseWriter }

// statusGone is huma's mark for such answers.
const statusGone = 499

// WriteHeader sends every other status.
func (p parting) WriteHeader(status int) {
	if status != statusGone {
		p.ResponseWriter.WriteHeader(status)
	}
}

// Unwrap gives http.ResponseController what it flushes.
func (p parting) Unwrap() http.ResponseWriter { return p.ResponseWriter }

// nativeKey is where a request's context says that it may name files.
type nativeKey struct{}

func native(ctx context.Context) bool { return ctx.Value(nativeKey{}) == true }

// guarded answers a request whose handler panics with a problem: one bad request must not end the program.
func (s *Server) guarded(do http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if cause := recover(); cause != nil && cause != http.ErrAbortHandler {
				s.log.Error("a request panicked", "path", r.URL.Path, "cause", cause, "stack", string(debug.Stack()))
				write(w, problem(http.StatusInternalServerError, "internal", unexpected, unexpectedHint))
			}
		}()
		do(w, r)
	})
}

// write answers with a problem.
func write(w http.ResponseWriter, p *Problem) {
	w.Header().Set("Content-Type", problemType)
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // who has hung up hears nothing
}
