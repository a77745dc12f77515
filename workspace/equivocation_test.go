package workspace_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"fieldbook/syncserver"
)

// copyStore puts what one store holds below a folder into another, as far as it
// is wanted.
func copyStore(t *testing.T, from, to *syncserver.Memory, folder string, wanted func(name string) bool) {
	t.Helper()
	list, err := from.List(t.Context(), folder, "", 1<<16)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range list {
		name := folder + "/" + entry.Name
		if !wanted(name) {
			continue
		}
		data, note, err := from.Get(t.Context(), name, 1<<22)
		if err != nil {
			t.Fatal(err)
		}
		_ = to.Create(t.Context(), name, data, note) // what is there already stays
	}
}

// everything wants all there is.
func everything(string) bool { return true }

// faces are two stores that one service shows, each to whom it likes.
type faces struct {
	h        *host
	handlers [2]http.Handler
	stores   [2]*syncserver.Memory
}

// newFaces has a service tell from now on two stories that begin alike.
func newFaces(t *testing.T, h *host, folder string) *faces {
	t.Helper()
	f := &faces{h: h, stores: [2]*syncserver.Memory{h.store, {}}}
	copyStore(t, h.store, f.stores[1], folder, everything)
	f.handlers = [2]http.Handler{h.server.Config.Handler, h.start(t, f.stores[1], invitation).Config.Handler}
	return f
}

// sync lets a laptop sync with one of the faces.
func (f *faces) sync(l *laptop, face int) {
	l.p.t.Helper()
	f.h.server.Config.Handler = f.handlers[face]
	if done := l.syncAs("office"); len(done.Service.Diverged) > 0 {
		l.p.t.Fatalf("%s: %+v", l.name, done.Service)
	}
}

// TestEquivocatingService: a service that shows two laptops different stores,
// each of them sound, is found out by the first entry of anybody who has seen what
// it hides, and harms nothing: what it hid reaches everybody by any other way.
func TestEquivocatingService(t *testing.T) {
	p := newPlant(t, t.TempDir(), 3)
	author, witness, victim := p.laptops[0], p.laptops[1], p.laptops[2]
	h := newHost(t)
	author.add("RAV-PLC-004")
	for range 2 {
		for _, l := range p.laptops {
			if len(l.status().Remotes) == 0 {
				l.addRemote(h.spec("office"))
			}
			l.syncAs("office")
		}
	}
	ids := author.status()
	f := newFaces(t, h, ids.WorkspaceID)

	author.set("RAV-PLC-004", "hidden from one", "firmware", "V9")
	f.sync(author, 0)
	f.sync(witness, 0)
	witness.set("RAV-PLC-004", "beside", "custodian", "jane")
	f.sync(witness, 0)
	victim.set("RAV-PLC-004", "hidden from the others", "name", "Pump 4")
	f.sync(victim, 1)
	if len(victim.withheld()) != 0 || victim.show("RAV-PLC-004", "firmware") == "V9" {
		t.Fatal("nobody has told of it yet")
	}
	told := witness.status().Device
	copyStore(t, f.stores[0], f.stores[1], ids.WorkspaceID, func(name string) bool { return strings.Contains(name, "/feeds/"+told) })
	f.sync(victim, 1)
	found := victim.withheld()
	if len(found) != 1 || !slices.ContainsFunc(found[0].Subjects, func(feed string) bool { return strings.HasPrefix(feed, ids.Device) }) {
		t.Fatalf("found %+v, want the feed of %.8s", found, ids.Device)
	}

	author.sync()
	victim.sync()
	if len(victim.withheld()) != 0 || victim.show("RAV-PLC-004", "firmware") != "V9" {
		t.Fatal("what was hidden came by the stick, and yet it is missing")
	}
	f.sync(victim, 1)
	for _, l := range p.laptops {
		f.sync(l, 1)
	}
	p.level()
	for _, l := range p.laptops {
		if v := l.verify(); !v.OK || v.Receipts == 0 {
			t.Errorf("%s: %+v", l.name, v)
		}
	}
}

// TestRolledBackService: a service whose store was put back to an older one is
// given again what it lost, by whichever laptop has it, and says nothing new of
// what it had signed for.
func TestRolledBackService(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b, h := p.laptops[0], p.laptops[1], newHost(t)
	a.add("RAV-PLC-004")
	a.addRemote(h.spec("office"))
	a.syncAs("office")
	b.addRemote(h.spec("office"))
	b.syncAs("office")
	f := newFaces(t, h, a.status().WorkspaceID)
	a.set("RAV-PLC-004", "lost by the service", "firmware", "V9")
	f.sync(a, 0)
	f.sync(b, 0)
	before := a.status().Events
	b.set("RAV-PLC-004", "after", "custodian", "jane")
	f.sync(b, 1)
	f.sync(a, 1)
	if n := a.status().Events; n != before+1 || a.show("RAV-PLC-004", "custodian") != "jane" {
		t.Errorf("%d events, %d before", n, before)
	}
	c := p.join("Late Comer")
	c.addRemote(h.spec("office"))
	f.sync(a, 1)
	f.sync(c, 1)
	if c.show("RAV-PLC-004", "firmware") != "V9" {
		t.Error("who joins later lacks what the service lost")
	}
	for _, l := range p.laptops {
		if v := l.verify(); !v.OK || len(l.withheld()) > 0 {
			t.Errorf("%s: %+v, withheld %+v", l.name, v, l.withheld())
		}
	}
}
