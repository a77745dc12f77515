package projections

import (
	"testing"

	"fieldbook/record"
)

func TestCacheKeepsWithinItsBoundAndWhatIsHeld(t *testing.T) {
	sized := func(id byte, refs int) *document { return &document{stream: record.ID{id}, refs: make([]ref, refs)} }
	one := sized(0, 1).size()
	c := newCache(10 * one)
	pinned := sized(1, 1)
	pinned.held = true
	c.put(pinned)
	for i := byte(2); i < 40; i++ {
		d := sized(i, 0)
		c.put(d)
		d.refs = make([]ref, 1) // it grew since
		c.put(d)
	}
	if c.get(pinned.stream) != pinned {
		t.Fatal("a held document was let go")
	}
	if c.bytes > 10*one || len(c.byID) != 10 || c.bytes != one*len(c.byID) {
		t.Fatalf("%d bytes counted for %d documents of %d", c.bytes, len(c.byID), one)
	}
	pinned.held = false
	big := sized(99, 0)
	big.row.state = make([]byte, 9*one)
	c.put(big)
	if len(c.byID) != 1 || c.bytes != big.size() {
		t.Fatalf("%d documents, %d bytes", len(c.byID), c.bytes)
	}
}
