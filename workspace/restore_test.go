package workspace_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fieldbook/keyring"
	"fieldbook/syncserver"
	"fieldbook/workspace"
)

// TestRestoredCopyGoesOn: a laptop whose folder is put back to an older state is
// found out by a comparison, and after its next sync goes on in a new epoch with
// nothing lost.
func TestRestoredCopyGoesOn(t *testing.T) {
	for name, writesBeforeSync := range map[string]bool{"it syncs first": false, "it writes first": true} {
		t.Run(name, func(t *testing.T) {
			p := newPlant(t, t.TempDir(), 2)
			a, b := p.laptops[0], p.laptops[1]
			onePLC(a)
			p.level()
			old := filepath.Join(p.dir, "old")
			a.close()
			copyFolder(t, a.dir, old)
			a.open()
			a.set("RAV-PLC-004", "after the copy", "custodian", "k.after")
			p.level()

			a.close()
			p.must(os.RemoveAll(a.dir))
			copyFolder(t, old, a.dir)
			found, err := workspace.Verify(p.ctx, a.config(), workspace.VerifyOptions{Against: p.remote})
			p.must(err)
			if found.OK || found.Violations[0].Kind != "rollback" {
				t.Errorf("an older folder must be found out: %+v", found)
			}
			a.open()
			want := "restored_device"
			if writesBeforeSync {
				a.set("RAV-PLC-004", "on the old state", "zone", "RAV-Z9")
				want = "fork"
			}
			p.level()
			for _, l := range []*laptop{a, b} {
				if !slices.Contains(l.kinds(), want) {
					t.Errorf("findings on %s: %v, want %s", l.name, l.kinds(), want)
				}
				if got := l.show("RAV-PLC-004", "custodian"); got != "k.after" {
					t.Errorf("custodian is %q on %s", got, l.name)
				}
			}
			if writesBeforeSync && b.show("RAV-PLC-004", "zone") != "RAV-Z9" {
				t.Error("the entry made on the old state is lost")
			}
			a.set("RAV-PLC-004", "life goes on", "criticality", "low")
			p.level()
		})
	}
}

// TestBackup: with the passphrase a backup is the same laptop again, with the
// recovery key a new laptop of the founder; both have everything and go on.
func TestBackup(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	founder := p.laptops[0]
	founder.close()
	p.must(os.RemoveAll(founder.dir))
	w, recovery, err := workspace.Create(p.ctx, founder.config(), workspace.Founding{Name: "Ravensmere", Member: "Ada Okafor"})
	p.must(err)
	founder.w = w
	onePLC(founder)
	p.join("Jo")
	p.level()
	founder.set("RAV-PLC-004", "unsent", "custodian", "ada")
	file := filepath.Join(p.dir, "plant.fieldbook")
	backed, err := founder.w.Backup(p.ctx, file)
	p.must(err)
	if s := founder.status(); backed.Events != s.Events || backed.Feeds != s.Feeds {
		t.Errorf("backed up %+v of %+v", backed, s)
	}

	same := p.laptop("Ada restored")
	same.w, err = workspace.Restore(p.ctx, same.config(), file, "")
	p.must(err)
	if same.status().Device != founder.status().Device {
		t.Error("with the passphrase it is the same device")
	}
	fresh := p.laptop("Ada recovered")
	fresh.w, err = workspace.Restore(p.ctx, fresh.config(), file, recovery)
	p.must(err)
	if s := fresh.status(); s.Device == founder.status().Device || s.Role != "owner" || s.Member != "Ada Okafor" {
		t.Errorf("with the recovery key it is a new device of the founder: %+v", s)
	}
	for _, l := range []*laptop{same, fresh} {
		if l.show("RAV-PLC-004", "custodian") != "ada" {
			t.Errorf("%s lacks what was backed up", l.name)
		}
		l.set("RAV-PLC-004", "goes on", "zone", "Z-"+l.name)
	}
	p.level()
	p.join("a laptop that the recovered owner knows")
	p.level()
	for _, l := range p.laptops {
		if v := l.verify(); !v.OK {
			t.Errorf("%s: %+v", l.name, v.Violations)
		}
	}
}

// TestRestoreRefuses: nothing is left of a restore that could not be done.
func TestRestoreRefuses(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	onePLC(p.laptops[0])
	file := filepath.Join(p.dir, "plant.fieldbook")
	_, err := p.laptops[0].w.Backup(p.ctx, file)
	p.must(err)
	whole, err := os.ReadFile(file)
	p.must(err)
	flipped := slices.Clone(whole)
	flipped[len(flipped)/2] ^= 1
	other, _, err := keyring.NewRecovery()
	p.must(err)
	for name, c := range map[string]struct {
		data     []byte
		recovery string
		pass     string
		want     error
	}{
		"truncated":              {data: whole[:len(whole)/2], want: workspace.ErrBackup},
		"empty":                  {data: nil, want: workspace.ErrBackup},
		"another recovery key":   {data: whole, recovery: other, want: keyring.ErrRecovery},
		"no recovery key at all": {data: whole, recovery: "hello", want: keyring.ErrRecovery},
		"another passphrase":     {data: whole, pass: "wrong", want: workspace.ErrPassphrase},
		"a flipped bit":          {data: flipped},
	} {
		t.Run(name, func(t *testing.T) {
			l := &laptop{p: p, dir: filepath.Join(t.TempDir(), "restored")}
			path := filepath.Join(t.TempDir(), "b.fieldbook")
			p.must(os.WriteFile(path, c.data, 0o600))
			cfg := l.config()
			if c.pass != "" {
				cfg.Passphrase = func(context.Context) ([]byte, error) { return []byte(c.pass), nil }
			}
			w, err := workspace.Restore(p.ctx, cfg, path, c.recovery)
			if err == nil {
				w.Close()
				t.Fatal("restored")
			}
			if c.want != nil && !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
			if _, err := workspace.Open(p.ctx, l.config()); !errors.Is(err, workspace.ErrNone) {
				t.Errorf("something is left behind: %v", err)
			}
		})
	}
}

// TestHostileFolder: what somebody does to the files of a stick delays entries
// and is named; it is never taken, and a laptop that has them repairs the stick.
func TestHostileFolder(t *testing.T) {
	for name, harm := range map[string]func([]byte) []byte{
		"a flipped bit": func(b []byte) []byte { b[len(b)/2] ^= 1; return b },
		"truncated":     func(b []byte) []byte { return b[:len(b)/2] },
		"emptied":       func([]byte) []byte { return nil },
		"swapped":       func([]byte) []byte { return []byte("another file") },
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlant(t, t.TempDir(), 2)
			stick := filepath.Join(p.dir, "stick")
			store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: stick, Create: true})
			p.must(err)
			defer store.Close()
			p.remote = syncserver.New(syncserver.Config{Store: store})
			a, b := p.laptops[0], p.laptops[1]
			onePLC(a)
			p.level()
			a.set("RAV-PLC-004", "newest", "firmware", "V9")
			a.sync()
			newest := newestFile(t, stick)
			data, err := os.ReadFile(newest)
			p.must(err)
			p.must(os.Chmod(newest, 0o600))
			p.must(os.WriteFile(newest, harm(data), 0o600))

			got, err := b.w.Sync(p.ctx, p.remote)
			p.must(err)
			if len(got.Refused) != 1 || b.show("RAV-PLC-004", "firmware") != "V3.2.16" {
				t.Errorf("a damaged segment must be refused and named: %+v", got)
			}
			a.sync()
			b.sync()
			if b.show("RAV-PLC-004", "firmware") != "V9" {
				t.Error("the holder's next sync must repair the stick")
			}
		})
	}
}

// newestFile is the segment with the greatest number of the feed that was
// written to last.
func newestFile(t *testing.T, dir string) string {
	t.Helper()
	var newest string
	var at int64
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil && info.ModTime().UnixNano() > at {
			newest, at = path, info.ModTime().UnixNano()
		}
		return err
	})
	if err != nil || newest == "" {
		t.Fatalf("no segment in %s: %v", dir, err)
	}
	return newest
}
