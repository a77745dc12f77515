package syncclient

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"fieldbook/syncproto"
)

// exchange is one request to a service, wherever it is sent.
type exchange struct {
	method, path string
	// body is of content type media; empty: there is none.
	body  []byte
	media string
	// unsigned requests tell nothing of the device.
	unsigned bool
	// accept is the content type of the answer, read takes its body.
	accept string
	read   func(body []byte) error
	// limit bounds the answer's body, in bytes, timeout the request; zero: as
	// for messages.
	limit   int
	timeout time.Duration
}

// maxAnswer bounds the body of an answer, in bytes.
const maxAnswer = syncproto.MaxMessage

// send asks the region that answered last, then the other. Both have to be
// unavailable before the service is.
func (s *Service) send(ctx context.Context, x *exchange) error {
	s.mu.Lock()
	first := s.at
	s.mu.Unlock()
	var failed error
	for i := range s.regions {
		at := (first + i) % len(s.regions)
		err := s.ask(ctx, s.regions[at], x)
		if err == nil || !elsewhere(err) {
			s.mu.Lock()
			s.at = at
			s.mu.Unlock()
			return err
		}
		if ended := ctx.Err(); ended != nil {
			return fmt.Errorf("ask service: %w", ended)
		}
		if failed != nil {
			err = fmt.Errorf("%w; %w", failed, err)
		}
		failed = err
	}
	return failed
}

// elsewhere says whether another region may do better.
func elsewhere(err error) bool {
	return errors.Is(err, syncproto.ErrTemporary) || errors.Is(err, errUntrusted)
}

// maxTries bounds how often a region is asked in one exchange: once as it is,
// again by its clock, again with the device's keys shown, and with another
// signature where the network delivered one of these twice.
const maxTries = 5

// ask asks one region. What it says to be amiss with clock or keys is put
// right, each once.
func (s *Service) ask(ctx context.Context, r *region, x *exchange) error {
	var timed bool
	for try := 1; ; try++ {
		shown := s.shows()
		err := s.once(ctx, r, x)
		var problem *ServiceError
		if try == maxTries || !errors.As(err, &problem) {
			return err
		}
		switch problem.Code {
		case syncproto.CodeClock:
			if timed || !s.adjust(r, problem.Time) {
				return err
			}
			timed = true
		case syncproto.CodeUnknownDevice, syncproto.CodeUnknownWorkspace:
			if shown {
				return err
			}
			s.show()
		case syncproto.CodeReplay, syncproto.CodeExpired: // a new signature is another request
		default:
			return err
		}
	}
}

// Times that a service may tell without being taken for broken.
var (
	earliest = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	latest   = time.Date(2200, 1, 1, 0, 0, 0, 0, time.UTC)
)

// adjust notes what the device's clock lacks to a region's. The time is used
// for signatures to this service only: never for entries.
func (s *Service) adjust(r *region, told time.Time) bool {
	if told.Before(earliest) || told.After(latest) {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	r.offset = told.Sub(s.cfg.Clock())
	return true
}

// show has requests show the device's keys from now on.
func (s *Service) show() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shown = true
}

// shows says whether requests show the device's keys.
func (s *Service) shows() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.shown
}

// Offset is what the device's clock lacks to that of the region that answered
// last; zero as long as the service does not object.
func (s *Service) Offset() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.regions[s.at].offset
}

// once sends the request once.
func (s *Service) once(ctx context.Context, r *region, x *exchange) error {
	limit, timeout := cmp.Or(x.limit, maxAnswer), cmp.Or(x.timeout, s.cfg.Timeout)
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req, err := s.request(ctx, r, x)
	if err != nil {
		return err
	}
	resp, err := s.client.Do(req)
	if err != nil {
		return unreachable(r, err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return problemOf(r, resp)
	}
	if resp.Header.Get("Content-Type") != x.accept || resp.Header.Get("Content-Encoding") != "" {
		return fmt.Errorf("ask %s: %w: not an answer of a sync service; check the address", r.base.Host, ErrProtocol)
	}
	body, err := readCapped(resp.Body, limit)
	if errors.Is(err, syncproto.ErrLimit) {
		return fmt.Errorf("ask %s: %w: an answer without end", r.base.Host, ErrProtocol)
	}
	if err != nil {
		return unreachable(r, err)
	}
	if err := x.read(body); err != nil {
		return fmt.Errorf("ask %s: %w: %w", r.base.Host, ErrProtocol, err)
	}
	return nil
}

// request makes the signed request for a region.
func (s *Service) request(ctx context.Context, r *region, x *exchange) (*http.Request, error) {
	target := *r.base
	target.Path = x.path
	var body io.Reader
	if len(x.body) > 0 {
		body = bytes.NewReader(x.body)
	}
	req, err := http.NewRequestWithContext(ctx, x.method, target.String(), body)
	if err != nil {
		return nil, fmt.Errorf("ask service: %w", err)
	}
	req.Header.Set("Accept", x.accept)
	req.Header.Set("Accept-Encoding", "identity")
	req.Header.Set("User-Agent", "fieldbook")
	if x.media != "" {
		req.Header.Set("Content-Type", x.media)
	}
	if x.unsigned {
		return req, nil
	}
	if err := s.credentials(ctx, req); err != nil {
		return nil, err
	}
	return req, s.sign(ctx, r, req, x.body)
}

// readCapped reads all of a body of at most limit bytes.
func readCapped(body io.Reader, limit int) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(body, int64(limit)+1))
	if err == nil && len(data) > limit {
		return nil, syncproto.ErrLimit
	}
	return data, err
}
