package workspace_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fieldbook/keyring"
	"fieldbook/syncserver"
	"fieldbook/syncserver/service"
	"fieldbook/workspace"
)

// hostTime is a service's clock, which is right and stands still.
var hostTime = time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC)

// host is a sync service over real HTTP, with an engine in a process of its own.
type host struct {
	store  *syncserver.Memory
	secret string // of the service, as its operator configures it
	server *httptest.Server
}

// invitation is what a host asks of workspaces that it does not know.
const invitation = "open-sesame-7"

// hosting is a test or a rapid check that a host ends with.
type hosting interface {
	tester
	Cleanup(func())
	Context() context.Context
}

// newHost starts a service over an empty store.
func newHost(t hosting) *host {
	t.Helper()
	secret, master, err := keyring.NewMaster()
	if err != nil {
		t.Fatalf("%v", err)
	}
	master.Wipe()
	h := &host{store: &syncserver.Memory{}, secret: secret}
	h.server = h.start(t, h.store, invitation)
	return h
}

// start serves a store with the host's secret.
func (h *host) start(t hosting, store syncserver.Store, invitation string) *httptest.Server {
	t.Helper()
	master, err := keyring.ParseMaster(h.secret)
	if err != nil {
		t.Fatalf("%v", err)
	}
	s, err := service.New(t.Context(), service.Config{
		Store: store, Master: master, Invitation: invitation, Clock: func() time.Time { return hostTime },
	})
	if err != nil {
		t.Fatalf("%v", err)
	}
	server := httptest.NewServer(s)
	t.Cleanup(func() {
		server.Close()
		s.Close()
	})
	return server
}

// swap has something else answer at the host's address from now on.
func (h *host) swap(other *httptest.Server) { h.server.Config.Handler = other.Config.Handler }

func (h *host) spec(name string) workspace.RemoteSpec {
	return workspace.RemoteSpec{Name: name, URL: h.server.URL, Invitation: invitation}
}

// addRemote adds a remote and says what that did.
func (l *laptop) addRemote(spec workspace.RemoteSpec) workspace.RemoteAdded {
	l.p.t.Helper()
	added, err := l.w.AddRemote(l.p.ctx, spec)
	l.p.must(err)
	return added
}

// syncAs exchanges with a service that was added, and expects nothing refused.
func (l *laptop) syncAs(name string) workspace.Synced {
	l.p.t.Helper()
	done, err := l.trySync(name)
	l.p.must(err)
	if len(done.Refused) > 0 {
		l.p.t.Fatalf("%s: refused %v", l.name, done.Refused)
	}
	return done
}

func (l *laptop) trySync(name string) (workspace.Synced, error) {
	remote, err := l.w.Connect(l.p.ctx, name)
	if err != nil {
		return workspace.Synced{}, err
	}
	return l.w.SyncAs(l.p.ctx, name, remote)
}

// TestOwnerGrantsAndEveryoneSyncs: given an owner who adds a service, it is
// granted the keys; given an engineer, the same address is only kept. Both sync
// in one round trip a few edits apart, hold the service's documents, and see when
// it had each entry.
func TestOwnerGrantsAndEveryoneSyncs(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b, h := p.laptops[0], p.laptops[1], newHost(t)
	b.off = 9 * 24 * time.Hour
	a.add("RAV-PLC-004")
	before := a.status().Events
	added := a.addRemote(h.spec("office"))
	if !added.Granted || added.Mode != "merging" || len(added.Words) != 8 || added.LastSync != nil || added.Unsent == 0 {
		t.Errorf("%+v", added)
	}
	if n := a.status().Events; n != before+1 {
		t.Errorf("%d events after the grant, %d before", n, before)
	}
	done := a.syncAs("office")
	if s := done.Service; s == nil || s.Mode != "merging" || s.Documents == 0 || len(s.Diverged)+len(s.Failed) > 0 || s.Unopened > 0 {
		t.Errorf("%+v", done.Service)
	}
	known := b.addRemote(h.spec("cloud"))
	if known.Granted || strings.Join(known.Words, " ") != strings.Join(added.Words, " ") {
		t.Errorf("%+v", known)
	}
	b.syncAs("cloud")
	b.set("RAV-PLC-004", "visit", "firmware", "V2")
	if done := b.syncAs("cloud"); done.RoundTrips != 1 || done.Sent != 1 || len(done.Service.Diverged) > 0 {
		t.Errorf("one edit: %+v", done)
	}
	a.set("RAV-PLC-004", "visit", "name", "Pump 4")
	if done := a.syncAs("office"); done.RoundTrips != 1 || done.Sent != 1 || done.Received == 0 {
		t.Errorf("an edit on both sides: %+v", done)
	}
	if done := a.syncAs("office"); done.RoundTrips != 1 || done.Sent+done.Received > 0 || done.Service.Diverged == nil || len(done.Service.Diverged) > 0 {
		t.Errorf("in sync: %+v", done)
	}
	b.syncAs("cloud")
	p.agree()
	if r := b.status().Remotes; len(r) != 1 || r[0].Name != "cloud" || r[0].Mode != "merging" || r[0].LastSync == nil || r[0].Unsent != 0 {
		t.Errorf("%+v", r)
	}
	for _, l := range p.laptops {
		for _, row := range l.log("RAV-PLC-004") {
			if row.ReceivedAt == nil || *row.ReceivedAt != "2026-03-09T12:00:00Z" {
				t.Errorf("%s: %s was received at %v", l.name, row.Type, row.ReceivedAt)
			}
		}
		if v := l.verify(); !v.OK || v.Receipts == 0 {
			t.Errorf("%s: %+v", l.name, v)
		}
	}
}

// TestSealedService: without a grant a service moves what it cannot open.
func TestSealedService(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b, h := p.laptops[0], p.laptops[1], newHost(t)
	a.add("RAV-PLC-004")
	spec := h.spec("office")
	spec.Sealed = true
	if added := a.addRemote(spec); added.Granted || added.Mode != "sealed" {
		t.Errorf("%+v", added)
	}
	if done := a.syncAs("office"); done.Service == nil || done.Service.Mode != "sealed" || done.Service.Documents != 0 {
		t.Errorf("%+v", done.Service)
	}
	b.addRemote(h.spec("office"))
	b.syncAs("office")
	a.syncAs("office")
	p.agree()
	if b.show("RAV-PLC-004", "vendor") != "Siemens" || b.log("RAV-PLC-004")[0].ReceivedAt == nil {
		t.Error("the record did not come over, or without receipts")
	}
}

// TestWipedServiceIsRefilled: a service that lost its store knows its laptops by
// the receipts that it gave them, also when its invitation has changed, and has
// everything again after one of them has synced.
func TestWipedServiceIsRefilled(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a, h := p.laptops[0], newHost(t)
	a.add("RAV-PLC-004")
	a.addRemote(h.spec("office"))
	before := a.syncAs("office")
	h.swap(h.start(t, &syncserver.Memory{}, "another-invitation"))
	a.set("RAV-PLC-004", "after", "firmware", "V2")
	after := a.syncAs("office")
	if after.Sent != int(a.status().Events) || after.Service.Documents != before.Service.Documents || len(after.Service.Diverged) > 0 {
		t.Errorf("sent %d of %d, service %+v, before %+v", after.Sent, a.status().Events, after.Service, before.Service)
	}
	if s := a.status(); s.Remotes[0].Unsent != 0 {
		t.Errorf("%+v", s.Remotes)
	}
}

// TestRegionThatIsDownIsCheckedLater: given that one of two addresses does not answer, whichever, the remote is added and used by
// the other one; the silent one is used once it has shown the same keys, and nothing is sent while it shows others.
func TestRegionThatIsDownIsCheckedLater(t *testing.T) {
	for name, order := range map[string]func(*workspace.RemoteSpec){
		"the second is down": func(*workspace.RemoteSpec) {},
		"the first is down":  func(s *workspace.RemoteSpec) { s.URL, s.Second = s.Second, s.URL },
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlant(t, t.TempDir(), 1)
			a, h, stranger := p.laptops[0], newHost(t), newHost(t)
			far := h.start(t, h.store, invitation)
			up := far.Config.Handler
			far.Config.Handler = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
			spec := h.spec("office")
			spec.Second = far.URL
			order(&spec)
			if added := a.addRemote(spec); added.Unchecked == nil || *added.Unchecked != far.URL || !added.Granted {
				t.Fatalf("%+v", added)
			}
			a.syncAs("office")
			if r := a.status().Remotes[0]; r.Unchecked == nil {
				t.Errorf("a silent address counts as checked: %+v", r)
			}

			far.Config.Handler = stranger.server.Config.Handler
			a.add("RAV-PLC-004")
			if _, err := a.trySync("office"); !errors.Is(err, workspace.ErrOtherService) {
				t.Fatalf("another service's keys: %v", err)
			}

			far.Config.Handler = up
			a.syncAs("office")
			if r := a.status().Remotes[0]; r.Unchecked != nil || r.Unsent != 0 {
				t.Errorf("%+v", r)
			}
			h.server.Close()
			a.add("RAV-PLC-005")
			if done := a.syncAs("office"); done.Sent == 0 {
				t.Errorf("%+v", done)
			}
		})
	}
}

// TestNoRegionAnswers: a remote of which no address answers is not added.
func TestNoRegionAnswers(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a, h := p.laptops[0], newHost(t)
	spec := h.spec("office")
	spec.Second = h.start(t, h.store, invitation).URL
	down := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	h.swap(httptest.NewUnstartedServer(down))
	if _, err := a.w.AddRemote(p.ctx, workspace.RemoteSpec{Name: "office", URL: h.server.URL}); err == nil {
		t.Error("added with its one address down")
	}
	spec.Second = h.server.URL + "/"
	if _, err := a.w.AddRemote(p.ctx, spec); err == nil || len(a.status().Remotes) > 0 {
		t.Errorf("added with both addresses down: %v", err)
	}
}

// TestSecondRegion: with two addresses of one service a laptop syncs by whichever
// answers.
func TestSecondRegion(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a, h := p.laptops[0], newHost(t)
	spec := h.spec("office")
	spec.Second = h.start(t, h.store, invitation).URL
	if added := a.addRemote(spec); added.Second == nil || *added.Second != spec.Second {
		t.Errorf("%+v", added)
	}
	h.server.Close()
	a.add("RAV-PLC-004")
	if done := a.syncAs("office"); done.Sent == 0 || done.Service.Mode != "merging" {
		t.Errorf("%+v", done)
	}
}
