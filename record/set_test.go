package record

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestSlugsNameMembersAlikeOnAllDevices(t *testing.T) {
	for label, want := range map[string]string{
		"AD group": "ad-group", "S7comm": "s7comm", "IEC 61850 MMS": "iec-61850-mms", "EtherNet/IP": "ethernet-ip", " local  admin ": "local-admin", "Müller": "müller",
	} {
		if got := slug(label); got != want {
			t.Errorf("%q is %q, want %q", label, got, want)
		}
	}
	for _, pair := range [][2]string{{"C", "C++"}, {"C++", "C#"}, {"!", "?!"}, {strings.Repeat("a", 65), strings.Repeat("a", 66)}} {
		if slug(pair[0]) == slug(pair[1]) {
			t.Errorf("%q and %q are one member", pair[0], pair[1])
		}
	}
}

func TestSlugsAreKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		label := rapid.String().Draw(t, "label")
		if s := slug(label); !validSlug(s) {
			t.Fatalf("%q makes the slug %q", label, s)
		}
	})
}

func TestListsAreBounded(t *testing.T) {
	var long []string
	for i := range maxMembers + 1 {
		long = append(long, fmt.Sprintf("account %d", i))
	}
	f := mustField("accounts")
	if _, err := f.Parse(strings.Join(long[1:], ";")); err != nil {
		t.Errorf("%d entries: %v", maxMembers, err)
	}
	_, err := f.Parse(strings.Join(long, ";"))
	refused(t, err, "format")
	_, err = mustField("description").Parse(strings.Repeat("x", maxProse+1))
	refused(t, err, "format")
	_, err = mustField("description").Parse(strings.Repeat("ü", 3*maxProse))
	refused(t, err, "format")
}

func TestMembersOfOneListAreOnce(t *testing.T) {
	for name, c := range map[string][2]string{
		"accounts": {"AD group;ad-group;AD  Group", "AD  Group"},
		"ports":    {"102/tcp;tcp/102 (s7);102", "102/tcp"},
		"software": {"WinCC@7.4;wincc@7.5", "wincc@7.5"},
	} {
		if v, err := mustField(name).Parse(c[0]); err != nil || v.Str != c[1] {
			t.Errorf("%s %q: %q, %v", name, c[0], v.Str, err)
		}
	}
}

func TestAttributesOfAMemberAreSetByName(t *testing.T) {
	env := testEnv()
	s := given(t, env, "ports=102/tcp|software=WinCC@7.4")
	events := set(t, env, s, "ports/tcp-102/needed=ja|ports/tcp-102/justification=engineering|ports/tcp-102/service=s7|software/wincc/kind=Open Source")
	s = s.With(events...)
	port := View(s)["ports"].([]any)[0].(map[string]any)
	if port["needed"] != true || port["justification"] != "engineering" || port["service"] != "s7" {
		t.Errorf("%v", port)
	}
	if got := Show(s, mustField("software")); got != "WinCC@7.4 (open_source)" {
		t.Errorf("software %q", got)
	}
	for text, rule := range map[string]string{"ports/tcp-102/needed=perhaps": "format", "ports/tcp-102/port=70000": "format", "software/wincc/kind=stolen": "format"} {
		_, err := SetAsset{Fields: fields(t, text), Reason: "r"}.Decide(env, s)
		refused(t, err, rule)
	}
	events = set(t, env, s, "ports/tcp-102/removed=yes")
	if got := Show(s.With(events...), mustField("ports")); got != "" {
		t.Errorf("ports %q", got)
	}
}

func TestInterfacesComeInOrder(t *testing.T) {
	env := testEnv()
	s := given(t, env)
	second := "interfaces/" + ID{0}.String() + "/"
	s = s.With(Event{Type: "asset.field_changed", Stream: s.ID, Edits: []Edit{
		{Key: second + "order", Value: IntValue(1)}, {Key: second + "name", Value: StringValue("X2")}, {Key: second + "ip", Value: StringValue("10.0.0.2")},
	}})
	if got := Show(s, mustField("ip_address")); got != "10.20.1.13" {
		t.Errorf("the first interface is %q", got)
	}
	if NameOfKey(Asset, second+"ip", s) != second+"ip" {
		t.Error("a further interface took the first one's name")
	}
	if all := View(s)["ip_addresses"].([]any); len(all) != 2 || all[1] != "10.0.0.2" {
		t.Errorf("%v", all)
	}
	events := set(t, env, s, second+"ip=10.0.0.3")
	s = s.With(events...).With(Event{Type: "asset.field_changed", Stream: s.ID, Edits: []Edit{{Key: second + "removed", Value: BoolValue(true)}}})
	if len(s.Interfaces()) != 1 || s.Current(second+"ip").Str != "10.0.0.3" {
		t.Errorf("removed: %v", s.Interfaces())
	}
}
