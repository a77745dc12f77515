package cli

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"fieldbook/syncserver"
)

// Times of the listeners. The handler has limits of its own for bodies.
const (
	headerTime = 10 * time.Second
	idleTime   = 2 * time.Minute
	// stopTime is how long running requests may take once the program was told to
	// stop: less than service managers and containers wait before they kill.
	stopTime = 25 * time.Second
	// maxHeader bounds the line and headers of a request, as API Gateway does.
	maxHeader = 10240
)

// web is a running service's listeners.
type web struct {
	*serving
	log      *slog.Logger
	handler  http.Handler
	store    syncserver.Store
	registry *prometheus.Registry

	main, side  net.Listener
	certificate *tls.Certificate
	certFile    string
}

// bind opens the listeners, so that whoever is told that the service listens can
// connect.
func (w *web) bind() (err error) {
	switch {
	case w.selfSigned:
		w.certificate, w.certFile, err = ownCertificate(w.listen)
	case w.cert != "":
		var pair tls.Certificate
		pair, err = tls.LoadX509KeyPair(w.cert, w.key)
		w.certificate = &pair
	}
	if err != nil {
		return fmt.Errorf("reading the certificate: %w", err)
	}
	if w.main, err = net.Listen("tcp", w.listen); err != nil {
		return fmt.Errorf("listening: %w", err)
	}
	if w.admin == "" {
		return nil
	}
	if w.side, err = net.Listen("tcp", w.admin); err != nil {
		w.main.Close()
		return fmt.Errorf("listening for health and metrics: %w", err)
	}
	return nil
}

// listening is the answer of `serve` once it listens.
type listening struct {
	URL         string  `json:"url"`
	Admin       *string `json:"admin"`       // where health and metrics are; null: nowhere
	Certificate *string `json:"certificate"` // file of the certificate made here, for the laptops
	Fingerprint *string `json:"fingerprint"` // SHA-256 of the certificate, hex
}

func (w *web) listening() listening {
	l := listening{URL: w.url()}
	if w.side != nil {
		admin := "http://" + w.side.Addr().String()
		l.Admin = &admin
	}
	if w.certFile != "" {
		l.Certificate = &w.certFile
	}
	if w.certificate != nil {
		sum := sha256.Sum256(w.certificate.Certificate[0])
		print := hex.EncodeToString(sum[:])
		l.Fingerprint = &print
	}
	return l
}

// url is the service's address as somebody on this machine names it.
func (w *web) url() string {
	scheme := "http"
	if w.certificate != nil {
		scheme = "https"
	}
	host, port, err := net.SplitHostPort(w.main.Addr().String())
	if ip := net.ParseIP(host); err == nil && ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	return scheme + "://" + net.JoinHostPort(host, port)
}

func (w *web) tell(out io.Writer) {
	l := w.listening()
	fmt.Fprintf(out, "the sync service listens on %s\n", l.URL)
	if l.Admin != nil {
		fmt.Fprintf(out, "health and metrics: %s/healthz, %s/metrics\n", *l.Admin, *l.Admin)
	}
	if l.Certificate != nil {
		fmt.Fprintf(out, "its certificate, for `fieldbook remote add --cert-file`: %s\n", *l.Certificate)
	}
	fmt.Fprintf(out, "an owner connects with: fieldbook remote add NAME %s%s\n", l.URL, w.flags(l))
}

// flags are what `remote add` needs besides.
func (w *web) flags(l listening) string {
	var b strings.Builder
	if w.secretFile != "" {
		b.WriteString(" --secret-file INVITATION")
	}
	if l.Certificate != nil {
		b.WriteString(" --cert-file CERTIFICATE")
	}
	return b.String()
}

// run serves until ctx ends and then finishes what was begun.
func (w *web) run(ctx context.Context) error {
	servers := []*http.Server{w.server(w.handler)}
	failed := make(chan error, 2)
	if w.certificate != nil {
		servers[0].TLSConfig = &tls.Config{Certificates: []tls.Certificate{*w.certificate}, MinVersion: tls.VersionTLS12}
		go func() { failed <- servers[0].ServeTLS(w.main, "", "") }()
	} else {
		go func() { failed <- servers[0].Serve(w.main) }()
	}
	if w.side != nil {
		servers = append(servers, w.server(w.adminHandler()))
		go func() { failed <- servers[1].Serve(w.side) }()
	}
	var err error
	select {
	case <-ctx.Done():
		w.log.Info("stopping")
	case err = <-failed:
	}
	ending, cancel := context.WithTimeout(context.Background(), stopTime)
	defer cancel()
	for _, s := range servers {
		err = errors.Join(err, s.Shutdown(ending))
	}
	return err
}

func (w *web) server(handler http.Handler) *http.Server {
	return &http.Server{
		Handler: handler, ReadHeaderTimeout: headerTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeader,
		ErrorLog: slog.NewLogLogger(w.log.Handler(), slog.LevelWarn),
	}
}

// adminHandler answers what operators ask: whether the store can be read, and
// the metrics.
func (w *web) adminHandler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(w.registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(rw http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), headerTime)
		defer cancel()
		if _, err := w.store.List(ctx, "health", "", 1); err != nil {
			w.log.Warn("the store cannot be read", slog.String("cause", err.Error()))
			http.Error(rw, "the store cannot be read; the log says why", http.StatusServiceUnavailable)
			return
		}
		fmt.Fprintln(rw, "ok")
	})
	return mux
}

// loopback says whether an address can only be reached from this machine.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
