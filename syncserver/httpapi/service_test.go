package httpapi_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncproto"
	"fieldbook/syncserver/httpapi"
)

// A sound request is answered with a message that no cache keeps and no browser
// takes for a page.
func TestRequestsAreAnswered(t *testing.T) {
	b := newBench(t, nil)
	segments := b.member.Segments(2)
	r := b.send(b.sync(segments...))
	if r.status != http.StatusOK || r.header.Get("Content-Type") != "application/cbor" ||
		r.header.Get("Cache-Control") != "no-store" || r.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Fatalf("%d %v %s", r.status, r.header, r.body)
	}
	if answer, err := syncproto.DecodeAnswer(r.body); err != nil || answer.Stored != 2 || len(answer.Segments) != 2 {
		t.Errorf("%+v, %v", answer, err)
	}

	b.replicas.Differing = []syncproto.DocumentHeads{{ID: [16]byte{1}, Heads: syncproto.Hash{2}}}
	a := b.sync()
	a.path = b.path("documents")
	set(a, (&syncproto.DocumentsRequest{Workspace: syncproto.Workspace(b.member.Workspace)}).Encode)
	answer, err := syncproto.DecodeDocumentsAnswer(b.send(a).body)
	if err != nil || !reflect.DeepEqual(answer.Documents, b.replicas.Differing) {
		t.Errorf("documents: %+v, %v", answer, err)
	}
	set(a, (&syncproto.DocumentsRequest{Workspace: syncproto.Workspace{1}}).Encode)
	a.nonce = nextNonce()
	b.refused("documents of another workspace", a.signed(t), syncproto.CodeMalformed)

	pack, err := syncproto.DecodePackAnswer(b.send(b.get("packs")).body)
	if err != nil || pack.Name != "" {
		t.Errorf("no packs: %+v, %v", pack, err)
	}
	b.replicas.Packs = map[string][]byte{"manifest": []byte("m"), "part-1": []byte("p")}
	for path, want := range map[string]string{"packs": "m", "packs/part-1": "p"} {
		pack, err := syncproto.DecodePackAnswer(b.send(b.get(path)).body)
		if err != nil || string(pack.Data) != want {
			t.Errorf("%s: %+v, %v", path, pack, err)
		}
	}
	b.refused("no such pack", b.get("packs/part-2").signed(t), syncproto.CodeAbsent)
	b.refused("no pack's name", b.get("packs/Part.2").signed(t), syncproto.CodeAbsent)
}

// Anybody may ask who a service is, of a workspace that nobody brought yet too;
// the store is not touched. The keys certify the id, as a device's do.
func TestServicesTellWhoTheyAre(t *testing.T) {
	b := newBench(t, nil)
	r := b.sendAs(&ask{method: "GET", path: b.path("service"), header: http.Header{}})
	info, err := syncproto.DecodeServiceInfo(r.body)
	if err != nil || !info.Time.Equal(now) || info.Limits.RequestBytes != syncproto.MaxMessage || b.replicas.Opened() != 0 {
		t.Fatalf("%+v, %v", info, err)
	}
	if want := (envelope.DeviceKeys{Sign: info.Keys.Sign, Recipient: info.Keys.Recipient}).ID(); info.ID != want {
		t.Errorf("id %x, but the control events' is %x", info.ID, want)
	}
	var form map[string]any
	if err := json.Unmarshal(r.body, &form); err != nil || form["id"] != hex.EncodeToString(info.ID[:]) || r.header.Get("Content-Type") != "application/json" {
		t.Errorf("%s", r.body)
	}
	for _, key := range []string{"id", "sign", "recipient", "time", "limits"} {
		if form[key] == nil {
			t.Errorf("%s is missing: %s", key, r.body)
		}
	}
}

// The log tells what happened without saying of whom: no whole ids, no names, no
// secrets. The metrics count it without ids.
func TestLogsAndMetricsHoldNoSecrets(t *testing.T) {
	registry := prometheus.NewRegistry()
	b := newBench(t, func(c *httpapi.Config) { c.Invitation, c.Metrics = secret, registry })
	b.answer(b.sync(b.member.Segments(2)...))
	guest := synctest.NewAuthor(plant, "guest", 1)
	a := b.guest(guest)
	a.header.Set("Fieldbook-Invitation", secret)
	b.answer(a)
	bad := b.sync()
	b.refused("changed", func() *ask { bad.signed(t); bad.path = b.path("documents"); return bad }(), syncproto.CodeSignature)
	workspace := syncproto.Workspace(b.member.Workspace).String()
	b.store.Put(syncproto.Path(syncproto.Workspace(b.member.Workspace), b.member.Feed(), syncproto.Name{Number: 1}), []byte("rubbish"))
	b.answer(b.sync())

	log := b.log.String()
	for _, part := range []string{
		workspace[:9], hex.EncodeToString(b.member.Device[:5]), secret, "age1", "nonce", a.header.Get("Signature"),
	} {
		if strings.Contains(log, part) {
			t.Errorf("the log holds %q:\n%s", part, log)
		}
	}
	for _, part := range []string{
		`"workspace":"` + workspace[:8] + `"`, `"device":"` + hex.EncodeToString(b.member.Device[:4]) + `"`,
		`"route":"sync"`, `"code":"signature"`, `"stored":2`, `"member":false`, `"status":401`,
	} {
		if !strings.Contains(log, part) {
			t.Errorf("the log does not hold %s:\n%s", part, log)
		}
	}
	counted := map[string]float64{}
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range families {
		for _, m := range f.Metric {
			var labels []string
			for _, l := range m.Label {
				labels = append(labels, l.GetValue())
			}
			counted[f.GetName()+" "+strings.Join(labels, " ")] = m.GetCounter().GetValue()
		}
	}
	for name, want := range map[string]float64{
		"fieldbook_requests_total ok sync": 3, "fieldbook_requests_total signature documents": 1,
		"fieldbook_segments_stored_total ": 2, "fieldbook_segments_refused_total damaged": 1,
	} {
		if counted[name] != want {
			t.Errorf("%s: %v, want %v of %v", name, counted[name], want, counted)
		}
	}
}

// Requests beyond what the service serves at one time are told to come back.
func TestRequestsAtOneTimeAreBounded(t *testing.T) {
	hold, held := make(chan struct{}), make(chan struct{})
	b := newBench(t, func(c *httpapi.Config) {
		c.Limits.Requests = 1
		c.Replicas = blocking{c.Replicas, held, hold}
	})
	done := make(chan int)
	first, second := b.sync().signed(t), b.sync().signed(t)
	go func() { done <- b.sendAs(first).status }()
	<-held
	b.refused("second", second, syncproto.CodeTemporary)
	close(hold)
	if status := <-done; status != http.StatusOK {
		t.Errorf("first: %d", status)
	}
}

// A configuration that cannot work is refused at once.
func TestConfigurationIsChecked(t *testing.T) {
	replicas, registry := newBench(t, nil).replicas, prometheus.NewRegistry()
	if _, err := httpapi.New(t.Context(), httpapi.Config{Replicas: replicas, Metrics: registry}); err != nil {
		t.Fatal(err)
	}
	for name, cfg := range map[string]httpapi.Config{
		"no replicas":     {},
		"a limit below 0": {Replicas: replicas, Limits: httpapi.Limits{Devices: -1}},
		"storage below 0": {Replicas: replicas, Limits: httpapi.Limits{StorageBytes: -1}},
		"OIDC for nobody": {Replicas: replicas, OIDC: &httpapi.OIDC{Issuer: "https://issuer.example"}},
		"metrics twice":   {Replicas: replicas, Metrics: registry},
	} {
		if _, err := httpapi.New(t.Context(), cfg); err == nil {
			t.Errorf("%s: was taken", name)
		}
	}
}

// A service behind a writer that knows no deadlines, as behind Lambda, works.
func TestPlainWritersAreServed(t *testing.T) {
	b := newBench(t, nil)
	a := b.sync().signed(t)
	req, err := http.NewRequestWithContext(t.Context(), a.method, "https://host"+a.path, bytes.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	req.Header = a.header
	w := &plain{header: http.Header{}}
	b.handler.ServeHTTP(w, req)
	if _, err := syncproto.DecodeAnswer(w.body.Bytes()); err != nil || w.status != http.StatusOK {
		t.Errorf("%d, %v", w.status, err)
	}
}

type plain struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (p *plain) Header() http.Header            { return p.header }
func (p *plain) WriteHeader(status int)         { p.status = status }
func (p *plain) Write(data []byte) (int, error) { return p.body.Write(data) }
