package projections_test

import (
	"testing"

	"fieldbook/projections"
	"fieldbook/record"
)

// TestOneEditOfEachField: whichever single field of an asset an edit changes, its rows are those that a rebuild makes, and lists
// find it by the new value.
func TestOneEditOfEachField(t *testing.T) {
	l := newLaptop(t, 1)
	id := l.add("PLC-1", "serial=S0", "ip_address=10.0.0.1", "zone=Z0")
	l.add("PLC-2", "serial=S1", "ip_address=10.0.0.2", "zone=Z1")
	unit := "units/" + l.snapshot(id).Current("unit").Str + "/"
	for _, edit := range []struct{ key, name string }{
		{"zone", "zone"}, {"location/room", "location.room"}, {unit + "vendor", "vendor"}, {unit + "firmware", "firmware"}, {unit + "serial", "serial"},
	} {
		for _, value := range []string{"S1", "Z1", "other"} {
			l.force(id, "asset.field_changed", []record.Edit{{Key: edit.key, Value: record.StringValue(value)}}, nil)
			found := l.assets(projections.Query{Where: map[string]string{edit.name: value}})
			if found.Total == 0 {
				t.Errorf("nothing is found by %s=%s", edit.name, value)
			}
			l.sound()
		}
	}
}
