package localapi

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"slices"
	"sync"
)

// sessionHeader carries the session. It is no cookie: cookies are shared with whatever else listens on this computer.
const sessionHeader = "Fieldbook-Session"

// maxSessions bounds how many pages are signed in; the oldest gives way.
const maxSessions = 64

// sessions are the secrets of pages, as hashes so that comparing them takes the same time whatever was sent.
type sessions struct {
	mu     sync.Mutex
	tokens [][sha256.Size]byte
	live   [][sha256.Size]byte
}

// Token makes a token for the fragment of the page's address: it becomes a session once.
func (s *Server) Token() string { return s.sessions.add(&s.sessions.tokens) }

// Session makes a session for a page that needs no address: the window's own.
func (s *Server) Session() string { return s.sessions.add(&s.sessions.live) }

func (s *sessions) add(to *[][sha256.Size]byte) string {
	secret := rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(*to) >= maxSessions {
		*to = slices.Delete(*to, 0, 1)
	}
	*to = append(*to, sha256.Sum256([]byte(secret)))
	return secret
}

// knows tells whether a session is one of these.
func (s *sessions) knows(session string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Contains(s.live, sha256.Sum256([]byte(session)))
}

// spend uses a token up; false if it is none or was used.
func (s *sessions) spend(token string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.Index(s.tokens, sha256.Sum256([]byte(token)))
	if i < 0 {
		return false
	}
	s.tokens = slices.Delete(s.tokens, i, i+1)
	return true
}

// end forgets all of them.
func (s *sessions) end() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tokens, s.live = nil, nil
}

func (s *Server) createSession(_ context.Context, in *body[Token]) (Session, error) {
	if !s.sessions.spend(in.Body.Token) {
		return Session{}, errToken
	}
	return Session{s.Session()}, nil
}
