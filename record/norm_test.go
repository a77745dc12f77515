package record

import (
	"strings"
	"testing"
	"time"
)

func TestListsThatSayTheSameAreNoNews(t *testing.T) {
	for _, c := range []struct {
		field, record, list string
		same                bool
	}{
		{"firmware", "V3.2.17", "v 3.2.17", true},
		{"firmware", "SV3.40", "Sv 3.40", true},
		{"firmware", "V3.2.17", "V3.2.19", false},
		{"firmware", "V3.2.17", "3.2.1", false},
		{"order_no", "6ES7315-2EH14-0AB0", "6es7 315-2eh14-0ab0", true},
		{"order_no", "6ES7315-2EH14-0AB0", "6ES7317-2EK14-0AB0", false},
		{"serial", "S C-XU1411692011", "sc-xu1411692011", true},
		{"tag", "RAV-PLC-001", "rav plc 001", true},
		{"vendor", "Siemens", "SIEMENS AG", true},
		{"vendor", "Rockwell Automation", "AB", true},
		{"vendor", "Schneider Electric", "Telemecanique", true},
		{"vendor", "Siemens", "WAGO", false},
		{"model", "CompactLogix 5380", "compactlogix  5380", true},
		{"model", "750-881", "750881", false},
		{"location.room", "Server room A", "server room A", true},
		{"commissioned", "2019-08-02", "2019", true},
		{"commissioned", "2019", "2019-08-02", false},
		{"commissioned", "2019-08-02", "2020", false},
		{"criticality", "high", "low", false},
		{"ip_address", "10.20.1.1", "10.20.1.10", false},
		{"zone", "", "Z1", false},
	} {
		f := mustField(c.field)
		if got := same(f, StringOrNull(c.record), StringOrNull(c.list)); got != c.same {
			t.Errorf("%s %q and %q: %v", c.field, c.record, c.list, got)
		}
	}
}

func TestTimesWithoutOffsetAreOfTheZone(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"2026-03-01T14:30:00+01:00": "2026-03-01T13:30:00Z",
		"2026-03-01T14:30:00Z":      "2026-03-01T14:30:00Z",
		"2026-03-01 14:30":          "2026-03-01T13:30:00Z",
		"2026-07-01 14:30:05":       "2026-07-01T12:30:05Z",
		"1.3.2026 14:30":            "2026-03-01T13:30:00Z",
		" 2026-03-01 ":              "2026-02-28T23:00:00Z",
		"2026-03-01 14:30 -0500":    "2026-03-01T19:30:00Z",
	} {
		if got, err := ParseTime(text, berlin); err != nil || got.UTC().Format(time.RFC3339) != want {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
	for _, wrong := range []string{"", "now", "14:30", "2026-13-01", "0001-01-01", strings.Repeat("2", 100)} {
		if got, err := ParseTime(wrong, nil); err == nil {
			t.Errorf("%q became %v", wrong, got)
		}
	}
}

func TestUsualNamesFindTheirField(t *testing.T) {
	for name, want := range map[string]string{
		"notes": "description", "Remarks": "description", "manufacturer": "vendor", "Make": "vendor", "part_number": "order_no", "Type / Order-No": "order_no",
		"serial_number": "serial", "S/N": "serial", "firmware_version": "firmware", "FW": "firmware", "lifecycle_status": "lifecycle", "Status": "lifecycle",
		"purdue_level": "purdue", "physical_location": "location.room", "Loc.": "location.room", "location": "location.room", "location_room": "location.room",
		"date_commissioned": "commissioned", "last_verified": "last_verified.date", "user_accounts": "accounts", "ports_services": "ports",
		"asset_number": "tag", "Tag No.": "tag", "IP Addr": "ip_address", "ip": "ip_address", "MAC": "mac_address", "Crit. (1-3)": "criticality",
		"backup_type": "backup.type", "device_type": "model", "asset_tag": "tag", "HOSTNAME": "hostname", "custom.Shelf": "custom.Shelf", "Custom. Two  words ": "custom.Two words",
	} {
		if f, ok := Lookup(Asset, name); !ok || f.Name != want {
			t.Errorf("%q is %q, want %q", name, f.Name, want)
		}
	}
	for _, unknown := range []string{"", "attack_asset_id", "data_provenance", "custom.", "custom. ", "colour"} {
		if f, ok := Lookup(Asset, unknown); ok {
			t.Errorf("%q is %q", unknown, f.Name)
		}
	}
	if _, ok := Lookup(Site, "custom.Shelf"); ok {
		t.Error("only assets have custom fields")
	}
	if _, ok := Lookup("zone", "name"); ok {
		t.Error("zones have no fields yet")
	}
}

func TestSuggestionsAreNear(t *testing.T) {
	for name, want := range map[string]string{"firmwre": "firmware", "critcality": "criticality", "macaddr": "mac_address", "verified_by": "last_verified.by", "lifecyle": "lifecycle"} {
		found := Suggest(Asset, name)
		if len(found) != 3 || !strings.Contains(strings.Join(found, " "), want) {
			t.Errorf("%q suggests %v", name, found)
		}
	}
	if len(Suggest(Asset, strings.Repeat("ä", 5000))) != 3 || len(Suggest(Member, "nam")) != 1 {
		t.Error("a long or a lonely name")
	}
}

func TestHeadersAreKeptAsGiven(t *testing.T) {
	for title, want := range map[string]string{
		" Type / No ": "Type / No", "Größe\n(mm)": "Größe (mm)", "a\x00b": "ab", "\xff": "", strings.Repeat("ü", 70): strings.Repeat("ü", 64), "\u00a0": "",
	} {
		if got := Header(title); got != want {
			t.Errorf("%q became %q", title, got)
		}
	}
}
