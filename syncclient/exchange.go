package syncclient

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"fieldbook/syncproto"
)

// The wait before the second attempt of a request; it doubles with each one.
const (
	firstWait = 200 * time.Millisecond
	lastWait  = 10 * time.Second
)

// exchange sends one request, again while the remote is not available for the
// moment, and checks the answer's form.
func (s *session) exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	attempts := s.opts.Attempts
	if attempts == 0 {
		attempts = 5
	}
	for attempt, wait := 1, firstWait; ; attempt, wait = attempt+1, min(2*wait, lastWait) {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("sync: %w", err)
		}
		s.report.RoundTrips++
		answer, err := s.remote.Exchange(ctx, req)
		switch {
		case err == nil && answer == nil:
			return nil, fmt.Errorf("%w: no answer", ErrProtocol)
		case err == nil:
			if err := answer.Check(); err != nil {
				return nil, fmt.Errorf("%w: %w", ErrProtocol, err)
			}
			return answer, nil
		case attempt >= attempts, !errors.Is(err, syncproto.ErrTemporary):
			return nil, fmt.Errorf("sync with remote: %w", err)
		}
		if err := s.sleep(ctx, max(wait, told(err))); err != nil {
			return nil, fmt.Errorf("sync: %w", err)
		}
	}
}

// told is how long a service wants to be left alone, within reason. The wait is
// drawn from the upper half of twice that.
func told(err error) time.Duration {
	var refused *ServiceError
	if !errors.As(err, &refused) {
		return 0
	}
	return 2 * min(refused.RetryAfter, lastWait)
}

// sleep waits between half and all of d, so that devices that failed together
// do not come back together.
func (s *session) sleep(ctx context.Context, d time.Duration) error {
	d = d/2 + rand.N(d/2)
	if s.opts.Sleep != nil {
		return s.opts.Sleep(ctx, d)
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}
