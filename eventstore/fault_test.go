package eventstore_test

import (
	"context"
	"errors"
	"strconv"
	"testing"

	"fieldbook/eventstore"
	"fieldbook/internal/testkit"
)

// TestFailingDiskLosesNothingAcknowledged makes the disk fail once, or from then on, at many steps of a history, and
// has the log opened again once the disk works.
func TestFailingDiskLosesNothingAcknowledged(t *testing.T) {
	kinds := map[string]testkit.Fault{
		"an I/O error":     {Kind: testkit.Fail},
		"I/O errors":       {Kind: testkit.Fail, Lasting: true},
		"no room once":     {Kind: testkit.Full},
		"no room":          {Kind: testkit.Full, Lasting: true},
		"read-only a time": {Kind: testkit.ReadOnly},
		"read-only":        {Kind: testkit.ReadOnly, Lasting: true},
	}
	wants := map[testkit.Kind]error{testkit.Fail: eventstore.ErrDisk, testkit.Full: eventstore.ErrFull, testkit.ReadOnly: eventstore.ErrReadOnly}
	for name, fault := range kinds {
		t.Run(name, func(t *testing.T) {
			dir, failed := t.TempDir(), 0
			for at := 1; at < 260; at += max(1, 260/points(t, 24)) {
				w := &workload{cfg: eventstore.Config{Path: dir + "/" + strconv.Itoa(at), Key: [32]byte{1}}, seed: uint64(at)}
				disk := testkit.NewDisk()
				w.cfg.Base = disk.Name()
				fault.At = at
				disk.Inject(fault)
				if err := w.run(); err != nil {
					failed++
					if !errors.Is(err, wants[fault.Kind]) {
						t.Errorf("step %d: %v is not %v", at, err, wants[fault.Kind])
					}
				}
				disk.Inject(testkit.Fault{})
				w.check(t, disk.Name())
				disk.Release()
			}
			if failed == 0 {
				t.Error("no fault was noticed")
			}
		})
	}
}

func TestFullDiskLeavesTheStoreUsable(t *testing.T) {
	disk := testkit.NewDisk()
	defer disk.Release()
	cfg := config(t)
	cfg.Base = disk.Name()
	s := open(t, cfg)
	a := newAuthor(1)
	a.append(t, s, 3)
	again := a.fork()

	disk.Inject(testkit.Fault{At: 1, Kind: testkit.Full, Lasting: true})
	envs := a.make(1)
	sig := a.sign(t)
	err := s.Update(context.Background(), func(tx *eventstore.Tx) error {
		_, err := tx.Append(envs, sig)
		return err
	})
	wantError(t, err, eventstore.ErrFull)
	if n := len(scan(t, s)); n != 3 {
		t.Fatalf("%d rows", n)
	}
	disk.Inject(testkit.Fault{})
	again.append(t, s, 1)
	wantClean(t, s)
}

func TestFailedSyncStopsWritingUntilReopened(t *testing.T) {
	disk := testkit.NewDisk()
	defer disk.Release()
	cfg := config(t)
	cfg.Base = disk.Name()
	s := open(t, cfg)
	a := newAuthor(1)
	a.append(t, s, 3)
	again := a.fork()
	disk.Inject(testkit.Fault{At: 3, Kind: testkit.Fail}) // a shared block and the new ones are written, then comes the sync
	envs := a.make(1)
	sig := a.sign(t)
	work := func(tx *eventstore.Tx) error {
		_, err := tx.Append(envs, sig)
		return err
	}
	wantError(t, s.Update(context.Background(), work), eventstore.ErrDisk)
	wantError(t, s.Update(context.Background(), work), eventstore.ErrDisk)
	s.Close()

	s = open(t, cfg)
	wantClean(t, s)
	if rows := scan(t, s); len(rows) == 3 {
		again.append(t, s, 1)
	}
	wantClean(t, s)
}
