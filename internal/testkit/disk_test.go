package testkit_test

import (
	"bytes"
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"

	"fieldbook/internal/testkit"
)

func newDisk(t *testing.T) *testkit.Disk {
	d := testkit.NewDisk()
	t.Cleanup(d.Release)
	return d
}

func create(t *testing.T, d *testkit.Disk, name string) vfs.File {
	t.Helper()
	f, _, err := d.Open(name, vfs.OPEN_CREATE|vfs.OPEN_WAL)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func write(t *testing.T, f vfs.File, content []byte, off int64) {
	t.Helper()
	if _, err := f.WriteAt(content, off); err != nil {
		t.Fatal(err)
	}
}

func sync(t *testing.T, f vfs.File) {
	t.Helper()
	if err := f.Sync(vfs.SYNC_FULL); err != nil {
		t.Fatal(err)
	}
}

// content reads a whole file of a disk, nil if it is not there.
func content(t *testing.T, d *testkit.Disk, name string) []byte {
	t.Helper()
	f, _, err := d.Open(name, vfs.OPEN_READWRITE)
	if errors.Is(err, sqlite3.CANTOPEN) {
		return nil
	}
	b := make([]byte, d.Size(name))
	if len(b) > 0 {
		if _, err := f.ReadAt(b, 0); err != nil {
			t.Fatal(err)
		}
	}
	return b
}

func TestSyncedWritesSurviveAndOthersMayNot(t *testing.T) {
	d := newDisk(t)
	f := create(t, d, "log")
	synced, loose := bytes.Repeat([]byte{1}, 3*512), bytes.Repeat([]byte{2}, 3*512)
	write(t, f, synced, 0)
	sync(t, f)
	write(t, f, loose, int64(len(synced)))

	sizes := map[int]bool{}
	for seed := range uint64(100) {
		after := d.Restart(rand.New(rand.NewPCG(seed, 0)))
		got := content(t, after, "log")
		after.Release()
		if !bytes.HasPrefix(got, synced) {
			t.Fatalf("seed %d: a synced write is lost", seed)
		}
		sizes[len(got)-len(synced)] = true
	}
	if !sizes[0] || !sizes[512] || !sizes[3*512] {
		t.Errorf("writes are never lost, never torn or never kept: %v", sizes)
	}
}

func TestOneSeedGivesOneDisk(t *testing.T) {
	d := newDisk(t)
	for _, name := range []string{"a", "b", "c"} {
		write(t, create(t, d, name), bytes.Repeat([]byte(name), 5000), 100)
	}
	for seed := range uint64(20) {
		one, two := d.Restart(rand.New(rand.NewPCG(seed, 0))), d.Restart(rand.New(rand.NewPCG(seed, 0)))
		for _, name := range []string{"a", "b", "c"} {
			if !bytes.Equal(content(t, one, name), content(t, two, name)) {
				t.Fatalf("seed %d: %s differs", seed, name)
			}
		}
		one.Release()
		two.Release()
	}
}

func TestUnsyncedDeletionMayComeBack(t *testing.T) {
	d := newDisk(t)
	f := create(t, d, "journal")
	write(t, f, []byte("hot"), 0)
	sync(t, f)
	if err := d.Delete("journal", false); err != nil {
		t.Fatal(err)
	}
	back := 0
	for seed := range uint64(50) {
		after := d.Restart(rand.New(rand.NewPCG(seed, 0)))
		if content(t, after, "journal") != nil {
			back++
		}
		after.Release()
	}
	if back == 0 || back == 50 {
		t.Errorf("back %d of 50 times", back)
	}
	sync(t, create(t, d, "wal")) // syncs the folder
	after := d.Restart(rand.New(rand.NewPCG(1, 0)))
	defer after.Release()
	if content(t, after, "journal") != nil {
		t.Error("a durable deletion came back")
	}
}

func TestFaultsHitTheirStep(t *testing.T) {
	wants := map[testkit.Kind]error{testkit.Fail: sqlite3.IOERR_WRITE, testkit.Full: sqlite3.FULL, testkit.ReadOnly: sqlite3.READONLY}
	for kind, want := range wants {
		d := newDisk(t)
		f := create(t, d, "x")
		d.Inject(testkit.Fault{At: 2, Kind: kind})
		for step := 1; step <= 3; step++ {
			_, err := f.WriteAt([]byte("0123456789"), 0)
			if step == 2 && !errors.Is(err, want) || step != 2 && err != nil {
				t.Errorf("kind %d, step %d: %v", kind, step, err)
			}
		}
	}
}

func TestPowerCutStopsEverything(t *testing.T) {
	d := newDisk(t)
	f := create(t, d, "x")
	write(t, f, []byte("before"), 0)
	sync(t, f)
	d.Inject(testkit.Fault{At: 1, Kind: testkit.PowerCut})
	for range 3 {
		if _, err := f.WriteAt([]byte("after"), 0); err == nil {
			t.Fatal("wrote without power")
		}
	}
	if _, err := f.ReadAt(make([]byte, 1), 0); err == nil {
		t.Error("read without power")
	}
	if _, _, err := d.Open("y", vfs.OPEN_CREATE); err == nil {
		t.Error("created a file without power")
	}
	if d.Delete("x", true) == nil {
		t.Error("deleted a file without power")
	}
}

func TestLocksExclude(t *testing.T) {
	d := newDisk(t)
	one, two := create(t, d, "db"), create(t, d, "db")
	lock := func(f vfs.File, level vfs.LockLevel, want error) {
		t.Helper()
		if err := f.Lock(level); !errors.Is(err, want) {
			t.Errorf("level %d: %v, want %v", level, err, want)
		}
	}
	lock(one, vfs.LOCK_SHARED, nil)
	lock(two, vfs.LOCK_SHARED, nil)
	lock(one, vfs.LOCK_RESERVED, nil)
	lock(two, vfs.LOCK_RESERVED, sqlite3.BUSY)
	lock(one, vfs.LOCK_EXCLUSIVE, sqlite3.BUSY)
	two.Unlock(vfs.LOCK_NONE)
	lock(two, vfs.LOCK_SHARED, sqlite3.BUSY)
	lock(one, vfs.LOCK_EXCLUSIVE, nil)
	one.Close()
	lock(two, vfs.LOCK_SHARED, nil)
}
