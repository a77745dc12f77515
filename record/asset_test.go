package record

import (
	"errors"
	"strings"
	"testing"
)

func TestAddingAnAssetMakesOneEventWithUnitAndInterface(t *testing.T) {
	env := testEnv()
	e, err := AddAsset{Tag: "RAV-PLC-004", Fields: fields(t, plc+"|description=MCC|software=WinCC@7.5|custom.Shelf=B 3"), Reason: "survey"}.Decide(env)
	if err != nil {
		t.Fatal(err)
	}
	s := Snapshot{ID: e.Stream}.With(e)
	unit := env.Derive("unit", e.Stream.String()).String()
	port := env.Derive("interface", e.Stream.String()).String()
	for key, want := range map[string]string{
		"tag": "RAV-PLC-004", "unit": unit, "units/" + unit + "/firmware": "V3.2.16", "units/" + unit + "/software/wincc/version": "7.5",
		"interfaces/" + port + "/ip": "10.20.1.13", "interfaces/" + port + "/prefix": "24", "interfaces/" + port + "/name": "main", "custom/Shelf": "B 3",
	} {
		if got := s.Current(key).Display(); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	if e.Type != "asset.registered" || e.Deterministic || s.Texts["description"] != "MCC" || s.Entity != Asset {
		t.Errorf("%+v", e)
	}
}

func TestAddingAnAssetNeedsWhatIsRequired(t *testing.T) {
	for _, missing := range []string{"site", "role", "criticality", "lifecycle", "owner_department", "vendor", "model"} {
		var kept []Assignment
		for _, a := range fields(t, plc) {
			if a.Field != missing {
				kept = append(kept, a)
			}
		}
		_, err := AddAsset{Tag: "X1", Fields: kept, Reason: "survey"}.Decide(testEnv())
		if message := refused(t, err, "required"); !strings.Contains(message, missing) {
			t.Errorf("without %s: %q", missing, message)
		}
	}
	_, err := AddAsset{Tag: " ", Fields: fields(t, plc), Reason: "survey"}.Decide(testEnv())
	refused(t, err, "required")
	_, err = AddAsset{Tag: "--", Fields: fields(t, plc), Reason: "survey"}.Decide(testEnv())
	if err == nil {
		t.Error("a tag of dashes was taken")
	}
	_, err = AddAsset{Tag: "X1", Fields: fields(t, plc), Reason: " \n"}.Decide(testEnv())
	refused(t, err, "reason")
	bare, _, _ := strings.Cut(plc, "|vendor")
	if _, err = (AddAsset{Tag: "X1", Fields: fields(t, bare), Reason: "planned"}).Decide(testEnv()); err != nil {
		t.Errorf("a position may be empty: %v", err)
	}
}

func TestSettingFieldsWritesOnlyWhatChanges(t *testing.T) {
	env := testEnv()
	s := given(t, env)
	set := func(text string) ([]Event, error) {
		return SetAsset{Fields: fields(t, text), Reason: "CR-0042"}.Decide(env, s)
	}
	if events, err := set("firmware=V3.2.16|role=PLC|ip_address=10.20.1.13/24"); err != nil || events != nil {
		t.Errorf("nothing changes: %+v, %v", events, err)
	}
	events, err := set("firmware=V3.2.17|location_room=MCC2|last_verified=2026-02-01|custodian=")
	if err != nil || len(events) != 1 || events[0].Type != "asset.field_changed" || len(events[0].Edits) != 3 {
		t.Fatalf("%+v, %v", events, err)
	}
	want := []Difference{{"firmware", "V3.2.16", "V3.2.17"}, {"location.room", "", "MCC2"}, {"last_verified.date", "", "2026-02-01"}}
	for i, d := range Differences(s, events...) {
		if d != want[i] {
			t.Errorf("%+v, want %+v", d, want[i])
		}
	}
	if events, err = set("ip_address=10.20.1.14/24|prefix=28"); err != nil || len(events[0].Edits) != 2 {
		t.Errorf("a prefix of its own counts: %+v, %v", events, err)
	}
	if events, err = set("serial=?"); err != nil || !events[0].Edits[0].Value.IsNull() {
		t.Errorf("clearing writes null: %+v, %v", events, err)
	}
	_, err = set("criticality=")
	refused(t, err, "required")
	_, err = set("prefix=64")
	refused(t, err, "format")
	for _, wrong := range []string{"firmwear=1", "firmware=1|fw=2", "ports/tcp-99/needed=yes", "units/" + ID{9}.String() + "/firmware=1"} {
		var usage *UsageError
		if _, err = set(wrong); !errors.As(err, &usage) {
			t.Errorf("%s: %v", wrong, err)
		}
	}
	if _, err = set("firmwear=1"); !strings.Contains(err.Error(), "firmware") {
		t.Errorf("the nearest name is missing: %v", err)
	}
}

func TestSettingAConcurrentFieldDecides(t *testing.T) {
	env := testEnv()
	s := given(t, env)
	key, _, _ := KeyOfName(s, "firmware")
	s = concurrently(s, key, StringValue("V3.2.19"))
	events, err := SetAsset{Fields: fields(t, "firmware=V3.2.16"), Reason: "looked"}.Decide(env, s)
	if err != nil || len(events) != 1 {
		t.Fatalf("%+v, %v", events, err)
	}
}

func TestListsAddAndRemoveMembers(t *testing.T) {
	env := testEnv()
	s := given(t, env, "ports=102/tcp;80/tcp (http)|accounts=local admin;AD group|software=WinCC@7.4")
	events, err := SetAsset{Fields: fields(t, "ports=102/tcp;161/udp|software=WinCC@7.5|accounts="), Reason: "scan"}.Decide(env, s)
	if err != nil {
		t.Fatal(err)
	}
	after := s.With(events...)
	for name, want := range map[string]string{"ports": "102/tcp;161/udp", "software": "WinCC@7.5", "accounts": ""} {
		if got := Show(after, mustField(name)); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if v := after.Current("accounts/ad-group"); v.Str != "AD group" {
		t.Errorf("what leaves a set is kept: %v", v)
	}
	events, err = SetAsset{Fields: fields(t, "ports=80/tcp;161/udp;102/tcp|ports/udp-161/needed=yes"), Reason: "back"}.Decide(env, after)
	if err != nil {
		t.Fatal(err)
	}
	if got := Show(after.With(events...), mustField("ports")); got != "80/tcp (http);102/tcp;161/udp" {
		t.Errorf("ports %q", got)
	}
}

func TestSettingAnEarlierUnitNamesItByKey(t *testing.T) {
	env := testEnv()
	s := given(t, env)
	old := s.Current("unit").Str
	swap, err := SwapUnit{Fields: fields(t, "serial=S C-2"), Reason: "broken"}.Decide(env, s)
	if err != nil {
		t.Fatal(err)
	}
	s = s.With(swap)
	events, err := SetAsset{Fields: fields(t, "units/"+old+"/firmware=V3.2.19"), Reason: "read on the bench"}.Decide(env, s)
	if err != nil || NameOfKey(Asset, events[0].Edits[0].Key, s) != "units/"+old+"/firmware" {
		t.Fatalf("%+v, %v", events, err)
	}
	if got := Show(s.With(events...), mustField("firmware")); got != "" {
		t.Errorf("the new unit took the old one's firmware: %q", got)
	}
}

func TestSwapIsOneEventWithANewUnit(t *testing.T) {
	env := testEnv()
	s := given(t, env, "end_of_support=2023-10-01|os=none here")
	swap := func(text string) (Event, error) {
		return SwapUnit{Fields: fields(t, text), Reason: "CR-0042"}.Decide(env, s)
	}
	e, err := swap("serial=S C-2|mac_address=001B1B000002")
	if err != nil || e.Type != "asset.unit_swapped" {
		t.Fatalf("%+v, %v", e, err)
	}
	after := s.With(e)
	for name, want := range map[string]string{"vendor": "Siemens", "model": "S7-300", "order_no": "6ES7315-2EH14-0AB0", "end_of_support": "2023-10-01", "firmware": "", "os": "", "mac_address": "00:1B:1B:00:00:02"} {
		if got := Show(after, mustField(name)); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if len(after.Units()) != 2 || after.Units()[0] != after.Current("unit").Str {
		t.Errorf("units %v", after.Units())
	}
	if e, err = swap("order_no=6ES7516-3AN02-0AB0|serial=S C-3|firmware=V3.0.3"); err != nil || Show(s.With(e), mustField("model")) != "6ES7516-3AN02-0AB0" {
		t.Errorf("another order number is another model: %+v, %v", e, err)
	}
	_, err = swap("serial=s c1|firmware=V9")
	refused(t, err, "state")
	_, err = swap("mac_address=001B1B000002")
	refused(t, err, "state")
	var usage *UsageError
	if _, err = swap("serial=S C-4|zone=Z1"); !errors.As(err, &usage) {
		t.Errorf("a field of the position: %v", err)
	}
}
