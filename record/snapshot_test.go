package record

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestApplyingEventsLeavesTheSnapshotAlone(t *testing.T) {
	env := testEnv()
	s := given(t, env, "description=before")
	after := s.With(set(t, env, s, "zone=Z1|description=after")...)
	if !s.Current("zone").IsNull() || s.Texts["description"] != "before" {
		t.Error("the snapshot before was changed")
	}
	if after.Current("zone").Str != "Z1" || after.Texts["description"] != "after" || !after.Exists {
		t.Error("the events did not apply")
	}
	other := after.With(Event{Type: "asset.field_changed", Stream: ID{9}, Edits: []Edit{{Key: "zone", Value: StringValue("Z9")}}})
	if other.Current("zone").Str != "Z1" {
		t.Error("an event of another stream applied")
	}
}

func TestPolicyOfLifecycleIsOfAssetsOnly(t *testing.T) {
	values := map[string][]Value{"lifecycle": {StringValue("spare"), StringValue(Retired)}}
	if got := (Snapshot{Entity: Asset, Values: values}).Current("lifecycle").Str; got != Retired {
		t.Errorf("asset: %q", got)
	}
	if got := (Snapshot{Entity: Note, Values: values}).Current("lifecycle").Str; got != "spare" {
		t.Errorf("note: %q", got)
	}
	if !(Snapshot{}).Current("zone").IsNull() {
		t.Error("what was never set is null")
	}
}

func TestConcurrentValuesAreDistinctAndLedByTheCurrent(t *testing.T) {
	s := Snapshot{Entity: Asset, Values: map[string][]Value{"zone": {StringValue("a"), StringValue("b"), StringValue("a"), NullValue()}, "name": {StringValue("x")}}}
	if all := s.Concurrent("zone"); len(all) != 3 || all[0].Str != "a" || !all[2].IsNull() {
		t.Errorf("%v", all)
	}
	if s.Concurrent("name") != nil || s.Concurrent("role") != nil {
		t.Error("one value is no conflict")
	}
}

// TestShapeOfAnAsset pins the JSON of an asset: people script against these names.
func TestShapeOfAnAsset(t *testing.T) {
	raw, err := json.MarshalIndent(View(Snapshot{ID: ID{1}, Entity: Asset}), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, line := range strings.Split(string(raw), "\n") {
		if name, _, ok := strings.Cut(strings.TrimSpace(line), ":"); ok {
			names = append(names, strings.Trim(name, `"`))
		}
	}
	const want = "accounts attack_id backup frequency type cip_class cip_impact commissioned concurrent criticality custodian custom description hostname id " +
		"interface_kind interface_name interface_order interfaces ip_address ip_addresses last_verified by date method lifecycle " +
		"location building panel position rack_or_din room logging mac_address merged_into name owner_department ports prefix protocols purdue role safety_related site tag time_source " +
		"unit end_of_support firmware hw_revision id manufactured model order_no os os_version patches physical_or_virtual serial software vendor units vlan void zone"
	if got := strings.Join(names, " "); got != want {
		t.Errorf("the shape changed:\n%s\n%s", got, want)
	}
}

func TestReasonsAreBounded(t *testing.T) {
	env := testEnv()
	s := given(t, env)
	for reason, rule := range map[string]string{"": "reason", "\t\n": "reason", strings.Repeat("x", maxReason+1): "format", "bell\a": "format", "\xff": "format"} {
		_, err := Retire{Reason: reason}.Decide(s)
		refused(t, err, rule)
	}
	if _, err := (Retire{Reason: "two\nlines, " + strings.Repeat("ü", maxReason-20)}).Decide(s); err != nil {
		t.Error(err)
	}
}

func TestAssignmentsAreSplitAtTheFirstEqualsSign(t *testing.T) {
	if a, err := ParseAssignment(" custom.Rule = a=b"); err != nil || a != (Assignment{"custom.Rule", " a=b"}) {
		t.Errorf("%+v, %v", a, err)
	}
	for _, wrong := range []string{"", "firmware", "=V3", " =x"} {
		if _, err := ParseAssignment(wrong); err == nil {
			t.Errorf("%q was understood", wrong)
		}
	}
}
