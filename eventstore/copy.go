package eventstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"github.com/gofrs/flock"
)

// Copy copies a closed log's files to a new place, byte for byte, also when they can't be opened; the original is only
// read. ErrBusy if a process has the log open: then its Store can copy.
func Copy(ctx context.Context, src, dst string) error {
	if _, err := os.Stat(src + ".lock"); err == nil {
		lock := flock.New(src+".lock", flock.SetFlag(os.O_RDONLY))
		ok, err := lock.TryRLock()
		if err != nil {
			return fmt.Errorf("copy the log: lock: %w", err)
		}
		if !ok {
			return fmt.Errorf("copy the log: %w", ErrBusy)
		}
		defer lock.Unlock()
	}
	return copyLog(ctx, src, dst)
}

// Copy copies the log's files to a new place while no Update runs.
func (s *Store) Copy(ctx context.Context, dst string) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer s.leave()
	return copyLog(ctx, s.cfg.Path, dst)
}

// copyLog copies the database and, if there is one, the write-ahead log. The copy is made under the final name: it is the
// caller's to throw away if this fails.
func copyLog(ctx context.Context, src, dst string) error {
	err := copyFile(ctx, src, dst)
	if err == nil {
		if err = copyFile(ctx, src+"-wal", dst+"-wal"); errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
	}
	if isFull(err) {
		err = fmt.Errorf("%w: %w", ErrFull, err)
	}
	if err != nil {
		return fmt.Errorf("copy the log: %w", err)
	}
	return nil
}

func copyFile(ctx context.Context, src, dst string) error {
	in, err := os.Open(src)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(dst, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, &stopped{ctx, in})
	return errors.Join(err, out.Sync(), out.Close())
}

// stopped is a reader that a context ends.
type stopped struct {
	ctx context.Context
	in  io.Reader
}

// Read reads unless the context has ended.
func (r *stopped) Read(b []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.in.Read(b)
}
