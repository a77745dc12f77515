package localapi

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/danielgtaylor/huma/v2"

	"fieldbook/syncclient"
	"fieldbook/syncserver"
)

const (
	ownHost   = "127.0.0.1:4173"
	ownOrigin = "http://127.0.0.1:4173"
	secret    = "correct horse battery staple"
)

// page is a page of a Server of its own, signed in.
type page struct {
	t       *testing.T
	s       *Server
	h       http.Handler
	session string
	log     *bytes.Buffer
	home    string
}

// newPage makes a Server with an empty data folder. Paths are short, so that sockets lie in their folders.
func newPage(t *testing.T, change ...func(*Config, *Page)) *page {
	t.Helper()
	home, err := os.MkdirTemp("", "fb")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	return pageAt(t, home, change...)
}

// pageAt makes a Server over a data folder.
func pageAt(t *testing.T, home string, change ...func(*Config, *Page)) *page {
	t.Helper()
	p := &page{t: t, log: &bytes.Buffer{}, home: home}
	cfg := Config{
		Version: "1", DataFolder: filepath.Join(home, "data"), Recent: filepath.Join(home, "recent.json"), Work: 1,
		Log:       slog.New(slog.NewTextHandler(p.log, nil)),
		Folder:    openFolder,
		Reference: func(_ context.Context, path string) (syncclient.Remote, error) { return openFolder(path) },
	}
	of := Page{Hosts: []string{ownHost}, Origins: []string{ownOrigin}, Files: fstest.MapFS{"index.html": {Data: []byte("<!doctype html>")}, "assets/a-1.js": {Data: []byte("1")}}}
	for _, c := range change {
		c(&cfg, &of)
	}
	var err error
	if p.s, err = New(cfg); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.s.Close(); err != nil {
			t.Errorf("closing: %v", err)
		}
	})
	p.h, p.session = p.s.Handler(of), p.s.Session()
	return p
}

func openFolder(path string) (syncclient.Remote, error) {
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: path})
	if err != nil {
		return nil, err
	}
	return syncserver.New(syncserver.Config{Store: store}), nil
}

// asWindow makes the page the program's own window.
func asWindow(_ *Config, p *Page) { p.Native = true }

// request is one of the page's own.
func (p *page) request(method, path string, body io.Reader) *http.Request {
	p.t.Helper()
	r := httptest.NewRequestWithContext(p.t.Context(), method, path, body)
	r.Host = ownHost
	r.Header.Set("Origin", ownOrigin)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Content-Type", "application/json")
	if p.session != "" {
		r.Header.Set(sessionHeader, p.session)
	}
	return r
}

func (p *page) send(r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	p.h.ServeHTTP(w, r)
	return w
}

// ask sends JSON to an operation and checks that the answer is what the description says.
func (p *page) ask(method, path string, in any) *httptest.ResponseRecorder {
	p.t.Helper()
	var body io.Reader
	if in != nil {
		data, err := json.Marshal(in)
		if err != nil {
			p.t.Fatal(err)
		}
		body = bytes.NewReader(data)
	}
	w := p.send(p.request(method, "/api"+path, body))
	described(p.t, method, path, w)
	return w
}

// gives asks and reads the answer of an operation that does what it is asked.
func gives[O any](p *page, method, path string, in any) (out O) {
	p.t.Helper()
	w := p.ask(method, path, in)
	if w.Code/100 != 2 {
		p.t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	if w.Code != http.StatusNoContent {
		if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
			p.t.Fatalf("%s %s: %v", method, path, err)
		}
	}
	return out
}

// refuses asks for what is not done and gives the reason, which is of a code.
func (p *page) refuses(code, method, path string, in any) Problem {
	p.t.Helper()
	w := p.ask(method, path, in)
	var out Problem
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil || out.Code != code || w.Code != out.Status || w.Code < 400 {
		p.t.Fatalf("%s %s: %d %s, want %s", method, path, w.Code, w.Body, code)
	}
	return out
}

// described checks an answer against the description.
func described(t *testing.T, method, path string, w *httptest.ResponseRecorder) {
	t.Helper()
	api := description()
	op := operationFor(api, method, path)
	if op == nil || w.Code == http.StatusNoContent {
		return
	}
	answer := op.Responses["default"]
	if w.Code == http.StatusOK {
		answer = op.Responses["200"]
	}
	for _, content := range answer.Content {
		if content.Schema.Format == "binary" {
			return
		}
		var v any
		if err := json.Unmarshal(w.Body.Bytes(), &v); err != nil {
			t.Fatalf("%s %s: %v: %s", method, path, err, w.Body)
		}
		res := &huma.ValidateResult{}
		huma.Validate(api.Components.Schemas, content.Schema, huma.NewPathBuffer(nil, 0), huma.ModeReadFromServer, v, res)
		for _, err := range res.Errors {
			t.Errorf("%s %s answers otherwise than described: %v", method, path, err)
		}
	}
}

func description() *huma.OpenAPI {
	r := newRoutes("1", slog.Default())
	r.register(&Server{})
	return r.api.OpenAPI()
}

// operationFor finds the operation of a path below /api.
func operationFor(api *huma.OpenAPI, method, path string) (found *huma.Operation) {
	path, _, _ = strings.Cut(path, "?")
	parts, best := strings.Split(path, "/"), -1
	for template, item := range api.Paths {
		same, plain := strings.Split(template, "/"), 0
		if len(same) != len(parts) {
			continue
		}
		for i := range same {
			if same[i] == parts[i] {
				plain++
			} else if !strings.HasPrefix(same[i], "{") {
				plain = -len(parts)
			}
		}
		if op := operationsOf(item)[method]; op != nil && plain > best {
			found, best = op, plain
		}
	}
	return found
}

func operationsOf(item *huma.PathItem) map[string]*huma.Operation {
	return map[string]*huma.Operation{
		http.MethodGet: item.Get, http.MethodPost: item.Post, http.MethodPut: item.Put, http.MethodPatch: item.Patch, http.MethodDelete: item.Delete,
	}
}

// Given an answer whose page has gone, then the status that says so is not sent after the one that was.
func TestAnswersOfPagesThatWentAreLeft(t *testing.T) {
	sent := httptest.NewRecorder()
	w := parting{sent}
	w.WriteHeader(http.StatusNoContent)
	w.WriteHeader(statusGone)
	if http.NewResponseController(w).Flush() != nil || sent.Code != http.StatusNoContent {
		t.Errorf("status %d", sent.Code)
	}
	alone := httptest.NewRecorder()
	parting{alone}.WriteHeader(statusGone)
	if alone.Code == statusGone {
		t.Error("the status of a page that went was sent")
	}
}
