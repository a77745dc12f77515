package localapi

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

// problemOf reads an answer that must be a problem.
func problemOf(t *testing.T, w *httptest.ResponseRecorder) (p Problem) {
	t.Helper()
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Header().Get("Content-Type") != problemType || p.Status != w.Code || p.Detail == "" {
		t.Fatalf("%d %s is no problem: %q", w.Code, w.Header().Get("Content-Type"), w.Body)
	}
	return p
}

// Given a page that is not signed in, or with a session that is none, then every operation of the description answers 401, and
// so does every path that there is not.
func TestEveryOperationNeedsASession(t *testing.T) {
	p := newPage(t)
	count := 0
	for template, item := range description().Paths {
		for method, op := range operationsOf(item) {
			if op == nil || op.OperationID == "createSession" {
				continue
			}
			count++
			path := "/api" + strings.NewReplacer("{", "", "}", "").Replace(template)
			for _, session := range []string{"", "x", p.session + "x", strings.ToLower(p.session)} {
				r := p.request(method, path, strings.NewReader("{}"))
				r.Header.Set(sessionHeader, session)
				if w := p.send(r); w.Code != http.StatusUnauthorized || problemOf(t, w).Code != "session" {
					t.Errorf("%s with session %q: %d", op.OperationID, session, w.Code)
				}
			}
		}
	}
	if count < 60 {
		t.Errorf("only %d operations are described", count)
	}
	p.session = ""
	for _, path := range []string{"/api", "/api/", "/api/nothing", "/api/command", "/api/window", "/api/../api/state"} {
		if w := p.send(p.request(http.MethodPost, path, nil)); w.Code != http.StatusUnauthorized {
			t.Errorf("%s: %d", path, w.Code)
		}
	}
}

// Given a request from somewhere else than the page, then it is refused, whatever session it carries.
func TestOnlyTheOwnPageIsAnswered(t *testing.T) {
	p := newPage(t)
	for name, change := range map[string]func(*http.Request){
		"another name that points here": func(r *http.Request) { r.Host = "evil.example:4173" },
		"another port":                  func(r *http.Request) { r.Host = "127.0.0.1:80" },
		"no host":                       func(r *http.Request) { r.Host = "" },
		"another origin":                func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") },
		"another port's origin":         func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:8080") },
		"no origin to speak of":         func(r *http.Request) { r.Header.Set("Origin", "null") },
		"two origins":                   func(r *http.Request) { r.Header.Add("Origin", "http://evil.example") },
		"another page of this computer": func(r *http.Request) { r.Header.Del("Origin"); r.Header.Set("Sec-Fetch-Site", "same-site") },
		"a page that loads it":          func(r *http.Request) { r.Header.Del("Origin"); r.Header.Set("Sec-Fetch-Site", "cross-site") },
	} {
		for _, path := range []string{"/", "/assets/a-1.js", "/api/state", "/api/session"} {
			r := p.request(http.MethodGet, path, nil)
			change(r)
			if w := p.send(r); w.Code != http.StatusForbidden || problemOf(t, w).Code != "origin" {
				t.Errorf("%s, %s: %d", name, path, w.Code)
			}
		}
	}
	link := p.request(http.MethodGet, "/", nil)
	link.Header.Del("Origin")
	link.Header.Set("Sec-Fetch-Site", "cross-site")
	link.Header.Set("Sec-Fetch-Mode", "navigate")
	if w := p.send(link); w.Code != http.StatusOK {
		t.Errorf("a link to the page: %d", w.Code)
	}
}

// Given a token, then it becomes a session once, and no other time.
func TestTokenIsGoodForOneSession(t *testing.T) {
	p := newPage(t)
	token := p.s.Token()
	p.session = ""
	p.refuses("session", http.MethodPost, "/session", Token{"no token"})
	first := gives[Session](p, http.MethodPost, "/session", Token{token})
	p.refuses("session", http.MethodPost, "/session", Token{token})
	p.refuses("session", http.MethodPost, "/session", Token{first.Session})
	p.session = token
	p.refuses("session", http.MethodGet, "/state", nil)
	p.session = first.Session
	gives[State](p, http.MethodGet, "/state", nil)
}

// Given any answer, then it tells browsers to load nothing from elsewhere and nobody else to read it.
func TestAnswersAreHardened(t *testing.T) {
	p := newPage(t)
	for _, path := range []string{"/", "/assets/a-1.js", "/nothing", "/api/state", "/api/nothing"} {
		h := p.send(p.request(http.MethodGet, path, nil)).Header()
		if !strings.HasPrefix(h.Get("Content-Security-Policy"), "default-src 'none'; script-src 'self';") || h.Get("X-Content-Type-Options") != "nosniff" ||
			h.Get("Referrer-Policy") != "no-referrer" || h.Get("Cross-Origin-Resource-Policy") != "same-origin" {
			t.Errorf("%s: %v", path, h)
		}
		for name := range h {
			if strings.HasPrefix(name, "Access-Control-") {
				t.Errorf("%s lets other pages in: %s", path, name)
			}
		}
		if strings.HasPrefix(path, "/api") && h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be cached", path)
		}
	}
	if w := p.send(p.request(http.MethodGet, "/assets/", nil)); w.Code != http.StatusNotFound {
		t.Errorf("a folder is listed: %d %s", w.Code, w.Body)
	}
}

// Given a program that was built without its user interface, then its page says so; given one with it, then what carries its
// hash in its name may be kept by the browser, and the page itself may not.
func TestPageIsServed(t *testing.T) {
	bare := newPage(t, func(_ *Config, p *Page) { p.Files = fstest.MapFS{} })
	if w := bare.send(bare.request(http.MethodGet, "/", nil)); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "make build") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	p := newPage(t)
	for path, want := range map[string]string{"/": "no-cache", "/assets/a-1.js": "public, max-age=31536000, immutable"} {
		if w := p.send(p.request(http.MethodGet, path, nil)); w.Code != http.StatusOK || w.Header().Get("Cache-Control") != want {
			t.Errorf("%s: %d %v", path, w.Code, w.Header())
		}
	}
	if w := p.send(p.request(http.MethodPost, "/", nil)); w.Code != http.StatusNotFound {
		t.Errorf("posting to the page: %d", w.Code)
	}
	alone := newPage(t, func(_ *Config, p *Page) { p.Files = nil })
	if w := alone.send(alone.request(http.MethodGet, "/", nil)); w.Code != http.StatusNotFound {
		t.Errorf("an API without a page: %d", w.Code)
	}
}

// Given bodies beyond what an operation takes, then they are refused before they are read whole.
func TestBodiesAreCapped(t *testing.T) {
	p := newPage(t)
	huge := endless{left: 1 << 40}
	for _, path := range []string{"/api/session", "/api/workspaces", "/api/notes", "/api/uploads?name=a.csv"} {
		r := p.request(http.MethodPost, path, &huge)
		r.ContentLength = -1
		if w := p.send(r); w.Code != http.StatusRequestEntityTooLarge || problemOf(t, w).Code != "too_large" {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	if read := 1<<40 - huge.left; read > 2*maxUpload {
		t.Errorf("%d bytes were read", read)
	}
}

// endless gives blanks.
type endless struct{ left int64 }

func (e *endless) Read(p []byte) (int, error) {
	copy(p, bytes.Repeat([]byte(" "), len(p)))
	e.left -= int64(len(p))
	return len(p), nil
}

// Given a handler that fails in a way that nobody foresaw, then the page hears so, and nothing of the cause.
func TestPanicsStayInside(t *testing.T) {
	p := newPage(t)
	p.h = p.s.guarded(func(http.ResponseWriter, *http.Request) { panic("the cause") })
	w := p.send(p.request(http.MethodGet, "/", nil))
	if got := problemOf(t, w); got.Code != "internal" || strings.Contains(w.Body.String(), "the cause") {
		t.Errorf("%+v", got)
	}
	if !strings.Contains(p.log.String(), "the cause") {
		t.Error("the log does not name the cause")
	}
}
