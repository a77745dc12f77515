package httpapi

import (
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"fieldbook/syncproto"
)

// meters count what the handler does. No label holds an id.
type meters struct {
	requests *prometheus.CounterVec
	seconds  *prometheus.HistogramVec
	received prometheus.Counter
	sent     prometheus.Counter
	stored   prometheus.Counter
	handed   prometheus.Counter
	refused  *prometheus.CounterVec
}

func newMeters(to prometheus.Registerer) (*meters, error) {
	count := func(name, help string) prometheus.CounterOpts {
		return prometheus.CounterOpts{Namespace: "fieldbook", Name: name, Help: help}
	}
	m := &meters{
		requests: prometheus.NewCounterVec(count("requests_total", "Requests by route and code; ok where answered."), []string{"route", "code"}),
		seconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "fieldbook", Name: "request_seconds", Help: "Time from a request's header to its answer.",
			Buckets: []float64{.001, .003, .01, .03, .1, .3, 1, 3, 10, 30},
		}, []string{"route"}),
		received: prometheus.NewCounter(count("received_bytes_total", "Bytes of request bodies.")),
		sent:     prometheus.NewCounter(count("sent_bytes_total", "Bytes of answers' bodies.")),
		stored:   prometheus.NewCounter(count("segments_stored_total", "Segments that were new and are stored.")),
		handed:   prometheus.NewCounter(count("segments_handed_total", "Segments handed out.")),
		refused:  prometheus.NewCounterVec(count("segments_refused_total", "Segments refused, by reason."), []string{"reason"}),
	}
	if to == nil {
		return m, nil
	}
	for _, c := range []prometheus.Collector{m.requests, m.seconds, m.received, m.sent, m.stored, m.handed, m.refused} {
		if err := to.Register(c); err != nil {
			return nil, fmt.Errorf("register metrics: %w", err)
		}
	}
	return m, nil
}

// exchange counts what an exchange moved.
func (m *meters) exchange(answer *syncproto.Answer) {
	m.stored.Add(float64(answer.Stored))
	m.handed.Add(float64(len(answer.Segments)))
	for _, r := range answer.Refused {
		m.refused.WithLabelValues(string(r.Reason)).Inc()
	}
}

// tell counts and logs one call.
func (h *Handler) tell(c *call, err error, took time.Duration) {
	route, code, level := "none", "ok", slog.LevelInfo
	if c.route != nil {
		route = c.route.name
	}
	attrs := []slog.Attr{
		slog.String("request", c.id), slog.String("route", route), slog.Int("status", c.writer.status),
		slog.Float64("ms", float64(took.Microseconds())/1000),
		slog.Int("in", len(c.body)), slog.Int64("out", c.writer.bytes),
	}
	if c.workspace != (syncproto.Workspace{}) {
		attrs = append(attrs, slog.String("workspace", short(c.workspace)))
	}
	if c.device != [32]byte{} {
		attrs = append(attrs, slog.String("device", short(c.device)), slog.Bool("member", c.member))
	}
	switch {
	case err != nil && c.writer.status < 400: // the answer did not get through
		code = "cut"
		attrs = append(attrs, slog.String("code", code))
	case err != nil:
		code = string(faultOf(err).code)
		attrs = append(attrs, slog.String("code", code))
		if c.writer.status >= 500 {
			level = slog.LevelError
			attrs = append(attrs, slog.String("error", scrub(err)))
		}
	}
	h.meters.requests.WithLabelValues(route, code).Inc()
	h.meters.seconds.WithLabelValues(route).Observe(took.Seconds())
	h.meters.received.Add(float64(len(c.body)))
	h.meters.sent.Add(float64(c.writer.bytes))
	h.cfg.Log.LogAttrs(c.request.Context(), level, "request", append(attrs, c.notes...)...)
}

// short gives the beginning of an id: enough to follow one, too little to use.
func short(id [32]byte) string { return fmt.Sprintf("%x", id[:4]) }

// scrub takes every long run of hexadecimal digits out of an error: it may be
// the id of anything.
func scrub(err error) string {
	const keep = 8
	var out, run strings.Builder
	flush := func() {
		if run.Len() > keep {
			out.WriteByte('#')
		} else {
			out.WriteString(run.String())
		}
		run.Reset()
	}
	for _, r := range err.Error() {
		if strings.ContainsRune("0123456789abcdefABCDEF", r) {
			run.WriteRune(r)
			continue
		}
		flush()
		out.WriteRune(r)
	}
	flush()
	return out.String()
}
