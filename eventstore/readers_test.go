package eventstore_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"fieldbook/eventstore"
)

// TestReadersBesideAWriterSeeWholeLogs lets views scan while entries are appended and moved out of the write-ahead log,
// whose blocks readers and writer share.
func TestReadersBesideAWriterSeeWholeLogs(t *testing.T) {
	s, a := open(t, config(t)), newAuthor(1)
	update(t, s, func(tx *eventstore.Tx) error {
		tx.Conn().WALAutoCheckpoint(16) // often, since checkpoints are where a log moves
		return nil
	})
	a.append(t, s, 1)
	var readers sync.WaitGroup
	done := make(chan struct{})
	for range 3 {
		readers.Go(func() {
			for {
				select {
				case <-done:
					return
				default:
				}
				if err := s.View(context.Background(), whole); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	for i := range 200 {
		a.append(t, s, 1+i%3+i%100/99*100) // sometimes more than the page cache need keep
	}
	close(done)
	readers.Wait()
	wantClean(t, s)
}

// TestEveryCommitIsSeenAtOnce reads after each of many commits of different sizes what was just committed: wherever in a block
// of the write-ahead log a frame comes to lie, and a sync cuts it, nothing of it waits for the next one.
func TestEveryCommitIsSeenAtOnce(t *testing.T) {
	s, a := open(t, config(t)), newAuthor(1)
	update(t, s, func(tx *eventstore.Tx) error {
		tx.Conn().WALAutoCheckpoint(0)
		return nil
	})
	last := eventstore.Position(0)
	for i := range 1500 {
		last += eventstore.Position(len(a.append(t, s, 1+i%4)))
		view(t, s, func(tx *eventstore.Tx) error {
			_, err := tx.Read(last)
			return err
		})
	}
}

// whole scans the log and finds every position and hash in its place.
func whole(tx *eventstore.Tx) error {
	next := eventstore.Position(1)
	return tx.Scan(0, func(row eventstore.Row) error {
		if row.Position != next || row.Envelope.Hash() != row.Hash {
			return fmt.Errorf("position %d in place of %d, hash %s", row.Position, next, row.Hash)
		}
		next++
		return nil
	})
}
