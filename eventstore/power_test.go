package eventstore_test

import (
	"context"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/internal/testkit"
)

// workload is a history of a store that a fault may end at any step.
type workload struct {
	cfg   eventstore.Config
	seed  uint64
	acked []envelope.Hash
}

// run works until it is done or the disk fails.
func (w *workload) run() error {
	r := rand.New(rand.NewPCG(w.seed, 3))
	own, other := newAuthor(1), newAuthor(2)
	number := uint64(0)
	for range 4 {
		s, err := eventstore.Open(context.Background(), w.cfg)
		if err != nil {
			return err
		}
		for range 6 {
			if err = w.step(s, r, own, other, &number); err != nil {
				break
			}
		}
		if closing := s.Close(); err == nil {
			err = closing
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// step is one transaction: an append, a received segment or a cut. What it acknowledged must never be lost.
func (w *workload) step(s *eventstore.Store, r *rand.Rand, own, other *author, number *uint64) error {
	var made []envelope.Hash
	work := func(tx *eventstore.Tx) error {
		tx.Conn().WALAutoCheckpoint(16) // often, since checkpoints are where a log moves
		switch r.IntN(4) {
		case 0:
			*number++
			encoded := [][]byte{}
			for _, e := range other.make(1 + r.IntN(9)) {
				encoded = append(encoded, e.Encode())
			}
			seg, err := envelope.CutSegment(*number, encoded, nil, other)
			if err != nil {
				return err
			}
			rows, err := tx.AddSegment(seg)
			for _, row := range rows {
				made = append(made, row.Hash)
			}
			return err
		case 1:
			branches, err := tx.Branches()
			for _, b := range branches {
				if b.Feed == own.feed {
					_, err = tx.Cut(b.ID, nil, own)
				}
			}
			return err
		}
		envs := own.make(1 + r.IntN(4))
		sig, err := envelope.SignHead(own.head(), own)
		if err != nil {
			return err
		}
		for _, e := range envs {
			made = append(made, e.Hash())
		}
		_, err = tx.Append(envs, sig)
		return err
	}
	if err := s.Update(context.Background(), work); err != nil {
		return err
	}
	w.acked = append(w.acked, made...)
	return nil
}

// check is the oracle: the log opens, holds every acknowledged envelope in order, and passes every verification.
func (w *workload) check(t *testing.T, base string) {
	t.Helper()
	defer func() {
		if t.Failed() {
			t.Logf("seed %d", w.seed)
		}
	}()
	cfg := w.cfg
	cfg.Base = base
	s, err := eventstore.Open(context.Background(), cfg)
	if err != nil {
		t.Fatalf("the log does not open: %v", err)
	}
	defer s.Close()
	rows := scan(t, s)
	if len(rows) < len(w.acked) {
		t.Fatalf("%d envelopes were acknowledged, %d are left", len(w.acked), len(rows))
	}
	for i, hash := range w.acked {
		if rows[i].Hash != hash {
			t.Fatalf("acknowledged envelope %d is another one", i)
		}
	}
	wantClean(t, s)
	newAuthor(3).append(t, s, 2)
}

// points is how many faults a test tries: few in the ordinary run, FIELDBOOK_FAULT_POINTS in the long one.
func points(t *testing.T, ordinary int) int {
	if n, err := strconv.Atoi(os.Getenv("FIELDBOOK_FAULT_POINTS")); err == nil {
		return n
	}
	if testing.Short() {
		return ordinary / 10
	}
	return ordinary
}

func TestPowerCutLosesNothingAcknowledged(t *testing.T) {
	dir := t.TempDir()
	n, repaired := points(t, 500), 0
	for point := range n {
		w := &workload{cfg: eventstore.Config{Path: dir + "/" + strconv.Itoa(point), Key: [32]byte{1}}, seed: uint64(point)}
		disk := testkit.NewDisk()
		w.cfg.Base = disk.Name()
		// A run takes about 240 steps; points beyond the end cut an idle disk.
		disk.Inject(testkit.Fault{At: 1 + point*280/n, Kind: testkit.PowerCut})
		w.run() // ends in the error of the power cut
		after := disk.Restart(rand.New(rand.NewPCG(uint64(point), 4)))
		w.check(t, after.Name())
		if _, err := os.Stat(w.cfg.Path + "-wal.partial"); err == nil {
			repaired++
		}
		disk.Release()
		after.Release()
	}
	t.Logf("%d power cuts, %d write-ahead logs repaired", n, repaired)
}

func TestWorkloadSteps(t *testing.T) {
	disk := testkit.NewDisk()
	defer disk.Release()
	w := &workload{cfg: eventstore.Config{Path: t.TempDir() + "/db", Key: [32]byte{1}, Base: disk.Name()}, seed: 9}
	if err := w.run(); err != nil {
		t.Fatal(err)
	}
	t.Log(disk.Steps(), len(w.acked))
	w.check(t, disk.Name())
}
