package workspace

import (
	"context"
	"sync"

	"fieldbook/eventstore"
)

// revision numbers the states that queries answer from.
type revision struct {
	mu     sync.Mutex
	number uint64
	moved  chan struct{} // closed at the next move; nil as long as nobody waits
	closed bool
}

// move goes on to the next number and wakes who waits.
func (r *revision) move() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.number++
	r.wake()
}

// end wakes who waits for good.
func (r *revision) end() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closed = true
	r.wake()
}

func (r *revision) wake() {
	if r.moved != nil {
		close(r.moved)
		r.moved = nil
	}
}

// look gives the number, what closes when it moves, and whether it moves no more.
func (r *revision) look() (number uint64, moved <-chan struct{}, closed bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.moved == nil && !r.closed {
		r.moved = make(chan struct{})
	}
	return r.number, r.moved, r.closed
}

// Revision numbers the present state of this device's record, from 0 on opening.
// It moves after every commit that changes what a query answers: a write, a page
// of a sync, a remote added.
func (w *Workspace) Revision() uint64 {
	number, _, _ := w.revision.look()
	return number
}

// Wait returns the present revision as soon as it is not the one named any more,
// at once if it is not. If the context ends first, the error is its cause; if
// the workspace is closed, eventstore.ErrClosed.
func (w *Workspace) Wait(ctx context.Context, after uint64) (uint64, error) {
	for {
		number, moved, closed := w.revision.look()
		switch {
		case number != after:
			return number, nil
		case closed:
			return number, eventstore.ErrClosed
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return number, context.Cause(ctx)
		}
	}
}

// update commits what queries answer from; writeLocked does so for entries, whose
// commit changes more than the database.
func (w *Workspace) update(ctx context.Context, fn func(*eventstore.Tx) error) error {
	err := w.store.Update(ctx, fn)
	if err == nil {
		w.revision.move()
	}
	return err
}
