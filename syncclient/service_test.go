package syncclient_test

import (
	"context"
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

// started is a service on loopback that counts its requests.
type started struct {
	*httptest.Server
	replicas *servicetest.Replicas
	calls    atomic.Int64
}

// start serves a store over HTTP; change adapts the service.
func start(t *testing.T, store syncserver.Store, change func(*httpapi.Config), members ...*synctest.Author) *started {
	t.Helper()
	s := &started{replicas: servicetest.NewReplicas(store, members...)}
	cfg := httpapi.Config{Replicas: s.replicas}
	if change != nil {
		change(&cfg)
	}
	handler := servicetest.Handler(t, cfg)
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.calls.Add(1)
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(s.Close)
	return s
}

func everything(a *synctest.Author) *syncproto.Request {
	return &syncproto.Request{Workspace: syncproto.Workspace(a.Workspace)}
}

// Given a laptop whose clock is wrong, by a little or by days, when it asks,
// then it is told the time, signs again with it, and keeps it: one request more
// once.
func TestServiceIsAskedByItsOwnClock(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	for _, off := range []time.Duration{0, 50 * time.Second, 90 * time.Second, 9 * 24 * time.Hour, -9 * 24 * time.Hour, 20 * 365 * 24 * time.Hour} {
		s := start(t, &syncserver.Memory{}, nil, a)
		cfg := servicetest.Config(a, s.URL)
		cfg.Service = s.replicas.ID(syncproto.Workspace(a.Workspace))
		cfg.Clock = func() time.Time { return time.Now().Add(off) }
		remote := servicetest.Remote(t, cfg)
		want := int64(3)
		if off.Abs() > time.Minute {
			want++
		}
		for range 3 {
			if _, err := remote.Exchange(t.Context(), everything(a)); err != nil {
				t.Fatalf("clock off by %v: %v", off, err)
			}
		}
		if got := s.calls.Load(); got != want {
			t.Errorf("clock off by %v: %d requests, want %d", off, got, want)
		}
		if off.Abs() > time.Minute && (remote.Offset()+off).Abs() > 5*time.Second {
			t.Errorf("clock off by %v: offset %v", off, remote.Offset())
		}
	}
}

// Given a device that the service does not know, then it shows its keys and
// what speaks for it only when asked to, and from then on.
func TestServiceIsShownKeysWhenItAsks(t *testing.T) {
	const secret = "an-invitation"
	a := synctest.NewAuthor(plant, "a", 1)
	for name, change := range map[string]func(*started, *syncclient.ServiceConfig){
		"invitation": func(_ *started, c *syncclient.ServiceConfig) { c.Invitation = secret },
		"proof": func(s *started, c *syncclient.ServiceConfig) {
			c.Proof = func(context.Context) ([]byte, error) { return s.replicas.Receipt(a.Device), nil }
		},
	} {
		s := start(t, &syncserver.Memory{}, func(c *httpapi.Config) { c.Invitation = secret })
		cfg := servicetest.Config(a, s.URL)
		cfg.Service = s.replicas.ID(syncproto.Workspace(a.Workspace))
		change(s, &cfg)
		remote := servicetest.Remote(t, cfg)
		for i, want := range []int64{2, 3} {
			if _, err := remote.Exchange(t.Context(), everything(a)); err != nil || s.calls.Load() != want {
				t.Errorf("%s, exchange %d: %v after %d requests, want %d", name, i, err, s.calls.Load(), want)
			}
		}
	}
}

// Given several requests at one time from a device that the service does not
// know, then each is answered.
func TestServiceIsShownKeysByEachRequest(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	var strangers gosync.WaitGroup
	strangers.Add(4)
	s := start(t, &syncserver.Memory{}, func(c *httpapi.Config) { c.Open = true })
	inner := s.Config.Handler
	s.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Fieldbook-Device") == "" { // none is told before all have asked
			strangers.Done()
			strangers.Wait()
		}
		inner.ServeHTTP(w, r)
	})
	cfg := servicetest.Config(a, s.URL)
	cfg.Service = s.replicas.ID(syncproto.Workspace(a.Workspace))
	remote, results := servicetest.Remote(t, cfg), make(chan error)
	for range 4 {
		go func() {
			_, err := remote.Exchange(t.Context(), everything(a))
			results <- err
		}()
	}
	for range 4 {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
}

// Refusals are typed and say what to do.
func TestServiceErrorsSayWhatToDo(t *testing.T) {
	a, b := synctest.NewAuthor(plant, "a", 1), synctest.NewAuthor(plant, "b", 1)
	s := start(t, &syncserver.Memory{}, func(c *httpapi.Config) {
		c.Invitation = "the-present-one"
		c.OIDC = &httpapi.OIDC{Issuer: "https://issuer.example", Audience: "fieldbook"}
	}, a)
	for name, test := range map[string]struct {
		author *synctest.Author
		change func(*syncclient.ServiceConfig)
		code   syncproto.Code
		says   string
	}{
		"no invitation":      {b, nil, syncproto.CodeUnknownWorkspace, "--secret-file"},
		"a wrong invitation": {b, func(c *syncclient.ServiceConfig) { c.Invitation = "an-old-one" }, syncproto.CodeInvitation, "--secret-file"},
		"no token":           {a, nil, syncproto.CodeToken, "--token-file"},
		"another's key":      {a, func(c *syncclient.ServiceConfig) { c.Signer = b }, syncproto.CodeSignature, "proxies"},
	} {
		cfg := servicetest.Config(test.author, s.URL)
		if test.change != nil {
			test.change(&cfg)
		}
		_, err := servicetest.Remote(t, cfg).Exchange(t.Context(), everything(test.author))
		var refused *syncclient.ServiceError
		if !errors.As(err, &refused) || refused.Code != test.code || !strings.Contains(err.Error(), test.says) || errors.Is(err, syncproto.ErrTemporary) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Every code of the protocol has its advice.
func TestEveryCodeHasAdvice(t *testing.T) {
	for _, code := range httpapi.Codes() {
		err := (&syncclient.ServiceError{Host: "h", Status: 400, Code: code}).Error()
		if strings.Contains(err, "does not know") && code != syncproto.CodeUnknownWorkspace {
			t.Errorf("%s: %s", code, err)
		}
	}
}

// A service whose keys are not those that were pinned is sent nothing; one that
// gives an id that its keys do not have is not believed.
func TestServicesArePinned(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	s := start(t, &syncserver.Memory{}, nil, a)
	cfg := servicetest.Config(a, s.URL)
	cfg.Service = [32]byte{1}
	if _, err := servicetest.Remote(t, cfg).Keys(t.Context()); !errors.Is(err, syncclient.ErrAnotherService) {
		t.Errorf("keys of another service: %v", err)
	}
	var refused *syncclient.ServiceError
	if _, err := servicetest.Remote(t, cfg).Exchange(t.Context(), everything(a)); !errors.As(err, &refused) || refused.Code != syncproto.CodeService {
		t.Errorf("exchange with another service: %v", err)
	}
	cfg.Service = [32]byte{}
	remote := servicetest.Remote(t, cfg)
	keys, err := remote.Keys(t.Context())
	if err != nil || keys.ID != s.replicas.ID(syncproto.Workspace(a.Workspace)) || keys.Limits.Devices == 0 {
		t.Fatalf("%+v, %v", keys, err)
	}
	s.replicas.Secret = "set up anew"
	if _, err := remote.Keys(t.Context()); !errors.Is(err, syncclient.ErrAnotherService) {
		t.Errorf("after the service was set up anew: %v", err)
	}
	liar := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		keys := a.Keys()
		body, _ := (&syncproto.ServiceInfo{Keys: keys, ID: [32]byte{7}}).Encode()
		w.Write(body)
	}))
	t.Cleanup(liar.Close)
	if _, err := servicetest.Remote(t, servicetest.Config(a, liar.URL)).Keys(t.Context()); !errors.Is(err, syncclient.ErrProtocol) {
		t.Errorf("a liar: %v", err)
	}
}

// Documents and packs come as the service has them, and no other pack than the
// one that was asked for.
func TestDocumentsAndPacksAreFetched(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	s := start(t, &syncserver.Memory{}, nil, a)
	remote := servicetest.Remote(t, servicetest.Config(a, s.URL))
	if name, data, err := remote.Manifest(t.Context()); err != nil || name != "" || data != nil {
		t.Errorf("no manifest: %q, %q, %v", name, data, err)
	}
	s.replicas.Packs = map[string][]byte{"manifest": []byte("m"), "part-1": []byte("p")}
	if name, data, err := remote.Manifest(t.Context()); err != nil || name != "manifest" || string(data) != "m" {
		t.Errorf("manifest: %q, %q, %v", name, data, err)
	}
	if data, err := remote.Pack(t.Context(), "part-1"); err != nil || string(data) != "p" {
		t.Errorf("pack: %q, %v", data, err)
	}
	var refused *syncclient.ServiceError
	if _, err := remote.Pack(t.Context(), "part-2"); !errors.As(err, &refused) || refused.Code != syncproto.CodeAbsent {
		t.Errorf("no pack: %v", err)
	}
	if _, err := remote.Pack(t.Context(), "../sync"); !errors.Is(err, syncproto.ErrMalformed) {
		t.Errorf("no pack's name: %v", err)
	}
	s.replicas.Differing = []syncproto.DocumentHeads{{ID: [16]byte{1}}}
	if answer, err := remote.Documents(t.Context(), syncproto.Tree{}); err != nil || len(answer.Documents) != 1 {
		t.Errorf("documents: %+v, %v", answer, err)
	}
}

// What cannot be a service's address, or would tell secrets to the network, is
// refused before anything is sent.
func TestServiceConfigurationIsChecked(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	good := func() syncclient.ServiceConfig { return servicetest.Config(a, "https://sync.example.org") }
	for _, address := range []string{
		"", "sync.example.org", "http://sync.example.org", "http://10.0.0.1", "ftp://localhost", "https://", "https://u:p@h",
		"https://h/path", "https://h?q", "https://h#f", "http://localhost.example.org", "https://h:port", "\x00",
	} {
		cfg := good()
		cfg.URLs = []string{address}
		if _, err := syncclient.NewService(cfg); err == nil {
			t.Errorf("%q was taken", address)
		}
	}
	for _, address := range []string{"https://sync.example.org/", "https://10.0.0.1:8443", "http://localhost:1", "http://127.0.0.1:1", "http://[::1]:1"} {
		cfg := good()
		cfg.URLs = []string{address, "https://second.example.org"}
		if _, err := syncclient.NewService(cfg); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
	for name, change := range map[string]func(*syncclient.ServiceConfig){
		"no address":                 func(c *syncclient.ServiceConfig) { c.URLs = nil },
		"three addresses":            func(c *syncclient.ServiceConfig) { c.URLs = append(c.URLs, c.URLs[0], c.URLs[0]) },
		"no signer":                  func(c *syncclient.ServiceConfig) { c.Signer = nil },
		"another's id":               func(c *syncclient.ServiceConfig) { c.Device.ID[0]++ },
		"an invitation with a break": func(c *syncclient.ServiceConfig) { c.Invitation = "secret\r\nX: y" },
	} {
		cfg := good()
		change(&cfg)
		if _, err := syncclient.NewService(cfg); err == nil {
			t.Errorf("%s: was taken", name)
		}
	}
	cfg := good()
	remote := servicetest.Remote(t, cfg)
	if _, err := remote.Exchange(t.Context(), &syncproto.Request{}); !errors.Is(err, syncproto.ErrMalformed) {
		t.Errorf("a request for another workspace: %v", err)
	}
}

// An ended context ends a request to a service that hangs, and is no failure of
// the service.
func TestServiceRequestsEndWithTheirContext(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	ctx, cancel := context.WithCancel(t.Context())
	s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		cancel()
		<-r.Context().Done()
	}))
	t.Cleanup(s.Close)
	_, err := servicetest.Remote(t, servicetest.Config(a, s.URL, s.URL)).Exchange(ctx, everything(a))
	if !errors.Is(err, context.Canceled) || errors.Is(err, syncproto.ErrTemporary) {
		t.Errorf("%v", err)
	}
}

// A sync waits as long as a busy service asks it to.
func TestSyncWaitsAsLongAsTheServiceAsks(t *testing.T) {
	a := synctest.NewAuthor(plant, "a", 1)
	s := start(t, &syncserver.Memory{}, func(c *httpapi.Config) { c.Limits.Requests, c.Limits.Burst, c.Limits.Rate = 1, 1, 1e-9 }, a)
	cfg := servicetest.Config(a, s.URL)
	cfg.Service = s.replicas.ID(syncproto.Workspace(a.Workspace))
	remote, laptop := servicetest.Remote(t, cfg), synctest.NewLaptop(plant, a)
	sync(t, laptop, remote)
	var waits []time.Duration
	_, err := syncclient.Sync(t.Context(), laptop, remote, syncclient.Options{Attempts: 3, Sleep: func(_ context.Context, d time.Duration) error {
		waits = append(waits, d)
		return nil
	}})
	if !errors.Is(err, syncproto.ErrTemporary) || len(waits) != 2 || waits[0] < time.Second {
		t.Errorf("%v, waits %v", err, waits)
	}
}
