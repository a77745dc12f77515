package replica

import (
	"context"
	"errors"
	"slices"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/record"
)

// batch is how many documents are merged at once.
const batch = 512

// draft is one document with new changes, on its way to the engine.
type draft struct {
	id      record.ID
	history *crdt.History
	base    crdt.Hash // digest of the heads that the engine has
	changes []crdt.Admitted
	failed  error // of the engine
	spared  bool  // the engine failed on it a short while ago
}

// merge brings the documents up to what was opened. While the engine applies the
// changes of some documents, the guard looks at those of the next.
func (r *Replica) merge(ctx context.Context) error {
	ids := r.state.mergeable(r.set.clock())
	running := newRun()
	defer func() { <-running.done }()
	for len(ids) > 0 {
		n := min(batch, len(ids))
		drafts, err := r.guard(ctx, ids[:n])
		if err != nil {
			return err
		}
		if err := r.settle(running); err != nil {
			return err
		}
		running = r.start(ctx, drafts)
		ids = ids[n:]
	}
	return r.settle(running)
}

// guard passes the waiting events of some documents through their histories.
func (r *Replica) guard(ctx context.Context, ids []record.ID) ([]*draft, error) {
	drafts := make([]*draft, 0, len(ids))
	histories, err := r.load(ctx, ids)
	if err != nil {
		return nil, err
	}
	for i, id := range ids {
		h := histories[i]
		d := &draft{id: id, history: h, base: crdt.HeadsDigest(h.Heads())}
		before, fell := h.Len(), false
		for j := range r.state.pending[id] {
			fell = add(h, id, &r.state.pending[id][j]) || fell
		}
		until, failed := r.state.failed[id]
		d.spared = failed && r.set.clock().Before(until)
		switch {
		case d.spared:
		case fell, failed, h.Len() > before && !r.set.docs.send(r.state, id):
			d.base, d.changes = crdt.Hash{}, after(h, 0)
		default:
			d.changes = after(h, before)
		}
		drafts = append(drafts, d)
		r.set.docs.put(r.state, id, h)
	}
	return drafts, nil
}

// add gives the change of an event to a history. Whether the author was allowed
// to make it does not matter to heads. It tells whether a change fell that the
// engine may hold.
func add(h *crdt.History, id record.ID, e *envelope.PackEvent) (fell bool) {
	// A malformed change is evidence: kept, and in no document.
	_, _, _ = h.Add(e.Change, crdt.Origin{Device: e.Feed.Device, Stream: id, Salt: e.Salt, Texts: e.Texts})
	return slices.ContainsFunc(h.Moved(), func(moved crdt.Hash) bool { return h.Verdict(moved) != crdt.Accepted })
}

// after gives the accepted changes from a number on.
func after(h *crdt.History, n int) []crdt.Admitted {
	changes := make([]crdt.Admitted, 0, h.Len()-n)
	for change := range h.All() {
		if n--; n < 0 {
			changes = append(changes, change)
		}
	}
	return changes
}

// run is a batch of documents in the hands of the engine.
type run struct {
	drafts []*draft
	done   chan struct{}
	err    error
}

// newRun is a run that has ended with nothing.
func newRun() *run {
	r := &run{done: make(chan struct{})}
	close(r.done)
	return r
}

// start hands documents to the engine.
func (r *Replica) start(ctx context.Context, drafts []*draft) *run {
	running := &run{drafts: drafts, done: make(chan struct{})}
	go func() {
		defer close(running.done)
		running.err = r.engine(ctx, drafts)
	}()
	return running
}

// engine has the engine apply the changes of documents. What it holds otherwise
// than thought, it is given anew.
func (r *Replica) engine(ctx context.Context, drafts []*draft) error {
	todo := slices.DeleteFunc(slices.Clone(drafts), func(d *draft) bool { return len(d.changes) == 0 })
	for range 2 {
		jobs := make([]Job, len(todo))
		for i, d := range todo {
			jobs[i] = Job{ID: d.id, Base: d.base, Changes: d.changes}
			d.failed = ErrEngine // until it is done
		}
		var again []*draft
		err := r.set.worker.Merge(ctx, jobs, func(i int, result Result) {
			d := todo[i]
			d.failed = result.Err
			switch {
			case errors.Is(result.Err, ErrBase):
				d.base, d.changes = crdt.Hash{}, after(d.history, 0)
				again = append(again, d)
			case result.Err == nil && result.Heads != crdt.HeadsDigest(d.history.Heads()):
				d.failed = ErrEngine
			}
		})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			r.set.log.Error("document engine", "workspace", r.id.String()[:8], "error", err)
		}
		if todo = again; len(todo) == 0 {
			break
		}
	}
	return nil
}

// settle waits for a run and counts its documents as merged. Where the engine
// failed, the heads are those of the history.
func (r *Replica) settle(running *run) error {
	<-running.done
	if running.err != nil {
		return running.err
	}
	s, failures := r.state, 0
	for _, d := range running.drafts {
		s.docs.set(d.id, crdt.HeadsDigest(d.history.Heads()))
		s.merged(d.id)
		if d.spared {
			continue
		}
		delete(s.failed, d.id)
		if d.failed != nil {
			s.failed[d.id] = r.set.clock().Add(mendable)
			failures++
		}
	}
	running.drafts = nil
	if failures > 0 {
		r.set.log.Error("document engine failed", "workspace", r.id.String()[:8], "documents", failures)
	}
	return nil
}
