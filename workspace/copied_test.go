package workspace_test

import (
	"context"
	"os"
	"testing"

	"fieldbook/syncclient"
	"fieldbook/syncproto"
)

// cutting is a remote that answers so many requests and no more.
type cutting struct {
	syncclient.Remote
	left int
}

// Exchange implements syncclient.Remote.
func (c *cutting) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	if c.left--; c.left < 0 {
		return nil, errCut
	}
	return c.Remote.Exchange(ctx, req)
}

// TestACopiedLaptopGoesOnWhereverItsSyncIsCut: a laptop that hears of what a copy of itself wrote can write and say what it saved, also
// when the sync that brought it was cut or the program ended before it could go on in a new epoch.
func TestACopiedLaptopGoesOnWhereverItsSyncIsCut(t *testing.T) {
	for cut, whole := 1, false; !whole; cut++ {
		p := newPlant(t, t.TempDir(), 1)
		l := p.laptops[0]
		l.add("A-1")
		l.sync()
		l.close()
		copied := p.laptop("copy")
		p.must(os.CopyFS(copied.dir, os.DirFS(l.dir)))
		l.open()
		copied.open()
		copied.set("A-1", "on the copy", "firmware", "V2")
		copied.sync()
		l.set("A-1", "on the first", "firmware", "V3")
		before := l.status().Events

		_, err := l.w.SyncAs(p.ctx, "", &cutting{p.remote, cut})
		whole = err == nil
		if cut%2 == 0 {
			l.close()
			l.open()
		}
		if !whole && cut > 20 {
			t.Fatal("no sync is ever whole")
		}
		_, err = l.w.Saved(p.ctx)
		p.must(err)
		l.set("A-1", "after the cut", "zone", "Z9")
		t.Logf("cut after %d requests: %d events before, %d after", cut, before, l.status().Events)
		for range 2 {
			copied.sync()
			l.sync()
		}
		if l.status().Digest != copied.status().Digest || len(l.conflicts()) != 1 {
			t.Fatalf("cut after %d requests: %d conflicts, and the digests differ: %t", cut, len(l.conflicts()), l.status().Digest != copied.status().Digest)
		}
		if v := l.verify(); !v.OK {
			t.Fatalf("%+v", v.Violations)
		}
	}
}
