package syncclient_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	gosync "sync"
	"sync/atomic"
	"testing"
	"time"

	"fieldbook/internal/testkit/servicetest"
	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
)

// Given two regions, when one is dead, hangs, answers 5xx or half, then the
// other is asked, and from then on first.
func TestServiceFailsOver(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	good := start(t, &syncserver.Memory{}, nil, a)
	dead := httptest.NewServer(http.NotFoundHandler())
	dead.Close()
	release := make(chan struct{})
	hanging := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		select {
		case <-release:
		case <-r.Context().Done():
		}
	}))
	t.Cleanup(hanging.Close)
	t.Cleanup(func() { close(release) })
	answering := func(status int, header map[string]string, body string) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			for k, v := range header {
				w.Header().Set(k, v)
			}
			w.WriteHeader(status)
			w.Write([]byte(body))
		}))
		t.Cleanup(s.Close)
		return s.URL
	}
	untrusted := httptest.NewTLSServer(http.NotFoundHandler())
	t.Cleanup(untrusted.Close)
	for name, bad := range map[string]string{
		"dead":      dead.URL,
		"hanging":   hanging.URL,
		"503":       answering(503, nil, "Service Unavailable"),
		"a problem": answering(503, map[string]string{"Content-Type": syncproto.TypeProblem}, `{"code":"temporary"}`),
		"busy":      answering(429, map[string]string{"Content-Type": syncproto.TypeProblem}, `{"code":"rate","retry_after":9}`),
		"cut":       answering(200, map[string]string{"Content-Type": syncproto.TypeCBOR, "Content-Length": "1000"}, "abc"),
		"untrusted": untrusted.URL,
	} {
		cfg := servicetest.Config(a, bad, good.URL)
		cfg.Service = good.replicas.ID(syncproto.Workspace(a.Workspace))
		cfg.Timeout = 300 * time.Millisecond
		remote := servicetest.Remote(t, cfg)
		before := good.calls.Load()
		for range 3 {
			if _, err := remote.Exchange(t.Context(), everything(a)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if got := good.calls.Load() - before; got != 3 {
			t.Errorf("%s: the good region was asked %d times", name, got)
		}
		only := servicetest.Config(a, bad, bad)
		only.Service, only.Timeout = cfg.Service, cfg.Timeout
		_, err := servicetest.Remote(t, only).Exchange(t.Context(), everything(a))
		if err == nil || errors.Is(err, syncproto.ErrTemporary) != (name != "untrusted") || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s in both regions: %v", name, err)
		}
	}
}

// Given a region that comes back while the other goes, then the sync goes on.
func TestServiceGoesBackToTheFirstRegion(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	store := &syncserver.Memory{}
	var down [2]atomic.Bool
	var urls []string
	handler := servicetest.Handler(t, httpapi.Config{Replicas: servicetest.NewReplicas(store, a)})
	for i := range down {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if down[i].Load() {
				panic(http.ErrAbortHandler)
			}
			handler.ServeHTTP(w, r)
		}))
		t.Cleanup(s.Close)
		urls = append(urls, s.URL)
	}
	remote := servicetest.Remote(t, servicetest.Config(a, urls...))
	for _, lost := range []int{1, 0, 1, 0} {
		down[lost].Store(true)
		down[1-lost].Store(false)
		if _, err := remote.Exchange(t.Context(), everything(a)); err != nil {
			t.Errorf("region %d lost: %v", lost, err)
		}
	}
}

// Given a service that answers whatever it likes, then the client ends with an
// error of its own, reads no more than it must and follows nowhere.
func TestHostileServices(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	problem := map[string]string{"Content-Type": syncproto.TypeProblem}
	cbor := map[string]string{"Content-Type": syncproto.TypeCBOR}
	followed := make(chan struct{}, 100)
	trap := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { followed <- struct{}{} }))
	t.Cleanup(trap.Close)
	for name, test := range map[string]struct {
		status int
		header map[string]string
		body   func(http.ResponseWriter)
		want   error
	}{
		"no CBOR":               {200, cbor, text("hello"), syncclient.ErrProtocol},
		"no body":               {200, cbor, text(""), syncclient.ErrProtocol},
		"another message":       {200, cbor, text("\xa1\x00\x01"), syncclient.ErrProtocol},
		"endless":               {200, cbor, endless, syncclient.ErrProtocol},
		"a page":                {200, map[string]string{"Content-Type": "text/html"}, text("<html>"), syncclient.ErrProtocol},
		"packed":                {200, map[string]string{"Content-Type": syncproto.TypeCBOR, "Content-Encoding": "gzip"}, text("x"), syncclient.ErrProtocol},
		"no content":            {204, nil, text(""), syncclient.ErrProtocol},
		"sent elsewhere":        {302, map[string]string{"Location": trap.URL}, text(""), syncclient.ErrProtocol},
		"sent elsewhere, whole": {307, map[string]string{"Location": trap.URL}, text(""), syncclient.ErrProtocol},
		"sent away for ever":    {308, map[string]string{"Location": trap.URL}, text(""), syncclient.ErrProtocol},
		"no problem":            {400, problem, text("{"), syncclient.ErrProtocol},
		"a problem of no code":  {400, problem, text("{}"), syncclient.ErrProtocol},
		"an endless problem":    {400, problem, endless, syncclient.ErrProtocol},
		"an unknown code":       {418, problem, text(`{"code":"teapot"}`), nil},
		"a code that blinks":    {418, problem, text(`{"code":"\u001b[5m"}`), syncclient.ErrProtocol},
		"another time each":     {401, problem, anyTime(), nil},
		"a time before all":     {401, problem, text(`{"code":"clock","time":-99999999999999}`), nil},
		"a time after all":      {401, problem, text(`{"code":"clock","time":9223372036854775807}`), nil},
		"replays for ever":      {401, problem, text(`{"code":"replay"}`), nil},
		"a stranger for ever":   {403, problem, text(`{"code":"unknown_device"}`), nil},
		"away for ever":         {503, problem, text(`{"code":"temporary","retry_after":99999999999}`), syncproto.ErrTemporary},
		"full":                  {507, problem, text(`{"code":"storage"}`), syncclient.ErrFull},
	} {
		calls := atomic.Int64{}
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			calls.Add(1)
			for k, v := range test.header {
				w.Header().Set(k, v)
			}
			w.WriteHeader(test.status)
			test.body(w)
		}))
		cfg := servicetest.Config(a, s.URL)
		cfg.Service = [32]byte{1}
		_, err := servicetest.Remote(t, cfg).Exchange(t.Context(), everything(a))
		if err == nil || test.want != nil && !errors.Is(err, test.want) || strings.ContainsAny(err.Error(), "\x1b\n") || calls.Load() > 5 {
			t.Errorf("%s: %v after %d requests", name, err, calls.Load())
		}
		s.Close()
	}
	if len(followed) > 0 {
		t.Error("a redirect was followed")
	}
}

func text(body string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) { w.Write([]byte(body)) }
}

func endless(w http.ResponseWriter) {
	chunk := make([]byte, 1<<20)
	for {
		if _, err := w.Write(chunk); err != nil {
			return
		}
	}
}

// anyTime tells another time in every answer.
func anyTime() func(http.ResponseWriter) {
	var mu gosync.Mutex
	at := time.Now()
	return func(w http.ResponseWriter) {
		mu.Lock()
		defer mu.Unlock()
		at = at.Add(24 * time.Hour)
		body, _ := (&syncproto.Problem{Status: 401, Code: syncproto.CodeClock, Time: at}).Encode()
		w.Write(body)
	}
}

// answered starts a server that answers everything alike and counts requests.
func answered(t *testing.T, status int, media string, body []byte) (address string, calls *atomic.Int64) {
	t.Helper()
	calls = &atomic.Int64{}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		calls.Add(1)
		w.Header().Set("Content-Type", media)
		w.WriteHeader(status)
		w.Write(body)
	}))
	t.Cleanup(s.Close)
	return s.URL, calls
}

// A region that failed is not asked again while the other answers.
func TestServiceStaysWithTheRegionThatAnswers(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	good := start(t, &syncserver.Memory{}, nil, a)
	bad, calls := answered(t, 503, "text/plain", nil)
	cfg := servicetest.Config(a, bad, good.URL)
	cfg.Service = good.replicas.ID(syncproto.Workspace(a.Workspace))
	remote := servicetest.Remote(t, cfg)
	for range 3 {
		if _, err := remote.Exchange(t.Context(), everything(a)); err != nil {
			t.Fatal(err)
		}
	}
	if calls.Load() != 1 {
		t.Errorf("the region that failed was asked %d times", calls.Load())
	}
}

// A service that tells a time before or after all, or hands out another pack
// than the one asked for, is not followed.
func TestLyingServicesAreNotFollowed(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	remote := func(address string) *syncclient.Service {
		cfg := servicetest.Config(a, address)
		cfg.Service = [32]byte{1}
		return servicetest.Remote(t, cfg)
	}
	for _, told := range []string{"-1", "99999999999999"} {
		address, calls := answered(t, 401, syncproto.TypeProblem, []byte(`{"code":"clock","time":`+told+`}`))
		liar := remote(address)
		if _, err := liar.Exchange(t.Context(), everything(a)); err == nil || liar.Offset() != 0 || calls.Load() != 1 {
			t.Errorf("time %s: %v, offset %v, %d requests", told, err, liar.Offset(), calls.Load())
		}
	}
	other, err := (&syncproto.PackAnswer{Name: "part-2", Data: []byte("p")}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	address, _ := answered(t, 200, syncproto.TypeCBOR, other)
	if data, err := remote(address).Pack(t.Context(), "part-1"); !errors.Is(err, syncclient.ErrProtocol) {
		t.Errorf("another pack: %q, %v", data, err)
	}
}
