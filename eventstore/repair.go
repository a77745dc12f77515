package eventstore

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/ncruces/go-sqlite3/vfs"
)

// repair cuts a write-ahead log to whole blocks. A power cut can leave a part of the last block behind, which the
// encryption can't read, and then the database does not open. SQLite pads each commit to a whole block before it calls it
// durable, so that nothing acknowledged lies in the part; the whole log is kept aside all the same.
func repair(d disk, wal string) error {
	size, err := d.size(wal)
	if err != nil || size%blockSize == 0 {
		return err
	}
	f, err := d.open(wal)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := aside(f, size, wal+".partial"); err != nil {
		return fmt.Errorf("keep the partial write-ahead log: %w", err)
	}
	if err := f.Truncate(size - size%blockSize); err != nil {
		return fmt.Errorf("cut the partial write-ahead log: %w", err)
	}
	return f.Sync(vfs.SYNC_FULL)
}

// aside copies a file to a new name and waits until it is on the disk. An older copy is replaced: it belongs to a log that
// has been opened since.
func aside(f io.ReaderAt, size int64, path string) error {
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, io.NewSectionReader(f, 0, size))
	return errors.Join(err, out.Sync(), out.Close())
}
