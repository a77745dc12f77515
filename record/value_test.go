package record

import (
	"errors"
	"testing"
	"time"
)

func TestValuesCompareShowAndMarshalByKind(t *testing.T) {
	at := time.Date(2026, 3, 1, 9, 10, 0, 5e6, time.FixedZone("", 3600))
	values := []Value{NullValue(), StringValue("a"), StringValue(""), IntValue(7), FloatValue(7), BoolValue(true), BoolValue(false), BytesValue([]byte{1, 0xff}), TimeValue(at)}
	shown := []string{"", "a", "", "7", "7", "yes", "no", "01ff", "2026-03-01T08:10:00.005Z"}
	marshalled := []any{nil, "a", "", int64(7), 7.0, true, false, "Af8=", "2026-03-01T08:10:00.005Z"}
	for i, v := range values {
		if v.Display() != shown[i] || v.JSON() != marshalled[i] {
			t.Errorf("%+v: %q, %v", v, v.Display(), v.JSON())
		}
		for j, w := range values {
			if v.Equal(w) != (i == j) {
				t.Errorf("%+v equals %+v: %v", v, w, i != j)
			}
		}
	}
}

func TestIDsAreThirtyTwoHexDigits(t *testing.T) {
	id, err := ParseID("000102030405060708090A0B0C0D0E0F")
	if err != nil || id.String() != "000102030405060708090a0b0c0d0e0f" || id.IsZero() {
		t.Errorf("%v, %v", id, err)
	}
	for _, wrong := range []string{"", "00", "zz0102030405060708090a0b0c0d0e0f", "000102030405060708090a0b0c0d0e0f0"} {
		if _, err := ParseID(wrong); !errors.Is(err, ErrID) {
			t.Errorf("%q: %v", wrong, err)
		}
	}
	if got := WorkspaceStream().String(); got != "ad0a48bad0e69a59d2fb260f1201414d" {
		t.Errorf("the workspace's stream moved to %s", got)
	}
}

func TestColumnsOfTheSampleLists(t *testing.T) {
	messy, _ := list(t, "assets_messy_cp1252_semicolon.csv", ';', 2)
	netbox, _ := list(t, "netbox_devices.csv", ',', 0)
	clean, _ := list(t, "assets.csv", ',', 0)
	for _, c := range []struct{ titles, want []string }{
		{messy, []string{"tag", "model", "vendor", "order_no", "serial", "ip_address", "mac_address", "firmware", "location.room", "criticality", "commissioned", "lifecycle", "zone", "description"}},
		{netbox, []string{"name", "role", "vendor", "model", "serial", "tag", "lifecycle", "site", "location.room"}},
		{clean, []string{"tag", "site", "zone", "role", "custom.attack_asset_id", "purdue", "vendor", "model", "order_no", "serial", "hostname", "ip_address", "mac_address", "vlan", "firmware", "os", "os_version", "protocols", "ports", "criticality", "safety_related", "lifecycle", "physical_or_virtual", "location.room", "owner_department", "custodian", "commissioned", "end_of_support", "logging", "accounts", "backup.type", "backup.frequency", "last_verified.date", "description", "custom.data_provenance"}},
		{[]string{"Model", "Descr.", "Notes", "Notes", "", "id", "Heads", "custom.Shelf", "Tag", "Asset"}, []string{"model", "custom.Descr.", "description", "custom.Notes", "custom.Column 5", "id", "", "custom.Shelf", "tag", "custom.Asset"}},
	} {
		for i, column := range MapColumns(c.titles) {
			if column.Name != c.want[i] {
				t.Errorf("%q is %q, want %q", column.Title, column.Name, c.want[i])
			}
		}
	}
}
