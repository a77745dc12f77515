package eventstore_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"testing"

	"fieldbook/envelope"
	"fieldbook/eventstore"
)

// crashChild names the log that this process appends to until it is killed.
const crashChild = "FIELDBOOK_CRASH_CHILD"

func TestMain(m *testing.M) {
	if path := os.Getenv(crashChild); path != "" {
		fmt.Fprintln(os.Stderr, appendForever(path))
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// appendForever appends to a log and prints the position and hash of each envelope once it is acknowledged.
func appendForever(path string) error {
	ctx := context.Background()
	s, err := eventstore.Open(ctx, eventstore.Config{Path: path, Key: [32]byte{42}})
	if err != nil {
		return err
	}
	a := newAuthor(1)
	for {
		var positions []eventstore.Position
		var envs []*envelope.Envelope
		err := s.Update(ctx, func(tx *eventstore.Tx) error {
			tx.Conn().WALAutoCheckpoint(32) // often, so that some are killed in the middle of one
			branches, err := tx.Branches()
			if err != nil {
				return err
			}
			for _, b := range branches {
				a.seq, a.prev = b.Seq, b.Hash
				if b.Seq-b.Cut > 50 {
					if _, err := tx.Cut(b.ID, nil, a); err != nil {
						return err
					}
				}
			}
			envs = a.make(1 + int(a.seq%5))
			sig, err := envelope.SignHead(a.head(), a)
			if err != nil {
				return err
			}
			positions, err = tx.Append(envs, sig)
			return err
		})
		if err != nil {
			return err
		}
		for i, e := range envs {
			fmt.Println(positions[i], e.Hash())
		}
	}
}

func TestKilledProcessLosesNothingAcknowledged(t *testing.T) {
	rounds := 20
	if n, err := strconv.Atoi(os.Getenv("FIELDBOOK_CRASH_RUNS")); err == nil {
		rounds = n
	}
	cfg := config(t)
	r := rand.New(rand.NewPCG(uint64(os.Getpid()), 1))
	total := 0
	for range rounds {
		acked := killAfter(t, cfg.Path, r.IntN(200))
		s := open(t, cfg)
		view(t, s, func(tx *eventstore.Tx) error {
			for position, hash := range acked {
				if row, err := tx.Read(position); err != nil || row.Hash.String() != hash {
					t.Errorf("position %d was acknowledged as %s: %v, %v", position, hash, row.Hash, err)
				}
			}
			return nil
		})
		wantClean(t, s)
		s.Close()
		total += len(acked)
	}
	t.Logf("%d kills, %d acknowledged envelopes", rounds, total)
}

// killAfter runs the child, kills it once it has acknowledged a number of envelopes, and returns all it acknowledged.
func killAfter(t *testing.T, path string, lines int) map[eventstore.Position]string {
	t.Helper()
	child := exec.Command(must(os.Executable())(t))
	child.Env = append(os.Environ(), crashChild+"="+path)
	child.Stderr = os.Stderr
	out := must(child.StdoutPipe())(t)
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	acked := map[eventstore.Position]string{}
	for in := bufio.NewScanner(out); in.Scan(); lines-- {
		var position eventstore.Position
		var hash string
		if n, _ := fmt.Sscan(in.Text(), &position, &hash); n == 2 && len(hash) == 64 {
			acked[position] = hash
		}
		if lines == 0 {
			if err := child.Process.Kill(); err != nil {
				t.Error(err)
			}
		}
	}
	child.Wait() // ends with the signal
	return acked
}
