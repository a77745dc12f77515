package localapi

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// FuzzRequests: whatever a page that is signed in sends, it hears an answer of the description's, and the program lives. The
// workspace is locked, so that nothing of it can be reached.
func FuzzRequests(f *testing.F) {
	for template, item := range description().Paths {
		for method, op := range operationsOf(item) {
			if op != nil {
				f.Add(method, template, "after=1&wait=0", []byte(`{"dir":"/nowhere","passphrase":"x","fields":{},"reason":"","source":{}}`))
			}
		}
	}
	f.Add("POST", "/workspaces/open", "", []byte(`{"dir":"/tmp\u0000","passphrase":"\ud800"}`))
	f.Add("GET", "/assets/%2e%2e%2f", "where=%00&limit=-1&as_of=x", []byte(nil))
	f.Add("PUT", "/kept", "key="+strings.Repeat("k", 300), []byte(`{"value":[[[[[[]]]]]]}`))
	f.Add("PATCH", "/assets/x", "", []byte(`{"fields":{"a":1e400},"reason":null}`))
	f.Add("POST", "/uploads", "name=../../x", []byte("a,b"))
	f.Add("DELETE", "/jobs/\xff", "after=99999999999999999999", []byte(nil))
	p := fuzzed(f)
	f.Fuzz(func(t *testing.T, method, path, query string, data []byte) {
		target, err := url.ParseRequestURI("/api" + path)
		if err != nil || !slices.Contains([]string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"}, method) || makes(target.Path) || strings.Contains(query, "wait=") && !strings.Contains(query, "wait=0") {
			return
		}
		target.RawQuery = query
		p.t = t
		r := p.request(method, "/", bytes.NewReader(data))
		r.URL, r.RequestURI = target, target.RequestURI()
		w := p.send(r)
		if w.Code >= http.StatusInternalServerError && w.Code != http.StatusInsufficientStorage && w.Code != http.StatusBadGateway {
			t.Errorf("%s %s: %d %s\n%s", method, target, w.Code, w.Body, p.log)
		}
		if w.Code >= 400 && w.Header().Get("Content-Type") != problemType && method != http.MethodHead {
			t.Errorf("%s %s: %d %s is no problem", method, target, w.Code, w.Header().Get("Content-Type"))
		}
	})
}

// makes tells the operations that make folders, which would fill the disk with what the fuzzer thinks of.
func makes(path string) bool {
	return slices.Contains([]string{"/api/workspaces", "/api/workspaces/ask", "/api/workspaces/sample", "/api/workspaces/restore", "/api/workspaces/select"}, path)
}

// fuzzed is a page whose folder is locked.
func fuzzed(f *testing.F) (p *page) {
	f.Helper()
	server, err := New(Config{DataFolder: f.TempDir(), Work: 1})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { _ = server.Close() })
	return &page{s: server, h: server.Handler(Page{Hosts: []string{ownHost}, Origins: []string{ownOrigin}}), session: server.Session(), log: &bytes.Buffer{}}
}
