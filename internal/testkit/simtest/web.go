package simtest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver/httpapi"
	"fieldbook/syncserver/replica"
	"fieldbook/workspace"
)

// invitation is what the service asks of laptops that it does not know.
const invitation = "open-sesame-7"

// addresses are those of the two regions.
var addresses = [2]string{"https://one.test", "https://two.test"}

// server is an instance with the HTTP side before it, as deployed.
type server struct {
	*Instance
	of      *replica.Set // for which the handler was made
	handler *httpapi.Handler
	now     func() time.Time
}

// web gives the instance's handler; a cold start has another, which remembers
// nothing of earlier requests.
func (s *server) web() (*httpapi.Handler, error) {
	if s.of == s.set {
		return s.handler, nil
	}
	if s.handler != nil {
		s.handler.Close()
	}
	var err error
	s.of = s.set
	s.handler, err = httpapi.New(context.Background(), httpapi.Config{
		Store: s.faults, Replicas: replicas{s.set}, Invitation: invitation, Clock: s.now,
		Limits: httpapi.Limits{Rate: 1e6, Burst: 1e6, StrangerRate: 1e6, StrangerBurst: 1e6},
	})
	return s.handler, err
}

// replicas are a replica.Set as the HTTP side sees it.
type replicas struct{ *replica.Set }

// Open implements httpapi.Replicas.
func (r replicas) Open(ctx context.Context, id syncproto.Workspace) (httpapi.Replica, error) {
	view, err := r.Set.Open(ctx, id)
	if err != nil {
		return nil, err
	}
	return opened{view}, nil
}

// opened is a replica.View as the HTTP side sees it.
type opened struct{ *replica.View }

// Usage implements httpapi.Replica.
func (o opened) Usage() httpapi.Usage {
	devices, size := o.View.Usage()
	return httpapi.Usage{Devices: devices, Bytes: size}
}

// RoundTrip implements http.RoundTripper: the network between laptops and the
// service, with faults unless all trouble has ended.
func (b *Books) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	side := 0
	if r.URL.Host != addresses[0][len("https://"):] {
		side = 1
	}
	if strings.Contains(r.URL.Path, "/packs/") {
		return b.part(side, r)
	}
	if b.calm {
		return b.serve(b.servers[side][0], Plan{}, r, body)
	}
	switch rapid.IntRange(0, 11).Draw(b.r, "network") {
	case 3, 4:
		return nil, synctest.ErrCut
	case 5:
		_, err := b.answer(side, r, body)
		return nil, errors.Join(synctest.ErrCut, err)
	case 6:
		if _, err := b.answer(side, r, body); err != nil {
			return nil, err
		}
	}
	return b.answer(side, r, body)
}

// part answers for a part of a pack. Laptops ask for several at once, in no order
// that would replay, so that nothing is drawn here.
func (b *Books) part(side int, r *http.Request) (*http.Response, error) {
	b.parts.Lock()
	defer b.parts.Unlock()
	at := slices.IndexFunc(b.servers[side], func(s *server) bool { return !s.busy })
	if at < 0 || b.pair.Lost[side] {
		return nil, synctest.ErrCut
	}
	return b.serve(b.servers[side][at], Plan{}, r, nil)
}

// answer has some instance of a region answer.
func (b *Books) answer(side int, r *http.Request, body []byte) (*http.Response, error) {
	var free []*server
	for _, s := range b.servers[side] {
		if !s.busy {
			free = append(free, s)
		}
	}
	if len(free) == 0 || b.pair.Lost[side] {
		return nil, synctest.ErrCut
	}
	s := free[rapid.IntRange(0, len(free)-1).Draw(b.r, "instance")]
	plan := Plan{Trouble: Trouble(rapid.IntRange(0, int(KillAfter)).Draw(b.r, "trouble"))}
	if plan.Trouble != Fine {
		plan.At, plan.Else = rapid.IntRange(1, 16).Draw(b.r, "at call"), b.meanwhile
	}
	return b.serve(s, plan, r, body)
}

// serve has an instance answer.
func (b *Books) serve(s *server, plan Plan, r *http.Request, body []byte) (*http.Response, error) {
	handler, err := s.web()
	if err != nil {
		return nil, err
	}
	out := httptest.NewRecorder()
	err = s.Do(plan, func() error {
		asked := r.Clone(r.Context())
		asked.Body, asked.RequestURI, asked.RemoteAddr = io.NopCloser(bytes.NewReader(body)), r.URL.RequestURI(), "192.0.2.1:1"
		handler.ServeHTTP(out, asked)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return out.Result(), nil
}

// dial connects a laptop to the service over the simulated network.
func (b *Books) dial(cfg syncclient.ServiceConfig) (workspace.Service, error) {
	cfg.Client = &http.Client{Transport: b}
	service, err := syncclient.NewService(cfg)
	return impatient{service}, err
}

// errCut is a sync that the network ended. It is not worth waiting for.
var errCut = errors.New("the network failed")

// impatient is a service that is asked once and never waited for.
type impatient struct{ *syncclient.Service }

// Exchange implements workspace.Service.
func (s impatient) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	answer, err := s.Service.Exchange(ctx, req)
	return answer, final(err)
}

// Keys implements workspace.Service.
func (s impatient) Keys(ctx context.Context) (syncclient.ServiceKeys, error) {
	keys, err := s.Service.Keys(ctx)
	return keys, final(err)
}

// Documents implements workspace.Service.
func (s impatient) Documents(ctx context.Context, tree syncproto.Tree) (*syncproto.DocumentsAnswer, error) {
	answer, err := s.Service.Documents(ctx, tree)
	return answer, final(err)
}

// final makes of what is temporary an end, and of a request that the network
// brought twice, several times in a row.
func final(err error) error {
	var refused *syncclient.ServiceError
	if errors.Is(err, syncproto.ErrTemporary) || errors.As(err, &refused) && refused.Code == syncproto.CodeReplay {
		return errors.Join(errCut, errors.New(err.Error()))
	}
	return err
}
