package workspace_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fieldbook/record"
	"fieldbook/syncserver"
	"fieldbook/workspace"
)

// TestFolders: only a folder in which the record was begun is synced with; any other is refused, says why, and is left as
// it was.
func TestFolders(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	mount := t.TempDir()
	stick := filepath.Join(mount, "fieldbook")
	refused := func(path, remote string) workspace.FolderError {
		t.Helper()
		var elsewhere *workspace.FolderError
		if err := a.w.EnterFolder(p.ctx, path, remote, false); !errors.As(err, &elsewhere) {
			t.Fatalf("%s as %q: %v", path, remote, err)
		}
		return *elsewhere
	}
	if e := refused(stick, ""); !e.Absent {
		t.Errorf("a path that leads nowhere: %+v", e)
	}
	if e := refused(mount, ""); e.Absent || e.Remote != "" {
		t.Errorf("a folder of other things: %+v", e)
	}
	if left, _ := os.ReadDir(mount); len(left) > 0 {
		t.Errorf("something was made: %v", left)
	}
	var early *workspace.FolderError
	if _, err := a.w.AddRemote(p.ctx, workspace.RemoteSpec{Name: "stick", URL: stick}); !errors.As(err, &early) || len(a.status().Remotes) > 0 {
		t.Errorf("a remote that is not there was added: %v", err)
	}
	a.addRemote(workspace.RemoteSpec{Name: "stick", URL: "file://" + filepath.ToSlash(stick), Begin: true})
	a.add("PLC-1", "zone", "Z1")
	p.must(a.w.EnterFolder(p.ctx, stick, "stick", false))
	p.must(second(a.w.SyncAs(p.ctx, "stick", folderAt(t, stick))))
	a.set("PLC-1", "moved", "zone", "Z2")

	p.must(os.Rename(stick, stick+" out"))
	if e := refused(stick, "stick"); !e.Absent || e.Remote != "stick" || e.Unsent != 1 || !strings.Contains(e.Error(), "1 entry waits") {
		t.Errorf("the stick is out: %v", &e)
	}
	p.must(os.Mkdir(stick, 0o700))
	if e := refused(stick, "stick"); e.Absent || e.Unsent != 1 || !strings.Contains(e.Error(), "another stick") {
		t.Errorf("its mount point alone: %v", &e)
	}
	p.must(a.w.EnterFolder(p.ctx, stick, "stick", true))
	p.must(a.w.EnterFolder(p.ctx, stick, "stick", false))
}

// TestFoldersOfOtherRecords: a stick with another plant's record is not taken for this one's.
func TestFoldersOfOtherRecords(t *testing.T) {
	stick := t.TempDir()
	var elsewhere *workspace.FolderError
	for range 2 {
		p := newPlant(t, t.TempDir(), 1)
		a := p.laptops[0]
		if err := a.w.EnterFolder(p.ctx, stick, "", false); !errors.As(err, &elsewhere) || elsewhere.Absent {
			t.Errorf("before it was begun: %v", err)
		}
		p.must(a.w.EnterFolder(p.ctx, stick, "", true))
	}
}

// TestWrongFolders: what is no folder, or none that a path names wherever the program runs, is refused in a sentence.
func TestWrongFolders(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	w := p.laptops[0].w
	var misuse *record.UsageError
	if err := w.EnterFolder(p.ctx, "stick", "", true); !errors.As(err, &misuse) {
		t.Errorf("a relative path: %v", err)
	}
	if _, err := w.AddRemote(p.ctx, workspace.RemoteSpec{Name: "s", URL: "file://far/stick", Begin: true}); !errors.As(err, &misuse) {
		t.Errorf("another computer's folder: %v", err)
	}
	if _, err := w.AddRemote(p.ctx, workspace.RemoteSpec{Name: "s", URL: "https://fieldbook.example.com", Begin: true}); !errors.As(err, &misuse) {
		t.Errorf("a service: %v", err)
	}
	file := filepath.Join(t.TempDir(), "file")
	p.must(os.WriteFile(file, nil, 0o600))
	if err := w.EnterFolder(p.ctx, file, "", false); err == nil {
		t.Error("a file was taken for a folder")
	}
}

func folderAt(t *testing.T, path string) *syncserver.Server {
	t.Helper()
	store, err := syncserver.OpenFolder(syncserver.FolderConfig{Path: path})
	if err != nil {
		t.Fatal(err)
	}
	return syncserver.New(syncserver.Config{Store: store})
}
