package projections

import (
	"slices"
	"sync"
)

// An edition numbers a state of the rows about assets. It is kept with the checkpoint, so that every transaction knows which one
// it sees; which assets came between two of them is remembered in memory for as long as they are few.

// changes remembers the documents that each of the last editions changed.
type changes struct {
	mu   sync.Mutex
	list []change // ascending by edition, without holes
	docs int
}

type change struct {
	edition int64
	docs    []int64
}

// maxChanged bounds the documents remembered: beyond it reading all of them again costs no more.
const maxChanged = 4096

// note remembers what the writing transaction changes. What is there beyond the edition that it began with was rolled back, and
// an edition that was not noted may have changed everything.
func (c *changes) note(next change) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for n := len(c.list); n > 0 && c.list[n-1].edition >= next.edition; n = len(c.list) {
		c.docs -= len(c.list[n-1].docs)
		c.list = c.list[:n-1]
	}
	if n := len(c.list); n > 0 && c.list[n-1].edition != next.edition-1 {
		c.list, c.docs = nil, 0
	}
	c.list = append(c.list, next)
	c.docs += len(next.docs)
	for len(c.list) > 1 && c.docs > maxChanged {
		c.docs -= len(c.list[0].docs)
		c.list = c.list[1:]
	}
}

// between lists the documents that changed after one edition up to another, ascending; false if that is not known any more.
func (c *changes) between(from, to int64) (docs []int64, known bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for i := range c.list {
		if l := &c.list[i]; l.edition == from+1 && l.edition <= to {
			from, docs = l.edition, append(docs, l.docs...)
		}
	}
	slices.Sort(docs)
	return slices.Compact(docs), from == to && len(docs) <= maxChanged
}

// turn goes on to the next edition if the work has changed assets.
func (w *work) turn(st *standing) {
	if len(w.changed) == 0 {
		return
	}
	st.edition++
	next := change{edition: st.edition, docs: make([]int64, 0, len(w.changed))}
	for doc := range w.changed {
		next.docs = append(next.docs, doc)
	}
	w.m.changes.note(next)
}
