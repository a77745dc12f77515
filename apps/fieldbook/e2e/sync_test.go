package e2e

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// digests checks that all laptops come to one digest, live and verified.
func digests(t *testing.T, laptops ...*laptop) {
	t.Helper()
	want := laptops[0].one("status")["digest"]
	for _, l := range laptops {
		verified := l.one("verify", "--deep")
		equal(t, "verified", verified["ok"], any(true))
		equal(t, "verified digest", verified["digest"], want)
		equal(t, "status digest", l.one("status")["digest"], want)
	}
}

func TestSyncAnswers(t *testing.T) { bothKinds(t, syncAnswers) }

func syncAnswers(t *testing.T, ada, jo *laptop, stick string) {
	digests(t, ada, jo)
	before := ada.one("status")
	has(t, "status", before, "workspace", "device", "member", "events", "feeds", "waiting", "unsent", "digest")
	equal(t, "unsent", before["unsent"], any(0.0))
	equal(t, "member", before["member"], any("Ada Okafor"))
	ada.ok("asset", "set", "RAV-PLC-001", "firmware=V9", "--reason", "r")
	after := ada.one("status")
	equal(t, "unsent after an edit", after["unsent"], any(1.0))
	if after["digest"] == before["digest"] {
		t.Error("an edit left the digest")
	}
	sent := ada.one("sync", stick)
	has(t, "sync", sent, "sent", "received", "refused", "waiting", "digest")
	equal(t, "sent", sent["sent"], any(1.0))
	equal(t, "refused", len(sent["refused"].([]any)), 0)
	equal(t, "digest", sent["digest"], after["digest"])
	got := jo.one("sync", "file://"+filepath.ToSlash(stick))
	equal(t, "received over a file URL", got["received"], any(1.0))
	equal(t, "one digest", got["digest"], sent["digest"])
	equal(t, "nothing twice", jo.one("sync", stick)["received"], any(0.0))
	digests(t, ada, jo)
}

// TestConflicts: both values of what collided are shown with who, when and why,
// under one id on all laptops, until a person decides.
func TestConflicts(t *testing.T) { bothKinds(t, conflicts) }

func conflicts(t *testing.T, ada, jo *laptop, stick string) {
	equal(t, "none", len(ada.many("conflicts")), 0)
	ada.ok("asset", "set", "RAV-PLC-004", "firmware=V3.2.17", "vlan=7", "--reason", "CR-0042")
	jo.ok("asset", "set", "RAV-PLC-004", "firmware=V3.2.19", "vlan=7", "location.room=R2", "custom.Shelf=B", "--reason", "vendor visit")
	ada.ok("asset", "set", "RAV-PLC-004", "custom.Shelf=A", "--reason", "seen")
	for _, l := range []*laptop{ada, jo, ada} {
		l.ok("sync", stick)
	}
	list := ada.many("conflicts")
	equal(t, "conflicts: firmware and shelf, not the vlan both agree on", len(list), 2)
	others := jo.many("conflicts")
	var id string
	for _, c := range list {
		has(t, "conflict", c, "id", "tag", "field", "current", "values")
		other := row(t, others, "id", c["id"])
		equal(t, "current", other["current"], c["current"])
		values := c["values"].([]any)
		equal(t, "values", len(values), 2)
		for _, v := range values {
			has(t, "value", v.(object), "value", "member", "device", "recorded_at", "reason")
		}
		if c["field"] == "firmware" {
			id = c["id"].(string)
		} else {
			equal(t, "field", c["field"], any("custom.Shelf"))
		}
	}
	shown := ada.one("asset", "show", "RAV-PLC-004")
	equal(t, "concurrent fields", len(shown["concurrent"].([]any)), 2)
	equal(t, "the other field", shown["location"].(object)["room"], any("R2"))
	row(t, ada.many("findings"), "id", id)

	ada.refuses(5, []string{"reason"}, "resolve", id, "--keep", "V3.2.19")
	ada.refuses(5, []string{"resolve"}, "findings", "settle", id, "--reason", "r")
	has(t, "resolved", jo.one("resolve", id[:12], "--keep", "V3.3.0", "--reason", "neither: read on the display"), "id")
	ada.ok("sync", stick)
	jo.ok("sync", stick)
	ada.ok("sync", stick)
	for _, l := range []*laptop{ada, jo} {
		equal(t, "left", len(l.many("conflicts")), 1)
		equal(t, "firmware", l.one("asset", "show", "RAV-PLC-004")["unit"].(object)["firmware"], any("V3.3.0"))
		trail := l.many("log", "--asset", "RAV-PLC-004")
		last := trail[len(trail)-1]
		equal(t, "decision in the trail", last["after"], any("V3.3.0"))
		equal(t, "why", last["reason"], any("neither: read on the display"))
	}
	digests(t, ada, jo)
}

func TestFindings(t *testing.T) { bothKinds(t, findings) }

func findings(t *testing.T, ada, jo *laptop, stick string) {
	ada.ok("asset", "retire", "RAV-PLC-010", "--reason", "dismantled")
	jo.ok("asset", "set", "RAV-PLC-010", "custodian=jo", "--reason", "still there")
	jo.ok("asset", "set", "RAV-PLC-011", "serial=SAME", "--reason", "label")
	ada.ok("asset", "set", "RAV-PLC-012", "serial=SAME", "--reason", "label")
	for _, l := range []*laptop{ada, jo, ada} {
		l.ok("sync", stick)
	}
	equal(t, "retired stays", jo.one("asset", "show", "RAV-PLC-010")["lifecycle"], any("retired"))
	list, others := ada.many("findings"), jo.many("findings")
	for _, kind := range []string{"edit_after_retire", "duplicate_serial"} {
		f := row(t, list, "kind", kind)
		has(t, "finding", f, "id", "kind", "subjects", "detail")
		equal(t, "id elsewhere", row(t, others, "kind", kind)["id"], f["id"])
		if len(f["subjects"].([]any)) == 0 || f["detail"] == "" {
			t.Errorf("%s says nothing: %v", kind, f)
		}
	}
	serial := row(t, list, "kind", "duplicate_serial")
	if !strings.Contains(serial["detail"].(string), "SAME") {
		t.Errorf("the finding does not name the value: %v", serial["detail"])
	}
	id := serial["id"].(string)
	ada.refuses(5, []string{"reason"}, "findings", "settle", id)
	equal(t, "settled", ada.one("findings", "settle", id[:10], "--reason", "label read twice")["id"], any(id))
	for _, l := range []*laptop{ada, jo} {
		l.ok("sync", stick)
		for _, f := range l.many("findings") {
			if f["id"] == id {
				t.Error("a settled finding is still open")
			}
		}
	}
	digests(t, ada, jo)
}

// segments are the files of a folder remote.
func segments(t *testing.T, stick string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(stick, func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.Type().IsRegular() && strings.Contains(path, "feeds") {
			paths = append(paths, path)
		}
		return err
	})
	if err != nil || len(paths) == 0 {
		t.Fatalf("no segments in %s: %v", stick, err)
	}
	return paths
}

// TestDamagedFolder: a damaged segment is skipped and named, exit code 3, the
// rest is taken, and a laptop that holds it repairs the folder.
func TestDamagedFolder(t *testing.T) { bothKinds(t, damagedFolder) }

func damagedFolder(t *testing.T, ada, jo *laptop, stick string) {
	jo.ok("asset", "set", "RAV-PLC-001", "custodian=jo", "--reason", "r")
	ada.ok("asset", "set", "RAV-PLC-002", "custodian=ada", "--reason", "r")
	jo.ok("sync", stick)
	known := map[string]bool{}
	for _, path := range segments(t, stick) {
		known[path] = true
	}
	ada.ok("sync", stick)
	lee := newLaptop(t, "lee")
	admit(t, ada, lee, "Lee Park")
	ada.ok("sync", stick)
	for _, path := range segments(t, stick) {
		data := get(t, path)
		if known[path] && len(data) < 4000 { // what Jo wrote
			data[len(data)/2] ^= 1
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	lee.ok("remote", "add", "usb", stick)
	a := lee.run("sync", "usb", "--json").exits(3)
	done := decode[object](a)
	refused := done["refused"].([]any)
	if len(refused) == 0 || a.err == "" {
		t.Fatalf("nothing refused: %s %s", a.out, a.err)
	}
	for _, r := range refused {
		has(t, "refused", r.(object), "feed", "segment", "reason")
	}
	equal(t, "refusals that are kept", len(lee.many("remote", "list")[0]["refused"].([]any)), len(refused))
	if n := len(lee.many("asset", "list")); n != 199 {
		t.Errorf("%d assets came", n)
	}
	equal(t, "ada's edit came", lee.one("asset", "show", "RAV-PLC-002")["custodian"], any("ada"))
	jo.ok("sync", stick)
	lee.ok("sync", "usb")
	equal(t, "refusals once repaired", len(lee.many("remote", "list")[0]["refused"].([]any)), 0)
	equal(t, "jo's edit came", lee.one("asset", "show", "RAV-PLC-001")["custodian"], any("jo"))
	ada.ok("sync", stick)
	digests(t, ada, lee)
}

// TestHostileFolder: rubbish beside the segments stops nothing.
func TestHostileFolder(t *testing.T) { bothKinds(t, hostileFolder) }

func hostileFolder(t *testing.T, ada, jo *laptop, stick string) {
	feed := filepath.Dir(segments(t, stick)[0])
	put(t, filepath.Join(feed, "notes.txt"), []byte("hello"))
	put(t, filepath.Join(feed, "0000000000000009-"+strings.Repeat("ab", 32)), []byte("rubbish"))
	put(t, filepath.Join(stick, "autorun.inf"), []byte("x"))
	if err := os.Mkdir(filepath.Join(stick, "holiday photos"), 0o700); err != nil {
		t.Fatal(err)
	}
	ada.ok("asset", "set", "RAV-PLC-001", "firmware=V9", "--reason", "r")
	for _, l := range []*laptop{ada, jo, ada} {
		if a := l.run("sync", stick, "--json"); a.code != 0 && a.code != 3 {
			a.exits(0)
		}
	}
	digests(t, ada, jo)
	if a := ada.run("sync", file(t, "plain", "x"), "--json"); a.code != 1 || a.err == "" {
		t.Errorf("a file as remote: %d %s", a.code, a.err)
	}
}
