package crdt

import (
	"container/list"
	"context"
	"fmt"
	"sync"

	"fieldbook/record"
)

// CacheConfig bounds a Cache. The bounds are soft while documents are in use: those are never closed under their user.
type CacheConfig struct {
	Count int // documents kept; 0 is 64
	Bytes int // memory kept, by Document.Size; 0 is 64 MiB
}

// Cache keeps the documents used last and closes the others, which frees their memory at once. It is safe for concurrent
// use; one document is used by one caller at a time.
type Cache struct {
	mu      sync.Mutex
	cfg     CacheConfig
	entries map[record.ID]*entry
	recent  *list.List // of *entry, the one used last in front
	bytes   int
}

// entry is one document. turn holds one token: who has it may use the document.
type entry struct {
	id    record.ID
	turn  chan struct{}
	doc   Document // nil until opened
	users int      // who use it or wait for their turn; not closed while there are any
	size  int
	stale bool // dropped: closed after the last use
	at    *list.Element
}

// NewCache gives an empty cache.
func NewCache(cfg CacheConfig) *Cache {
	if cfg.Count <= 0 {
		cfg.Count = 64
	}
	if cfg.Bytes <= 0 {
		cfg.Bytes = 64 << 20
	}
	return &Cache{cfg: cfg, entries: map[record.ID]*entry{}, recent: list.New()}
}

// Use calls fn with the document of an entity, opened by open if it is not here. The document belongs to the cache: fn must
// not close it or keep it. If fn fails, the document may be in between two states: it is closed, and opened anew next time.
func (c *Cache) Use(ctx context.Context, id record.ID, open func() (Document, error), fn func(Document) error) error {
	e, err := c.acquire(ctx, id)
	if err != nil {
		return err
	}
	ok := false
	defer func() {
		if !ok {
			e.close()
		}
		c.release(e)
	}()
	if e.doc == nil {
		doc, err := open()
		if err != nil {
			return fmt.Errorf("open document: %w", err)
		}
		e.doc = doc
	}
	if err := fn(e.doc); err != nil {
		return err
	}
	ok = true
	return nil
}

// acquire waits for the turn with a document that was not dropped meanwhile.
func (c *Cache) acquire(ctx context.Context, id record.ID) (*entry, error) {
	for {
		e := c.enter(id)
		select {
		case <-e.turn:
		case <-ctx.Done():
			c.leave(e)
			return nil, fmt.Errorf("wait for document: %w", ctx.Err())
		}
		if !c.dropped(e) {
			return e, nil
		}
		c.release(e)
	}
}

func (c *Cache) dropped(e *entry) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return e.stale
}

// release gives the turn to the next and ends the use.
func (c *Cache) release(e *entry) {
	e.turn <- struct{}{}
	c.leave(e)
}

// enter finds or makes the entry and counts the caller among its users.
func (c *Cache) enter(id record.ID) *entry {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.entries[id]
	if e == nil {
		e = &entry{id: id, turn: make(chan struct{}, 1)}
		e.turn <- struct{}{}
		e.at = c.recent.PushFront(e)
		c.entries[id] = e
	}
	e.users++
	c.recent.MoveToFront(e.at)
	return e
}

// leave ends a use; the last user's leaving closes what was dropped and what is beyond the bounds.
func (c *Cache) leave(e *entry) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e.users--; e.users > 0 {
		return
	}
	switch {
	case e.stale:
		e.close()
	case e.doc == nil:
		c.forget(e)
	default:
		c.bytes += e.doc.Size() - e.size
		e.size = e.doc.Size()
	}
	c.trim()
}

// forget takes an entry out of the cache; its users finish with it.
func (c *Cache) forget(e *entry) {
	if e.stale {
		return
	}
	e.stale = true
	c.bytes -= e.size
	delete(c.entries, e.id)
	c.recent.Remove(e.at)
}

func (e *entry) close() {
	if e.doc != nil {
		e.doc.Close()
		e.doc = nil
	}
}

// trim closes the documents that were not used for longest until the rest is within the bounds.
func (c *Cache) trim() {
	for at := c.recent.Back(); at != nil && (len(c.entries) > c.cfg.Count || c.bytes > c.cfg.Bytes); {
		e := at.Value.(*entry)
		at = at.Prev()
		if e.users == 0 {
			c.forget(e)
			e.close()
		}
	}
}

// Drop closes a document, or has it closed after its last use, because it no longer holds what the log says.
func (c *Cache) Drop(id record.ID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if e := c.entries[id]; e != nil {
		c.forget(e)
		if e.users == 0 {
			e.close()
		}
	}
}

// Len is the number of documents held.
func (c *Cache) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.entries)
}

// Bytes is the memory held by documents that are not in use.
func (c *Cache) Bytes() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bytes
}

// Close closes all documents; those in use after their last use. The cache stays usable.
func (c *Cache) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, e := range c.entries {
		c.forget(e)
		if e.users == 0 {
			e.close()
		}
	}
}
