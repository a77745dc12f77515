package record

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

// walkFields are field=value that a walk may try, right and wrong ones.
var walkFields = []string{
	"firmware=V1", "firmware=V2", "serial=S-1", "serial=?", "zone=Z1", "zone=", "ip=10.0.0.1/24", "ip=10.0.0.2", "mac=001B1B02EDDC", "vlan=5000", "vlan=12",
	"ports=102/tcp;80/tcp", "ports=", "accounts=a;B;c", "software=X@1;Y", "custom.Shelf=B 3", "description=long\ntext", "description=", "criticality=2",
	"criticality=", "lifecycle=spare", "lifecycle=retired", "tag=X-9", "role=hmi", "purdue=3.5", "nonsense=1", "location=MCC", "prefix=28",
	"interfaces/main/vlan=7", "interfaces/main/removed=yes", "interfaces/main/removed=no", "interfaces/main/ports=80/tcp", "interface_name=",
}

// step draws a command and decides it.
func step(t *rapid.T, env Env, s Snapshot) ([]Event, error) {
	var chosen []Assignment
	for _, text := range rapid.SliceOfN(rapid.SampledFrom(walkFields), 1, 3).Draw(t, "fields") {
		a, _ := ParseAssignment(text)
		chosen = append(chosen, a)
	}
	one := func(e Event, err error) ([]Event, error) { return []Event{e}, err }
	switch rapid.IntRange(0, 7).Draw(t, "command") {
	case 0:
		return one(Retire{Reason: "r"}.Decide(s))
	case 1:
		return one(Reinstate{Reason: "r"}.Decide(s))
	case 2:
		return one(SwapUnit{Fields: chosen, Reason: "r"}.Decide(env, s))
	case 3:
		row := ImportRow{Fields: append([]Assignment{{"tag", s.Current("tag").Str}, {"site", "RAV"}}, chosen...)}
		done, err := row.Decide(env, s)
		return done.Events, err
	case 4:
		return one(AddInterface{Fields: append([]Assignment{{"interface_name", "X2"}}, chosen...), Reason: "r"}.Decide(env, s))
	}
	return SetAsset{Fields: chosen, Reason: "r"}.Decide(env, s)
}

// TestWalksKeepThePromises takes random commands one after another and checks after each what must always hold.
func TestWalksKeepThePromises(t *testing.T) {
	env := testEnv()
	start := given(t, env)
	rapid.Check(t, func(t *rapid.T) {
		s := start
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			events, err := step(t, env, s)
			if err != nil {
				checkRefusal(t, err)
				continue
			}
			before := s.Current("lifecycle").Str
			checkEvents(t, env, before, events)
			s = s.With(events...)
			checkState(t, env, s)
		}
	})
}

// checkRefusal wants a typed error with a sentence.
func checkRefusal(t *rapid.T, err error) {
	var r *Refusal
	var u *UsageError
	if !errors.As(err, &r) && !errors.As(err, &u) || err.Error() == "" {
		t.Fatalf("an error of no kind: %#v", err)
	}
}

// checkEvents wants receivers to accept what was decided, and the retired to be left alone.
func checkEvents(t *rapid.T, env Env, lifecycle string, events []Event) {
	for _, e := range events {
		if err := Allowed(ActOf(e, Engineer, env.Member)); err != nil {
			t.Fatalf("%s: %v", e.Type, err)
		}
		if lifecycle == Retired && e.Type != "asset.reinstated" {
			t.Fatalf("%s on a retired asset", e.Type)
		}
		if e.Schema != 1 || len(e.Edits)+len(e.Texts) == 0 {
			t.Fatalf("an empty event: %+v", e)
		}
	}
}

// checkState wants what is shown to be accepted again as no change, by a command and by a list, and nothing required missing.
func checkState(t *rapid.T, env Env, s Snapshot) {
	var shown []Assignment
	for _, f := range Fields(Asset) {
		text := Show(s, f)
		if f.Required && text == "" {
			t.Fatalf("%s got lost", f.Name)
		}
		shown = append(shown, Assignment{f.Name, text})
	}
	if done, err := (ImportRow{Fields: shown}).Decide(env, s); err != nil || done.Outcome != Unchanged {
		t.Fatalf("exported and imported: %+v, %v", done, err)
	}
	if s.Current("lifecycle").Str == Retired {
		return
	}
	if events, err := (SetAsset{Fields: shown, Reason: "r"}).Decide(env, s); err != nil || events != nil {
		t.Fatalf("set to what it is: %+v, %v", events, err)
	}
}

// TestExportedAssetMakesTheSameAsset is the round trip through a list: shown by names, imported elsewhere, shown the same.
func TestExportedAssetMakesTheSameAsset(t *testing.T) {
	env := testEnv()
	s := given(t, env, "ports=102/tcp (s7);161/udp|accounts=AD group;C++|software=WinCC@7.5 (commercial)|patches=KB1|protocols=S7comm;Modbus TCP",
		"purdue=3,5|safety=yes|cip_class=bca|location.panel=CP-07|backup_type=image|last_verified=2026-02-01|description=two\nlines|mac=001B1B02EDDC|vlan=110",
		"physical_or_virtual=vm|manufactured=2019-05|end_of_support=2030|hostname=plc-4|interface_kind=lan|time_source=IRIG-B|custom.Shelf=B 3")
	var row []Assignment
	for _, f := range append(Fields(Asset), customField(t, "Shelf")) {
		row = append(row, Assignment{f.Name, Show(s, f)})
	}
	done, err := ImportRow{Fields: row}.Decide(env, Snapshot{ID: AssetID(env, "RAV", "RAV-PLC-004")})
	if err != nil {
		t.Fatal(err)
	}
	copied := Snapshot{ID: AssetID(env, "RAV", "RAV-PLC-004")}.With(done.Events...)
	for _, a := range row {
		f, _ := Lookup(Asset, a.Field)
		if got := Show(copied, f); got != a.Text {
			t.Errorf("%s: %q became %q", a.Field, a.Text, got)
		}
	}
}

func customField(t *testing.T, header string) Field {
	t.Helper()
	f, ok := CustomField("custom." + header)
	if !ok {
		t.Fatalf("%q is no header", header)
	}
	return f
}
