package e2e

import (
	"bytes"
	"io/fs"
	"path/filepath"
	"testing"
	"unicode/utf16"
)

// marker stands in every field of every entity; nothing in the record is called so.
const marker = "Xyzzyq7"

// TestNoPlaintextOnDisk: what people write is in no file of the workspace, the
// folder remote or a backup, in no encoding a string search would find.
func TestNoPlaintextOnDisk(t *testing.T) {
	t.Parallel()
	ada := newLaptop(t, "ada")
	dir := t.TempDir()
	stick, backup := filepath.Join(dir, "stick"), filepath.Join(dir, "backup")
	ada.ok("init", "--name", "W"+marker, "--member", "M"+marker)
	ada.ok("site", "set", "RAV", "name=S"+marker, "address=A"+marker, "--reason", "R"+marker)
	text := func(names ...string) (args []string) {
		for _, name := range names {
			args = append(args, name+"="+marker+" "+name)
		}
		return args
	}
	fields := append([]string{"asset", "add", "T-" + marker, "site=RAV", "role=plc", "criticality=high", "lifecycle=in_service", "hostname=" + marker, "software=" + marker + "@1", "accounts=" + marker, "protocols=" + marker, "patches=" + marker, "--reason", "R" + marker},
		text("name", "description", "zone", "location.building", "location.room", "location.panel", "location.rack_or_din", "location.position", "owner_department", "custodian", "backup.type", "backup.frequency",
			"vendor", "model", "order_no", "hw_revision", "serial", "firmware", "os", "os_version", "custom."+marker, "last_verified.by", "interface_name")...)
	ada.ok(fields...)
	ada.ok("asset", "set", "T-"+marker, "description="+marker+" again", "--reason", "Q"+marker)
	id := ada.one("note", "add", "--asset", "T-"+marker, "N"+marker)["id"].(string)
	ada.ok("note", "sign", id)
	ada.ok("note", "amend", id, "O"+marker)
	ada.ok("import", "assets", file(t, marker+".csv", "tag,site,role,criticality,lifecycle,owner_department,vendor,model,remarks\nU-1,RAV,plc,high,spare,C,V,M,"+marker+"\n"), "--reason", "I"+marker)
	jo := newLaptop(t, "jo")
	admit(t, ada, jo, "J"+marker)
	ada.ok("sync", stick, "--begin")
	jo.ok("sync", stick)
	jo.ok("asset", "set", "T-"+marker, "custodian=K"+marker, "--reason", "P"+marker)
	ada.ok("asset", "set", "T-"+marker, "custodian=L"+marker, "--reason", "P"+marker)
	for _, l := range []*laptop{jo, ada, jo} {
		l.ok("sync", stick)
	}
	ada.ok("asset", "set", "U-1", "serial="+marker+" serial", "--reason", "label")
	twice := row(t, ada.many("findings"), "kind", "duplicate_serial")["id"].(string)
	ada.ok("findings", "settle", twice, "--reason", "F"+marker)
	ada.ok("backup", backup)
	equal(t, "the marker is in the record", len(ada.many("asset", "list", "--search", marker)) > 0, true)
	var wide []byte
	for _, u := range utf16.Encode([]rune(marker)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	checked := 0
	for _, root := range []string{ada.dir, jo.dir, stick, backup} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data := append([]byte(path[len(root):]), get(t, path)...)
			checked++
			for name, form := range map[string][]byte{"UTF-8": []byte(marker), "lower case": bytes.ToLower([]byte(marker)), "upper case": bytes.ToUpper([]byte(marker)), "UTF-16": wide} {
				if bytes.Contains(data, form) {
					t.Errorf("%s holds the marker as %s", path, name)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if checked < 10 {
		t.Errorf("only %d files looked at", checked)
	}
}
