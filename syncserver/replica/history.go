package replica

import (
	"container/list"
	"context"
	"sync"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/record"
)

// histories keeps the histories used last within a bound of memory. One is used
// by the holder of its Replica's lock only.
type histories struct {
	mu     sync.Mutex
	limit  int
	bytes  int
	all    map[owned]*list.Element
	recent *list.List // of *heldHistory, the one used last in front
	// sent are the documents that the worker was given last, with the round in
	// which it was: about those that it still holds.
	sent  map[owned]int
	round int
}

// owned names a document of one state: a replica that starts over begins anew.
type owned struct {
	state *state
	id    record.ID
}

type heldHistory struct {
	owned
	history *crdt.History
	size    int
}

func newHistories(limit int) *histories {
	return &histories{limit: limit, all: map[owned]*list.Element{}, recent: list.New(), sent: map[owned]int{}}
}

func (c *histories) get(s *state, id record.ID) *crdt.History {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := c.all[owned{s, id}]
	if at == nil {
		return nil
	}
	c.recent.MoveToFront(at)
	return at.Value.(*heldHistory).history
}

// put keeps a history, or counts anew how large it is.
func (c *histories) put(s *state, id record.ID, h *crdt.History) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := owned{s, id}
	if at := c.all[key]; at != nil {
		c.drop(at)
	}
	held := &heldHistory{owned: key, history: h, size: h.Size()}
	c.all[key] = c.recent.PushFront(held)
	c.bytes += held.size
	for at := c.recent.Back(); at != nil && c.bytes > c.limit; {
		before := at.Prev()
		c.drop(at)
		at = before
	}
}

func (c *histories) drop(at *list.Element) {
	held := at.Value.(*heldHistory)
	c.bytes -= held.size
	delete(c.all, held.owned)
	c.recent.Remove(at)
}

// forget drops the histories of a state.
func (c *histories) forget(s *state) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for at := c.recent.Front(); at != nil; {
		next := at.Next()
		if at.Value.(*heldHistory).state == s {
			c.drop(at)
		}
		at = next
	}
}

// send notes that the worker is given a document, and tells whether it may still
// hold it from before. What it does not hold it asks for, so that a guess is
// enough.
func (c *histories) send(s *state, id record.ID) (held bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := owned{s, id}
	at, held := c.sent[key]
	held = held && c.round-at < docsCount
	c.round++
	if len(c.sent) > 4*docsCount {
		for key, at := range c.sent {
			if c.round-at > docsCount {
				delete(c.sent, key)
			}
		}
	}
	c.sent[key] = c.round
	return held
}

// load gives the histories of documents, sorted by id, as far as they were
// merged. One may hold more after a merge that was cut off, which does no harm:
// a change that is added again has no effect.
//
// It goes through the packs run by run, not document by document, so that each
// part is read once even if the cache holds few.
func (r *Replica) load(ctx context.Context, ids []record.ID) ([]*crdt.History, error) {
	all, cold := make([]*crdt.History, len(ids)), make([]int, 0, len(ids))
	for i, id := range ids {
		if all[i] = r.set.docs.get(r.state, id); all[i] != nil {
			continue
		}
		all[i] = crdt.NewHistory(id)
		if _, known := r.state.docs.get(id); known {
			cold = append(cold, i)
		}
	}
	for _, run := range r.state.packed.runs {
		for j := range run {
			for _, i := range cold {
				events, err := r.eventsIn(ctx, &run[j], ids[i])
				if err != nil {
					return nil, err
				}
				addAll(all[i], ids[i], events)
			}
		}
	}
	for _, i := range cold {
		addAll(all[i], ids[i], r.state.tail[ids[i]])
	}
	return all, nil
}

func addAll(h *crdt.History, id record.ID, events []envelope.PackEvent) {
	for i := range events {
		add(h, id, &events[i])
	}
}
