package e2e

import (
	"os"
	"path/filepath"
	"testing"
)

// kinds counts findings by kind.
func kinds(list []object) map[string]int {
	count := map[string]int{}
	for _, f := range list {
		count[f["kind"].(string)]++
	}
	return count
}

// custodian is what a laptop's record says.
func custodian(l *laptop, tag string) any { return l.one("asset", "show", tag)["custodian"] }

// TestOneFolderOnTwoLaptops: a copy of a laptop's folder in use beside it. Both
// branches count, nothing is lost, a finding tells, and no command fails.
func TestOneFolderOnTwoLaptops(t *testing.T) { bothKinds(t, oneFolderOnTwoLaptops) }

func oneFolderOnTwoLaptops(t *testing.T, ada, jo *laptop, stick string) {
	ada.ok("asset", "set", "RAV-PLC-001", "custodian=before", "--reason", "r")
	twin := &laptop{t: t, dir: filepath.Join(t.TempDir(), "twin"), pass: passphrase}
	copyTree(t, ada.dir, twin.dir)
	ada.ok("asset", "set", "RAV-PLC-002", "custodian=ada", "--reason", "r")
	ada.ok("asset", "set", "RAV-PLC-003", "custodian=ada", "--reason", "r")
	twin.ok("asset", "set", "RAV-PLC-003", "custodian=twin", "--reason", "r")
	twin.ok("asset", "set", "RAV-PLC-004", "custodian=twin", "--reason", "r")
	laptops := []*laptop{ada, twin, jo}
	for round := range 3 {
		for _, l := range laptops {
			l.ok("sync", stick)
		}
		if round == 0 {
			ada.ok("asset", "set", "RAV-PLC-005", "custodian=ada", "--reason", "r")
			twin.ok("asset", "set", "RAV-PLC-006", "custodian=twin", "--reason", "r")
		}
	}
	for _, l := range laptops {
		for tag, want := range map[string]any{"RAV-PLC-001": "before", "RAV-PLC-002": "ada", "RAV-PLC-004": "twin", "RAV-PLC-005": "ada", "RAV-PLC-006": "twin"} {
			equal(t, tag, custodian(l, tag), want)
		}
		if found := kinds(l.many("findings")); found["fork"]+found["restored_device"] == 0 {
			t.Errorf("no finding tells of the fork: %v", found)
		}
		equal(t, "both values of what both set", len(l.many("conflicts")), 1)
	}
	digests(t, laptops...)
}

// TestOlderCopyPutBack: verify --against finds it, and sync goes on without
// losing what was written on either side.
func TestOlderCopyPutBack(t *testing.T) { bothKinds(t, olderCopyPutBack) }

func olderCopyPutBack(t *testing.T, ada, jo *laptop, stick string) {
	older := filepath.Join(t.TempDir(), "older")
	copyTree(t, ada.dir, older)
	ada.ok("asset", "set", "RAV-PLC-001", "custodian=forgotten", "--reason", "r")
	backup := filepath.Join(t.TempDir(), "backup")
	ada.ok("backup", backup)
	ada.ok("sync", stick)
	jo.ok("sync", stick)
	jo.ok("asset", "set", "RAV-PLC-007", "custodian=jo", "--reason", "r")
	jo.ok("sync", stick)
	if err := os.RemoveAll(ada.dir); err != nil {
		t.Fatal(err)
	}
	copyTree(t, older, ada.dir)
	for _, reference := range []string{stick, "file://" + filepath.ToSlash(stick), backup} {
		a := ada.run("verify", "--against", reference, "--json").exits(3)
		v := decode[object](a)
		equal(t, "ok", v["ok"], any(false))
		found := row(t, objects(v["violations"]), "kind", "rollback")
		has(t, "violation", found, "feed", "seq", "kind", "detail")
	}
	ada.refuses(1, []string{"proves nothing"}, "verify", "--against", t.TempDir())
	ada.ok("verify")
	ada.ok("asset", "set", "RAV-PLC-002", "custodian=since", "--reason", "r")
	for range 2 {
		for _, l := range []*laptop{ada, jo} {
			l.ok("sync", stick)
		}
	}
	for _, l := range []*laptop{ada, jo} {
		equal(t, "written before", custodian(l, "RAV-PLC-001"), any("forgotten"))
		equal(t, "written after", custodian(l, "RAV-PLC-002"), any("since"))
		if found := kinds(l.many("findings")); found["fork"]+found["restored_device"] == 0 {
			t.Errorf("no finding tells of it: %v", found)
		}
	}
	digests(t, ada, jo)
	ada.ok("verify", "--against", stick)
}

func objects(v any) (list []object) {
	items, _ := v.([]any)
	for _, item := range items {
		list = append(list, item.(object))
	}
	return list
}
