package fleet

import (
	"fmt"
	"os"
	"sync"
)

// play lets everything happen once, in any order, with people at work in between.
func (w *world) play() {
	events := []func(){
		w.fault(lostBefore), w.fault(lostAfter), w.fault(twice), w.fault(twiceSecond), w.fault(late), w.fault(power),
		w.loseRegion, w.regionBack, w.sever, w.sever, w.strike, w.restart, w.wipe,
		w.crowd, w.admit, w.loseLaptop, w.regrant, w.arrive, w.replicate, w.replicate, w.replicate,
	}
	w.r.Shuffle(len(events), func(i, j int) { events[i], events[j] = events[j], events[i] })
	for _, happens := range events {
		happens()
		for range 1 + w.r.IntN(2) {
			w.any().write()
		}
		l := w.any()
		done, ok := l.sync()
		w.say("%s syncs: %t, sent %d, received %d, refused %v", l.name, ok, done.Sent, done.Received, done.Refused)
	}
}

func (w *world) any() *laptop { return w.laptops[w.r.IntN(len(w.laptops))] }

// fault syncs a laptop over links of which one or both have trouble.
func (w *world) fault(f fault) func() {
	return func() {
		l := w.any()
		l.write()
		w.say("%s syncs with fault %d", l.name, f)
		l.links[l.first].suffer(f)
		if w.r.IntN(2) == 0 {
			l.links[1-l.first].suffer(none, f)
		}
		_, _ = l.sync() // it may fail as far as the links excuse it
		for _, k := range l.links {
			k.suffer()
		}
	}
}

// loseRegion loses a region, unless the other is lost.
func (w *world) loseRegion() {
	side := w.r.IntN(2)
	if !w.regions[0].lost.Load() && !w.regions[1].lost.Load() {
		w.say("region %d is lost", side)
		w.regions[side].lose()
	}
}

func (w *world) regionBack() {
	for side, r := range w.regions {
		if r.lost.Load() {
			w.say("region %d is back", side)
			w.must(r.back())
		}
	}
}

// sever cuts a laptop off from a region, or mends that.
func (w *world) sever() {
	l, side := w.any(), w.r.IntN(2)
	cut := l.links[side].sound()
	w.say("%s is cut off from region %d: %t", l.name, side, cut)
	l.links[side].sever(cut)
}

// strike kills a region's processes while they store what a laptop pushes.
func (w *world) strike() {
	l := w.any()
	side := l.first
	if w.regions[side].lost.Load() {
		return
	}
	for range 3 {
		l.write()
	}
	w.say("the processes of region %d are killed while %s syncs", side, l.name)
	w.regions[side].kill(1 + w.r.IntN(2))
	l.links[side].suffer(none) // no fault, but an excuse
	_, _ = l.sync()
	l.links[side].suffer()
	w.must(w.regions[side].revive())
}

// restart lets a region run on processes that know nothing.
func (w *world) restart() {
	side := w.r.IntN(2)
	if r := w.regions[side]; !r.lost.Load() {
		w.say("the processes of region %d start anew", side)
		w.must(r.die())
		w.must(r.revive())
	}
}

// wipe empties the service's store in both regions, unless some of it may lie
// nowhere else.
func (w *world) wipe() {
	w.regionBack()
	if w.lost {
		return
	}
	w.say("the service's store is wiped")
	for _, r := range w.regions {
		w.must(r.bucket.Wipe(w.t.Context()))
	}
}

// crowd has all laptops sync at once.
func (w *world) crowd() {
	w.say("all sync at once")
	answers := make([]*answer, len(w.laptops))
	var all sync.WaitGroup
	for n, l := range w.laptops {
		l.write()
		if l.connect(); l.connected {
			all.Go(func() {
				a := l.run("sync", "cloud")
				answers[n] = &a
			})
		}
	}
	all.Wait()
	for n, a := range answers {
		if a != nil {
			w.laptops[n].check(*a)
		}
	}
}

// loseLaptop loses an engineer's laptop that has just synced: the service has
// acknowledged all it wrote, and must have it.
func (w *world) loseLaptop() {
	n := 1 + w.r.IntN(len(w.laptops)-1)
	l := w.laptops[n]
	l.write()
	if _, ok := l.sync(); !ok || one[struct{ Unsent int }](l, "status").Unsent > 0 {
		return
	}
	w.say("%s is lost with all that is on it", l.name)
	w.must(os.RemoveAll(l.dir))
	w.laptops = append(w.laptops[:n], w.laptops[n+1:]...)
	w.lost = true
}

// regrant ends the service's grant, which makes a new key, and grants it again.
func (w *world) regrant() {
	f := w.founder()
	if !f.connected || !f.links[0].sound() || !f.links[1].sound() {
		return
	}
	w.say("the service's grant ends and is renewed")
	f.must("remote", "remove", "cloud")
	f.write()
	f.connected = false
	f.connect()
}

func (w *world) replicate() {
	if !w.regions[0].lost.Load() && !w.regions[1].lost.Load() {
		w.must(w.links.some(w.t.Context(), w.r))
	}
}

// write has a laptop write something, with a reason of its own by which it is
// found again. A rule of the record may refuse it.
func (l *laptop) write() {
	l.w.writes++
	n := l.w.writes
	reason := fmt.Sprintf("write %d", n)
	tag := fmt.Sprintf("RAV-PLC-%03d", 1+l.w.r.IntN(4))
	value := fmt.Sprintf("V%d", n)
	args := [][]string{
		{"asset", "set", tag, "firmware=" + value}, {"asset", "set", tag, "custodian=" + value}, {"asset", "set", tag, "firmware=" + value, "location.room=" + value},
		{"asset", "set", tag, "description=seen at " + value + " by " + l.name}, {"asset", "swap", tag, "vendor=V", "model=M", "serial=" + value}, {"asset", "retire", tag},
		{"asset", "add", fmt.Sprintf("NEW-%d", l.w.r.IntN(6)), "site=RAV", "role=plc", "criticality=low", "lifecycle=spare", "owner_department=C", "vendor=V", "model=M"},
	}[l.w.r.IntN(7)]
	a := l.run(append(args, "--reason", reason)...)
	switch a.code {
	case 0:
		l.w.durable[reason] = l.name
	case 2, 5: // ambiguous, or refused by a rule
	default:
		l.fatal(a)
	}
}
