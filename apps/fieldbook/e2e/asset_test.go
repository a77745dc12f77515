package e2e

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAssetListNamesEveryField(t *testing.T) {
	t.Parallel()
	l := plant(t)
	list := l.many("asset", "list")
	equal(t, "assets", len(list), 199)
	order := func(a, b object) int {
		return strings.Compare(a["site"].(string)+"\x00"+a["tag"].(string), b["site"].(string)+"\x00"+b["tag"].(string))
	}
	if !slices.IsSortedFunc(list, order) {
		t.Error("assets are not ordered by site and tag")
	}
	for _, a := range list {
		has(t, "asset", a, "id", "tag", "site", "role", "name", "description", "zone", "purdue", "criticality", "safety_related", "cip_impact", "cip_class",
			"lifecycle", "location", "owner_department", "custodian", "commissioned", "logging", "time_source", "backup", "accounts", "custom", "last_verified",
			"unit", "units", "interfaces", "ip_addresses", "concurrent", "heads")
		has(t, "unit", a["unit"].(object), "vendor", "model", "order_no", "hw_revision", "serial", "firmware", "os", "os_version", "software", "patches",
			"physical_or_virtual", "manufactured", "end_of_support")
		for _, f := range []string{"ip_addresses", "concurrent", "heads", "accounts"} {
			if _, ok := a[f].([]any); !ok {
				t.Fatalf("%s of %v is no array: %v", f, a["tag"], a[f])
			}
		}
		has(t, "location", a["location"].(object), "building", "room", "panel", "rack_or_din", "position")
		has(t, "backup", a["backup"].(object), "type", "frequency")
		has(t, "last_verified", a["last_verified"].(object), "date", "by", "method")
	}
	plc := row(t, list, "tag", "RAV-PLC-004")
	equal(t, "firmware", plc["unit"].(object)["firmware"], any("V3.2.16"))
	equal(t, "ip", plc["ip_addresses"].([]any)[0], any("10.20.1.13"))
	equal(t, "custom", plc["custom"].(object)["attack_asset_id"], any("A0003"))
	equal(t, "none found", len(l.many("asset", "list", "--where", "site=NONE")), 0)
	equal(t, "several conditions", len(l.many("asset", "list", "--where", "role=plc", "--where", "site=RAV", "--where", "criticality=high", "--where", "vendor=Siemens"))+0 > 0, true)
	equal(t, "search", len(l.many("asset", "list", "--search", "rav-plc-004")), 1)
	equal(t, "search by serial", len(l.many("asset", "list", "--search", "CB8601522019")), 1)
	has(t, "shown asset", l.one("asset", "show", "RAV-PLC-004"), "unit", "units", "interfaces", "notes", "heads")
}

// TestTagsAreForgiving: case, dashes and spaces do not matter; SITE/TAG, the id
// and its beginning name the asset too; an ambiguous tag lists what fits.
func TestTagsAreForgiving(t *testing.T) {
	t.Parallel()
	l := plant(t)
	id := l.one("asset", "show", "RAV-PLC-004")["id"].(string)
	for _, ref := range []string{"rav-plc-004", "RAV PLC 004", "ravplc004", "RAV/RAV-PLC-004", "rav/rav plc 004", id, id[:10], strings.ToUpper(id)} {
		equal(t, ref, l.one("asset", "show", ref)["id"], any(id))
	}
	l.ok("asset", "add", "RAV-PLC-004", "site=ALD", "role=plc", "criticality=low", "lifecycle=spare", "owner_department=C", "vendor=V", "model=M", "--reason", "same tag, other site")
	l.refuses(2, []string{"RAV/RAV-PLC-004", "ALD/RAV-PLC-004"}, "asset", "show", "RAV-PLC-004")
	l.refuses(2, []string{"RAV/RAV-PLC-004"}, "asset", "set", "RAV-PLC-004", "firmware=1", "--reason", "r")
	equal(t, "by site", l.one("asset", "show", "RAV/RAV-PLC-004")["id"], any(id))
}

func TestAssetLife(t *testing.T) {
	t.Parallel()
	l := plant(t)
	added := l.one("asset", "add", "RAV-PLC-900", "site=RAV", "role=plc", "criticality=high", "lifecycle=in_service", "owner_department=Controls", "vendor=Siemens",
		"model=S7-1500", "serial=SN1", "ip_address=10.20.9.9/24", "mac_address=001B1B0CFFEE", "vlan=7", "custom.Remark=x y", "location.room=R1", "software=TIA@18", "--reason", "new")
	id := added["id"].(string)
	equal(t, "length of the id", len(id), 32)
	shown := l.one("asset", "show", id)
	equal(t, "mac", shown["mac_address"], any("00:1B:1B:0C:FF:EE"))
	equal(t, "ip", shown["ip_address"], any("10.20.9.9"))
	equal(t, "custom", shown["custom"].(object)["Remark"], any("x y"))
	equal(t, "set answers the id", l.one("asset", "set", id, "firmware=V1", "custodian=jo", "--reason", "r")["id"], any(id))
	l.ok("asset", "set", id, "custodian=", "--reason", "nobody")
	equal(t, "cleared", l.one("asset", "show", id)["custodian"], nil)
	equal(t, "swap answers the id", l.one("asset", "swap", id, "vendor=Siemens", "model=S7-1500", "serial=SN2", "--reason", "failed")["id"], any(id))
	shown = l.one("asset", "show", id)
	equal(t, "units", len(shown["units"].([]any)), 2)
	equal(t, "new serial", shown["unit"].(object)["serial"], any("SN2"))
	equal(t, "new unit's firmware", shown["unit"].(object)["firmware"], nil)
	if told := l.ok("log", "--asset", id).out; !strings.Contains(told, "another unit is installed") || strings.Contains(told, "unit: ") {
		t.Errorf("the log tells of the swap:\n%s", told)
	}

	l.one("asset", "retire", id, "--reason", "dismantled")
	l.refuses(5, []string{"reinstate"}, "asset", "set", id, "firmware=V2", "--reason", "r")
	equal(t, "retired ones are listed", row(t, l.many("asset", "list"), "id", id)["lifecycle"], any("retired"))
	l.one("asset", "reinstate", id, "--reason", "needed again")
	if life := l.one("asset", "show", id)["lifecycle"]; life == "retired" {
		t.Error("still retired")
	}
	l.one("asset", "void", id, "--reason", "typed in by mistake")
	equal(t, "listed after void", len(l.many("asset", "list", "--where", "tag=RAV-PLC-900")), 0)
	equal(t, "found after void", len(l.many("asset", "list", "--search", "S7-1500 SN2")), 0)
	if len(l.many("log", "--asset", id)) < 10 {
		t.Error("a struck entry left the trail")
	}
	l.one("asset", "merge", "RAV-PLC-001", "--into", "RAV-PLC-002", "--reason", "twice")
	survivor := l.one("asset", "show", "RAV-PLC-002")["id"]
	equal(t, "alias", l.one("asset", "show", "RAV-PLC-001")["id"], survivor)
	equal(t, "listed after merge", len(l.many("asset", "list", "--where", "tag=RAV-PLC-001")), 0)
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	l := plant(t)
	want := len(l.many("asset", "list", "--where", "site=RAV", "--where", "role=plc"))
	events := l.one("status")["events"].(float64)
	done := l.one("asset", "set", "--where", "site=RAV", "--where", "role=plc", "custodian=t.brandt", "logging=syslog", "--reason", "handover")
	has(t, "bulk answer", done, "id", "items", "refused")
	equal(t, "items", len(done["items"].([]any)), want)
	equal(t, "changed", len(l.many("asset", "list", "--where", "custodian=t.brandt")), want)
	if got := int(l.one("status")["events"].(float64) - events); got > want || got == 0 {
		t.Errorf("%d events for %d assets", got, want)
	}
	none := l.one("asset", "set", "--where", "site=NONE", "custodian=x", "--reason", "r")
	equal(t, "nothing fits", len(none["items"].([]any)), 0)
}

// TestTimes: what is typed without an offset is in the plant's zone; answers are
// UTC; as-of shows the record as it stood.
func TestTimes(t *testing.T) {
	t.Parallel()
	l := plant(t)
	between := time.Now().UTC()
	l.ok("asset", "set", "RAV-PLC-004", "firmware=V9", "--reason", "r", "--observed-at", "2026-07-01T14:30")
	l.ok("asset", "set", "RAV-PLC-005", "firmware=V9", "--reason", "r", "--observed-at", "2026-07-01T14:30:00+02:00")
	note := l.one("note", "add", "--asset", "RAV-PLC-004", "seen", "--observed-at", "2026-01-01 09:00")["id"]
	observed := func(tag string) any {
		for _, r := range l.many("log", "--asset", tag) {
			if r["field"] == "firmware" && r["after"] == "V9" {
				return r["observed_at"]
			}
		}
		return nil
	}
	equal(t, "summer time", observed("RAV-PLC-004"), any("2026-07-01T13:30:00Z"))
	equal(t, "offset", observed("RAV-PLC-005"), any("2026-07-01T12:30:00Z"))
	equal(t, "note", row(t, l.many("note", "list"), "id", note)["observed_at"], any("2026-01-01T09:00:00Z"))
	stamp := between.Format(time.RFC3339Nano)
	equal(t, "firmware then", l.one("asset", "show", "RAV-PLC-004", "--as-of", stamp)["unit"].(object)["firmware"], any("V3.2.16"))
	equal(t, "list then", row(t, l.many("asset", "list", "--as-of", stamp), "tag", "RAV-PLC-004")["unit"].(object)["firmware"], any("V3.2.16"))
	equal(t, "before there was anything", len(l.many("asset", "list", "--as-of", "2001-01-01")), 0)
	equal(t, "now", l.one("asset", "show", "RAV-PLC-004", "--as-of", "2099-01-01")["unit"].(object)["firmware"], any("V9"))
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	local := between.In(london).Format("2006-01-02T15:04:05.999")
	equal(t, "as of local time", l.one("asset", "show", "RAV-PLC-004", "--as-of", local)["unit"].(object)["firmware"], any("V3.2.16"))
}
