package simtest

import (
	"context"

	"fieldbook/projections"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/workspace"
)

// Finish ends all trouble, lets everybody sync until nothing is new, and checks
// that all came to the same.
func (b *Books) Finish() {
	b.say("all trouble ends")
	b.calm = true
	b.join("Late Comer")
	for n := 0; ; n++ {
		if n == rounds {
			b.t.Fatalf("after %d rounds there is still something new", rounds)
		}
		if !b.round() && n > 1 && b.granted() {
			break
		}
	}
	first := b.laptops[0].status()
	for _, l := range b.laptops {
		s := l.status()
		if s.Digest != first.Digest || s.Events != first.Events || s.Waiting+s.Unsent+s.Unverified != 0 {
			b.t.Fatalf("%s is at %+v, %s at %+v", l.name, s, b.laptops[0].name, first)
		}
		b.complete(l)
	}
	for side := range b.servers {
		b.merged(side, &first)
	}
}

// granted tells whether the owner lets the service merge. An end of its grant may
// have come back that she had put back to before: then she adds it anew.
func (b *Books) granted() bool {
	owner := b.laptops[0]
	if owner.status().Remotes[0].Mode == workspace.ModeMerging {
		return true
	}
	b.remote(owner)
	return false
}

// round has every laptop sync, and everything reach the other region.
func (b *Books) round() (moved bool) {
	for _, l := range b.laptops {
		b.pair.Drain()
		before := l.status().Events
		b.sync(l)
		moved = moved || l.status().Events != before
	}
	b.pair.Drain()
	return moved
}

// complete checks one laptop in the end.
func (b *Books) complete(l *Book) {
	seen := map[string]bool{}
	b.must(l.w.Log(b.ctx, workspace.LogQuery{}, func(row projections.LogRow) error {
		if row.Reason != nil {
			seen[*row.Reason] = true
		}
		return nil
	}))
	for reason := range b.durable {
		if !seen[reason] {
			b.t.Fatalf("%s: %q was acknowledged and is not in the log", l.name, reason)
		}
	}
	found, err := l.w.Findings(b.ctx, true)
	b.must(err)
	for _, f := range found {
		if f.Kind == "diverged" || f.Kind == "withheld" {
			b.t.Fatalf("%s: everybody has everything, and yet: %+v", l.name, f)
		}
	}
	l.close()
	verified, err := workspace.Verify(b.ctx, l.config(), workspace.VerifyOptions{Deep: true})
	b.must(err)
	if !verified.OK {
		b.t.Fatalf("%s: %+v", l.name, verified.Violations)
	}
	l.open()
}

// merged checks that every instance of a region, and one that starts, has merged
// all that the laptops hold, to the same documents; no laptop has found others.
func (b *Books) merged(side int, status *workspace.Status) {
	id, err := syncproto.ParseWorkspace(status.WorkspaceID)
	b.must(err)
	listing, err := syncserver.List(context.Background(), b.pair.Buckets[side], id)
	b.must(err)
	var digest syncproto.Hash
	b.must(b.servers[side][0].Restart())
	for n, s := range b.servers[side] {
		answer, err := s.Exchange(b.ctx, &syncproto.Request{Workspace: id, Have: listed(listing)}, Plan{})
		b.must(err)
		said := answer.Service
		if n == 0 {
			digest = said.Digest
		}
		if !said.Complete || said.Digest != digest || len(answer.Segments) > 0 {
			b.t.Fatalf("instance %d of region %d: %s", n, side, brief(said))
		}
	}
}
