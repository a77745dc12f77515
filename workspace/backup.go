package workspace

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"fieldbook/envelope"
	"fieldbook/eventstore"
)

// A backup is a tar archive: the identity file as it is, under the passphrase;
// the epoch the device wrote to; control events vouched for by a grant; and the
// segments of all feeds under the names they have in a store; and what services
// signed for them. The last entry is
// the hash of all others, so that an archive that was cut or lost an entry is not
// taken for a whole one. Docs: docs/format/backup.md.
const (
	backupIdentity = "identity.age"
	backupEpoch    = "epoch"
	backupVouched  = "vouched/"
	backupReceipt  = "receipts/" // and a number
	backupComplete = "complete"
)

// Backed says what a backup holds.
type Backed struct {
	File   string `json:"file"` // empty if it went to no file of its own
	Bytes  int64  `json:"bytes"`
	Events int64  `json:"events"`
	Feeds  int    `json:"feeds"`
}

// Backup writes all of this device's record to a new file. It is as secret as
// the device's own folder: entries are sealed, the identity is under the
// passphrase. The file appears only when it is whole and on the disk.
func (w *Workspace) Backup(ctx context.Context, path string) (Backed, error) {
	if _, err := os.Lstat(path); err == nil {
		return Backed{}, fmt.Errorf("backing up: %s already exists; a backup never replaces a file", path)
	}
	var done Backed
	err := whole(path, func(f *os.File) (err error) {
		done, err = w.WriteBackup(ctx, f)
		return err
	})
	done.File = path
	if err != nil {
		return Backed{}, err
	}
	return done, nil
}

// WriteBackup writes what Backup does. What was written is a backup only if there
// is no error.
func (w *Workspace) WriteBackup(ctx context.Context, to io.Writer) (Backed, error) {
	if err := w.verified(ctx, "a backup"); err != nil {
		return Backed{}, err // it would lack what this laptop shows
	}
	var done Backed
	counted := &counter{to: to}
	err := w.cut(ctx)
	if err == nil {
		out := &archive{tar.NewWriter(counted), sha256.New()}
		err = w.store.View(ctx, func(tx *eventstore.Tx) error { return w.backup(ctx, tx, out, &done) })
		if err == nil {
			err = out.complete()
		}
	}
	if done.Bytes = counted.bytes; err != nil {
		return Backed{}, fmt.Errorf("backing up: %w", err)
	}
	return done, nil
}

// counter counts what is written to something.
type counter struct {
	to    io.Writer
	bytes int64
}

// Write hands b on and counts what was taken, also of a write that failed halfway.
func (c *counter) Write(b []byte) (int, error) {
	n, err := c.to.Write(b)
	c.bytes += int64(n)
	return n, err
}

func (w *Workspace) backup(ctx context.Context, tx *eventstore.Tx, out *archive, done *Backed) error {
	identity, err := os.ReadFile(w.cfg.identityPath())
	if err != nil {
		return err
	}
	if err := out.put(backupIdentity, identity); err != nil {
		return err
	}
	if err := out.put(backupEpoch, []byte(w.feed().Epoch.String())); err != nil {
		return err
	}
	controls, err := tx.Control()
	if err != nil {
		return err
	}
	for _, e := range controls {
		if err := out.put(backupVouched+e.Hash().String(), e.Encode()); err != nil {
			return err
		}
	}
	branches, err := tx.Branches()
	if err != nil {
		return err
	}
	total, err := tx.Count()
	if err != nil {
		return err
	}
	done.Feeds = len(branches)
	for _, b := range branches {
		err := tx.Segments(b.ID, 0, func(s *envelope.Segment) error {
			done.Events += int64(len(s.Envelopes))
			w.cfg.report(ctx, "backing up", done.Events, total)
			if err := ctx.Err(); err != nil {
				return err
			}
			return out.put(envelope.SegmentPath(s.Workspace, s.Feed(), s.Number, s.Hash()), s.Encode())
		})
		if err != nil {
			return err
		}
	}
	n := 0
	return tx.Receipts(func(data []byte) error {
		n++
		return out.put(fmt.Sprintf("%s%d", backupReceipt, n), data)
	})
}

// archive is a backup being written, and the hash of what it holds so far.
type archive struct {
	*tar.Writer
	sum hash.Hash
}

// put writes one entry. The times are zero: an archive tells no more than it must.
func (a *archive) put(name string, data []byte) error {
	err := a.WriteHeader(&tar.Header{Name: name, Mode: 0o600, Size: int64(len(data)), Format: tar.FormatPAX, ModTime: time.Unix(0, 0)})
	if err != nil {
		return err
	}
	count(a.sum, name, data)
	_, err = a.Write(data)
	return err
}

// complete writes the last entry and ends the archive.
func (a *archive) complete() error {
	if err := a.put(backupComplete, hexOf(a.sum)); err != nil {
		return err
	}
	return a.Close()
}

// count takes one entry into the hash of a backup.
func count(sum hash.Hash, name string, data []byte) {
	for _, part := range [][]byte{[]byte(name), data} {
		digest := sha256.Sum256(part)
		sum.Write(digest[:])
	}
}

func hexOf(sum hash.Hash) []byte { return hex.AppendEncode(nil, sum.Sum(nil)) }

// whole writes a file beside its place and moves it there when it is complete
// and on the disk, so that nobody finds half of one.
func whole(path string, write func(*os.File) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignore(os.ErrClosed, f.Close()), ignore(os.ErrNotExist, os.Remove(f.Name())))
		}
	}()
	if err := write(f); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

func ignore(what, err error) error {
	if errors.Is(err, what) {
		return nil
	}
	return err
}

// maxBackupEntry bounds what is read of one entry of a backup.
const maxBackupEntry = 4 << 20

// EachBackupEntry calls fn with the name and bytes of every entry of a backup,
// in order, and fails at the end if they are not all that was written. ErrBackup:
// it is no backup, or not a whole one.
func EachBackupEntry(ctx context.Context, path string, fn func(name string, data []byte) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in, sum := tar.NewReader(f), sha256.New()
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		header, err := in.Next()
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("%w: its end is missing", ErrBackup)
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrBackup, err)
		}
		if header.Typeflag != tar.TypeReg || header.Size > maxBackupEntry || strings.Contains(header.Name, "..") {
			return fmt.Errorf("%w: entry %q", ErrBackup, header.Name)
		}
		data, err := io.ReadAll(in)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrBackup, err)
		}
		if header.Name == backupComplete {
			if !bytes.Equal(data, hexOf(sum)) {
				return fmt.Errorf("%w: its entries are not those that were written", ErrBackup)
			}
			return nil
		}
		count(sum, header.Name, data)
		if err := fn(header.Name, data); err != nil {
			return err
		}
	}
}
