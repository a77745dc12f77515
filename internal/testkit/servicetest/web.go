package servicetest

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
)

// Web serves any number of stores at one address, so that what is tested with
// the service's code in process can be tested over HTTP too. A header tells
// which store is meant.
type Web struct {
	tb     testing.TB
	device *synctest.Author
	url    string

	mu       sync.Mutex
	handlers []http.Handler
}

const whichStore = "Test-Store"

// NewWeb starts the server. Its remotes are those of one device in one
// workspace.
func NewWeb(tb testing.TB, workspace string) *Web {
	w := &Web{tb: tb, device: synctest.NewAuthor(workspace, "over http", 1)}
	server := httptest.NewServer(w)
	tb.Cleanup(server.Close)
	w.url = server.URL
	return w
}

// ServeHTTP implements http.Handler.
func (w *Web) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	at, err := strconv.Atoi(r.Header.Get(whichStore))
	if err != nil {
		http.NotFound(rw, r)
		return
	}
	w.mu.Lock()
	handler := w.handlers[at]
	w.mu.Unlock()
	handler.ServeHTTP(rw, r)
}

// Remote gives the device's remote of a store.
func (w *Web) Remote(store syncserver.Store) syncclient.Remote {
	replicas := NewReplicas(store, w.device)
	handler := Handler(w.tb, httpapi.Config{Replicas: replicas})
	w.mu.Lock()
	defer w.mu.Unlock()
	w.handlers = append(w.handlers, handler)
	cfg := Config(w.device, w.url)
	cfg.Service = replicas.ID(cfg.Workspace)
	cfg.Client = &http.Client{Transport: at(len(w.handlers) - 1)}
	cfg.Timeout = time.Minute
	return Remote(w.tb, cfg)
}

// at sends requests to one of the stores.
type at int

// RoundTrip implements http.RoundTripper.
func (n at) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set(whichStore, strconv.Itoa(int(n)))
	return http.DefaultTransport.RoundTrip(r)
}
