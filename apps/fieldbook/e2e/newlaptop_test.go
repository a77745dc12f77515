package e2e

import (
	"path/filepath"
	"strings"
	"testing"
)

// A new laptop takes the pack of a service and is of use before any history is
// here: lists and edits work, marked unverified; what needs proof waits for it.
func TestNewLaptopIsOfUseAtOnce(t *testing.T) {
	t.Parallel()
	home := t.TempDir()
	s := serveProgram(t, home, "--store", filepath.Join(home, "store"), "--open")
	ada := plant(t)
	for _, room := range []string{"MCC 1", "MCC 2", "MCC 3"} { // enough for a service to make a pack of
		ada.ok("asset", "set", "--where", "site=RAV", "location.room="+room, "--reason", "moved")
	}
	ada.ok("remote", "add", "office", s.url)
	ada.ok("sync")
	jo := newLaptop(t, "jo")
	admit(t, ada, jo, "Jo Hargreaves")
	ada.ok("sync")
	jo.ok("remote", "add", "office", s.url)

	first := jo.one("sync", "--now")
	has(t, "sync --now", first, "unverified", "pack", "received", "digest")
	equal(t, "received", first["received"], any(0.0))
	pack, _ := first["pack"].(object)
	if pack == nil || pack["refused"] != nil || first["unverified"] == any(0.0) || first["unverified"] != jo.one("status")["unverified"] {
		t.Fatalf("no pack was taken: %v", first)
	}
	assets := jo.many("asset", "list")
	equal(t, "assets", len(assets), len(ada.many("asset", "list")))
	equal(t, "mark of an asset", assets[0]["unverified"], any(true))
	if text := jo.ok("asset", "list").out; !strings.Contains(text, "unverified") {
		t.Errorf("the list does not say that it is unverified:\n%s", clip(text))
	}
	jo.ok("asset", "set", "RAV-PLC-004", "firmware=V9", "--reason", "visit")
	jo.refuses(5, []string{"has to wait", "sync"}, "export", "assets", filepath.Join(home, "list.csv"))
	jo.refuses(5, []string{"has to wait", "sync"}, "backup", filepath.Join(home, "jo.fieldbook"))
	if v := decode[object](jo.run("verify", "--json").exits(1)); v["ok"] != any(false) || len(v["violations"].([]any)) > 0 {
		t.Errorf("verify: %v", v)
	}
	equal(t, "unverified after all", jo.one("sync")["unverified"], any(0.0))
	ada.ok("sync")
	digests(t, ada, jo)
	jo.ok("verify")
	jo.ok("backup", filepath.Join(home, "jo.fieldbook"))
	if _, marked := jo.many("asset", "list")[0]["unverified"]; marked {
		t.Error("a verified asset is marked")
	}
}
