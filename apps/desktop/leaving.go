package main

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// leaving lets the window close only when what a person has typed and saved is kept: drafts that the page has not sent yet,
// and requests that are still at work.
type leaving struct {
	shown   atomic.Bool // there is a page that can be asked
	busy    sync.Mutex  // held while the window closes
	working sync.WaitGroup
	done    chan struct{} // the page has saved its drafts
	limit   time.Duration // how long the window may take to close when its page hangs
}

func newLeaving(limit time.Duration) *leaving {
	return &leaving{done: make(chan struct{}, 1), limit: limit}
}

// track counts the requests that change something.
func (l *leaving) track(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet {
			l.working.Add(1)
			defer l.working.Done()
		}
		next.ServeHTTP(w, r)
	})
}

// flushed is the page's answer to ask.
func (l *leaving) flushed() {
	select {
	case l.done <- struct{}{}:
	default: // it has answered already
	}
}

// prevents asks the page to save its drafts and waits for it and for all requests. True: the window is closing already.
func (l *leaving) prevents(ctx context.Context, ask func()) bool {
	if !l.busy.TryLock() {
		return true
	}
	defer l.busy.Unlock()
	ctx, cancel := context.WithTimeout(ctx, l.limit)
	defer cancel()
	if l.shown.Load() {
		ask()
		select {
		case <-l.done:
		case <-ctx.Done():
		}
	}
	idle := make(chan struct{})
	go func() {
		l.working.Wait()
		close(idle)
	}()
	select {
	case <-idle:
	case <-ctx.Done():
	}
	return false
}
