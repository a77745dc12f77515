package e2e

import (
	"strings"
	"testing"
)

// TestUndo: the name that the trail shows sets an entry back, on every laptop, and the trail says which.
func TestUndo(t *testing.T) { bothKinds(t, undo) }

func undo(t *testing.T, ada, jo *laptop, stick string) {
	ada.ok("asset", "set", "RAV-PLC-004", "firmware=V9.9", "vlan=99", "--reason", "read on the wrong cabinet")
	wrong := row(t, ada.many("log", "--asset", "RAV-PLC-004"), "after", "V9.9")
	name := wrong["entry"].(string)

	ada.refuses(5, []string{"reason"}, "undo", name)
	done := ada.one("undo", name, "--reason", "the wrong cabinet")
	equal(t, "asset", done["tag"], any("RAV-PLC-004"))
	equal(t, "fields set back", len(objects(done["changes"])), 2)
	equal(t, "firmware", ada.one("asset", "show", "RAV-PLC-004")["unit"].(object)["firmware"], wrong["before"])
	entry := row(t, ada.many("log", "--asset", "RAV-PLC-004"), "reason", "the wrong cabinet")
	equal(t, "source", entry["source"], any("undo"))
	equal(t, "what it undoes", entry["source_name"], any(name))
	ada.refuses(5, []string{"changed since"}, "undo", name, "--reason", "again")

	ada.ok("sync", stick)
	jo.ok("sync", stick)
	equal(t, "firmware at Jo's", jo.one("asset", "show", "RAV-PLC-004")["unit"].(object)["firmware"], wrong["before"])
	jo.ok("asset", "set", "RAV-PLC-004", "vlan=77", "--reason", "moved")
	jo.refuses(5, []string{"vlan", "changed since"}, "undo", entry["entry"].(string), "--reason", "it was right")
}

// TestUndoByTheNameOfTheLog: what a person reads in a line of the log is taken, and what names nothing is wrong usage.
func TestUndoByTheNameOfTheLog(t *testing.T) {
	t.Parallel()
	l := plant(t)
	l.ok("asset", "set", "RAV-PLC-004", "firmware=V9.9", "--reason", "typed at the wrong asset")
	name := newest(l)
	if out := l.ok("undo", name, "--reason", "sorry").out; !strings.Contains(out, "firmware: V9.9 → ") {
		t.Errorf("undo answers %q", out)
	}
	if lines := l.ok("log", "--asset", "RAV-PLC-004").out; !strings.Contains(lines, "[undoes "+name+"]") {
		t.Errorf("the log does not say what was undone:\n%s", clip(lines))
	}
	l.ok("undo", newest(l), "--reason", "it was right")
	equal(t, "firmware", l.one("asset", "show", "RAV-PLC-004")["unit"].(object)["firmware"], any("V9.9"))

	device, _, _ := strings.Cut(name, "-")
	l.refuses(2, []string{"no entry"}, "undo", device+"/999999", "--reason", "r")
	l.refuses(2, []string{"fieldbook log"}, "undo", "the last one", "--reason", "r")
	l.refuses(5, []string{"asset void"}, "undo", registration(l), "--reason", "r")
}

// newest is the name that begins the last line of an asset's log.
func newest(l *laptop) string {
	lines := strings.Split(strings.TrimSpace(l.ok("log", "--asset", "RAV-PLC-004").out), "\n")
	name, _, _ := strings.Cut(lines[len(lines)-1], " ")
	return name
}

func registration(l *laptop) string {
	return l.many("log", "--asset", "RAV-PLC-004")[0]["entry"].(string)
}
