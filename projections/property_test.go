package projections_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// TestMain makes the properties run briefly unless told otherwise: each check writes several databases.
func TestMain(m *testing.M) {
	flag.Parse()
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		if err := f.Value.Set("8"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// world is some laptops that write at random and exchange now and then.
type world struct {
	laptops []*laptop
	assets  []record.ID
	notes   []record.ID
}

// twoLaptops is a world of two laptops, the first of which knows a site.
func twoLaptops(t *testing.T) *world {
	w := &world{laptops: []*laptop{newLaptop(t, 1), newLaptop(t, 2)}}
	w.laptops[0].site("RAV")
	return w
}

// act does one random thing on one laptop, to documents which that laptop has heard of.
func (w *world) act(t *rapid.T) {
	l := rapid.SampledFrom(w.laptops).Draw(t, "laptop")
	switch rapid.IntRange(0, 9).Draw(t, "act") {
	case 0:
		l.pull(rapid.SampledFrom(w.laptops).Draw(t, "from"))
	case 1:
		n := rapid.IntRange(0, 3).Draw(t, "tag")
		w.assets = append(w.assets, l.add(fmt.Sprintf("PLC-%d", n), fmt.Sprintf("serial=S%d", n), "ip_address=10.0.0."+fmt.Sprint(n+1), "site="+rapid.SampledFrom([]string{"RAV", "NEW"}).Draw(t, "site")))
	case 2:
		w.notes = append(w.notes, l.note("It hums.", w.known(t, l, w.assets)...))
	case 3:
		for _, id := range w.known(t, l, w.notes) {
			l.force(id, "note.edited", nil, []record.TextEdit{{Key: "text", Text: rapid.StringMatching(`[a-z ]{0,12}`).Draw(t, "text")}})
		}
	case 4:
		for _, id := range w.known(t, l, w.notes) {
			if snap := l.snapshot(id); len(snap.Signers()) == 0 {
				l.sign(id)
			}
		}
	default:
		for _, id := range w.known(t, l, w.assets) {
			w.edit(t, l, id)
		}
	}
}

// edit changes an asset without asking the rules, as a newer or a hostile program may.
func (w *world) edit(t *rapid.T, l *laptop, id record.ID) {
	unit := l.snapshot(id).Current("unit").Str
	switch rapid.IntRange(0, 8).Draw(t, "edit") {
	case 0:
		l.force(id, "asset.merged", []record.Edit{{Key: "merged_into", Value: record.StringValue(rapid.SampledFrom(w.assets).Draw(t, "survivor").String())}}, nil)
	case 1:
		l.force(id, "asset.voided", []record.Edit{{Key: "void", Value: record.StringValue("wrong")}}, nil)
	case 2:
		l.force(id, "asset.retired", []record.Edit{{Key: "lifecycle", Value: record.StringValue(rapid.SampledFrom([]string{"retired", "in_service"}).Draw(t, "life"))}}, nil)
	case 3:
		next := derive("unit", fmt.Sprint(rapid.IntRange(0, 2).Draw(t, "unit"))).String()
		l.force(id, "asset.unit_swapped", []record.Edit{{Key: "unit", Value: record.StringValue(next)}, {Key: "units/" + next + "/serial", Value: record.StringValue("S1")}}, nil)
	case 4:
		l.force(id, "asset.field_changed", []record.Edit{{Key: "tag", Value: record.StringValue(fmt.Sprintf("PLC-%d", rapid.IntRange(0, 3).Draw(t, "tag")))}}, nil)
	case 5, 6:
		key := rapid.SampledFrom([]string{"zone", "location/room", "units/" + unit + "/serial", "units/" + unit + "/vendor", "custom/Own"}).Draw(t, "key")
		l.force(id, "asset.field_changed", []record.Edit{{Key: key, Value: record.StringValue(rapid.SampledFrom([]string{"S1", "S2"}).Draw(t, "value"))}}, nil)
	default:
		l.force(id, "asset.field_changed", []record.Edit{{Key: "units/" + unit + "/firmware", Value: record.StringValue(rapid.SampledFrom([]string{"V1", "V2", "V3"}).Draw(t, "firmware"))}}, nil)
	}
}

func (w *world) known(t *rapid.T, l *laptop, ids []record.ID) []record.ID {
	if len(ids) == 0 {
		return nil
	}
	id := rapid.SampledFrom(ids).Draw(t, "id")
	if !l.snapshot(id).Exists {
		return nil
	}
	return []record.ID{id}
}

// force writes an event past the rules; an edit that changes nothing is left out.
func (l *laptop) force(id record.ID, kind string, edits []record.Edit, texts []record.TextEdit) {
	l.t.Helper()
	snap := l.snapshot(id)
	for _, e := range edits {
		if snap.Current(e.Key).Equal(e.Value) {
			return
		}
	}
	for _, e := range texts {
		if snap.Texts[e.Key] == e.Text {
			return
		}
	}
	l.write(record.Event{Type: kind, Schema: 1, Stream: id, Edits: edits, Texts: texts})
}

// TestAnyOrderAndBatching: the read models are a function of the set of events, whatever the order of feeds and the size of
// transactions in which a laptop gets them.
func TestAnyOrderAndBatching(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w := &world{laptops: []*laptop{newLaptop(t, 1), newLaptopWith(t, 2, 4)}}
		defer w.close()
		w.laptops[0].site("RAV")
		for range rapid.IntRange(5, 25).Draw(r, "acts") {
			w.act(r)
		}
		w.laptops[0].pull(w.laptops[1])
		w.laptops[1].pull(w.laptops[0])
		late := newLaptop(t, 9)
		w.laptops = append(w.laptops, late)
		late.shuffled(r, w.laptops[0].log())
		want, found := w.laptops[0].digest(), w.laptops[0].searches()
		for i, l := range w.laptops {
			if l.digest() != want {
				r.Fatalf("laptop %d differs", i)
			}
			if got := l.searches(); !slices.Equal(got, found) {
				r.Fatalf("laptop %d finds %v, laptop 0 %v", i, got, found)
			}
			l.sound()
			if got := l.searches(); !slices.Equal(got, found) {
				r.Fatalf("laptop %d finds %v after a rebuild, before %v", i, got, found)
			}
		}
	})
}

// searches gives what a laptop finds by words that edits bring and take away. Assets of one tag come in any order.
func (l *laptop) searches() (found []string) {
	for _, words := range []string{"plc", "v1", "v2", "v3 plc-1", "s1", "10.0.0."} {
		for _, a := range l.assets(projections.Query{Search: words}).Items {
			found = append(found, words+" "+a.ID.String())
		}
	}
	slices.Sort(found)
	return found
}

func (w *world) close() {
	for _, l := range w.laptops {
		l.store.Close()
	}
}

// shuffled takes the feeds interleaved at random, in transactions of random size.
func (l *laptop) shuffled(r *rapid.T, log []*envelope.Envelope) {
	feeds := map[envelope.FeedID][]*envelope.Envelope{}
	var order []envelope.FeedID
	for _, e := range log {
		if feeds[e.Feed()] == nil {
			order = append(order, e.Feed())
		}
		feeds[e.Feed()] = append(feeds[e.Feed()], e)
	}
	for len(order) > 0 {
		i := rapid.IntRange(0, len(order)-1).Draw(r, "feed")
		feed := feeds[order[i]]
		n := rapid.IntRange(1, len(feed)).Draw(r, "batch")
		l.update(func(tx *eventstore.Tx) error { return l.take(tx, feed[:n]) })
		if feeds[order[i]] = feed[n:]; len(feed) == n {
			order = append(order[:i], order[i+1:]...)
		}
	}
}
