package record

import (
	"errors"
	"strings"
	"testing"
)

// plugged is an asset with a further interface and the path of that.
func plugged(t *testing.T, env Env, s Snapshot, text string) (Snapshot, string) {
	t.Helper()
	e, err := AddInterface{Fields: fields(t, text), Reason: "second port"}.Decide(env, s)
	if err != nil {
		t.Fatal(err)
	}
	legal(t, env, Engineer, e)
	id, _, _ := strings.Cut(strings.TrimPrefix(e.Edits[0].Key, "interfaces/"), "/")
	return s.With(e), "interfaces/" + id + "/"
}

// Given an asset with an interface, when one is added on each of two laptops, then all three are there, and bare names go on
// to mean the first.
func TestAddedInterfacesStandBehindTheOthers(t *testing.T) {
	env := testEnv()
	s := given(t, env)
	one, x2 := plugged(t, env, s, "interface_name=X2|ip=10.0.0.2/28|ports=102/tcp;80/tcp (http)")
	other, err := AddInterface{Fields: fields(t, "interface_name=X2|mac=001B1B000009"), Reason: "r"}.Decide(env, s)
	if err != nil {
		t.Fatal(err)
	}
	both := one.With(other)
	if ids := both.Interfaces(); len(ids) != 3 || prefixOf(Interface)+ids[0]+"/" == x2 {
		t.Errorf("interfaces %v", ids)
	}
	if got := Show(both, mustField("ip_address")); got != "10.20.1.13" {
		t.Errorf("the first is %q", got)
	}
	for key, want := range map[string]string{"ip": "10.0.0.2", "prefix": "28", "order": "1", "ports/tcp-80/service": "http"} {
		if got := both.Current(x2 + key).Display(); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	for from, want := range map[*Snapshot]string{&one: "interfaces/X2/ports/tcp-80/service", &both: x2 + "ports/tcp-80/service"} {
		key := x2 + "ports/tcp-80/service"
		name, ok := InterfaceField(*from, key)
		if back, _, known := KeyOfName(*from, name); !ok || name != want || !known || back != key {
			t.Errorf("%s is called %s, which is %s", key, name, back)
		}
	}
	var usage *UsageError
	if _, err := (SetAsset{Fields: fields(t, "interfaces/X2/ip=10.0.0.3"), Reason: "r"}).Decide(env, both); !errors.As(err, &usage) {
		t.Errorf("which of the two is X2: %v", err)
	}
}

func TestInterfacesThatAreNotAdded(t *testing.T) {
	env := testEnv()
	s, _ := plugged(t, env, given(t, env), "interface_name=X2")
	for text, rule := range map[string]string{
		"ip=10.0.0.2": "required", "interface_name=x2": "state", "interface_name=X3|ip=10.20": "format", "interface_name=X3|ip=10.0.0.2|prefix=64": "format",
	} {
		_, err := AddInterface{Fields: fields(t, text), Reason: "r"}.Decide(env, s)
		refused(t, err, rule)
	}
	for _, text := range []string{"interface_name=X3|firmware=1", "interface_name=X3|nonsense=1"} {
		var usage *UsageError
		if _, err := (AddInterface{Fields: fields(t, text), Reason: "r"}).Decide(env, s); !errors.As(err, &usage) {
			t.Errorf("%s: %v", text, err)
		}
	}
	_, err := AddInterface{Fields: fields(t, "interface_name=X3")}.Decide(env, s)
	refused(t, err, "reason")
	_, err = AddInterface{Fields: fields(t, "interface_name=X3"), Reason: "r"}.Decide(env, given(t, env, "lifecycle=retired"))
	refused(t, err, "retired")
}

// Given a further interface, then each of its fields is set by its name or id, and a refusal tells it by the name used.
func TestFurtherInterfacesAreEdited(t *testing.T) {
	env := testEnv()
	s, x2 := plugged(t, env, given(t, env), "interface_name=Gi0/1|ip=10.0.0.2")
	s = s.With(set(t, env, s, "interfaces/gi0/1/ip_address=10.0.0.3/24|"+x2+"mac=001B1B000009|"+x2+"ports=102/tcp|interfaces/Gi0/1/protocols=S7comm;Modbus|"+x2+"kind=ethernet")...)
	s = s.With(set(t, env, s, "interfaces/Gi0/1/ports/tcp-102/needed=yes|interfaces/Gi0/1/protocols=S7comm|"+x2+"vlan=12")...)
	for key, want := range map[string]string{"ip": "10.0.0.3", "prefix": "24", "mac": "00:1B:1B:00:00:09", "ports/tcp-102/needed": "yes", "protocols/modbus/removed": "yes", "kind": "ethernet", "vlan": "12"} {
		if got := s.Current(x2 + key).Display(); got != want {
			t.Errorf("%s is %q, want %q", key, got, want)
		}
	}
	id := strings.Split(x2, "/")[1]
	if ip, first := ShowPart(s, mustField("ip_address"), id), ShowPart(s, mustField("ip_address"), s.Interfaces()[0]); ip != "10.0.0.3" || first != Show(s, mustField("ip_address")) {
		t.Errorf("shown %q and %q", ip, first)
	}
	for text, rule := range map[string]string{"ip=10.20": "format", "vlan=5000": "format", "name=": "required", "name=main": "state", "prefix=64": "format", "ports=seven": "format"} {
		_, err := SetAsset{Fields: fields(t, x2+text), Reason: "r"}.Decide(env, s)
		message := refused(t, err, rule)
		var r *Refusal
		if name, _, _ := strings.Cut(text, "="); !errors.As(err, &r) || r.Field != x2+name {
			t.Errorf("%s is told at %s: %s", text, r.Field, message)
		}
	}
	if f, ok := FieldOf(Asset, x2+"ip"); !ok || f.Type != Address || f.Name != x2+"ip" {
		t.Errorf("%+v, %v", f, ok)
	}
	if _, ok := FieldOf(Asset, "interfaces/1/ip"); ok {
		t.Error("an id that is none names a field")
	}
}

// Given an interface that is removed, then it takes no edits and leaves its values behind, until it is brought back.
func TestRemovedInterfacesComeBackAsTheyWere(t *testing.T) {
	env := testEnv()
	start, x2 := plugged(t, env, given(t, env), "interface_name=X2|ip=10.0.0.2")
	removal := set(t, env, start, "interfaces/X2/removed=yes")
	legal(t, env, Engineer, removal[0])
	s := start.With(removal...)
	if len(s.Interfaces()) != 1 || len(s.RemovedInterfaces()) != 1 || s.Current(x2+"ip").Str != "10.0.0.2" {
		t.Errorf("there %v, removed %v", s.Interfaces(), s.RemovedInterfaces())
	}
	for _, text := range []string{"interfaces/X2/ip=10.0.0.9", x2 + "ports=1/tcp"} {
		_, err := SetAsset{Fields: fields(t, text), Reason: "r"}.Decide(env, s)
		refused(t, err, "state")
	}
	back := s.With(set(t, env, s, "interfaces/X2/removed=no|interfaces/X2/ip=10.0.0.9")...)
	if len(back.Interfaces()) != 2 || back.Current(x2+"ip").Str != "10.0.0.9" {
		t.Errorf("back: %v", back.Interfaces())
	}
	undo, err := Undo{Type: removal[0].Type, Effects: did(start, removal[0]), Reason: "r"}.Decide(s)
	if err != nil || len(s.With(undo).Interfaces()) != 2 {
		t.Errorf("undone: %v, %v", undo, err)
	}
}

// Given that the adding of an interface is undone, then nothing is left of it.
func TestAnAddingIsUndone(t *testing.T) {
	env := testEnv()
	s := given(t, env)
	e, err := AddInterface{Fields: fields(t, "interface_name=X2|ip=10.0.0.2|ports=1/tcp"), Reason: "r"}.Decide(env, s)
	if err != nil {
		t.Fatal(err)
	}
	undo, err := Undo{Type: e.Type, Effects: did(s, e), Reason: "the wrong cabinet"}.Decide(s.With(e))
	if err != nil {
		t.Fatal(err)
	}
	if after := s.With(e, undo); len(after.Interfaces()) != 1 || len(after.RemovedInterfaces()) != 0 {
		t.Errorf("%v, %v", after.Interfaces(), after.RemovedInterfaces())
	}
}

// Given that the only interface was removed, then an address makes another one, and a list that says what the last one said
// brings nothing back.
func TestARemovedInterfaceIsNotTakenUpAgain(t *testing.T) {
	env := testEnv()
	s := given(t, env)
	s = s.With(set(t, env, s, "interfaces/"+s.Interfaces()[0]+"/removed=yes")...)
	old := s.RemovedInterfaces()[0]
	asserted := map[string]Value{prefixOf(Interface) + old + "/ip": StringValue("10.20.1.13"), prefixOf(Interface) + old + "/prefix": IntValue(24)}
	row := ImportRow{Fields: fields(t, "site=RAV|tag=RAV-PLC-004|ip_address=10.20.1.13/24"), Asserted: asserted}
	again, err := row.Decide(env, s)
	if err != nil || again.Outcome != Unchanged {
		t.Errorf("the same list: %+v, %v", again, err)
	}
	row.Fields[2].Text = "10.20.1.77"
	news, err := row.Decide(env, s)
	if err != nil || news.Outcome != Updated {
		t.Fatalf("another list: %+v, %v", news, err)
	}
	for _, after := range []Snapshot{s.With(set(t, env, s, "ip_address=10.20.1.77")...), s.With(news.Events...)} {
		if ids := after.Interfaces(); len(ids) != 1 || ids[0] == old || Show(after, mustField("ip_address")) != "10.20.1.77" || Show(after, mustField("interface_name")) != "main" {
			t.Errorf("%v: %q", ids, Show(after, mustField("ip_address")))
		}
	}
}
