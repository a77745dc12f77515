package workspace_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"fieldbook/workspace"
)

// TestVerifyFindsFlips: a flipped byte anywhere in the database file, the file
// cut short, emptied or missing, is an answer of verify with a violation and
// never a panic; and verify leaves the folder as it was.
func TestVerifyFindsFlips(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	l := p.laptops[0]
	l.importFile(inventory)
	p.level()
	l.close()
	path := filepath.Join(l.dir, "fieldbook.db")
	whole, err := os.ReadFile(path)
	p.must(err)
	defer func() { p.must(os.WriteFile(path, whole, 0o600)); l.open(); l.close() }()
	harm := func(name string, data []byte) {
		t.Helper()
		p.must(os.WriteFile(path, data, 0o600))
		got, err := workspace.Verify(p.ctx, l.config(), workspace.VerifyOptions{Deep: true})
		if err != nil || got.OK || len(got.Violations) == 0 {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
		entries, err := os.ReadDir(l.dir)
		p.must(err)
		if len(entries) != 3 {
			t.Errorf("%s: verify left something behind: %v", name, entries)
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		at := random.IntN(len(whole))
		data := append([]byte(nil), whole...)
		data[at] ^= byte(1 + random.IntN(255))
		harm("flipped", data)
	}
	harm("cut short", whole[:len(whole)/2/4096*4096])
	harm("cut inside a page", whole[:len(whole)-100])
	harm("emptied", nil)
	harm("zeroed", make([]byte, len(whole)))
	p.must(os.Remove(path))
	if got, err := workspace.Verify(p.ctx, l.config(), workspace.VerifyOptions{}); err != nil || got.OK {
		t.Errorf("missing: %+v, %v", got, err)
	}
}

// TestVerifyWritesNothing: verifying a sound folder changes no byte of it.
func TestVerifyWritesNothing(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	l := p.laptops[0]
	onePLC(l)
	l.sync()
	digest := l.status().Digest
	l.close()
	before := contents(t, l.dir)
	got, err := workspace.Verify(p.ctx, l.config(), workspace.VerifyOptions{Deep: true, Against: p.remote})
	p.must(err)
	if !got.OK || got.Digest == nil || *got.Digest != digest {
		t.Errorf("%+v, want digest %s", got, digest)
	}
	after := contents(t, l.dir)
	if len(before) != len(after) {
		t.Errorf("files before %d, after %d", len(before), len(after))
	}
	for name, data := range before {
		if after[name] != data {
			t.Errorf("%s was changed", name)
		}
	}
	l.open()
}

func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		files[e.Name()] = string(data)
	}
	return files
}
