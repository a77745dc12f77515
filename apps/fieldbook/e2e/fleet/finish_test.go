package fleet

import (
	"fmt"
	"strings"

	"fieldbook/syncproto"
)

// rounds is how often everybody syncs with both regions in the end at most; keys
// and grants take a few to go round.
const rounds = 8

// finish ends all trouble, lets everybody sync until nothing moves, and checks
// what everybody has then.
func (w *world) finish() {
	w.say("all trouble ends")
	w.regionBack()
	for _, r := range w.regions {
		w.must(r.revive())
	}
	for _, l := range w.laptops {
		for _, k := range l.links {
			k.sever(false)
			k.suffer()
		}
		l.connect()
	}
	w.arrive()
	w.must(w.links.Drain(w.t.Context()))
	for n := 0; w.round() || n == 0; n++ {
		if n == rounds {
			w.t.Fatalf("after %d rounds there is still something new", rounds)
		}
	}
	w.agree()
	w.lateComers()
	w.silent()
}

// round has every laptop sync with each region alone.
func (w *world) round() (moved bool) {
	for _, l := range w.laptops {
		for side := range w.regions {
			done := w.level(l, side)
			moved = moved || done.Sent+done.Received > 0
			w.must(w.links.Drain(w.t.Context()))
		}
	}
	return moved
}

// level syncs a laptop with one region while the other cannot be reached.
func (w *world) level(l *laptop, side int) synced {
	w.t.Helper()
	l.links[1-side].sever(true)
	defer l.links[1-side].sever(false)
	done, ok := l.sync()
	if !ok {
		w.t.Fatalf("%s: the last sync with region %d refused %v", l.name, side, done.Refused)
	}
	return done
}

// status is what a laptop says of itself.
type status struct {
	Digest                             string
	Events, Documents, Waiting, Unsent int64
}

// agree checks that all laptops and both regions have the same, and all that was
// ever acknowledged.
func (w *world) agree() {
	want := one[status](w.founder(), "status")
	for _, l := range w.laptops {
		w.equal(l, want)
		w.hasAll(l)
		for side := range w.regions {
			w.same(l, side, want)
		}
	}
	if n, err := w.links.Scan(w.t.Context()); err != nil || n != 0 {
		w.t.Errorf("%d objects lie in one region only, %v", n, err)
	}
	if a, b := w.founder().links[0].said(), w.founder().links[1].said(); a.Digest != b.Digest {
		w.t.Errorf("the regions merged different documents: %s and %s", a.Digest, b.Digest)
	}
}

// equal checks a laptop's record, as it is and as its feeds prove it.
func (w *world) equal(l *laptop, want status) {
	w.t.Helper()
	if got := one[status](l, "status"); got != want || got.Waiting+got.Unsent != 0 {
		w.t.Errorf("%s has %+v, %s has %+v", l.name, got, w.founder().name, want)
	}
	proof := one[struct {
		OK       bool
		Digest   string
		Receipts int
	}](l, "verify", "--deep")
	if !proof.OK || proof.Digest != want.Digest || proof.Receipts == 0 {
		w.t.Errorf("%s verifies as %+v, want digest %s", l.name, proof, want.Digest)
	}
}

// hasAll checks that every acknowledged write is in a laptop's log.
func (w *world) hasAll(l *laptop) {
	w.t.Helper()
	seen := map[string]bool{}
	for _, row := range one[[]struct{ Reason string }](l, "log") {
		seen[row.Reason] = true
	}
	for reason, author := range w.durable {
		if !seen[reason] {
			w.t.Errorf("%s has no %q, which %s's laptop acknowledged", l.name, reason, author)
		}
	}
}

// same checks that a region has merged everything to what a laptop has. Both hold
// the same then, so that the laptop compares the heads of all documents.
func (w *world) same(l *laptop, side int, want status) {
	w.t.Helper()
	done := w.level(l, side)
	said, merged := l.links[side].said(), done.Service
	if done.Sent+done.Received != 0 || said == nil || !said.Complete || said.Mode != syncproto.Merging {
		w.t.Fatalf("%s and region %d: %+v, the region says %+v", l.name, side, done, said)
	}
	if len(merged.Diverged)+len(merged.Failed) != 0 || merged.Unopened != 0 || merged.Documents != want.Documents {
		w.t.Errorf("%s has %d documents, region %d %+v", l.name, want.Documents, side, merged)
	}
}

// lateComers join by one region each, whose processes know nothing.
func (w *world) lateComers() {
	for side, r := range w.regions {
		w.must(r.die())
		w.admit()
		w.level(w.founder(), side)
		l := w.laptops[len(w.laptops)-1]
		w.level(l, side)
		w.level(w.founder(), side)
		w.equal(l, one[status](w.founder(), "status"))
		w.hasAll(l)
		w.must(w.links.Drain(w.t.Context()))
	}
}

// silent checks that the service's logs tell nothing of the plant and of no
// broken program.
func (w *world) silent() {
	for side, r := range w.regions {
		text := r.journal.String()
		for _, word := range []string{"panic", "goroutine ", "RAV-PLC", "Ravensmere", "Engineer", "write 1", invitation} {
			if at := strings.Index(text, word); at >= 0 {
				w.t.Errorf("the log of region %d holds %q: %s", side, word, fmt.Sprintf("%.600s", text[max(0, at-200):]))
			}
		}
	}
}
