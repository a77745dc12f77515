package workspace_test

import (
	"context"
	"crypto/ed25519"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fieldbook/envelope"
	"fieldbook/keyring"
	"fieldbook/projections"
	"fieldbook/syncproto"
	"fieldbook/workspace"
)

// altered is a service whose answers are changed on their way.
type altered struct {
	workspace.Service
	change func(*syncproto.Request, *syncproto.Answer)
}

// Exchange implements syncclient.Remote.
func (s altered) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	answer, err := s.Service.Exchange(ctx, req)
	if err == nil {
		s.change(req, answer)
	}
	return answer, err
}

// through syncs with a service whose answers are changed.
func (l *laptop) through(name string, change func(*syncproto.Request, *syncproto.Answer)) workspace.Synced {
	l.p.t.Helper()
	service, err := l.w.Connect(l.p.ctx, name)
	l.p.must(err)
	done, err := l.w.SyncAs(l.p.ctx, name, altered{service, change})
	l.p.must(err)
	return done
}

// TestForgedReceiptsAreIgnored: a receipt that no known service signed, or that is
// for another workspace or entry, is not kept, and stops nothing.
func TestForgedReceiptsAreIgnored(t *testing.T) {
	identity, err := keyring.Generate()
	if err != nil {
		t.Fatal(err)
	}
	forge := func(signer envelope.Signer, r envelope.Receipt) []byte {
		data, err := envelope.SignReceipt(r, signer)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	_, stranger, _ := ed25519.GenerateKey(nil)
	for name, change := range map[string]func(envelope.Receipt) []byte{
		"signed by a stranger": func(r envelope.Receipt) []byte { return forge(signing(stranger), r) },
		"of a stranger":        func(r envelope.Receipt) []byte { r.Service = [32]byte{7}; return forge(identity, r) },
		"of another workspace": func(r envelope.Receipt) []byte { r.Head.Workspace = [32]byte{7}; return forge(identity, r) },
		"rubbish":              func(envelope.Receipt) []byte { return []byte("rubbish") },
		"empty":                func(envelope.Receipt) []byte { return []byte{0} },
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlant(t, t.TempDir(), 1)
			a, h := p.laptops[0], newHost(t)
			a.addRemote(h.spec("office"))
			a.add("RAV-PLC-004")
			done := a.through("office", func(_ *syncproto.Request, answer *syncproto.Answer) {
				for i := range answer.Receipts {
					r, _, err := envelope.DecodeReceipt(answer.Receipts[i].Receipt)
					p.must(err)
					answer.Receipts[i].Receipt = change(r)
				}
			})
			if done.Sent == 0 || a.log("RAV-PLC-004")[0].ReceivedAt != nil {
				t.Errorf("%+v, received at %v", done, a.log("RAV-PLC-004")[0].ReceivedAt)
			}
			if v := a.verify(); !v.OK || v.Receipts != 0 {
				t.Errorf("%+v", v)
			}
		})
	}
}

// signing makes a key an envelope.Signer.
type signing ed25519.PrivateKey

// Sign implements envelope.Signer.
func (s signing) Sign(message []byte) ([]byte, error) {
	return ed25519.Sign(ed25519.PrivateKey(s), message), nil
}

// TestMisplacedReceiptsAreIgnored: a true receipt under the name of another segment
// is not kept there.
func TestMisplacedReceiptsAreIgnored(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a, h := p.laptops[0], newHost(t)
	a.addRemote(h.spec("office"))
	a.add("RAV-PLC-004")
	var first syncproto.Name
	a.through("office", func(_ *syncproto.Request, answer *syncproto.Answer) {
		for _, r := range answer.Receipts {
			first = r.Name
		}
		answer.Receipts = nil
	})
	a.add("RAV-PLC-005")
	a.through("office", func(_ *syncproto.Request, answer *syncproto.Answer) {
		for i := range answer.Receipts {
			answer.Receipts[i].Name = first
		}
	})
	for _, tag := range []string{"RAV-PLC-004", "RAV-PLC-005"} {
		if at := a.log(tag)[0].ReceivedAt; at != nil {
			t.Errorf("%s was received at %s", tag, *at)
		}
	}
	if v := a.verify(); !v.OK || v.Receipts != 0 {
		t.Errorf("%+v", v)
	}
}

// TestReceiptsOfWhatCameAnotherWay: a laptop that got others' entries by a stick
// learns from the service when that received them, once.
func TestReceiptsOfWhatCameAnotherWay(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b, h := p.laptops[0], p.laptops[1], newHost(t)
	a.add("RAV-PLC-004")
	a.sync()
	b.sync()
	a.addRemote(h.spec("office"))
	a.syncAs("office")
	received := a.log("RAV-PLC-004")[0].ReceivedAt
	if b.log("RAV-PLC-004")[0].ReceivedAt != nil || received == nil {
		t.Fatal("the receipt came by the stick, or not at all")
	}
	b.addRemote(h.spec("office"))
	var wanted []int
	for range 2 {
		b.through("office", func(req *syncproto.Request, answer *syncproto.Answer) { wanted = append(wanted, len(req.Wanted)) })
	}
	if at := b.log("RAV-PLC-004")[0].ReceivedAt; at == nil || *at != *received {
		t.Errorf("received at %v, want %s", at, *received)
	}
	if wanted[0] == 0 || wanted[len(wanted)-1] != 0 {
		t.Errorf("asked for %v receipts", wanted)
	}
	b.set("RAV-PLC-004", "vendor visit", "firmware", "V2")
	b.through("office", func(req *syncproto.Request, _ *syncproto.Answer) {
		if len(req.Segments) != 1 || len(req.Wanted) != 0 {
			t.Errorf("pushed %d and asked for %v", len(req.Segments), req.Wanted)
		}
	})
	if v := b.verify(); !v.OK || v.Receipts == 0 {
		t.Errorf("%+v", v)
	}
}

// TestRolledBackLaptopIsFound: a laptop that is put back to before what it has
// synced, or writes something else in its place, is found by a verify against the
// service, and by everybody after the next sync.
func TestRolledBackLaptopIsFound(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b, h := p.laptops[0], p.laptops[1], newHost(t)
	a.addRemote(h.spec("office"))
	a.add("RAV-PLC-004")
	a.syncAs("office")
	b.addRemote(h.spec("office"))
	b.syncAs("office")
	a.syncAs("office")
	a.close()
	old := filepath.Join(t.TempDir(), "old")
	copyFolder(t, a.dir, old)
	a.open()
	a.set("RAV-PLC-004", "swapped the relay", "firmware", "V2")
	a.syncAs("office")
	b.syncAs("office")
	against := func() workspace.Verified {
		done, err := workspace.Verify(p.ctx, a.config(), workspace.VerifyOptions{Remote: "office"})
		p.must(err)
		return done
	}
	a.close()
	if v := against(); !v.OK {
		t.Fatalf("an honest laptop: %+v", v.Violations)
	}
	p.must(os.RemoveAll(a.dir))
	copyFolder(t, old, a.dir)
	if v := against(); v.OK || v.Violations[0].Kind != "rollback" {
		t.Errorf("put back: %+v", v.Violations)
	}
	a.open()
	a.set("RAV-PLC-004", "never happened", "firmware", "V3")
	a.close()
	if v := against(); v.OK || v.Violations[0].Kind != "rollback" {
		t.Errorf("rewritten: %+v", v.Violations)
	}
	a.open()
	a.syncAs("office")
	b.syncAs("office")
	a.syncAs("office")
	p.agree()
	for _, l := range p.laptops {
		if kinds := l.kinds(); !slices.Contains(kinds, "fork") || !slices.Contains(kinds, "restored_device") {
			t.Errorf("%s: findings %v", l.name, kinds)
		}
		if !slices.ContainsFunc(l.log("RAV-PLC-004"), func(r projections.LogRow) bool { return r.Reason != nil && *r.Reason == "swapped the relay" }) {
			t.Errorf("%s lost what was written over", l.name)
		}
	}
}

// TestBackupKeepsReceipts: what a granted service signed is known after a restore
// too, and holds the restored log to it.
func TestBackupKeepsReceipts(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a, h := p.laptops[0], newHost(t)
	a.addRemote(h.spec("office"))
	a.add("RAV-PLC-004")
	a.syncAs("office")
	file := filepath.Join(t.TempDir(), "a.fieldbook")
	_, err := a.w.Backup(p.ctx, file)
	p.must(err)
	a.close()
	restored := p.laptop(a.name)
	restored.w, err = workspace.Restore(p.ctx, restored.config(), file, "")
	p.must(err)
	if at := restored.log("RAV-PLC-004")[0].ReceivedAt; at == nil {
		t.Error("nobody knows when the service had the entry")
	}
	if v := restored.verify(); !v.OK || v.Receipts == 0 {
		t.Errorf("%+v", v)
	}
}
