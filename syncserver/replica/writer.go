package replica

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"sync"

	"fieldbook/envelope"
	"fieldbook/syncserver"
)

// writer seals and stores parts.
type writer struct {
	replica *Replica
	ctx     context.Context
	key     envelope.KeyID // zero in a sealed workspace
	seal    envelope.Seal
	room    chan struct{}
	puts    sync.WaitGroup
	mu      sync.Mutex
	err     error
}

// newWriter begins a pack under the key that new entries are sealed under.
func (r *Replica) newWriter(ctx context.Context) (*writer, error) {
	w := &writer{replica: r, ctx: ctx, room: make(chan struct{}, r.set.parallel)}
	if !r.state.merging {
		return w, nil
	}
	id, err := r.state.roster.Sealing()
	if err != nil {
		return nil, fmt.Errorf("write pack: %w", err)
	}
	key, err := r.state.roster.Key(id)
	if err != nil {
		return nil, fmt.Errorf("write pack: %w", err)
	}
	w.key, w.seal = id, key.Seal
	return w, nil
}

// put encodes a part, begins to store it, and says how a manifest names it.
func (w *writer) put(part *envelope.Part) (envelope.PartRef, error) {
	ref := envelope.PartRef{Kind: part.Kind}
	key := w.key
	if part.Kind == envelope.PartControls {
		key = envelope.KeyID{}
	}
	data, plain, err := w.replica.set.packer.EncodePart(w.replica.id, part, key, w.seal)
	if err != nil {
		return ref, fmt.Errorf("write part: %w", err)
	}
	ref.Size, ref.Plain, ref.Name = uint64(len(data)), uint64(plain), sha256.Sum256(data)
	if docs := part.Documents; len(docs) > 0 {
		ref.First, ref.Last = docs[0].Stream, docs[len(docs)-1].Stream
	}
	path, err := envelope.PackPath(w.replica.id, envelope.PartName(ref.Name))
	if err != nil {
		return ref, err
	}
	if cap(w.room) == 1 {
		w.create(path, data)
		return ref, nil
	}
	w.room <- struct{}{}
	w.puts.Go(func() {
		w.create(path, data)
		<-w.room
	})
	return ref, nil
}

// create stores a part; wait tells how that went.
func (w *writer) create(path string, data []byte) {
	err := w.replica.set.store.Create(w.ctx, path, data, nil)
	if err != nil && !errors.Is(err, syncserver.ErrExists) {
		w.mu.Lock()
		defer w.mu.Unlock()
		w.err = errors.Join(w.err, fmt.Errorf("write part: %w", err))
	}
}

// reuse gives a part of the same content that is stored already, or puts it.
func (w *writer) reuse(part *envelope.Part, next *packed) (envelope.PartRef, error) {
	digest := part.Digest()
	ref, held := w.replica.state.packed.others[digest]
	if !held {
		var err error
		if ref, err = w.put(part); err != nil {
			return ref, err
		}
	}
	next.others[digest] = ref
	return ref, nil
}

// wait ends when all parts are stored, or one could not be.
func (w *writer) wait() error {
	w.puts.Wait()
	return w.err
}
