package e2e

import (
	"os"
	"path/filepath"
	"testing"
)

// TestFirstSyncToAFolder: a folder that holds nothing of the record gets none of it before it is told to, by each way in.
func TestFirstSyncToAFolder(t *testing.T) {
	t.Parallel()
	ada := plant(t)
	mount := t.TempDir()
	stick := filepath.Join(mount, "fieldbook")
	ada.refuses(1, []string{"no folder", stick, "fieldbook sync " + stick + " --begin"}, "sync", stick)
	ada.refuses(1, []string{"nothing of this record", "fieldbook sync " + mount + " --begin"}, "sync", mount)
	ada.refuses(1, []string{"no folder", "fieldbook remote add stick " + stick + " --begin"}, "remote", "add", "stick", stick)
	if left, err := os.ReadDir(mount); err != nil || len(left) > 0 {
		t.Fatalf("something was written: %v, %v", left, err)
	}
	if n := ada.one("sync", stick, "--begin")["sent"].(float64); n < 199 {
		t.Errorf("sent %v entries", n)
	}
	equal(t, "sent again", ada.one("sync", stick)["sent"], any(0.0))
	ada.ok("remote", "add", "stick", stick)
}

// TestStickThatIsNotIn: a remote whose stick is out, or that another stick is in place of, is told from a first use. Nothing
// is written, nothing is lost, and a stick that is lost can be replaced.
func TestStickThatIsNotIn(t *testing.T) {
	t.Parallel()
	ada := plant(t)
	stick := filepath.Join(t.TempDir(), "stick")
	ada.ok("remote", "add", "stick", stick, "--begin")
	ada.ok("sync")
	ada.ok("asset", "set", "RAV-PLC-004", "firmware=V9", "--reason", "visit")
	if err := os.Rename(stick, stick+" out"); err != nil {
		t.Fatal(err)
	}
	ada.refuses(1, []string{"stick is not there", "1 entry waits", "plug the stick in"}, "sync")
	if _, err := os.Stat(stick); err == nil {
		t.Fatal("the folder was made again")
	}
	if err := os.Mkdir(stick, 0o700); err != nil {
		t.Fatal(err)
	}
	ada.refuses(1, []string{"another stick", "1 entry waits", "fieldbook sync stick --begin"}, "sync", "stick")
	if left, err := os.ReadDir(stick); err != nil || len(left) > 0 {
		t.Fatalf("something was written: %v, %v", left, err)
	}
	if n := ada.one("sync", "stick", "--begin")["sent"].(float64); n < 200 {
		t.Errorf("the new stick got %v entries", n)
	}
}
