package httpapi_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"fieldbook/internal/testkit/servicetest"
	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
)

const plant = "plant"

// now is the service's time in tests.
var now = time.Date(2026, 3, 4, 5, 6, 7, 0, time.UTC)

// bench is a service with one member, and what it takes to ask it by hand.
type bench struct {
	testing.TB
	replicas *servicetest.Replicas
	handler  *httpapi.Handler
	server   *httptest.Server
	member   *synctest.Author
	log      *logged
	store    *syncserver.Memory
}

// logged collects the log.
type logged struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.String()
}

// newBench starts a service; change adapts its configuration.
func newBench(tb testing.TB, change func(*httpapi.Config)) *bench {
	tb.Helper()
	b := &bench{TB: tb, member: synctest.NewAuthor(plant, "member", 1), log: &logged{}, store: &syncserver.Memory{}}
	b.replicas = servicetest.NewReplicas(b.store, b.member)
	cfg := httpapi.Config{
		Replicas: b.replicas, Clock: func() time.Time { return now },
		Log: slog.New(slog.NewJSONHandler(b.log, nil)),
	}
	if change != nil {
		change(&cfg)
	}
	b.handler = servicetest.Handler(tb, cfg)
	b.server = httptest.NewServer(b.handler)
	tb.Cleanup(b.server.Close)
	return b
}

// path gives a path in the member's workspace.
func (b *bench) path(rest string) string {
	return "/v1/workspaces/" + syncproto.Workspace(b.member.Workspace).String() + "/" + rest
}

// message is the body of a request that asks for everything.
func (b *bench) message(segments ...syncproto.Segment) []byte {
	b.Helper()
	req := &syncproto.Request{Workspace: syncproto.Workspace(b.member.Workspace), Segments: segments}
	data, err := req.Encode()
	if err != nil {
		b.Fatal(err)
	}
	return data
}

// ask is a request in parts, so that a test can spoil each of them before or
// after it was signed.
type ask struct {
	method, path, query string
	body                []byte
	header              http.Header
	// what is signed
	signer           *synctest.Author
	keyid            string
	service          string
	digest           string
	created, expires time.Time
	nonce, tag, alg  string
	fields           string
	label            string
	unsigned         bool
}

var nonces struct {
	sync.Mutex
	n int
}

func nextNonce() string {
	nonces.Lock()
	defer nonces.Unlock()
	nonces.n++
	return fmt.Sprintf("test-nonce-%08d", nonces.n)
}

// sync is a sound request.
func (b *bench) sync(segments ...syncproto.Segment) *ask {
	a := b.get("sync")
	a.method, a.body = http.MethodPost, b.message(segments...)
	a.digest = digest(a.body)
	a.header.Set("Content-Type", syncproto.TypeCBOR)
	return a
}

// get is a sound request without a body.
func (b *bench) get(rest string) *ask {
	id := b.replicas.ID(syncproto.Workspace(b.member.Workspace))
	return &ask{
		method: http.MethodGet, path: b.path(rest), header: http.Header{},
		signer: b.member, keyid: hex.EncodeToString(b.member.Device[:]), service: hex.EncodeToString(id[:]),
		digest: digest(nil), created: now, expires: now.Add(time.Minute), nonce: nextNonce(),
		tag: "fieldbook-sync", alg: "ed25519", label: "fieldbook",
		fields: `("@method" "@path" "@query" "content-digest" "fieldbook-service")`,
	}
}

// by has another author sign.
func (a *ask) by(author *synctest.Author) *ask {
	a.signer, a.keyid = author, hex.EncodeToString(author.Device[:])
	return a
}

func digest(body []byte) string {
	sum := sha256.Sum256(body)
	return "sha-256=:" + base64.StdEncoding.EncodeToString(sum[:]) + ":"
}

// signed fills in the signature's headers as they are in parts now. It is
// written here anew, apart from client and library.
func (a *ask) signed(tb testing.TB) *ask {
	tb.Helper()
	if a.unsigned {
		return a
	}
	params := fmt.Sprintf(`%s;created=%d;expires=%d;nonce="%s";alg="%s";tag="%s";keyid="%s"`,
		a.fields, a.created.Unix(), a.expires.Unix(), a.nonce, a.alg, a.tag, a.keyid)
	base := strings.Join([]string{
		`"@method": ` + a.method, `"@path": ` + a.path, `"@query": ?` + a.query,
		`"content-digest": ` + a.digest, `"fieldbook-service": ` + a.service, `"@signature-params": ` + params,
	}, "\n")
	signature, err := a.signer.Sign([]byte(base))
	if err != nil {
		tb.Fatal(err)
	}
	a.header.Set("Content-Digest", a.digest)
	a.header.Set("Fieldbook-Service", a.service)
	a.header.Set("Signature-Input", a.label+"="+params)
	a.header.Set("Signature", a.label+"=:"+base64.StdEncoding.EncodeToString(signature)+":")
	return a
}

// result is an answer.
type result struct {
	status int
	header http.Header
	body   []byte
	code   syncproto.Code
}

// send signs and sends a request.
func (b *bench) send(a *ask) result {
	b.Helper()
	return b.sendAs(a.signed(b))
}

// sendAs sends a request as it is.
func (b *bench) sendAs(a *ask) result {
	b.Helper()
	req, err := http.NewRequestWithContext(b.Context(), a.method, b.server.URL+a.path, bytes.NewReader(a.body))
	if err != nil {
		b.Fatal(err)
	}
	req.URL.RawQuery, req.Header = a.query, a.header
	if len(a.body) == 0 {
		req.Body = http.NoBody
	}
	resp, err := b.server.Client().Transport.RoundTrip(req)
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	return b.result(resp)
}

func (b *bench) result(resp *http.Response) result {
	b.Helper()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		b.Fatal(err)
	}
	out := result{status: resp.StatusCode, header: resp.Header, body: body}
	if resp.Header.Get("Content-Type") == syncproto.TypeProblem {
		problem, err := syncproto.DecodeProblem(body)
		if err != nil || problem.Status != resp.StatusCode || !problem.Time.Equal(now) {
			b.Fatalf("problem %s: %v", body, err)
		}
		out.code = problem.Code
	}
	return out
}

// answer sends a request that must be answered.
func (b *bench) answer(a *ask) *syncproto.Answer {
	b.Helper()
	r := b.send(a)
	if r.status != http.StatusOK {
		b.Fatalf("status %d: %s", r.status, r.body)
	}
	answer, err := syncproto.DecodeAnswer(r.body)
	if err != nil {
		b.Fatal(err)
	}
	return answer
}

// refused sends a request that must be refused with a code.
func (b *bench) refused(what string, a *ask, want syncproto.Code) result {
	b.Helper()
	r := b.sendAs(a)
	if r.code != want || r.status < 400 {
		b.Errorf("%s: status %d, code %q, want %q: %s", what, r.status, r.code, want, r.body)
	}
	return r
}

// blocking are replicas whose opening waits for a test.
type blocking struct {
	httpapi.Replicas
	held chan<- struct{}
	hold <-chan struct{}
}

// Open implements httpapi.Replicas.
func (r blocking) Open(ctx context.Context, workspace syncproto.Workspace) (httpapi.Replica, error) {
	r.held <- struct{}{}
	<-r.hold
	return r.Replicas.Open(ctx, workspace)
}

func base64Of(data []byte) string { return base64.StdEncoding.EncodeToString(data) }
