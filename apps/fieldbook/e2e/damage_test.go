package e2e

import (
	"bytes"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// files are the names, sizes, times and bytes of a folder.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	seen := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		seen[path] = info.Mode().String() + info.ModTime().String()
		if !d.IsDir() {
			seen[path] += string(get(t, path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

func TestVerifyWritesNothing(t *testing.T) { bothKinds(t, verifyWritesNothing) }

func verifyWritesNothing(t *testing.T, ada, _ *laptop, stick string) {
	before := files(t, ada.dir)
	v := ada.one("verify", "--deep", "--against", stick)
	has(t, "verify", v, "ok", "events", "feeds", "violations", "digest")
	equal(t, "violations", len(v["violations"].([]any)), 0)
	ada.ok("verify")
	after := files(t, ada.dir)
	equal(t, "files", len(after), len(before))
	for path, was := range before {
		if after[path] != was {
			t.Errorf("verify or status changed %s", path)
		}
	}
	status := ada.one("status")
	for _, field := range []string{"events", "feeds", "digest"} {
		equal(t, field+" in verify and status", v[field], status[field])
	}
	if err := os.Chmod(ada.dir, 0o500); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(ada.dir, 0o700) // so that it can be removed
	equal(t, "verify where nothing can be written", ada.one("verify", "--deep")["ok"], any(true))
}

// TestCleanExitLeavesNoLog: after any command there is one database file and no
// write-ahead log beside it.
func TestCleanExitLeavesNoLog(t *testing.T) {
	t.Parallel()
	l := plant(t)
	l.ok("asset", "set", "RAV-PLC-001", "firmware=V9", "--reason", "r")
	l.ok("asset", "list")
	l.refuses(5, nil, "asset", "set", "RAV-PLC-001", "vlan=9999", "--reason", "r")
	for path := range files(t, l.dir) {
		switch filepath.Base(path) {
		case filepath.Base(l.dir), "fieldbook.db", "fieldbook.db.lock", "identity.age":
		default:
			t.Errorf("left behind: %s", path)
		}
	}
}

// TestDamagedDatabase: whatever happens to the file, verify reports it with exit
// code 3 and JSON, and no command panics or loses it.
func TestDamagedDatabase(t *testing.T) {
	t.Parallel()
	l := plant(t)
	path := filepath.Join(l.dir, "fieldbook.db")
	whole := get(t, path)
	random := rand.New(rand.NewPCG(1, 2))
	damage := map[string][]byte{
		"empty": {}, "one byte": whole[:1], "half": whole[:len(whole)/2], "half, whole pages": whole[:len(whole)/2/4096*4096], "no last page": whole[:len(whole)-4096],
		"zeros": make([]byte, len(whole)), "text": []byte("hello"), "first page lost": append(make([]byte, 4096), whole[4096:]...),
		"pages swapped": append(append(append([]byte{}, whole[:8192]...), whole[12288:16384]...), append(append([]byte{}, whole[8192:12288]...), whole[16384:]...)...),
	}
	for range 10 {
		at := random.IntN(len(whole))
		flipped := bytes.Clone(whole)
		flipped[at] ^= 1 << random.IntN(8)
		damage["flipped at "+string(rune('a'+len(damage)))] = flipped
	}
	for name, data := range damage {
		put(t, path, data)
		a := l.run("verify", "--json")
		if a.code != 3 {
			t.Errorf("%s: exit %d\n%s\n%s", name, a.code, clip(a.out), a.err)
			continue
		}
		v := decode[object](a)
		equal(t, name+": ok", v["ok"], any(false))
		for _, violation := range objects(v["violations"]) {
			has(t, "violation", violation, "feed", "seq", "kind", "detail")
		}
		if len(v["violations"].([]any)) == 0 {
			t.Errorf("%s: no violation named", name)
		}
	}
	for _, name := range []string{"empty", "half", "zeros"} {
		put(t, path, damage[name])
		if a := l.run("status", "--json"); a.code == 0 || a.out != "" || a.err == "" {
			t.Errorf("status of a damaged file (%s): %d %s %s", name, a.code, a.out, a.err)
		}
		if name != "empty" && !bytes.Equal(get(t, path), damage[name]) {
			t.Errorf("opening a damaged file (%s) changed it", name)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	l.run("verify", "--json").exits(3)
	if a := l.run("status", "--json"); a.code == 0 {
		t.Errorf("status without a database: %s", a.out)
	}
	put(t, path, whole)
	put(t, path+"-wal", []byte("half a frame"))
	l.ok("status")
	l.ok("verify", "--deep")
	identity := filepath.Join(l.dir, "identity.age")
	lost := newLaptop(t, "lost")
	if err := os.Mkdir(lost.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(lost.dir, "fieldbook.db"), whole)
	lost.refuses(1, []string{"already"}, "init", "--name", "N", "--member", "M")
	equal(t, "files after a refused init", len(files(t, lost.dir)), 2)
	put(t, identity, get(t, identity)[:100])
	l.run("verify", "--json").exits(3)
}

func TestRebuildKeepsTheDigest(t *testing.T) {
	t.Parallel()
	ada, _, _ := pair(t)
	ada.ok("asset", "swap", "RAV-PLC-001", "vendor=V", "model=M", "serial=S", "--reason", "r")
	ada.ok("note", "add", "--asset", "RAV-PLC-001", "text")
	digest, list := ada.one("status")["digest"], ada.ok("asset", "list", "--json").out
	equal(t, "rebuild", ada.one("rebuild")["digest"], digest)
	equal(t, "status", ada.one("status")["digest"], digest)
	equal(t, "list", ada.ok("asset", "list", "--json").out, list)
	equal(t, "verify", ada.one("verify", "--deep")["digest"], digest)
}
