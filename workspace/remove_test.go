package workspace_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"fieldbook/envelope"
	"fieldbook/keyring"
	"fieldbook/record"
	"fieldbook/roster"
	"fieldbook/syncclient"
	"fieldbook/syncserver"
	"fieldbook/workspace"
)

// envelopes reads everything that lies in a store.
func envelopes(t *testing.T, p *plant, store *syncserver.Memory) (all []*envelope.Envelope) {
	t.Helper()
	folder := p.laptops[0].status().WorkspaceID
	list, err := store.List(t.Context(), folder, "", 10000)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range list {
		data, _, err := store.Get(t.Context(), folder+"/"+entry.Name, 1<<22)
		segment, decodeErr := envelope.DecodeSegment(data)
		if err != nil || decodeErr != nil {
			continue // a pack
		}
		for _, raw := range segment.Envelopes {
			e, err := envelope.Decode(raw)
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, e)
		}
	}
	return all
}

// opens counts what the service with this secret can open of a store, whatever
// its program does: what its keys can do.
func (h *host) opens(t *testing.T, p *plant, store *syncserver.Memory) (open, shut int) {
	t.Helper()
	all := envelopes(t, p, store)
	master, err := keyring.ParseMaster(h.secret)
	if err != nil {
		t.Fatal(err)
	}
	identity, err := master.Service(all[0].Workspace)
	if err != nil {
		t.Fatal(err)
	}
	r := roster.New(all[0].Workspace)
	for _, e := range all {
		if e.IsControl() {
			r.Admit(e)
		}
	}
	_ = r.Take(identity) // a sealed service has nothing to take
	for _, e := range all {
		if e.IsControl() {
			continue
		}
		if _, fate := r.Unseal(e); fate == roster.Accepted {
			open++
		} else {
			shut++
		}
	}
	return open, shut
}

// TestRemoveEndsWithANewKey: given an owner who removes a granted service, a new
// key is made; everyone's later entries are sealed under it, so that the service,
// which keeps the old one, opens none of them. A laptop that was admitted at the
// same time gets the key from those who have it.
func TestRemoveEndsWithANewKey(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b, h := p.laptops[0], p.laptops[1], newHost(t)
	a.add("RAV-PLC-004")
	a.addRemote(h.spec("office"))
	a.syncAs("office")
	b.addRemote(h.spec("office"))
	b.syncAs("office")
	if open, shut := h.opens(t, p, h.store); open == 0 || shut != 0 {
		t.Fatalf("the granted service opens %d and not %d", open, shut)
	}

	// A second owner device, which knows nothing of the end, lets a third laptop in.
	other := p.laptop("Ada Okafor")
	asked, err := workspace.Ask(p.ctx, other.config(), other.name)
	p.must(err)
	approved, err := a.w.Approve(p.ctx, asked.File, a.name)
	p.must(err)
	_, err = workspace.Join(p.ctx, other.config(), approved.File)
	p.must(err)
	other.open()
	other.addRemote(h.spec("office"))
	a.syncAs("office")
	other.syncAs("office")
	third := p.laptop("Jo Hargreaves")
	asked, err = workspace.Ask(p.ctx, third.config(), third.name)
	p.must(err)
	approved, err = other.w.Approve(p.ctx, asked.File, "")
	p.must(err)

	removed, err := a.w.RemoveRemote(p.ctx, "office")
	p.must(err)
	if !removed.Ended || !removed.Told || removed.Reason != nil || len(a.status().Remotes) != 0 {
		t.Errorf("%+v, remotes %v", removed, a.status().Remotes)
	}
	a.set("RAV-PLC-004", "after", "firmware", "V9")
	b.syncAs("office") // hears of the end from the service
	b.set("RAV-PLC-004", "after", "name", "Pump 4")
	_, err = workspace.Join(p.ctx, third.config(), approved.File)
	p.must(err)
	third.open()
	for range 2 {
		p.level()
	}
	third.set("RAV-PLC-004", "after", "description", "in the yard")
	p.level()
	for _, l := range p.laptops {
		if l.show("RAV-PLC-004", "firmware") != "V9" || l.show("RAV-PLC-004", "description") != "in the yard" {
			t.Errorf("%s does not read what was written under the new key", l.name)
		}
		if v := l.verify(); !v.OK {
			t.Errorf("%s: %+v", l.name, v.Violations)
		}
	}
	sealed := func(store *syncserver.Memory) []*envelope.Envelope {
		return slices.DeleteFunc(envelopes(t, p, store), (*envelope.Envelope).IsControl)
	}
	first, later := sealed(h.store)[0].Key, 0
	for _, e := range sealed(p.stick) {
		if e.Key != first {
			later++
		}
	}
	if _, shut := h.opens(t, p, p.stick); shut != 3 || later != 3 {
		t.Errorf("the service cannot open %d entries, %d are under another key; three were written after the end", shut, later)
	}
	if mode := b.syncAs("office").Service.Mode; mode != "sealed" {
		t.Errorf("the service is %s after the end", mode)
	}
}

// TestRemoveWithoutTheService: the grant ends also when the service cannot be
// told; who is no owner ends nothing.
func TestRemoveWithoutTheService(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b, h := p.laptops[0], p.laptops[1], newHost(t)
	a.addRemote(h.spec("office"))
	a.syncAs("office")
	b.addRemote(h.spec("office"))
	b.syncAs("office")
	if removed, err := b.w.RemoveRemote(p.ctx, "office"); err != nil || removed.Ended {
		t.Errorf("%+v, %v", removed, err)
	}
	h.server.Close()
	a.w.Close()
	a.open()
	if removed, err := a.w.RemoveRemote(p.ctx, "office"); err != nil || !removed.Ended || removed.Told || removed.Reason == nil {
		t.Errorf("%+v, %v", removed, err)
	}
	var missing *workspace.NotFound
	if _, err := a.w.RemoveRemote(p.ctx, "office"); !errors.As(err, &missing) {
		t.Errorf("removed twice: %v", err)
	}
	a.add("RAV-PLC-004")
	p.level()
	if open, shut := h.opens(t, p, p.stick); open == 0 || shut == 0 {
		t.Errorf("the service opens %d and not %d", open, shut)
	}
}

// TestAnotherServiceIsRefused: nothing is sent to what answers at a remote's
// address with other keys, and nobody but an owner can grant anything to it.
func TestAnotherServiceIsRefused(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b, h, thief := p.laptops[0], p.laptops[1], newHost(t), newHost(t)
	a.addRemote(h.spec("office"))
	a.syncAs("office")
	b.sync()
	p.level()
	a.add("RAV-PLC-004")
	h.swap(thief.server)
	if _, err := a.trySync("office"); !errors.Is(err, syncclient.ErrAnotherService) && !strings.Contains(err.Error(), "keys are not those of this remote") {
		t.Errorf("%v", err)
	}
	if n, err := thief.store.List(p.ctx, a.status().WorkspaceID, "", 10); err != nil || len(n) != 0 {
		t.Errorf("the other service was sent %v, %v", n, err)
	}
	var refusal *record.Refusal
	if _, err := b.w.AddRemote(p.ctx, h.spec("office")); !errors.As(err, &refusal) || !strings.Contains(err.Error(), "words") {
		t.Errorf("%v", err)
	}
	spec := thief.spec("relay")
	spec.Sealed = true
	if added := b.addRemote(spec); added.Mode != "sealed" || added.Granted {
		t.Errorf("%+v", added)
	}
	spec = thief.spec("two")
	spec.Second = newHost(t).server.URL
	if _, err := a.w.AddRemote(p.ctx, spec); !errors.Is(err, workspace.ErrOtherService) {
		t.Errorf("two services under one name: %v", err)
	}
}

// TestBadRemotesAreRefused says what is wrong with a remote before anything is
// asked or granted.
func TestBadRemotesAreRefused(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a, h := p.laptops[0], newHost(t)
	events := a.status().Events
	a.addRemote(workspace.RemoteSpec{Name: "stick", URL: t.TempDir(), Begin: true})
	for name, c := range map[string]struct {
		spec workspace.RemoteSpec
		says string
	}{
		"a name like a path":      {workspace.RemoteSpec{Name: "a/b", URL: h.server.URL}, "cannot be a remote's name"},
		"no name":                 {workspace.RemoteSpec{URL: h.server.URL}, "cannot be a remote's name"},
		"a name that is taken":    {workspace.RemoteSpec{Name: "stick", URL: h.server.URL}, "already"},
		"no address":              {workspace.RemoteSpec{Name: "x"}, "needs an address"},
		"http to elsewhere":       {workspace.RemoteSpec{Name: "x", URL: "http://plant.example.com"}, "use https://plant.example.com"},
		"loopback in name only":   {workspace.RemoteSpec{Name: "x", URL: "http://127.0.0.1.example.com"}, "use https://"},
		"a password":              {workspace.RemoteSpec{Name: "x", URL: "https://me:secret@example.com"}, "user or password"},
		"a path":                  {workspace.RemoteSpec{Name: "x", URL: "https://example.com/fieldbook"}, "ends with its host"},
		"no host":                 {workspace.RemoteSpec{Name: "x", URL: "https://"}, "names no host"},
		"another scheme":          {workspace.RemoteSpec{Name: "x", URL: "ftp://example.com"}, "no address to sync with"},
		"a folder with a secret":  {workspace.RemoteSpec{Name: "x", URL: t.TempDir(), Invitation: "s"}, "a folder has no"},
		"a folder as second":      {workspace.RemoteSpec{Name: "x", URL: h.server.URL, Second: t.TempDir()}, "second address"},
		"no invitation":           {workspace.RemoteSpec{Name: "x", URL: h.server.URL}, "--secret-file"},
		"the wrong invitation":    {workspace.RemoteSpec{Name: "x", URL: h.server.URL, Invitation: "wrong"}, "invitation"},
		"a token that is missing": {workspace.RemoteSpec{Name: "x", URL: h.server.URL, Invitation: invitation, TokenFile: "/nowhere"}, "token"},
	} {
		_, err := a.w.AddRemote(p.ctx, c.spec)
		if err == nil || !strings.Contains(err.Error(), c.says) || strings.Contains(err.Error(), "secret@") {
			t.Errorf("%s: %v", name, err)
		}
	}
	if s := a.status(); len(s.Remotes) != 1 || s.Events != events || s.Remotes[0].Mode != "folder" {
		t.Errorf("%+v", s)
	}
}
