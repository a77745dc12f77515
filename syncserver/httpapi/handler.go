package httpapi

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// Handler is the service. It is an http.Handler, safe for concurrent use.
type Handler struct {
	cfg     Config
	limits  Limits
	routes  []route
	nonces  *nonces
	devices *rates
	others  *rates
	tokens  *tokens
	meters  *meters
	busy    chan struct{}
	heavy   chan struct{}
	blobs   *syncserver.Blobs
	founded atomic.Int64
}

// New makes a Handler. It does not touch the network: a token's issuer is asked
// when the first token comes.
func New(_ context.Context, cfg Config) (*Handler, error) {
	if err := cfg.check(); err != nil {
		return nil, err
	}
	if cfg.Clock == nil {
		cfg.Clock = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	meters, err := newMeters(cfg.Metrics)
	if err != nil {
		return nil, err
	}
	limits := cfg.Limits.full()
	h := &Handler{
		cfg: cfg, limits: limits, routes: routes(), meters: meters,
		nonces:  newNonces(),
		devices: newRates(limits.Rate, limits.Burst),
		others:  newRates(limits.StrangerRate, limits.StrangerBurst),
		tokens:  newTokens(cfg.OIDC, cfg.Clock),
		busy:    make(chan struct{}, limits.Requests),
		heavy:   make(chan struct{}, maxHeavy),
	}
	if cfg.Store != nil {
		h.blobs = syncserver.NewBlobs(cfg.Store)
	}
	return h, nil
}

// Bounds of requests that carry much: how many at one time, and how many times
// as long as others they may take.
const (
	maxHeavy = 32
	longer   = 10
)

// Close ends what the handler does behind requests. It waits for nothing.
func (h *Handler) Close() { h.tokens.close() }

// call is one request on its way through the handler.
type call struct {
	request *http.Request
	writer  *writer
	route   *route
	// vars are the parts of the path that the route names.
	vars map[string]string
	// id names the call in log and answer.
	id        string
	workspace syncproto.Workspace
	// device is who asks: set once the signature was found to hold.
	device [32]byte
	// member says that the members' state admits the device.
	member bool
	// body is the request's, complete, once the signature was found to hold.
	body    []byte
	replica Replica
	// notes are what the log tells besides.
	notes []slog.Attr
}

// now is the service's time.
func (h *Handler) now() time.Time { return h.cfg.Clock() }

// ServeHTTP implements http.Handler.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	c := &call{request: r, writer: &writer{ResponseWriter: w}, id: newID()}
	c.writer.Header().Set(syncproto.HeaderRequest, c.id)
	c.writer.Header().Set("Cache-Control", "no-store")
	c.writer.Header().Set("X-Content-Type-Options", "nosniff")
	err := h.contain(c)
	if err != nil && !c.writer.begun {
		f := faultOf(err)
		if f.code == syncproto.CodeMethod {
			c.writer.Header().Set("Allow", f.detail)
		}
		if failed := f.write(c.writer, h.now()); failed != nil {
			err = errors.Join(err, failed)
		}
	}
	h.tell(c, err, time.Since(began))
}

// contain serves the call and makes an error of a panic, so that one request
// cannot take down the others.
func (h *Handler) contain(c *call) (err error) {
	defer func() {
		switch p := recover(); p {
		case nil:
		case http.ErrAbortHandler:
			panic(p)
		default:
			cause := fmt.Errorf("panic of type %T", p) // the value may hold what no log may
			if fail, ok := p.(runtime.Error); ok {
				cause = fmt.Errorf("panic: %w", fail)
			}
			c.notes = append(c.notes, slog.String("stack", stack()))
			err = &fault{code: syncproto.CodeInternal, detail: "its log says why", cause: cause}
		}
	}()
	return h.serve(c)
}

// stack says where a panic came from, without the arguments of calls, which
// could be ids.
func stack() string {
	pcs := make([]uintptr, 24)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(4, pcs)])
	var out strings.Builder
	for {
		frame, more := frames.Next()
		fmt.Fprintf(&out, "%s:%d\n", frame.Function, frame.Line)
		if !more {
			return out.String()
		}
	}
}

// serve finds the route, learns who asks and answers.
func (h *Handler) serve(c *call) error {
	select {
	case h.busy <- struct{}{}:
		defer func() { <-h.busy }()
	default:
		return &fault{code: syncproto.CodeTemporary, detail: "too many requests at one time", retry: time.Second}
	}
	if err := h.find(c); err != nil {
		return err
	}
	if c.route.heavy {
		select {
		case h.heavy <- struct{}{}:
			defer func() { <-h.heavy }()
		case <-c.request.Context().Done():
			return c.request.Context().Err()
		}
	}
	h.deadline(c)
	if c.route.access == anybody {
		if !h.others.allow(address(c.request), 1) {
			return tooFast()
		}
	} else if err := h.authenticate(c); err != nil {
		return err
	}
	return c.route.serve(h, c)
}

// deadline bounds how long body and answer may take. A writer that has no
// deadlines, as behind Lambda, has a time limit of its own.
func (h *Handler) deadline(c *call) {
	limit := h.limits.BodyTime
	if c.route.heavy || c.route.long {
		limit *= longer
	}
	control, end := http.NewResponseController(c.writer.ResponseWriter), time.Now().Add(limit)
	_ = control.SetReadDeadline(end)
	_ = control.SetWriteDeadline(end.Add(limit))
}

// answer sends a complete body.
func (c *call) answer(contentType string, data []byte) error {
	c.writer.Header().Set("Content-Type", contentType)
	c.writer.Header().Set("Content-Length", fmt.Sprint(len(data)))
	c.writer.WriteHeader(http.StatusOK)
	_, err := c.writer.Write(data)
	return err
}

// newID names a request.
func newID() string {
	var raw [8]byte
	_, _ = rand.Read(raw[:]) // it never fails
	return hex.EncodeToString(raw[:])
}

// writer counts what is written.
type writer struct {
	http.ResponseWriter
	begun  bool
	status int
	bytes  int64
}

// WriteHeader implements http.ResponseWriter.
func (w *writer) WriteHeader(status int) {
	if !w.begun {
		w.begun, w.status = true, status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write implements http.ResponseWriter.
func (w *writer) Write(data []byte) (int, error) {
	if !w.begun {
		w.begun, w.status = true, http.StatusOK
	}
	n, err := w.ResponseWriter.Write(data)
	w.bytes += int64(n)
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (w *writer) Unwrap() http.ResponseWriter { return w.ResponseWriter }
