package syncserver_test

import (
	"os"
	"path/filepath"
	"testing"

	"fieldbook/syncserver"
	"fieldbook/syncserver/storetest"
)

func TestMemoryKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Subject {
		store := &syncserver.Memory{}
		return storetest.Subject{
			Store:  store,
			Plant:  func(_ *testing.T, name string, data []byte) { store.Put(name, data) },
			Reopen: func(*testing.T) syncserver.Store { return store },
			Sizes:  true,
		}
	})
}

func TestFolderKeepsTheContract(t *testing.T) {
	storetest.Run(t, folderSubject)
}

// A stick with FAT knows no hard links: names are given by renaming.
func TestFolderWithoutLinksKeepsTheContract(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Subject {
		subject := folderSubject(t)
		subject.OneProcess = true
		syncserver.FailSteps(subject.Store.(*syncserver.Folder), func(op string) error {
			if op == "link" {
				return os.ErrInvalid
			}
			return nil
		})
		return subject
	})
}

func folderSubject(t *testing.T) storetest.Subject {
	dir := t.TempDir()
	return storetest.Subject{
		Store:  openFolder(t, dir),
		Plant:  func(t *testing.T, name string, data []byte) { plant(t, dir, name, data) },
		Reopen: func(t *testing.T) syncserver.Store { return openFolder(t, dir) },
		Sizes:  true,
	}
}

func openFolder(t *testing.T, dir string) *syncserver.Folder {
	t.Helper()
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: dir, Sizes: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { store.Close() })
	return store
}

func plant(t *testing.T, dir, name string, data []byte) {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
}
