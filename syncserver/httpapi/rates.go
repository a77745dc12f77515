package httpapi

import (
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// maxRates bounds how many askers are told apart at one time.
const maxRates = 1 << 14

// rates hold askers to a rate. Those that did not ask for long are forgotten.
type rates struct {
	mu            sync.Mutex
	rate          rate.Limit
	burst         int
	present, past map[string]*rate.Limiter
}

func newRates(perSecond float64, burst int) *rates {
	return &rates{rate: rate.Limit(perSecond), burst: burst, present: map[string]*rate.Limiter{}}
}

// allow says whether who may ask (again), at the cost of that many requests;
// zero only looks. It goes by the machine's monotonic clock.
func (r *rates) allow(who string, cost int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	limiter := r.present[who]
	if limiter == nil {
		if limiter = r.past[who]; limiter == nil {
			limiter = rate.NewLimiter(r.rate, r.burst)
		}
		if len(r.present) >= maxRates {
			r.past, r.present = r.present, map[string]*rate.Limiter{}
		}
		r.present[who] = limiter
	}
	if cost == 0 {
		return limiter.Tokens() >= 1
	}
	return limiter.AllowN(time.Now(), cost)
}

// knows says whether who has asked lately.
func (r *rates) knows(who string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.present[who] != nil || r.past[who] != nil
}
