package httpapi_test

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/hex"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"fieldbook/internal/testkit/servicetest"
	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
)

// spoilt is what is wrong with a request, before it was signed or afterwards.
type spoilt struct {
	before, after func(*ask)
	want          syncproto.Code
}

// Given a request that is sound but for its signature, then it is refused with
// the code of what is wrong.
func TestSpoiltSignaturesAreRefused(t *testing.T) {
	b := newBench(t, nil)
	other := synctest.NewAuthor(plant, "other", 1)
	b.replicas.Admit(other)
	b.refuseAll(map[string]spoilt{
		"unsigned":                 {func(a *ask) { a.unsigned = true }, nil, syncproto.CodeUnsigned},
		"no signature value":       {nil, func(a *ask) { a.header.Del("Signature") }, syncproto.CodeSignature},
		"no signature input":       {nil, func(a *ask) { a.header.Del("Signature-Input") }, syncproto.CodeSignature},
		"garbage for a signature":  {nil, func(a *ask) { a.header.Set("Signature", "fieldbook=:AAAA:") }, syncproto.CodeSignature},
		"no structured field":      {nil, func(a *ask) { a.header.Set("Signature", "fieldbook=(((") }, syncproto.CodeSignature},
		"another label":            {func(a *ask) { a.label = "sig1" }, nil, syncproto.CodeSignature},
		"two signatures":           {nil, func(a *ask) { double(a, "Signature-Input") }, syncproto.CodeSignature},
		"two signatures in a line": {nil, func(a *ask) { twice(a, "Signature-Input") }, syncproto.CodeSignature},
		"fewer components":         {func(a *ask) { a.fields = `("@method" "@path")` }, nil, syncproto.CodeSignature},
		"another order":            {func(a *ask) { a.fields = `("@path" "@method" "@query" "content-digest" "fieldbook-service")` }, nil, syncproto.CodeSignature},
		"a component more":         {func(a *ask) { a.fields = strings.TrimSuffix(a.fields, ")") + ` "host")` }, nil, syncproto.CodeSignature},
		"another tag":              {func(a *ask) { a.tag = "other" }, nil, syncproto.CodeSignature},
		"another algorithm":        {func(a *ask) { a.alg = "hmac-sha256" }, nil, syncproto.CodeSignature},
		"a short nonce":            {func(a *ask) { a.nonce = "short" }, nil, syncproto.CodeSignature},
		"an endless nonce":         {func(a *ask) { a.nonce = strings.Repeat("a", 65) }, nil, syncproto.CodeSignature},
		"endless parameters":       {func(a *ask) { a.nonce = strings.Repeat("a", 4000) }, nil, syncproto.CodeSignature},
		"valid for too long":       {func(a *ask) { a.expires = now.Add(301 * time.Second) }, nil, syncproto.CodeSignature},
		"expired before it began":  {func(a *ask) { a.expires = now.Add(-time.Second) }, nil, syncproto.CodeSignature},
		"a key id of no device":    {func(a *ask) { a.keyid = "member" }, nil, syncproto.CodeSignature},
		"a key id in upper case":   {func(a *ask) { a.keyid = strings.ToUpper(a.keyid) }, nil, syncproto.CodeSignature},
		"signed by another device": {func(a *ask) { a.signer = other }, nil, syncproto.CodeSignature},
		"another's key id":         {nil, func(a *ask) { replace(a, "Signature-Input", a.keyid, hex.EncodeToString(other.Device[:])) }, syncproto.CodeSignature},
		"a later time put in":      {nil, func(a *ask) { replace(a, "Signature-Input", fmt.Sprint(now.Unix()), fmt.Sprint(now.Unix()+1)) }, syncproto.CodeSignature},
		"another nonce put in":     {nil, func(a *ask) { replace(a, "Signature-Input", "test-nonce", "best-nonce") }, syncproto.CodeSignature},
		"no digest":                {nil, func(a *ask) { a.header.Del("Content-Digest") }, syncproto.CodeSignature},
		"two digests":              {nil, func(a *ask) { double(a, "Content-Digest") }, syncproto.CodeSignature},
	})
}

// Given a sound request, another one made of it, or one of another time or for
// another service, then it is refused with the code of what is wrong.
func TestAlteredAndMisplacedRequestsAreRefused(t *testing.T) {
	b := newBench(t, nil)
	b.refuseAll(map[string]spoilt{
		"another body's digest": {nil, func(a *ask) { a.header.Set("Content-Digest", digest([]byte("x"))) }, syncproto.CodeSignature},
		"another path":          {nil, func(a *ask) { a.path = b.path("documents") }, syncproto.CodeSignature},
		"another method":        {nil, func(a *ask) { a.path, a.method, a.body = b.path("packs"), "GET", nil; a.header.Del("Content-Type") }, syncproto.CodeSignature},
		"another body":          {nil, func(a *ask) { a.body = b.message(b.member.Clone("x").Segments(1)...) }, syncproto.CodeDigest},
		"a body cut":            {nil, func(a *ask) { a.body = a.body[:len(a.body)-1] }, syncproto.CodeDigest},
		"no body":               {nil, func(a *ask) { a.body = nil }, syncproto.CodeDigest},
		"a weaker digest":       {func(a *ask) { a.digest = "md5=:1B2M2Y8AsgTpgAmY7PhCfg==:" }, nil, syncproto.CodeDigest},
		"expired":               {func(a *ask) { a.created, a.expires = now.Add(-50*time.Second), now.Add(-10*time.Second) }, nil, syncproto.CodeExpired},
		"from the past":         {func(a *ask) { a.created, a.expires = now.Add(-61*time.Second), now.Add(time.Minute) }, nil, syncproto.CodeClock},
		"from the future":       {func(a *ask) { a.created, a.expires = now.Add(61*time.Second), now.Add(2*time.Minute) }, nil, syncproto.CodeClock},
		"from before all time":  {func(a *ask) { a.created, a.expires = time.Unix(-1<<40, 0), time.Unix(-1<<40, 0) }, nil, syncproto.CodeClock},
		"for another service":   {func(a *ask) { a.service = strings.Repeat("ab", 32) }, nil, syncproto.CodeService},
		"for no service":        {nil, func(a *ask) { a.header.Del("Fieldbook-Service") }, syncproto.CodeService},
		"for two services":      {nil, func(a *ask) { a.header.Add("Fieldbook-Service", a.service) }, syncproto.CodeService},
	})
}

// Given a sound signature over a message that is not one of this protocol, of
// this workspace or of this device's, then it is refused with the code of what is wrong.
func TestForeignMessagesAreRefused(t *testing.T) {
	b := newBench(t, nil)
	elsewhere := synctest.NewAuthor("elsewhere", "member", 1)
	b.refuseAll(map[string]spoilt{
		"another workspace's path": {func(a *ask) {
			a.path = strings.Replace(a.path, b.path(""), "/v1/workspaces/"+strings.Repeat("ab", 32)+"/", 1)
		}, nil, syncproto.CodeService},
		"another workspace's body":  {func(a *ask) { set(a, (&syncproto.Request{Workspace: syncproto.Workspace(elsewhere.Workspace)}).Encode) }, nil, syncproto.CodeMalformed},
		"a body that is no message": {func(a *ask) { set(a, func() ([]byte, error) { return []byte{0xa1, 0x00}, nil }) }, nil, syncproto.CodeMalformed},
		"a newer message":           {func(a *ask) { set(a, func() ([]byte, error) { return []byte{0xa1, 0x00, 0x02}, nil }) }, nil, syncproto.CodeVersion},
		"an unknown device":         {func(a *ask) { a.by(synctest.NewAuthor(plant, "stranger", 1)) }, nil, syncproto.CodeUnknownWorkspace},
		"no type":                   {func(a *ask) { a.header.Del("Content-Type") }, nil, syncproto.CodeMedia},
		"another type":              {func(a *ask) { a.header.Set("Content-Type", "application/json") }, nil, syncproto.CodeMedia},
		"two types":                 {func(a *ask) { a.header.Add("Content-Type", syncproto.TypeCBOR) }, nil, syncproto.CodeMedia},
		"a packed body":             {func(a *ask) { pack(a, a.body) }, nil, syncproto.CodeMedia},
		"a bomb":                    {func(a *ask) { pack(a, make([]byte, 100<<20)) }, nil, syncproto.CodeMedia},
		"too large":                 {func(a *ask) { set(a, func() ([]byte, error) { return make([]byte, syncproto.MaxMessage+1), nil }) }, nil, syncproto.CodeTooLarge},
	})
}

// Given a path or method that is not served, or a path in another spelling, then
// nothing is done, signed or not.
func TestForeignPathsAreRefused(t *testing.T) {
	b := newBench(t, nil)
	b.refuseAll(map[string]spoilt{
		"a query":                   {func(a *ask) { a.query = "x=1" }, nil, syncproto.CodeMalformed},
		"a query added":             {nil, func(a *ask) { a.query = "x=1" }, syncproto.CodeMalformed},
		"a wrong method":            {func(a *ask) { a.method = "PUT" }, nil, syncproto.CodeMethod},
		"an unknown method":         {func(a *ask) { a.method = "BREW" }, nil, syncproto.CodeMethod},
		"a body where none belongs": {func(a *ask) { a.method, a.path = "GET", b.path("packs") }, nil, syncproto.CodeMedia},
		"a workspace of no name":    {func(a *ask) { a.path = "/v1/workspaces/plant/sync" }, nil, syncproto.CodeAbsent},
		"a workspace in upper case": {func(a *ask) { a.path = strings.Replace(a.path, a.path[15:79], strings.ToUpper(a.path[15:79]), 1) }, nil, syncproto.CodeAbsent},
		"the root":                  {func(a *ask) { a.path = "/" }, nil, syncproto.CodeAbsent},
		"an unknown path":           {func(a *ask) { a.path = b.path("secrets") }, nil, syncproto.CodeAbsent},
		"a path and more":           {func(a *ask) { a.path += "/more" }, nil, syncproto.CodeAbsent},
		"a slash at the end":        {func(a *ask) { a.path += "/" }, nil, syncproto.CodeAbsent},
		"two slashes":               {func(a *ask) { a.path = "/" + a.path }, nil, syncproto.CodeAbsent},
		"a path spelled otherwise":  {func(a *ask) { a.path = strings.Replace(a.path, "sync", "s%79nc", 1) }, nil, syncproto.CodeAbsent},
		"a path that climbs":        {func(a *ask) { a.path = b.path("packs/../sync") }, nil, syncproto.CodeAbsent},
		"a path without end":        {func(a *ask) { a.path = b.path(strings.Repeat("a", 2000)) }, nil, syncproto.CodeAbsent},
	})
}

// refuseAll sends a sound push spoilt in each way. Each must be refused with its
// code and store nothing, and the service must go on.
func (b *bench) refuseAll(tests map[string]spoilt) {
	b.Helper()
	for name, test := range tests {
		a := b.sync(b.member.Clone(name).Segments(1)...)
		if test.before != nil {
			test.before(a)
		}
		a.signed(b)
		if test.after != nil {
			test.after(a)
		}
		r := b.refused(name, a, test.want)
		if r.status == http.StatusUnauthorized && r.header.Get("WWW-Authenticate") == "" {
			b.Errorf("%s: 401 without a challenge", name)
		}
		if r.status == http.StatusMethodNotAllowed && r.header.Get("Allow") != "POST" {
			b.Errorf("%s: allowed %q", name, r.header.Get("Allow"))
		}
	}
	if answer := b.answer(b.sync()); len(answer.Have) != 0 {
		b.Errorf("something was stored: %v", answer.Have)
	}
}

func double(a *ask, header string) { a.header.Add(header, a.header.Get(header)) }
func twice(a *ask, header string) {
	a.header.Set(header, a.header.Get(header)+", "+a.header.Get(header))
}
func replace(a *ask, header, old, new string) {
	a.header.Set(header, strings.Replace(a.header.Get(header), old, new, 1))
}

func set(a *ask, encode func() ([]byte, error)) {
	a.body, _ = encode()
	a.digest = digest(a.body)
}

func pack(a *ask, body []byte) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(body)
	w.Close()
	a.body = packed.Bytes()
	a.digest = digest(a.body)
	a.header.Set("Content-Encoding", "gzip")
}

// A request is answered once; the same again is told to be a replay. What was
// refused was not answered: it may be sent as it is.
func TestReplaysAreRefused(t *testing.T) {
	b := newBench(t, nil)
	a := b.sync(b.member.Segments(1)...)
	if answer := b.answer(a); answer.Stored != 1 {
		t.Fatalf("stored %d", answer.Stored)
	}
	b.refused("replay", a, syncproto.CodeReplay)
	other := synctest.NewAuthor(plant, "other", 1)
	b.replicas.Admit(other)
	again := b.sync().by(other)
	again.nonce = a.nonce
	b.answer(again) // a nonce is its device's own
}

// A nonce is remembered as long as its signature passes the check of its time,
// however the service's clock runs, and not for ever.
func TestNoncesAreRememberedAsLongAsTheyCount(t *testing.T) {
	clock := now
	b := newBench(t, func(c *httpapi.Config) { c.Clock = func() time.Time { return clock } })
	a := b.sync().signed(t)
	status := func() int {
		req, _ := http.NewRequestWithContext(t.Context(), a.method, b.server.URL+a.path, bytes.NewReader(a.body))
		req.Header = a.header
		resp, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		io.Copy(io.Discard, resp.Body)
		return resp.StatusCode
	}
	if got := status(); got != http.StatusOK {
		t.Fatalf("first: %d", got)
	}
	for _, step := range []time.Duration{0, -time.Second, -2 * time.Second, -3 * time.Second, 30 * time.Second, 59 * time.Second, 60 * time.Second, 2 * time.Minute, -59 * time.Second, time.Hour} {
		clock = now.Add(step)
		if got := status(); got != http.StatusUnauthorized {
			t.Errorf("after %v: %d", step, got)
		}
	}
}

// A body that does not come is not waited for, and one without announced length
// is cut at the limit.
func TestSlowAndEndlessBodiesEnd(t *testing.T) {
	b := newBench(t, func(c *httpapi.Config) { c.Limits.BodyTime = 50 * time.Millisecond })
	conn := func(head string) (net.Conn, *bufio.Reader) {
		c, err := net.Dial("tcp", b.server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Close() })
		fmt.Fprint(c, head)
		return c, bufio.NewReader(c)
	}
	a := b.sync().signed(t)
	var head strings.Builder
	fmt.Fprintf(&head, "POST %s HTTP/1.1\r\nHost: x\r\n", a.path)
	a.header.Write(&head)

	_, slow := conn(head.String() + fmt.Sprintf("Content-Length: %d\r\n\r\nab", len(a.body)))
	resp, err := http.ReadResponse(slow, nil)
	if err != nil {
		t.Fatal(err)
	}
	if r := b.result(resp); r.code != syncproto.CodeSlow {
		t.Errorf("slow body: %d %s", r.status, r.body)
	}

	b = newBench(t, nil)
	a = b.sync().signed(t)
	endless, err := http.NewRequestWithContext(t.Context(), "POST", b.server.URL+a.path, io.LimitReader(zeros{}, 1<<30))
	if err != nil {
		t.Fatal(err)
	}
	endless.Header = a.header
	resp, err = b.server.Client().Do(endless)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if r := b.result(resp); r.code != syncproto.CodeTooLarge {
		t.Errorf("endless body: %d %s", r.status, r.body)
	}
}

// zeros is an endless body.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// What a header smuggles in is taken for text or refused, never for a line of
// the answer or the log.
func TestHeadersInjectNothing(t *testing.T) {
	b := newBench(t, nil)
	for _, evil := range []string{
		"Fieldbook-Request: x\r\n y: z\r\n", "@method: GET\r\n", "X: a\r\nX\x00: b\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
		"Fieldbook-Service: a\nSet-Cookie: b\r\n", "Host: y\r\n",
	} {
		c, err := net.Dial("tcp", b.server.Listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		a := b.sync().signed(t)
		var head strings.Builder
		fmt.Fprintf(&head, "POST %s HTTP/1.1\r\nHost: x\r\n%sConnection: close\r\n", a.path, evil)
		a.header.Write(&head)
		fmt.Fprintf(c, "%sContent-Length: %d\r\n\r\n%s", head.String(), len(a.body), a.body)
		answer, _ := io.ReadAll(c)
		c.Close()
		if bytes.Contains(answer, []byte("Set-Cookie")) || bytes.Contains(answer, []byte("\ny: z")) || bytes.HasPrefix(answer, []byte("HTTP/1.1 5")) {
			t.Errorf("%q: %s", evil, answer)
		}
	}
	if got := b.answer(b.sync()); got == nil {
		t.Error("the service does not go on")
	}
}

// A panic ends its request only. Neither answer nor log repeats its value,
// which may hold what is sealed.
func TestPanicsAreContained(t *testing.T) {
	b := newBench(t, nil)
	b.replicas.Panics = fmt.Errorf("secret %s", "RAV-PLC-004")
	r := b.send(b.sync())
	if r.code != syncproto.CodeInternal || bytes.Contains(r.body, []byte("RAV")) || strings.Contains(b.log.String(), "RAV") {
		t.Errorf("%d %s\n%s", r.status, r.body, b.log)
	}
	if !strings.Contains(b.log.String(), `"stack":"fieldbook/internal/testkit/servicetest.(*replica).Exchange:`) {
		t.Errorf("the log does not say where: %s", b.log)
	}
	b.replicas.Panics = nil
	b.answer(b.sync())
}

// A store that fails is told as a state of the service, and not in its words.
func TestStoreErrorsBecomeCodes(t *testing.T) {
	id := strings.Repeat("deadbeef", 4) // of a document, say
	secretive := fmt.Errorf("lost %s", id)
	for cause, want := range map[error]syncproto.Code{
		secretive:                      syncproto.CodeInternal,
		synctest.ErrCut:                syncproto.CodeTemporary,
		syncserver.ErrGone:             syncproto.CodeTemporary,
		io.ErrUnexpectedEOF:            syncproto.CodeInternal,
		fmt.Errorf("disk %s", "sda42"): syncproto.CodeInternal,
	} {
		b := newBench(t, func(c *httpapi.Config) {
			faults := &synctest.Faults{Store: &syncserver.Memory{}, Before: func(int, string) error { return cause }}
			c.Replicas = servicetest.NewReplicas(faults, synctest.NewAuthor(plant, "member", 1))
		})
		r := b.send(b.sync())
		if r.code != want || bytes.Contains(r.body, []byte("sda42")) {
			t.Errorf("%v: %d %s", cause, r.status, r.body)
		}
		if log := b.log.String(); strings.Contains(log, id[:8]) || !strings.Contains(log, "lost #") && cause == secretive {
			t.Errorf("%v: the log holds %s", cause, log)
		}
	}
}
