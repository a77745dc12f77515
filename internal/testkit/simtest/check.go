package simtest

import (
	"context"
	"errors"
	"slices"

	"pgregory.net/rapid"

	"fieldbook/internal/testkit/planttest"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// acknowledge checks an answer that a laptop got: what it gives receipts for is
// stored in that region, and it holds all that was acknowledged there before the
// request.
func (w *World) acknowledge(side, before int, answer *syncproto.Answer) {
	have := map[syncproto.Feed]syncproto.Have{}
	for _, h := range answer.Have {
		have[h.Feed] = h
	}
	for _, at := range w.acked[side][:min(before, len(w.acked[side]))] {
		if !have[at.feed].Holds(at.name) {
			w.t.Fatalf("region %d does not list segment %s of feed %s any more, for which it gave a receipt", side, at.name, at.feed)
		}
	}
	for _, r := range answer.Receipts {
		at := place{r.Feed, r.Name}
		if !w.pair.Buckets[side].Holds(w.path(at)) {
			w.t.Fatalf("region %d gave a receipt for segment %s of feed %s and does not store it", side, at.name, at.feed)
		}
		if !have[at.feed].Holds(at.name) {
			w.t.Fatalf("region %d gave a receipt for segment %s of feed %s and does not list it", side, at.name, at.feed)
		}
		if !slices.Contains(w.acked[side], at) {
			w.acked[side] = append(w.acked[side], at)
		}
	}
}

// checkReport checks what every sync must leave behind, also one that was cut.
func (w *World) checkReport(l *Laptop, report *syncclient.Report) {
	if l.err != nil {
		w.t.Fatalf("%s: receipt: %v", l.Name, l.err)
	}
	for _, r := range report.Refused {
		if r.Reason != syncproto.Hole && !w.isLitter(r) {
			w.t.Fatalf("%s: refused: %v", l.Name, r)
		}
	}
}

// spared tells whether all that was acknowledged outlives a disaster.
func (w *World) spared(outlives func(at place) bool) bool {
	for _, acked := range w.acked {
		if slices.ContainsFunc(acked, func(at place) bool { return !outlives(at) }) {
			return false
		}
	}
	return true
}

// kept tells whether some laptop holds a segment.
func (w *World) kept(at place) bool { return w.elsewhere(nil, at) }

// elsewhere tells whether another laptop holds a segment.
func (w *World) elsewhere(but *Laptop, at place) bool {
	return slices.ContainsFunc(w.laptops, func(l *Laptop) bool {
		_, _, err := l.Segment(context.Background(), at.feed, at.name)
		return l != but && err == nil
	})
}

// check audits a region in the middle of a history.
func (w *World) check() { w.audit(rapid.IntRange(0, 1).Draw(w.r, "region")) }

// audit compares all instances of a region: one that was told by packs, one that
// was not, and those that remember, say the same of what the region stores. If
// they say to be complete, it is what a device makes of the same segments.
func (w *World) audit(side int) {
	if w.pair.Lost[side] {
		return
	}
	bare, cold := w.bare(side), w.cold(side)
	defer bare.Close()
	defer cold.Close()
	said := w.summary(bare)
	all := append([]*Instance{cold}, w.instances[side]...)
	for n, i := range all {
		if i.busy {
			continue
		}
		if got := w.summary(i); brief(got) != brief(said) {
			w.t.Fatalf("region %d: instance %d of %d says %s, segments alone say %s", side, n, len(all), brief(got), brief(said))
		}
	}
	if !said.Complete {
		return
	}
	if root := w.reader(side).Root(); said.Digest != root {
		w.t.Fatalf("region %d says to be complete at %s, a device makes %s of the same segments", side, said.Digest, root)
	}
}

// reader is a device that holds what a region stores, as far as it hangs together.
func (w *World) reader(side int) *planttest.Device {
	l := NewLaptop("reader", planttest.Reader(w.plant), w.plant.ID, w.keys)
	listing, err := syncserver.List(context.Background(), w.pair.Buckets[side], w.workspace())
	w.must(err)
	for more := true; more; {
		more = false
		for _, have := range listed(listing) {
			for _, name := range listing.Feeds[have.Feed] {
				if _, _, err := l.Segment(context.Background(), have.Feed, name); err == nil {
					continue
				}
				data, _, err := w.pair.Buckets[side].Get(context.Background(), w.path(place{have.Feed, name}), syncproto.MaxSegment)
				if errors.Is(err, syncserver.ErrDamaged) {
					continue
				}
				w.must(err)
				out, err := l.Accept(context.Background(), []syncproto.Segment{{Feed: have.Feed, Number: name.Number, Data: data}})
				w.must(err)
				more = more || out[0].Fate == syncclient.Taken
			}
		}
	}
	return l.Device
}

// listed states all that is listed, sorted.
func listed(listing *syncserver.Listing) (have []syncproto.Have) {
	for feed, names := range listing.Feeds {
		have = append(have, syncproto.Holding(feed, names))
	}
	slices.SortFunc(have, func(a, b syncproto.Have) int { return a.Feed.Compare(b.Feed) })
	return have
}
