package syncclient_test

import (
	"flag"
	"net/http"
	"net/http/httptest"
	"strconv"
	gosync "sync"
	"testing"
	"time"

	"fieldbook/internal/testkit/servicetest"
	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
)

// inProcess serves a store by the service's code in this process, as a folder
// remote does.
func inProcess(store syncserver.Store) syncclient.Remote {
	return syncserver.New(syncserver.Config{Store: store})
}

// newServer gives the remote of a store. TestEverythingOverHTTP puts HTTP in its
// place.
var newServer = inProcess

// web serves any number of stores at one address; a header tells which is meant.
type web struct {
	tb       testing.TB
	url      string
	mu       gosync.Mutex
	handlers []http.Handler
}

const whichStore = "Test-Store"

func newWeb(tb testing.TB) *web {
	w := &web{tb: tb}
	server := httptest.NewServer(w)
	tb.Cleanup(server.Close)
	w.url = server.URL
	return w
}

// ServeHTTP implements http.Handler.
func (w *web) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
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

// remote is a device's remote of a store, over HTTP.
func (w *web) remote(store syncserver.Store) syncclient.Remote {
	device := synctest.NewAuthor(plant, "over http", 1)
	replicas := servicetest.NewReplicas(store, device)
	handler, err := httpapi.New(w.tb.Context(), httpapi.Config{Replicas: replicas, Limits: httpapi.Limits{Burst: 1e6}})
	if err != nil {
		w.tb.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.handlers = append(w.handlers, handler)
	cfg := servicetest.Config(device, w.url)
	cfg.Service = replicas.ID(cfg.Workspace)
	cfg.Client = &http.Client{Transport: at(len(w.handlers) - 1)}
	cfg.Timeout = time.Minute
	return servicetest.Remote(w.tb, cfg)
}

// at sends requests to one of the stores.
type at int

// RoundTrip implements http.RoundTripper.
func (n at) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set(whichStore, strconv.Itoa(int(n)))
	return http.DefaultTransport.RoundTrip(r)
}

// Every promise of a sync with a folder holds over HTTP.
func TestEverythingOverHTTP(t *testing.T) {
	w := newWeb(t)
	newServer = w.remote
	checks := flag.Lookup("rapid.checks")
	before := checks.Value.String()
	if err := checks.Value.Set("10"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		newServer = inProcess
		if err := checks.Value.Set(before); err != nil {
			t.Error(err)
		}
	})
	for name, test := range map[string]func(*testing.T){
		"level":             TestSyncBringsLaptopsLevel,
		"one round trip":    TestSyncTakesOneRoundTripAFewEditsApart,
		"refill":            TestSyncRefillsAWipedRemote,
		"pages":             TestSyncGoesThroughPages,
		"damage":            TestSyncTellsAndHealsDamage,
		"waiting":           TestSyncComesBackForWhatWaits,
		"write-protected":   TestSyncReadsFromAWriteProtectedRemote,
		"retries":           TestSyncRetriesTemporaryErrors,
		"cut anywhere":      TestSyncCutAnywhereIsResumed,
		"forks":             TestSyncFindsForksBehindTheTip,
		"forks, read-only":  TestSyncFindsForksOnAWriteProtectedRemote,
		"a full laptop":     TestSyncEndsWhenTheLaptopCannotStore,
		"an ended context":  TestSyncEndsWithItsContext,
		"receipts":          TestReceiptsReachTheLaptopAndTravelOn,
		"the same":          TestLevelMeansTheSame,
		"receipts not kept": TestReceiptsThatCannotBeKeptEndTheSync,
		"any history":       TestAnyHistoryConverges,
	} {
		t.Run(name, test)
	}
}
