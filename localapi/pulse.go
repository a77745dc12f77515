package localapi

import (
	"context"
	"sync"
	"time"
)

// pulse numbers states, from 1, and wakes who waits for the next.
type pulse struct {
	mu     sync.Mutex
	number uint64
	moved  chan struct{} // closed at the next move; nil as long as nobody waits
}

func (p *pulse) move() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.number++
	if p.moved != nil {
		close(p.moved)
		p.moved = nil
	}
}

// look gives the present number and what closes when it moves.
func (p *pulse) look() (uint64, <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.moved == nil {
		p.moved = make(chan struct{})
	}
	return p.number + 1, p.moved
}

// wait returns when the number is not the one named any more, when the time is up, or when nobody listens any more.
func (p *pulse) wait(ctx context.Context, after uint64, limit time.Duration) {
	number, moved := p.look()
	if number != after {
		return
	}
	timer := time.NewTimer(limit)
	defer timer.Stop()
	select {
	case <-moved:
	case <-timer.C:
	case <-ctx.Done():
	}
}
