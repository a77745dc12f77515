package projections

import (
	"testing"

	"fieldbook/record"
)

func TestCacheKeepsWithinItsBoundAndWhatIsHeld(t *testing.T) {
	c := newCache(100)
	pinned := &document{stream: record.ID{1}, bytes: 60, held: true}
	c.put(pinned)
	for i := byte(2); i < 20; i++ {
		d := &document{stream: record.ID{i}, bytes: 20}
		c.put(d)
		d.bytes += 10
		c.put(d)
	}
	if c.get(pinned.stream) != pinned {
		t.Fatal("a held document was let go")
	}
	if c.bytes > 100 || c.bytes != 60+30*(len(c.byID)-1) {
		t.Fatalf("%d bytes counted for %d documents", c.bytes, len(c.byID))
	}
	pinned.held = false
	c.put(&document{stream: record.ID{99}, bytes: 90})
	if len(c.byID) != 1 || c.bytes != 90 {
		t.Fatalf("%d documents, %d bytes", len(c.byID), c.bytes)
	}
}
