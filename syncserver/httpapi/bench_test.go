package httpapi_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"testing"
	"time"

	"fieldbook/internal/testkit/servicetest"
	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/httpapi"
)

// A sync with nothing to do on loopback, over a folder with 5 feeds of 200
// segments. The time at the service and the sizes of both bodies are told.
func BenchmarkNothingToDo(b *testing.B) {
	var authors []*synctest.Author
	laptop := synctest.NewLaptop(plant)
	for i := range 5 {
		a := synctest.NewAuthor(plant, fmt.Sprint("author ", i), 1)
		laptop.Admit(a)
		laptop.Keep(a.Segments(200)...)
		authors = append(authors, a)
	}
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: b.TempDir()})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { store.Close() })
	m := &measured{}
	bench := newBench(b, func(c *httpapi.Config) {
		c.Replicas = servicetest.NewReplicas(store, authors...)
		c.Clock = nil
	})
	m.next = bench.handler
	bench.server.Config.Handler = m
	cfg := servicetest.Config(authors[0], bench.server.URL)
	cfg.Client = &http.Client{Transport: m}
	remote := servicetest.Remote(b, cfg)
	if _, err := syncclient.Sync(b.Context(), laptop, remote, syncclient.Options{}); err != nil {
		b.Fatal(err)
	}
	m.spent, m.count = 0, 0
	for b.Loop() {
		if r, err := syncclient.Sync(b.Context(), laptop, remote, syncclient.Options{}); err != nil || r.RoundTrips != 1 {
			b.Fatal(r, err)
		}
	}
	b.ReportMetric(float64(m.spent.Microseconds())/1000/float64(m.count), "service-ms/op")
	b.ReportMetric(float64(m.sent), "request-B")
	b.ReportMetric(float64(m.received), "answer-B")
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
