package httpapi_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/planttest"
	"fieldbook/internal/testkit/servicetest"
	"fieldbook/record"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
)

// A sync with nothing to do on loopback, over a folder with 5 feeds of 200
// segments, by a merging service. The time at the service and the sizes of both
// bodies are told.
func BenchmarkNothingToDo(b *testing.B) {
	plant := planttest.New(b)
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: b.TempDir(), Sizes: true})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	replicas := realReplicas(b, store, newMaster(b))
	m := &measured{next: servicetest.Handler(b, httpapi.Config{Replicas: replicas, Open: true})}
	server := httptest.NewServer(m)
	b.Cleanup(server.Close)
	keys, err := replicas.Keys(b.Context(), syncproto.Workspace(plant.ID))
	if err != nil {
		b.Fatal(err)
	}
	plant.Founder.Grant(envelope.DeviceKeys{Sign: keys.Sign, Recipient: keys.Recipient})
	remote := remoteOf(b, plant.Founder, plant.ID, server.URL, func(c *syncclient.ServiceConfig) {
		c.Client = &http.Client{Transport: m}
	})
	req := &syncproto.Request{Workspace: syncproto.Workspace(plant.ID), Have: fill(b, plant, remote)}
	m.spent, m.count = 0, 0
	for b.Loop() {
		answer, err := remote.Exchange(b.Context(), req)
		if err != nil || len(answer.Segments) != 0 || len(answer.Have) != 5 || !answer.Service.Complete {
			b.Fatal(answer, err)
		}
	}
	if m.sent >= 1024 || m.received >= 1024 {
		b.Errorf("bodies of %d and %d bytes", m.sent, m.received)
	}
	b.ReportMetric(float64(m.spent.Microseconds())/1000/float64(m.count), "service-ms/op")
	b.ReportMetric(float64(m.sent), "request-B")
	b.ReportMetric(float64(m.received), "answer-B")
}

// fill has five devices push 200 segments each, and says what is held then.
func fill(b *testing.B, plant *planttest.Plant, remote *syncclient.Service) (have []syncproto.Have) {
	b.Helper()
	devices := []*planttest.Device{plant.Founder}
	for range 4 {
		devices = append(devices, plant.Admit(envelope.Engineer))
	}
	first := plant.Founder.Cut()
	for i, d := range devices {
		segments := first
		if i > 0 {
			d.Take(first...)
			d.Open()
			segments = d.Cut()
		}
		for len(segments) < 200 {
			d.Edit(record.ID{byte(len(segments)), byte(i)}, "description", "pump")
			segments = append(segments, d.Cut()...)
		}
		push(b, remote, plant.ID, segments...)
		var names []syncproto.Name
		for _, s := range segments {
			names = append(names, s.Name())
		}
		have = append(have, syncproto.Holding(d.Feed(), names))
	}
	return have
}

// measured stands at both ends of the connection.
type measured struct {
	next           http.Handler
	spent          time.Duration
	count          int
	sent, received int
}

// ServeHTTP implements http.Handler.
func (m *measured) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	m.next.ServeHTTP(w, r)
	m.spent += time.Since(began)
	m.count++
}

// RoundTrip implements http.RoundTripper.
func (m *measured) RoundTrip(r *http.Request) (*http.Response, error) {
	m.sent = int(r.ContentLength)
	resp, err := http.DefaultTransport.RoundTrip(r)
	if err == nil && resp.Header.Get("Content-Type") == syncproto.TypeCBOR {
		var body []byte
		body, err = io.ReadAll(resp.Body)
		resp.Body.Close()
		resp.Body, m.received = io.NopCloser(bytes.NewReader(body)), len(body)
	}
	return resp, err
}
