package keyring

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
)

// Save writes the identity file at path, readable by its owner only, encrypted under the passphrase. The file is replaced as a
// whole: after a crash or a full disk the old file or the new one is there, never half of one. When Save returns nil the
// file and its name are on the disk. A zero work is DefaultWork.
func Save(path string, id *Identity, passphrase []byte, work Work) error {
	file, err := lock(id, passphrase, work)
	if err != nil {
		return fmt.Errorf("save identity: %w", err)
	}
	if err := replace(path, file); err != nil {
		return fmt.Errorf("save identity: %w", err)
	}
	return nil
}

// Load reads the identity file at path. ErrPassphrase: ask again. ErrIdentity: damaged, a backup or the recovery key is
// needed. ErrNewer: update the program. A missing file is fs.ErrNotExist.
func Load(path string, passphrase []byte) (*Identity, error) {
	file, err := readCapped(path, maxFile)
	if err != nil {
		return nil, fmt.Errorf("load identity: %w", err)
	}
	id, err := unlock(file, passphrase)
	debug.FreeOSMemory() // scrypt's 64 MiB: the collector would otherwise let the heap grow to twice that before it looks
	if err != nil {
		return nil, fmt.Errorf("load identity: %w", err)
	}
	return id, nil
}

// readCapped reads a regular file of at most limit bytes; anything else (a pipe, a device) would block or never end.
func readCapped(path string, limit int64) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%w: not a regular file", ErrIdentity)
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }() // only read
	return io.ReadAll(io.LimitReader(f, limit+1))
}

// replace writes data under a temporary name beside path, syncs it, renames it over path and syncs the folder.
func replace(path string, data []byte) (err error) {
	dir := filepath.Dir(path)
	f, err := os.CreateTemp(dir, ".identity-*") // 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, ignoreMissing(os.Remove(f.Name())))
		}
	}()
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err = os.Rename(f.Name(), path); err != nil {
		return err
	}
	return syncDir(dir)
}

// ignoreMissing drops the error of removing what is already gone.
func ignoreMissing(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// syncDir makes a rename durable. Windows can't sync a folder; its rename is journalled by the file system.
func syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
