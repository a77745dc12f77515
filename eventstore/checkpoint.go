package eventstore

import (
	"context"

	"github.com/ncruces/go-sqlite3"
)

// Moving the write-ahead log into the database takes longer than many edits, so a further connection does it beside the
// writer. It can't end the log: that begins anew only when all of it has been moved and nobody adds to it. So it moves what has
// come since several times, each time about half as much, and the writer moves the little that is left.
//
// A longer log would move pages that many edits change less often, but an edit waits longer for the disk as long as the file grows.
const (
	// beginPages is the length of the write-ahead log, in pages, at which the further connection begins.
	beginPages = 3400
	// endPages is the length at which the writer moves what is left. A log of this length is within journal_size_limit.
	endPages = 4000
)

// grown hears of each commit how many pages the write-ahead log has. As with SQLite's own checkpoints an error is not one of the
// commit, which is safe in the log: the next checkpoint tries again, and closing tells.
func (s *Store) grown(db *sqlite3.Conn, schema string, pages int) error {
	switch {
	case pages < beginPages:
		s.next = beginPages
	case pages >= endPages:
		_, _, _ = db.WALCheckpoint(schema, sqlite3.CHECKPOINT_PASSIVE)
	case pages >= s.next && s.moveBeside(schema):
		s.next = endPages - (endPages-pages)/2
	}
	return nil
}

// moveBeside starts a checkpoint on a reader's connection. False: one is under way, or all of them are reading.
func (s *Store) moveBeside(schema string) bool {
	if s.moving.Swap(true) {
		return false
	}
	select {
	case s.seats <- struct{}{}:
	default:
		s.moving.Store(false)
		return false
	}
	go func() {
		defer func() { <-s.seats }()
		defer s.moving.Store(false)
		ctx := context.Background()
		c, err := s.reader(ctx)
		if err != nil {
			return
		}
		defer s.giveBack(c)
		c.db.SetInterrupt(ctx)
		_, _, _ = c.db.WALCheckpoint(schema, sqlite3.CHECKPOINT_PASSIVE)
	}()
	return true
}
