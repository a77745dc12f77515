package e2e

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"fieldbook/workspace"
)

// plants are founded once per run and copied by the tests.
var plants struct {
	dir  string
	ada  sync.Once
	pair sync.Once
}

// inventory names a file of the sample plant.
func inventory(t *testing.T, name string) string {
	t.Helper()
	path, err := filepath.Abs(filepath.Join("..", "..", "..", "testdata", "inventory", name))
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// plant is Ada's laptop with the asset list of the sample plant imported.
func plant(t *testing.T) *laptop {
	t.Helper()
	plants.ada.Do(func() { foundPlant(t) })
	return copied(t, "ada")
}

func foundPlant(t *testing.T) {
	t.Helper()
	ada := &laptop{t: t, dir: filepath.Join(plants.dir, "ada"), pass: passphrase}
	made := ada.one("init", "--name", "Ravensmere", "--member", "Ada Okafor", "--tz", "Europe/London")
	put(t, filepath.Join(plants.dir, "ada.recovery"), []byte(made["recovery_key"].(string)+"\n"))
	ada.ok("import", "assets", inventory(t, "assets.csv"), "--reason", "rev 14")
	cheapen(t, ada)
}

// cheapen gives a laptop's passphrase the lowest cost, so that its commands start
// at once.
func cheapen(t *testing.T, l *laptop) {
	t.Helper()
	pass := func(context.Context) ([]byte, error) { return []byte(l.pass), nil }
	w, err := workspace.Open(t.Context(), workspace.Config{Dir: l.dir, Passphrase: pass, Work: 1})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.ChangePassphrase(t.Context(), pass), w.Close()); err != nil {
		t.Fatal(err)
	}
}

// pair is Ada's laptop and Jo's, both holding the plant, and the stick between them.
func pair(t *testing.T) (ada, jo *laptop, stick string) {
	t.Helper()
	plants.ada.Do(func() { foundPlant(t) })
	plants.pair.Do(func() {
		first := &laptop{t: t, dir: filepath.Join(plants.dir, "pair-ada"), pass: passphrase}
		second := &laptop{t: t, dir: filepath.Join(plants.dir, "pair-jo"), pass: passphrase}
		copyTree(t, filepath.Join(plants.dir, "ada"), first.dir)
		admit(t, first, second, "Jo Hargreaves")
		cheapen(t, second)
		usb := filepath.Join(plants.dir, "pair-stick")
		first.ok("sync", usb, "--begin")
		second.ok("sync", usb)
		first.ok("sync", usb)
	})
	stick = filepath.Join(t.TempDir(), "stick")
	copyTree(t, filepath.Join(plants.dir, "pair-stick"), stick)
	return copied(t, "pair-ada"), copied(t, "pair-jo"), stick
}

// admit lets a laptop into the workspace of an owner's.
func admit(t *testing.T, owner, asks *laptop, member string, more ...string) object {
	t.Helper()
	request, grant := filepath.Join(t.TempDir(), "request"), filepath.Join(t.TempDir(), "grant")
	asks.ok("join", "--member", member, "--request", request)
	approved := owner.one(append([]string{"device", "approve", request, "--grant", grant}, more...)...)
	asks.ok("join", "--grant", grant)
	return approved
}

func copied(t *testing.T, name string) *laptop {
	t.Helper()
	l := newLaptop(t, name)
	copyTree(t, filepath.Join(plants.dir, name), l.dir)
	return l
}

func copyTree(t *testing.T, from, to string) {
	t.Helper()
	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	for _, private := range []string{"", "identity.age"} {
		if err := os.Chmod(filepath.Join(to, private), 0o700); err != nil && !os.IsNotExist(err) {
			t.Fatal(err)
		}
	}
}

func put(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// file writes data under a name in a folder of its own and gives its path.
func file(t *testing.T, name string, data string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	put(t, path, []byte(data))
	return path
}

// row gives the object of a list whose field has the value.
func row(t *testing.T, list []object, field string, value any) object {
	t.Helper()
	for _, o := range list {
		if o[field] == value {
			return o
		}
	}
	t.Fatalf("none of %d objects has %s %v", len(list), field, value)
	return nil
}
