package eventstore

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"
	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs"
)

// defaultCacheKiB keeps the pages that a command touches in memory, and four connections of it well below 50 MB.
const defaultCacheKiB = 8 << 10

// Config says which log to open and how.
type Config struct {
	// Path is the database file; it is created if it is missing, in a folder that exists.
	Path string
	// Key encrypts the file.
	Key [32]byte
	// ReadOnly opens an existing log without writing to it or to its folder.
	ReadOnly bool
	// Base names the registered VFS under the encryption, the operating system's if empty. The file lock is always a real file.
	Base string
	// CacheKiB bounds the page cache of each connection in KiB; 0 means 8 MiB.
	CacheKiB int
}

// Open opens the log and takes its file lock, or gives ErrBusy, ErrNewerFormat, ErrKey, ErrDamaged, ErrFull, ErrReadOnly or
// ErrDisk. It first repairs a write-ahead log that a power cut left with a partial block. It reads a few pages only,
// however long the log is.
func Open(ctx context.Context, cfg Config) (*Store, error) {
	path, err := filepath.Abs(cfg.Path)
	if err != nil {
		return nil, fmt.Errorf("open the log: %w", err)
	}
	cfg.Path = path
	if cfg.CacheKiB <= 0 {
		cfg.CacheKiB = defaultCacheKiB
	}
	disk, err := findDisk(cfg.Base)
	if err != nil {
		return nil, err
	}
	lock, err := acquire(path, cfg.ReadOnly)
	if err != nil {
		return nil, err
	}
	s := &Store{cfg: cfg, disk: disk, lock: lock, turn: make(chan struct{}, 1), seats: make(chan struct{}, readers)}
	if err := s.open(ctx); err != nil {
		s.release() // what closing a log that did not open says adds nothing
		return nil, fail("open the log", err)
	}
	return s, nil
}

// acquire takes the workspace's file lock: exclusive, or shared to read only. Where nobody can write, a missing lock file
// is as good as a lock.
func acquire(path string, readOnly bool) (*flock.Flock, error) {
	lock := flock.New(path+".lock", flock.SetPermissions(0o600))
	try := lock.TryLock
	if readOnly {
		try = lock.TryRLock
	}
	ok, err := try()
	switch {
	case readOnly && (errors.Is(err, fs.ErrPermission) || isReadOnlyDisk(err)):
		return nil, nil
	case isReadOnlyDisk(err) || errors.Is(err, fs.ErrPermission):
		return nil, fmt.Errorf("lock the workspace: %w: %w", ErrReadOnly, err)
	case isFull(err):
		return nil, fmt.Errorf("lock the workspace: %w: %w", ErrFull, err)
	case err != nil:
		return nil, fmt.Errorf("lock the workspace: %w", err)
	case !ok:
		return nil, fmt.Errorf("%s: %w", path, ErrBusy)
	}
	return lock, nil
}

// open does everything after the file lock; whatever it leaves half done release undoes.
func (s *Store) open(ctx context.Context) error {
	size, err := s.disk.size(s.cfg.Path)
	if err != nil {
		return err
	}
	if size > 0 {
		if err := s.checkKey(); err != nil {
			return err
		}
		if !s.cfg.ReadOnly {
			if err := repair(s.disk, s.cfg.Path+"-wal"); err != nil {
				return err
			}
		}
	}
	s.vfs = register(vfs.Find(s.cfg.Base), s.cfg.Key)
	if s.writer, err = s.connect(ctx); err != nil {
		return err
	}
	return s.start()
}

// start makes the log ready on its first connection.
func (s *Store) start() error {
	if !s.cfg.ReadOnly {
		if err := s.writer.db.Exec("PRAGMA page_size=4096; PRAGMA journal_mode=WAL"); err != nil {
			return err
		}
	}
	if err := prepare(s.writer, s.cfg.ReadOnly); err != nil {
		return err
	}
	if !s.cfg.ReadOnly {
		if err := s.disk.private(s.cfg.Path); err != nil {
			return err
		}
		s.writer.db.WALHook(s.grown)
	}
	return s.checkSealed()
}

// checkSealed refuses a file that is not encrypted: a wrong VFS would write plaintext and say nothing.
func (s *Store) checkSealed() error {
	head := make([]byte, len(plainMagic))
	if _, err := s.disk.read(s.cfg.Path, head); err != nil {
		return err
	}
	if string(head) == plainMagic {
		return fmt.Errorf("%s is not encrypted: %w", s.cfg.Path, ErrDamaged)
	}
	return nil
}

// checkKey refuses a wrong key before SQLite sees the file: it would take the write-ahead log for garbage and delete it. The
// key is right if it opens the beginning of any of the files, since a crash may have torn one of them.
func (s *Store) checkKey() error {
	if err := s.checkSealed(); err != nil {
		return err
	}
	for _, start := range starts {
		block := make([]byte, blockSize)
		n, err := s.disk.read(s.cfg.Path+start.suffix, block)
		if err != nil {
			return err
		}
		if n == blockSize && strings.HasPrefix(string(decrypt(s.cfg.Key, block, 0)), start.magic) {
			return nil
		}
	}
	file, err := s.disk.open(s.cfg.Path)
	if err != nil {
		return err
	}
	defer file.Close()
	if looksRight(file, s.cfg.Key) {
		return fmt.Errorf("first page: %w", ErrDamaged)
	}
	return ErrKey
}

// connect opens a connection. Read only and without a write-ahead log nothing can change under it, so it needs no shared
// memory, which a folder that can't be written would refuse.
func (s *Store) connect(ctx context.Context) (*conn, error) {
	flags, immutable := sqlite3.OPEN_READWRITE|sqlite3.OPEN_CREATE, false
	if s.cfg.ReadOnly {
		flags = sqlite3.OPEN_READONLY
		size, err := s.disk.size(s.cfg.Path + "-wal")
		if err != nil {
			return nil, err
		}
		immutable = size == 0
	}
	return dial(ctx, s.cfg.Path, s.vfs, flags, immutable, s.cfg.CacheKiB)
}
