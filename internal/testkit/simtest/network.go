package simtest

import (
	"context"
	"fmt"
	"slices"
	"time"

	"pgregory.net/rapid"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
)

// link is a laptop's way to the service for one sync: to the region that
// answered last, or else to the other.
type link struct {
	w      *World
	laptop *Laptop
}

// Exchange implements syncclient.Remote.
func (k link) Exchange(_ context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	for range 2 {
		answer, err := k.w.deliver(k.laptop.at, req)
		if err == nil {
			return answer, nil
		}
		if !injected(err) {
			return nil, fmt.Errorf("nobody made this fail: %w", err)
		}
		k.laptop.at = 1 - k.laptop.at
	}
	return nil, synctest.ErrCut
}

// sync syncs a laptop over the network as it is.
func (w *World) sync(l *Laptop) {
	if l.busy {
		return
	}
	l.busy = true
	defer func() { l.busy = false }()
	if rapid.IntRange(0, 3).Draw(w.r, "other region first") == 3 {
		l.at = 1 - l.at
	}
	l.Cut()
	report, err := syncclient.Sync(context.Background(), l, link{w, l}, syncclient.Options{Attempts: 1, Known: l.known})
	l.known = report.Known
	w.say("%s syncs: sent %d, received %d, %v", l.Name, report.SentSegments, report.ReceivedSegments, err)
	if err != nil && !injected(err) {
		w.t.Fatalf("%s: sync: %v", l.Name, err)
	}
	w.checkReport(l, &report)
	if err == nil && rapid.Bool().Draw(w.r, "hands keys on") {
		w.hand(l)
	}
}

// deliver brings one request to a region, and its answer back, or not.
func (w *World) deliver(side int, req *syncproto.Request) (*syncproto.Answer, error) {
	w.now = w.now.Add(time.Duration(rapid.IntRange(0, 400).Draw(w.r, "minutes pass")) * time.Minute)
	before := len(w.acked[side])
	switch rapid.IntRange(0, 11).Draw(w.r, "network") {
	case 3:
		return nil, synctest.ErrCut
	case 4:
		w.stashed = append(w.stashed, stashed{side, req})
		return nil, synctest.ErrCut
	case 5:
		if _, err := w.answer(side, req); err != nil {
			return nil, err
		}
		return nil, synctest.ErrCut
	case 6:
		if _, err := w.answer(side, req); err != nil {
			return nil, err
		}
	}
	answer, err := w.answer(side, req)
	if err != nil {
		return nil, err
	}
	w.acknowledge(side, before, answer)
	return answer, nil
}

// arrive lets a request that was held back reach the service, long after its
// sender gave it up.
func (w *World) arrive() {
	if len(w.stashed) == 0 {
		return
	}
	n := rapid.IntRange(0, len(w.stashed)-1).Draw(w.r, "late request")
	late := w.stashed[n]
	w.stashed = slices.Delete(w.stashed, n, n+1)
	w.say("a request held back reaches region %d", late.side)
	if _, err := w.answer(late.side, late.req); err != nil && !injected(err) {
		w.t.Fatalf("late request: %v", err)
	}
}

// answer has some instance of a region answer a request, with trouble on the way.
func (w *World) answer(side int, req *syncproto.Request) (*syncproto.Answer, error) {
	var free []*Instance
	for _, i := range w.instances[side] {
		if !i.busy {
			free = append(free, i)
		}
	}
	if len(free) == 0 {
		return nil, synctest.ErrCut
	}
	i := free[rapid.IntRange(0, len(free)-1).Draw(w.r, "instance")]
	plan := Plan{Trouble: Trouble(rapid.IntRange(0, int(KillAfter)).Draw(w.r, "trouble"))}
	if plan.Trouble != Fine {
		plan.At, plan.Else = rapid.IntRange(1, 16).Draw(w.r, "at call"), w.meanwhile
	}
	return i.Exchange(context.Background(), req, plan)
}

// meanwhile lets something else happen in the middle of a request.
func (w *World) meanwhile() {
	if w.nested {
		return
	}
	w.nested = true
	defer func() { w.nested = false }()
	switch rapid.IntRange(0, 3).Draw(w.r, "meanwhile") {
	case 0:
		w.replicate()
	case 1:
		w.arrive()
	default:
		w.sync(w.laptop())
	}
}
