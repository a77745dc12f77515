package replica_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/planttest"
	"fieldbook/internal/testkit/synctest"
	"fieldbook/keyring"
	"fieldbook/record"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/syncserver/replica"
)

// world is some devices that write at random and some instances of one service
// over one store.
type world struct {
	t        *testing.T
	r        *rapid.T
	plant    *planttest.Plant
	devices  []*planttest.Device
	services []*service
	store    syncserver.Store
	master   keyring.Master
	all      []syncproto.Segment // everything cut, in order
	sent     int                 // of all, in order, at the service
	granted  bool
}

func newWorld(t *testing.T, r *rapid.T, store syncserver.Store) *world {
	w := &world{t: t, r: r, store: store, master: newMaster(t)}
	for range 3 {
		s := serveWithin(t, store, w.master, nil, rapid.IntRange(0, 1).Draw(r, "bytes"))
		replica.PackEvery(s.set, rapid.IntRange(1, 20).Draw(r, "events"), rapid.IntRange(1, 8).Draw(r, "segments"))
		w.services = append(w.services, s)
	}
	w.plant = planttest.New(t)
	w.devices = append(w.devices, w.plant.Founder)
	if w.granted = rapid.Bool().Draw(r, "granted first"); w.granted {
		w.plant.Founder.Grant(w.services[0].keys(w.plant))
	}
	return w
}

// act does one thing.
func (w *world) act() {
	d := rapid.SampledFrom(w.devices).Draw(w.r, "device")
	doc := id("doc", rapid.IntRange(0, 4).Draw(w.r, "document"))
	switch rapid.IntRange(0, 14).Draw(w.r, "act") {
	case 0:
		if len(w.devices) < 4 {
			e := w.plant.Admit(envelope.Engineer)
			w.cut(w.plant.Founder)
			e.Take(w.all...)
			e.Open()
			w.devices = append(w.devices, e)
		}
	case 1, 2:
		d.Take(w.all...)
	case 3, 4:
		w.cut(d)
	case 5, 6:
		w.push()
	case 7:
		replica.Forget(rapid.SampledFrom(w.services).Draw(w.r, "service").set)
	case 8:
		d.Type(doc, "description", rapid.StringMatching(`[a-z]{1,9}`).Draw(w.r, "text"))
	case 9:
		d.Create(id("new", rapid.IntRange(0, 3).Draw(w.r, "new")), record.Edit{Key: "tag", Value: record.StringValue("T")})
	case 10:
		w.fork(d)
	case 11:
		w.plant.Founder.Rekey(w.services[0].keys(w.plant).ID())
	default:
		d.Edit(doc, rapid.SampledFrom([]string{"tag", "zone"}).Draw(w.r, "key"), rapid.StringMatching(`[a-z]{1,9}`).Draw(w.r, "value"))
	}
}

// fork copies a device: both write on in one feed, and under one actor.
func (w *world) fork(d *planttest.Device) {
	if d == w.plant.Founder || len(w.devices) > 5 {
		return
	}
	w.cut(d)
	w.devices = append(w.devices, d.Fork())
}

// cut adds a device's new segments to the world. What is empty cuts nothing.
func (w *world) cut(d *planttest.Device) { w.all = append(w.all, d.Cut()...) }

// push brings some of what the service lacks to one of its instances, in the
// order in which it was cut or with the feeds mixed.
func (w *world) push() {
	if w.sent == len(w.all) {
		return
	}
	n := rapid.IntRange(1, min(8, len(w.all)-w.sent)).Draw(w.r, "segments")
	s := rapid.SampledFrom(w.services).Draw(w.r, "service")
	batch := append([]syncproto.Segment(nil), w.all[w.sent:w.sent+n]...)
	if rapid.Bool().Draw(w.r, "twice") {
		batch = append(batch, batch[0])
	}
	s.push(w.plant, batch...)
	w.sent += n
}

// level brings everything to all and checks that all came to the same.
func (w *world) level() {
	for _, d := range w.devices {
		w.cut(d)
	}
	w.plant.Founder.Take(w.all...)
	if !w.granted {
		w.plant.Founder.Grant(w.services[0].keys(w.plant))
	}
	w.plant.Founder.Hand()
	w.cut(w.plant.Founder)
	for _, d := range w.devices {
		d.Take(w.all...)
	}
	w.services[0].push(w.plant, w.all...)
	for i, d := range w.devices {
		if d.Root() != w.devices[0].Root() {
			w.t.Fatalf("device %d differs", i)
		}
	}
	for _, s := range append(w.services, serve(w.t, w.store, w.master, nil)) {
		s.same(w.plant, w.devices[0])
	}
}

// TestDocumentsAreThoseOfTheDevices: random histories of several devices, pushed
// in pieces through instances that forget, come to the devices' documents, with
// packs and without.
func TestDocumentsAreThoseOfTheDevices(t *testing.T) {
	for name, wrap := range map[string]func(syncserver.Store) syncserver.Store{
		"with packs": func(s syncserver.Store) syncserver.Store { return s },
		"no packs":   func(s syncserver.Store) syncserver.Store { return &synctest.Faults{Store: s, Hide: isManifest} },
	} {
		t.Run(name, func(t *testing.T) {
			rapid.Check(t, func(r *rapid.T) {
				w := newWorld(t, r, wrap(&syncserver.Memory{}))
				for range rapid.IntRange(10, 60).Draw(r, "acts") {
					w.act()
				}
				w.level()
			})
		})
	}
}

func isManifest(path string) bool { return len(path) > 70 && path[64:70] == "/packs" }

// TestTreesNameWhatDiffers: the documents that a service names for another tree
// are those of its own in the buckets that differ.
func TestTreesNameWhatDiffers(t *testing.T) {
	s := serve(t, &syncserver.Memory{}, newMaster(t), nil)
	p := granted(t, s)
	for n := range 40 {
		p.Founder.Edit(record.ID{byte(n), 1}, "tag", fmt.Sprint(n))
	}
	s.push(p, p.Founder.Cut()...)
	p.Founder.Edit(record.ID{7, 1}, "tag", "behind the service's back")
	tree := syncproto.NewTree(p.Founder.Documents())
	answer, err := s.view(p).Documents(t.Context(), &tree)
	must(t, err)
	if len(answer.Documents) != 1 || answer.Documents[0].ID != (record.ID{7, 1}) || answer.More {
		t.Fatalf("named %v", answer.Documents)
	}
}
