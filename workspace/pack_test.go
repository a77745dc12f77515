package workspace_test

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fieldbook/projections"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
	"fieldbook/workspace"
)

// served is a plant whose first laptop syncs with a service until that has a
// pack, and a second one that has joined and has nothing.
func served(t *testing.T) (p *plant, a, b *laptop, h *host) {
	t.Helper()
	p = newPlant(t, t.TempDir(), 2)
	a, b, h = p.laptops[0], p.laptops[1], newHost(t)
	a.addRemote(h.spec("office"))
	a.add("RAV-PLC-004", "firmware", "V1")
	a.add("RAV-SW-001")
	_, err := a.w.AddNote(p.ctx, because("round"), newNote("It hums.", "RAV-PLC-004"))
	p.must(err)
	a.fill("RAV-PLC-004")
	b.addRemote(h.spec("office"))
	return p, a, b, h
}

// fill edits an asset and syncs until the service has a new pack.
func (l *laptop) fill(ref string) {
	l.p.t.Helper()
	l.syncAs("office")
	before := l.manifest()
	for n := 0; l.manifest() == before; n++ {
		if n == 100 {
			l.p.t.Fatalf("no pack after %d syncs", n)
		}
		l.set(ref, "round", "firmware", "V1."+strings.Repeat("1", n+1))
		l.syncAs("office")
	}
}

func (l *laptop) manifest() string {
	l.p.t.Helper()
	name, _, err := l.connect().Manifest(l.p.ctx)
	l.p.must(err)
	return name
}

// connect gives the connection to the service with its packs.
func (l *laptop) connect() *syncclient.Service {
	l.p.t.Helper()
	remote, err := l.w.Connect(l.p.ctx, "office")
	l.p.must(err)
	return remote.(*syncclient.Service)
}

func (l *laptop) take(remote syncclient.Remote) workspace.Synced {
	l.p.t.Helper()
	done, taken, err := l.w.TakePack(l.p.ctx, "office", remote)
	l.p.must(err)
	if !taken {
		l.p.t.Fatalf("no pack was taken: %s", reason(done))
	}
	return done
}

// reason is why a pack was not taken.
func reason(done workspace.Synced) string {
	if done.Pack == nil || done.Pack.Refused == nil {
		return ""
	}
	return *done.Pack.Refused
}

// TestNewLaptopIsUsableAtOnce: given a laptop that has joined, when it takes the
// service's pack, then the record can be read and edited, marked unverified, and
// nothing leaves it that needs proof; with the history behind it, everything is
// verified, and equal to what everybody else has.
func TestNewLaptopIsUsableAtOnce(t *testing.T) {
	p, a, b, _ := served(t)
	done := b.take(b.connect())
	if done.Unverified == 0 || done.Pack.Documents < done.Unverified || done.Received > 0 || b.show("RAV-PLC-004", "vendor") != "Siemens" {
		t.Fatalf("%+v %+v", done, done.Pack)
	}
	page, err := b.w.Assets(p.ctx, projections.Query{})
	p.must(err)
	if page.Total != 2 || !page.Items[0].Unverified {
		t.Fatalf("%+v", page)
	}
	listed := b.list(projections.ListQuery{Columns: []string{"vendor"}})
	if listed.Total != 2 || !listed.Items[0].Unverified || listed.Items[0].Values["vendor"] != "Siemens" {
		t.Errorf("listed %+v", listed)
	}
	b.set("RAV-PLC-004", "visit", "name", "Pump 4")
	notes, err := b.w.Notes(p.ctx, workspace.NoteQuery{Asset: "RAV-PLC-004"})
	p.must(err)
	for doing, try := range map[string]func() error{
		"signing": func() error { _, err := b.w.SignNote(p.ctx, because("ok"), notes[0].ID, nil); return err },
		"a list":  func() error { _, err := b.w.ExportAssets(p.ctx, filepath.Join(b.dir, "a.csv")); return err },
		"a trail": func() error {
			_, err := b.w.ExportLog(p.ctx, filepath.Join(b.dir, "l.csv"), workspace.LogQuery{})
			return err
		},
		"a backup": func() error { _, err := b.w.Backup(p.ctx, filepath.Join(b.dir, "b")); return err },
	} {
		if early := (*workspace.UnverifiedError)(nil); !errors.As(try(), &early) || early.Documents != done.Unverified {
			t.Errorf("%s of an unverified record: %v", doing, try())
		}
	}
	if v := b.verify(); v.OK || len(v.Violations) > 0 || v.Unverified != done.Unverified {
		t.Errorf("verified %+v", v)
	}
	if done := b.syncAs("office"); done.Unverified != 0 || done.Pack != nil || done.Received == 0 || done.Service.Diverged == nil || len(done.Service.Diverged) > 0 {
		t.Errorf("%+v", done)
	}
	a.syncAs("office")
	p.agree()
	if listed := b.list(projections.ListQuery{Where: []projections.Condition{{Field: "name", Op: projections.Is, Text: "pump 4"}}}); listed.Total != 1 || listed.Items[0].Unverified {
		t.Errorf("listed with the history behind it %+v", listed)
	}
	_, err = b.w.SignNote(p.ctx, because("ok"), notes[0].ID, nil)
	p.must(err)
	if v := b.verify(); !v.OK || a.show("RAV-PLC-004", "name") != "Pump 4" {
		t.Errorf("%+v", v)
	}
}

// TestOneSyncTakesPackAndHistory: without asking for less, a new laptop's first
// sync does both.
func TestOneSyncTakesPackAndHistory(t *testing.T) {
	p, a, b, _ := served(t)
	a.set("RAV-SW-001", "after the pack", "name", "Switch 1")
	a.add("RAV-SW-002")
	a.syncAs("office")
	if done := b.syncAs("office"); done.Pack == nil || done.Pack.Documents == 0 || done.Unverified != 0 || done.Waiting != 0 {
		t.Errorf("%+v", done)
	}
	a.syncAs("office")
	p.agree()
	if done := b.syncAs("office"); done.Pack != nil || done.RoundTrips != 1 {
		t.Errorf("a pack for a laptop that has everything: %+v", done)
	}
}

// cut is a service whose connection ends after some requests.
type cut struct {
	*syncclient.Service
	packs, exchanges int
}

var errGone = errors.New("the network is gone")

// Pack implements workspace.Packs.
func (c *cut) Pack(ctx context.Context, name string) ([]byte, error) {
	if c.packs--; c.packs < 0 {
		return nil, errGone
	}
	return c.Service.Pack(ctx, name)
}

// Exchange implements syncclient.Remote.
func (c *cut) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	if c.exchanges--; c.exchanges < 0 {
		return nil, errGone
	}
	return c.Service.Exchange(ctx, req)
}

// TestCutBehindThePackLeavesAUsableRecord: the pack is here, history is not; the
// laptop is closed, opened, edited, and the next sync goes on.
func TestCutBehindThePackLeavesAUsableRecord(t *testing.T) {
	p, a, b, _ := served(t)
	if _, err := b.w.SyncAs(p.ctx, "office", &cut{Service: b.connect(), packs: 99}); !errors.Is(err, errGone) {
		t.Fatalf("got %v", err)
	}
	b.close()
	b.open()
	before := b.status().Unverified
	if before == 0 || b.show("RAV-PLC-004", "vendor") != "Siemens" {
		t.Fatalf("%d documents unverified", before)
	}
	b.set("RAV-PLC-004", "offline", "name", "Pump 4")
	if done := b.syncAs("office"); done.Unverified != 0 || done.Pack != nil {
		t.Errorf("%+v", done)
	}
	a.syncAs("office")
	p.agree()
}

// TestCutWithinThePackTakesNothingOfIt: half a pack is none; history comes all the
// same.
func TestCutWithinThePackTakesNothingOfIt(t *testing.T) {
	for n := range 4 {
		p, a, b, _ := served(t)
		digest := b.status().Digest
		done, taken, err := b.w.TakePack(p.ctx, "office", &cut{Service: b.connect(), packs: n})
		p.must(err)
		if taken {
			if n < 2 {
				t.Errorf("taken after %d parts", n)
			}
			continue
		}
		if !strings.Contains(reason(done), errGone.Error()) || b.status().Digest != digest || b.status().Unverified > 0 {
			t.Errorf("after %d parts: %s, %+v", n, reason(done), b.status())
		}
		b.syncAs("office")
		a.syncAs("office")
		p.agree()
	}
}

// TestStoppedWhileTakingThePack: the person gives up; the laptop is as before.
func TestStoppedWhileTakingThePack(t *testing.T) {
	p, a, b, _ := served(t)
	ctx, stop := context.WithCancel(p.ctx)
	digest := b.status().Digest
	if _, _, err := b.w.TakePack(ctx, "office", &stopping{Service: b.connect(), stop: stop}); !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v", err)
	}
	if s := b.status(); s.Digest != digest || s.Unverified > 0 {
		t.Errorf("%+v", s)
	}
	b.syncAs("office")
	a.syncAs("office")
	p.agree()
}

// stopping is a service while whose packs are fetched somebody stops the sync.
type stopping struct {
	*syncclient.Service
	stop func()
}

// Pack implements workspace.Packs.
func (s *stopping) Pack(ctx context.Context, name string) ([]byte, error) {
	s.stop()
	return s.Service.Pack(ctx, name)
}

// TestSealedWorkspaceReplays: a service without a grant has no documents to hand
// out.
func TestSealedWorkspaceReplays(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b, h := p.laptops[0], p.laptops[1], newHost(t)
	spec := h.spec("office")
	spec.Sealed = true
	a.addRemote(spec)
	a.add("RAV-PLC-004")
	a.fill("RAV-PLC-004")
	b.addRemote(spec)
	if done, taken, err := b.w.TakePack(p.ctx, "office", b.connect()); taken || err != nil || done.Pack != nil {
		t.Fatalf("%+v, %v", done, err)
	}
	b.syncAs("office")
	a.syncAs("office")
	p.agree()
}

// TestRebuildDropsWhatOnlyThePackHasShown: it is in no log; the next sync brings
// it back with its proof, and what was edited on top of it counts again.
func TestRebuildDropsWhatOnlyThePackHasShown(t *testing.T) {
	p, a, b, _ := served(t)
	b.take(b.connect())
	b.set("RAV-PLC-004", "offline", "name", "Pump 4")
	p.must(b.w.Rebuild(p.ctx))
	if s := b.status(); s.Unverified != 0 || s.Waiting != 1 {
		t.Errorf("%+v", s)
	}
	b.syncAs("office")
	a.syncAs("office")
	p.agree()
	if a.show("RAV-PLC-004", "name") != "Pump 4" || slices.Contains(b.kinds(), "diverged") {
		t.Error("the edit did not come back")
	}
}

// TestKilledWhileHistoryArrives: what was stored and not projected yet when the
// program was killed is taken up by the next opening.
func TestKilledWhileHistoryArrives(t *testing.T) {
	p, a, b, _ := served(t)
	b.take(b.connect())
	dying := &killing{Service: b.connect(), at: b.dir, to: b.dir + "-killed"}
	_, err := b.w.SyncAs(p.ctx, "office", dying)
	p.must(err)
	if !dying.done {
		t.Fatal("everything came in one page")
	}
	b.close()
	b.dir = dying.to
	b.open()
	if s := b.status(); s.Events < 3 || s.Waiting > 0 {
		t.Errorf("%+v", s)
	}
	b.syncAs("office")
	a.syncAs("office")
	p.agree()
	if v := b.verify(); !v.OK {
		t.Errorf("%+v", v)
	}
}

// killing copies the laptop's folder between two pages, as a kill would leave it.
type killing struct {
	*syncclient.Service
	at, to string
	asked  int
	done   bool
}

// Exchange implements syncclient.Remote. The first answer lacks half of it.
func (k *killing) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	k.asked++
	if k.asked == 2 {
		k.done = true
		if err := os.CopyFS(k.to, os.DirFS(k.at)); err != nil {
			return nil, err
		}
	}
	answer, err := k.Service.Exchange(ctx, req)
	if err == nil && k.asked == 1 {
		answer.Segments = answer.Segments[:len(answer.Segments)/2]
	}
	return answer, err
}

// TestARegionThatLagsProvesNoLie: given a pack from one region, when the other, which has nothing of its entries yet, answers and
// holds all that the laptop holds, then the entries stay, unverified, whether the first is down or not asked; they are verified
// once they have arrived, and nobody is blamed.
func TestARegionThatLagsProvesNoLie(t *testing.T) {
	p, a, c, h := served(t)
	var lag syncserver.Memory
	far := h.start(t, &lag, invitation)
	down := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })

	_, err := c.w.RemoveRemote(p.ctx, "office")
	p.must(err)
	spec := h.spec("office")
	spec.Second = far.URL
	c.addRemote(spec)
	c.take(c.connect())
	held := c.status()
	near := h.server.Config.Handler
	h.server.Config.Handler = down
	done, err := c.trySync("office")
	p.must(err)
	if s := c.status(); done.Unverified == 0 || s.Digest != held.Digest || slices.Contains(c.kinds(), "diverged") {
		t.Fatalf("%+v, then %+v, findings %v", held, done, c.kinds())
	}

	h.server.Config.Handler = near
	one, err := c.w.ConnectURL(far.URL)
	p.must(err)
	if done, err = c.w.SyncAs(p.ctx, "office", one); err != nil || done.Unverified != 0 || done.Received == 0 {
		t.Fatalf("with the region that has them reachable: %+v, %v", done, err)
	}
	if slices.Contains(c.kinds(), "diverged") {
		t.Errorf("findings %v", c.kinds())
	}
	a.syncAs("office")
	if c.status().Digest != a.status().Digest {
		t.Error("laptops differ")
	}
}
