package simtest

import (
	"fmt"

	"pgregory.net/rapid"

	"fieldbook/envelope"
	"fieldbook/record"
)

// Step lets one thing happen. What comes first is drawn most often.
func (w *World) Step() {
	l := w.laptop()
	steps := []func(){
		func() { w.sync(l) }, func() { w.write(l) }, w.replicate, func() { w.sync(l) },
		w.check, func() { w.write(l) }, w.admit, func() { w.disk(l) }, func() { w.sync(l) },
		func() { w.service(l) }, w.region, w.instanceDies, w.arrive, w.litter,
	}
	steps[rapid.IntRange(0, len(steps)-1).Draw(w.r, "step")]()
}

func (w *World) laptop() *Laptop {
	return w.laptops[rapid.IntRange(0, len(w.laptops)-1).Draw(w.r, "laptop")]
}

// write has a laptop write one entry.
func (w *World) write(l *Laptop) {
	if !l.Device.Admitted() {
		return
	}
	if !l.Device.Sealing() { // every key here is known to a service whose grant ended
		l.Device.Rekey(w.keys.ID())
	}
	id := record.ID{byte(rapid.IntRange(0, 3).Draw(w.r, "document")), 7}
	w.writes++
	value := fmt.Sprintf("value %d", w.writes)
	w.say("%s writes %q", l.Name, value)
	switch rapid.IntRange(0, 5).Draw(w.r, "write") {
	case 0:
		l.Device.Type(id, "description", value)
	case 1:
		l.Device.Create(record.ID{9, byte(rapid.IntRange(0, 2).Draw(w.r, "new document"))}, record.Edit{Key: "tag", Value: record.StringValue("T")})
	default:
		l.Device.Edit(id, rapid.SampledFrom([]string{"tag", "zone"}).Draw(w.r, "key"), value)
	}
}

// admit lets another laptop in, which gets all that the founder's holds.
func (w *World) admit() {
	if len(w.laptops) >= 5 || w.founder().busy {
		return
	}
	founder := w.founder()
	device := w.plant.Admit(envelope.Engineer)
	founder.Cut()
	l := NewLaptop(fmt.Sprintf("laptop %d", len(w.laptops)), device, w.plant.ID, w.keys)
	held := founder.Held()
	device.Take(held...)
	device.Open()
	l.Fill(held)
	w.laptops = append(w.laptops, l)
	w.say("%s is admitted", l.Name)
}

// founder is the laptop on which the founder works now.
func (w *World) founder() *Laptop {
	for _, l := range w.laptops {
		if l.Device == w.plant.Founder {
			return l
		}
	}
	panic("no founder")
}

// region loses a region, brings it back, holds replication up or empties a bucket.
func (w *World) region() {
	side := rapid.IntRange(0, 1).Draw(w.r, "region")
	switch rapid.IntRange(0, 3).Draw(w.r, "region's fate") {
	case 0:
		w.pair.Lost[side] = !w.pair.Lost[side]
		w.say("region %d lost: %t", side, w.pair.Lost[side])
	case 1:
		w.pair.Paused = !w.pair.Paused
		w.say("replication paused: %t", w.pair.Paused)
	default:
		if w.spared(func(at place) bool { return w.kept(at) }) {
			w.say("region %d is wiped", side)
			w.pair.Wipe(side)
			w.acked[side] = nil
		}
	}
}

// instanceDies restarts an instance between requests, or sets its clock.
func (w *World) instanceDies() {
	side := w.instances[rapid.IntRange(0, 1).Draw(w.r, "region")]
	n := rapid.IntRange(0, len(side)-1).Draw(w.r, "instance")
	if side[n].busy {
		return
	}
	w.say("an instance of region %d starts anew", side[n].side)
	side[n].Close()
	side[n] = w.instance(side[n].side, w.skew())
}

// disk copies a laptop's disk, puts an older copy back, or starts a copy as one
// more laptop: its feed forks then.
func (w *World) disk(l *Laptop) {
	if l.busy {
		return
	}
	switch rapid.IntRange(0, 2).Draw(w.r, "disk") {
	case 0:
		l.image = l.copied(l.Name)
		w.say("the disk of %s is copied", l.Name)
	case 1:
		w.restore(l)
	default:
		if len(w.laptops) < 6 {
			w.laptops = append(w.laptops, l.copied(l.Name+"'s copy"))
			w.say("%s is copied and both go on", l.Name)
		}
	}
}

// restore puts an older copy of a laptop's disk back, unless that would lose
// what some region has acknowledged: no service can bring back what it lost.
func (w *World) restore(l *Laptop) {
	if l.image == nil {
		return
	}
	back := l.image.copied(l.Name)
	back.image = l.image
	lost := map[place]bool{}
	for _, s := range l.Held() {
		lost[place{s.Feed, s.Name()}] = true
	}
	if !w.spared(func(at place) bool { return !lost[at] || w.elsewhere(l, at) }) {
		return
	}
	w.say("an older copy of the disk of %s is put back", l.Name)
	for n := range w.laptops {
		if w.laptops[n] == l {
			w.laptops[n] = back
		}
	}
	if w.plant.Founder == l.Device {
		w.plant.Founder = back.Device
	}
}

// service ends the service's grant, renews it, or changes the key.
func (w *World) service(l *Laptop) {
	f := w.plant.Founder
	switch granted := f.Granted(w.keys.ID()); rapid.IntRange(0, 3).Draw(w.r, "keys") {
	case 0:
		if granted {
			w.say("the service's grant ends")
			f.End(w.keys.ID())
		}
	case 1:
		if !granted {
			w.say("the service is granted the keys")
			f.Grant(w.keys)
		}
	case 2:
		if l.Device.Admitted() {
			w.say("%s makes a key that the service does not get", l.Name)
			l.Device.Rekey(w.keys.ID())
		}
	default:
		w.hand(l)
	}
}

// hand gives out the keys that others lack, as laptops do after a sync.
func (w *World) hand(l *Laptop) bool {
	if !l.Device.Admitted() || !l.Device.Lacking() {
		return false
	}
	w.say("%s hands out keys", l.Name)
	l.Device.Hand()
	return true
}

// replicate lets some objects reach the other region: the oldest first, the
// newest, or packs before the segments that they cover.
func (w *World) replicate() {
	first := rapid.IntRange(0, 2).Draw(w.r, "what first")
	for range rapid.IntRange(1, 6+6*first).Draw(w.r, "objects") {
		waiting := w.pair.Pending(func(name string) bool { return first < 2 || !isSegment(name) })
		if len(waiting) == 0 {
			break
		}
		at := rapid.IntRange(0, len(waiting)-1).Draw(w.r, "arrives")
		if first > 0 {
			at = len(waiting) - 1 - at
		}
		w.pair.Deliver(waiting[at], rapid.IntRange(0, 7).Draw(w.r, "and again") == 7)
	}
	if !w.nested && rapid.IntRange(0, 3).Draw(w.r, "checked then") == 3 {
		w.check()
	}
}
