package e2e

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

var utc = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$`)

func TestLog(t *testing.T) { bothKinds(t, log) }

func log(t *testing.T, ada, jo *laptop, stick string) {
	start := time.Now().UTC()
	ada.ok("asset", "set", "RAV-PLC-004", "firmware=V3.2.17", "vlan=12", "--reason", "CR-0042 step 3")
	middle := time.Now().UTC()
	jo.ok("asset", "set", "RAV-PLC-005", "safety_related=yes", "--reason", "checked")
	jo.ok("sync", stick)
	ada.ok("sync", stick)
	all := ada.many("log")
	for _, r := range all {
		has(t, "log row", r, "position", "device", "epoch", "seq", "hash", "member", "recorded_at", "observed_at", "type", "stream", "tag", "field", "before", "after", "reason", "source")
		for _, f := range []string{"recorded_at", "observed_at"} {
			if at, ok := r[f].(string); ok && !utc.MatchString(at) {
				t.Fatalf("%s %q is not RFC 3339 in UTC", f, at)
			}
		}
	}
	mine := ada.many("log", "--asset", "RAV-PLC-004", "--since", start.Format(time.RFC3339Nano))
	equal(t, "one row a changed field", len(mine), 2)
	r := row(t, mine, "field", "firmware")
	for field, want := range map[string]any{"before": "V3.2.16", "after": "V3.2.17", "reason": "CR-0042 step 3", "source": "manual", "tag": "RAV-PLC-004", "member": "Ada Okafor", "type": "asset.field_changed"} {
		equal(t, field, r[field], want)
	}
	equal(t, "a number", row(t, mine, "field", "vlan")["after"], any(12.0))
	equal(t, "of a member", len(ada.many("log", "--member", "jo hargreaves", "--since", start.Format(time.RFC3339Nano))), 1)
	equal(t, "until", len(ada.many("log", "--since", start.Format(time.RFC3339Nano), "--until", middle.Format(time.RFC3339Nano))), 2)
	equal(t, "nothing", len(ada.many("log", "--since", "2099-01-01")), 0)
	equal(t, "history", len(ada.many("asset", "history", "RAV-PLC-004")), len(ada.many("log", "--asset", "RAV-PLC-004")))
	equal(t, "imported", row(t, ada.many("asset", "history", "RAV-PLC-004"), "field", "vendor")["source"], any("import"))

	for _, name := range []string{"log.csv", "log.xlsx"} {
		path := filepath.Join(t.TempDir(), name)
		equal(t, name, ada.one("export", "log", path)["rows"], any(float64(len(all))))
		if data := string(get(t, path)); name == "log.csv" && !strings.Contains(data, "CR-0042 step 3") {
			t.Errorf("%s lacks the reason", name)
		}
	}
	order := func(l *laptop) (hashes string) {
		for _, r := range l.many("log") {
			hashes += r["hash"].(string)[:8]
		}
		return hashes
	}
	jo.ok("sync", stick)
	ada.ok("sync", stick)
	jo.ok("sync", stick)
	equal(t, "order of the trail on both laptops", order(jo), order(ada))
}

func TestSites(t *testing.T) {
	t.Parallel()
	l := plant(t)
	for _, s := range l.many("site", "list") {
		has(t, "site", s, "id", "code", "name", "sector", "address", "tz")
	}
	id := l.one("site", "set", "RAV", "name=Ravensmere WTW", "sector=water", "tz=Europe/London", "address=Mill Lane")["id"]
	site := row(t, l.many("site", "list"), "id", id)
	equal(t, "code", site["code"], any("RAV"))
	equal(t, "name", site["name"], any("Ravensmere WTW"))
	has(t, "new site", l.one("site", "set", "NEW", "name=New site", "tz=UTC"), "id")
	row(t, l.many("site", "list"), "code", "NEW")
}
