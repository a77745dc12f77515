package eventstore_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
)

func openError(cfg eventstore.Config) error {
	s, err := eventstore.Open(context.Background(), cfg)
	if err == nil {
		s.Close()
	}
	return err
}

func TestSecondOpenIsRefused(t *testing.T) {
	cfg := config(t)
	s := open(t, cfg)
	wantError(t, openError(cfg), eventstore.ErrBusy)
	cfg.ReadOnly = true
	wantError(t, openError(cfg), eventstore.ErrBusy)
	wantError(t, eventstore.Copy(context.Background(), cfg.Path, cfg.Path+".copy"), eventstore.ErrBusy)
	s.Close()
	if err := openError(cfg); err != nil {
		t.Fatal(err)
	}
}

func TestWrongKeyIsToldFromDamage(t *testing.T) {
	cfg := config(t)
	s := open(t, cfg)
	newAuthor(1).append(t, s, 200)
	s.Close()
	wrong := cfg
	wrong.Key[0]++
	wantError(t, openError(wrong), eventstore.ErrKey)
	flip(t, cfg.Path, 100)
	wantError(t, openError(cfg), eventstore.ErrDamaged)
	wantError(t, openError(wrong), eventstore.ErrKey)
}

// flip changes one bit of a file.
func flip(t testing.TB, path string, off int64) {
	t.Helper()
	f := must(os.OpenFile(path, os.O_RDWR, 0))(t)
	defer f.Close()
	b := make([]byte, 1)
	must(f.ReadAt(b, off))(t)
	b[0] ^= 4
	must(f.WriteAt(b, off))(t)
}

func TestWrongKeyLeavesTheWriteAheadLog(t *testing.T) {
	cfg := config(t)
	s := open(t, cfg)
	newAuthor(1).append(t, s, 20)
	crashed := cfg
	crashed.Path += ".crashed" // a copy of an open log is what a killed process leaves
	if err := s.Copy(context.Background(), crashed.Path); err != nil {
		t.Fatal(err)
	}
	wrong := crashed
	wrong.Key[31]++
	wantError(t, openError(wrong), eventstore.ErrKey)
	if n := len(scan(t, open(t, crashed))); n != 20 {
		t.Fatalf("%d rows", n)
	}
}

func TestPartialWriteAheadLogIsRepaired(t *testing.T) {
	cfg := config(t)
	s := open(t, cfg)
	a := newAuthor(1)
	a.append(t, s, 20)
	crashed := cfg
	crashed.Path += ".crashed"
	if err := s.Copy(context.Background(), crashed.Path); err != nil {
		t.Fatal(err)
	}
	wal := must(os.ReadFile(crashed.Path + "-wal"))(t)
	torn := append(wal, a.bytes(1234)...)
	if err := os.WriteFile(crashed.Path+"-wal", torn, 0o600); err != nil {
		t.Fatal(err)
	}

	s = open(t, crashed)
	if n := len(scan(t, s)); n != 20 {
		t.Fatalf("%d rows", n)
	}
	wantClean(t, s)
	if kept := must(os.ReadFile(crashed.Path + "-wal.partial"))(t); !bytes.Equal(kept, torn) {
		t.Error("what was cut off is not kept")
	}
}

func TestUnusableFilesAreRefused(t *testing.T) {
	for name, content := range map[string]string{
		"another program's database": "SQLite format 3\x00" + string(make([]byte, 8000)),
		"a text":                     "not a log",
		"random bytes":               string(newAuthor(1).bytes(20000)),
	} {
		t.Run(name, func(t *testing.T) {
			cfg := config(t)
			if err := os.WriteFile(cfg.Path, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
			err := openError(cfg)
			if !errors.Is(err, eventstore.ErrKey) && !errors.Is(err, eventstore.ErrDamaged) {
				t.Error(err)
			}
			if string(must(os.ReadFile(cfg.Path))(t)) != content {
				t.Error("the file was changed")
			}
		})
	}
	cfg := config(t)
	cfg.Base = "no such disk"
	if openError(cfg) == nil {
		t.Error("an unknown VFS was accepted")
	}
	cfg = config(t)
	cfg.Path = filepath.Join(cfg.Path, "in", "no", "folder")
	wantError(t, openError(cfg), fs.ErrNotExist)
}

func TestNewerFormatIsRefusedAndLeftAlone(t *testing.T) {
	cfg := config(t)
	s := open(t, cfg)
	newAuthor(1).append(t, s, 3)
	setFormat := func(version string) {
		update(t, s, func(tx *eventstore.Tx) error { return tx.SetMeta("format", []byte(version)) })
		s.Close()
	}
	setFormat("2")
	before := must(os.ReadFile(cfg.Path))(t)
	wantError(t, openError(cfg), eventstore.ErrNewerFormat)
	if !bytes.Equal(before, must(os.ReadFile(cfg.Path))(t)) {
		t.Error("the file was changed")
	}
	for _, version := range []string{"", "x", "0", "-1"} {
		cfg := config(t)
		s = open(t, cfg)
		setFormat(version)
		wantError(t, openError(cfg), eventstore.ErrDamaged)
	}
}

func TestReadOnlyChangesNothing(t *testing.T) {
	cfg := config(t)
	cfg.ReadOnly = true
	if err := openError(cfg); err == nil {
		t.Error("opened a log that does not exist")
	}
	cfg = config(t)
	s := open(t, cfg)
	newAuthor(1).append(t, s, 9)
	s.Close()
	before := must(os.ReadFile(cfg.Path))(t)

	cfg.ReadOnly = true
	s, second := open(t, cfg), open(t, cfg)
	if len(scan(t, s)) != 9 || len(scan(t, second)) != 9 {
		t.Error("rows are missing")
	}
	wantClean(t, s)
	wantError(t, s.Update(context.Background(), func(*eventstore.Tx) error { return nil }), eventstore.ErrReadOnly)
	s.Close()
	second.Close()
	files := must(os.ReadDir(filepath.Dir(cfg.Path)))(t)
	if !bytes.Equal(before, must(os.ReadFile(cfg.Path))(t)) || len(files) != 2 {
		t.Errorf("something was written: %v", files)
	}
}

func TestEveryConnectionIsDurableAndEncrypted(t *testing.T) {
	cfg := config(t)
	s := open(t, cfg)
	check := func(tx *eventstore.Tx) error {
		for pragma, want := range map[string]int{"synchronous": 2, "page_size": 4096, "temp_store": 2, "fullfsync": 1, "mmap_size": 0} {
			stmt, err := tx.Stmt("PRAGMA " + pragma)
			if err != nil {
				return err
			}
			got := 0
			if stmt.Step() {
				got = stmt.ColumnInt(0)
			}
			if got != want {
				t.Errorf("%s is %d, want %d", pragma, got, want)
			}
		}
		return tx.Conn().Exec("SELECT fts5(NULL) WHERE false")
	}
	for range 2 {
		update(t, s, check)
		view(t, s, check)
		s.Close()
		s = open(t, cfg)
	}
	plain := must(sqlite3.Open(cfg.Path + ".plain"))(t)
	defer plain.Close()
	if err := plain.Exec("CREATE TABLE t (x)"); err != nil {
		t.Fatal(err)
	}
	plainCfg := cfg
	plainCfg.Path += ".plain"
	wantError(t, openError(plainCfg), eventstore.ErrDamaged)
}

// TestPrivateFiles: nobody but the owner may read the log's files.
func TestPrivateFiles(t *testing.T) {
	cfg := config(t)
	s := open(t, cfg)
	newAuthor(1).append(t, s, 3)
	for _, name := range []string{"", "-wal", "-shm", ".lock"} {
		info, err := os.Stat(cfg.Path + name)
		if err != nil || info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
}
