package eventstore

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"

	"github.com/gofrs/flock"
	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// readers is how many views run at a time; more would only share the processor.
const readers = 3

// Store is an open log. It is safe for concurrent use: one Update runs at a time, beside a few Views.
type Store struct {
	cfg    Config
	disk   disk
	lock   *flock.Flock
	vfs    string
	writer *conn

	// turn holds one token: whoever put it there writes.
	turn chan struct{}
	// seats holds a token for each view under way.
	seats chan struct{}
	// next is the length of the write-ahead log, in pages, at which it is moved again. It belongs to whoever writes.
	next int
	// moving says that it is being moved beside the writer.
	moving atomic.Bool

	mu     sync.Mutex
	idle   []*conn
	closed bool
	failed error
}

// Update runs fn in the write transaction and returns nil once its result is on the disk. An error of fn, or of the
// commit, undoes all of it. fn must not call Update; what one Update appends is one group commit: about one fsync.
func (s *Store) Update(ctx context.Context, fn func(*Tx) error) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.leave()
	if s.cfg.ReadOnly {
		return ErrReadOnly
	}
	s.writer.db.SetInterrupt(ctx)
	tx := &Tx{conn: s.writer, writes: true}
	err := s.writer.transact(func() error {
		if err := fn(tx); err != nil {
			return err
		}
		return tx.finish()
	})
	if errors.Is(err, sqlite3.IOERR) {
		s.failed = fail("a commit before", err)
	}
	return s.explainFailure(ctx, "update the log", err)
}

// explainFailure gives the context's own error for a statement that the context ended.
func (s *Store) explainFailure(ctx context.Context, doing string, err error) error {
	if err != nil && ctx.Err() != nil && errors.Is(err, sqlite3.INTERRUPT) {
		return ctx.Err()
	}
	if kindOf(err) == nil {
		return err
	}
	return fail(doing, err)
}

// enter waits for the turn to write.
func (s *Store) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case s.turn <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		<-s.turn
		return ErrClosed
	}
	if s.failed != nil {
		<-s.turn
		return s.failed
	}
	return nil
}

func (s *Store) leave() { <-s.turn }

// View runs fn on a snapshot of the log that does not change while fn runs. It may run beside an Update, also inside one,
// of which it then sees nothing.
func (s *Store) View(ctx context.Context, fn func(*Tx) error) error {
	select {
	case s.seats <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { <-s.seats }()
	c, err := s.reader(ctx)
	if err != nil {
		return fail("read the log", err)
	}
	defer s.giveBack(c)
	c.db.SetInterrupt(ctx)
	err = c.exec("BEGIN")
	if err == nil {
		err = fn(&Tx{conn: c})
	}
	return s.explainFailure(ctx, "read the log", errors.Join(err, c.end()))
}

// reader takes an idle connection, or opens one: opening a log opens none, so that it is fast.
func (s *Store) reader(ctx context.Context) (*conn, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil, ErrClosed
	}
	if n := len(s.idle); n > 0 {
		c := s.idle[n-1]
		s.idle = s.idle[:n-1]
		return c, nil
	}
	return s.connect(ctx)
}

func (s *Store) giveBack(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.idle = append(s.idle, c)
}

// Close waits for what is running, moves the write-ahead log into the database and lets go of the workspace. After it
// returns nil there is no -wal and no -shm file.
func (s *Store) Close() error {
	s.turn <- struct{}{}
	defer s.leave()
	for range readers {
		s.seats <- struct{}{}
	}
	defer func() {
		for range readers {
			<-s.seats
		}
	}()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	return fail("close the log", s.release())
}

// release closes every connection, the writer last: closing the last connection removes the write-ahead log.
func (s *Store) release() error {
	var errs []error
	for _, c := range s.idle {
		errs = append(errs, c.close())
	}
	s.idle = nil
	if s.writer != nil {
		errs = append(errs, s.checkpoint())
		errs = append(errs, s.writer.close())
		s.writer = nil
	}
	vfs.Unregister(s.vfs)
	if s.lock != nil {
		errs = append(errs, s.lock.Unlock())
	}
	return errors.Join(errs...)
}

// checkpoint moves the write-ahead log into the database. After a failed commit the log stays as it is: recovery when it
// is opened again tells what of it is whole.
func (s *Store) checkpoint() error {
	if s.cfg.ReadOnly {
		return nil
	}
	if s.failed != nil {
		_, err := s.writer.db.Config(sqlite3.DBCONFIG_NO_CKPT_ON_CLOSE, true)
		return err
	}
	s.writer.db.SetInterrupt(context.Background())
	_, _, err := s.writer.db.WALCheckpoint("", sqlite3.CHECKPOINT_TRUNCATE)
	return err
}
