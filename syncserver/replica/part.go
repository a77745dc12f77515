package replica

import (
	"bytes"
	"container/list"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"

	"fieldbook/envelope"
	"fieldbook/record"
	"fieldbook/syncserver"
)

// errPack says that a part of the packs is missing or wrong. Packs are caches:
// the segments are read instead.
var errPack = errors.New("pack is missing or wrong")

// parts keeps the parts of packs used last within a bound of memory.
type parts struct {
	mu     sync.Mutex
	limit  int
	bytes  int
	all    map[envelope.Hash]*list.Element
	recent *list.List // of *heldPart, the one used last in front
}

type heldPart struct {
	name envelope.Hash
	part *envelope.Part
	size int
}

func newParts(limit int) *parts {
	return &parts{limit: limit, all: map[envelope.Hash]*list.Element{}, recent: list.New()}
}

func (c *parts) get(name envelope.Hash) *envelope.Part {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := c.all[name]
	if at == nil {
		return nil
	}
	c.recent.MoveToFront(at)
	return at.Value.(*heldPart).part
}

func (c *parts) put(name envelope.Hash, part *envelope.Part, size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.all[name] != nil {
		return
	}
	c.all[name] = c.recent.PushFront(&heldPart{name, part, size})
	c.bytes += size
	for at := c.recent.Back(); c.bytes > c.limit && at != c.recent.Front(); at = c.recent.Back() {
		held := at.Value.(*heldPart)
		c.bytes -= held.size
		delete(c.all, held.name)
		c.recent.Remove(at)
	}
}

// open undoes the seal of what this service or another instance of it wrote.
func (r *Replica) open(key envelope.KeyID, ad, nonce, sealed []byte) ([]byte, error) {
	k, err := r.state.roster.Key(key)
	if err != nil {
		return nil, err
	}
	return k.Open(ad, nonce, sealed)
}

// part reads a part of the packs. errPack: it is missing, or is not what its
// name or this version says.
func (r *Replica) part(ctx context.Context, kind envelope.PartKind, name envelope.Hash) (*envelope.Part, error) {
	path, err := envelope.PackPath(r.id, envelope.PartName(name))
	if err != nil {
		return nil, err
	}
	data, _, err := r.set.store.Get(ctx, path, envelope.MaxPart)
	switch {
	case errors.Is(err, syncserver.ErrAbsent), errors.Is(err, syncserver.ErrDamaged), errors.Is(err, syncserver.ErrSize):
		return nil, fmt.Errorf("%w: %w", errPack, err)
	case err != nil:
		return nil, fmt.Errorf("read pack: %w", err)
	}
	part, err := r.set.packer.DecodePart(r.id, data, r.open)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errPack, err)
	}
	if part.Kind != kind {
		return nil, fmt.Errorf("%w: a part of another kind", errPack)
	}
	return part, nil
}

// documents reads a part with documents, and keeps it.
func (r *Replica) documents(ctx context.Context, ref *envelope.PartRef) (*envelope.Part, error) {
	if part := r.set.parts.get(ref.Name); part != nil {
		return part, nil
	}
	part, err := r.part(ctx, envelope.PartDocuments, ref.Name)
	if err == nil {
		r.set.parts.put(ref.Name, part, 3*int(ref.Plain)+1024)
	}
	return part, err
}

// eventsIn gives the events of a document in a part.
func (r *Replica) eventsIn(ctx context.Context, ref *envelope.PartRef, id record.ID) ([]envelope.PackEvent, error) {
	if bytes.Compare(id[:], ref.First[:]) < 0 || bytes.Compare(id[:], ref.Last[:]) > 0 {
		return nil, nil
	}
	part, err := r.documents(ctx, ref)
	if err != nil {
		return nil, err
	}
	at, found := slices.BinarySearchFunc(part.Documents, id, func(d envelope.PackDocument, id record.ID) int {
		return bytes.Compare(d.Stream[:], id[:])
	})
	if !found {
		return nil, nil
	}
	return part.Documents[at].Events, nil
}
