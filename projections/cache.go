package projections

import (
	"container/list"

	"fieldbook/record"
)

// cache keeps documents that were used last within a bound of memory. The writing transaction owns it.
type cache struct {
	limit int
	bytes int
	byID  map[record.ID]*list.Element // of held
	order *list.List                  // used last in front
}

// held is a document in the cache with the size it was counted with.
type held struct {
	*document
	size int
}

func newCache(limit int) *cache {
	return &cache{limit: limit, byID: map[record.ID]*list.Element{}, order: list.New()}
}

func (c *cache) get(stream record.ID) *document {
	e := c.byID[stream]
	if e == nil {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(held).document
}

func (c *cache) put(d *document) {
	c.drop(d.stream)
	size := d.size()
	c.byID[d.stream] = c.order.PushFront(held{d, size})
	c.bytes += size
	c.trim()
}

func (c *cache) drop(stream record.ID) {
	if e := c.byID[stream]; e != nil {
		c.bytes -= e.Value.(held).size
		c.order.Remove(e)
		delete(c.byID, stream)
	}
}

// trim lets the documents go that were not used for longest, but none that is held.
func (c *cache) trim() {
	for e := c.order.Back(); e != nil && c.bytes > c.limit; {
		d, before := e.Value.(held).document, e.Prev()
		if !d.held {
			c.drop(d.stream)
		}
		e = before
	}
}

func (c *cache) clear() {
	c.bytes = 0
	clear(c.byID)
	c.order.Init()
}
