package record

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDocumentsHoldNoUnknownKeys(t *testing.T) {
	id := ID{1}.String()
	for key, want := range map[string]bool{
		"tag": true, "location/room": true, "unit": true, "void": true, "custom/Type / No": true, "accounts/ad-group": true, "accounts/ad-group/removed": true,
		"units/" + id + "/firmware": true, "units/" + id + "/software/wincc/version": true, "units/" + id + "/patches/kb1": true,
		"interfaces/" + id + "/ports/tcp-102/needed": true, "interfaces/" + id + "/removed": true, "interfaces/" + id + "/protocols/s7comm": true,
		"": false, "location": false, "location.room": false, "accounts": false, "accounts/AD": false, "accounts/a/b": false, "accounts/a/": false, "custom/": false, "custom/ x": false,
		"units/" + id: false, "units/" + id + "/removed": false, "units/" + id + "/software/wincc": false, "units/" + strings.ToUpper(ID{0xab}.String()) + "/firmware": false,
		"interfaces/" + id + "/ports/tcp-102": false, "interfaces/" + id + "/ports/tcp-102/colour": false, "firmware": false,
	} {
		if Known(Asset, key) != want {
			t.Errorf("%q known: %v", key, !want)
		}
	}
	for key, want := range map[string]bool{"kind": true, "assets/" + id: true, "assets/" + id + "/removed": true, "signatures/" + id + "/heads": true, "signatures/" + id: false, "assets/x": false, "amends": true} {
		if Known(Note, key) != want {
			t.Errorf("note %q known: %v", key, !want)
		}
	}
	if !Known(Finding, "settled") || Known(Finding, "kind") || !Known(Site, "tz") || Known(Workspace, "code") {
		t.Error("keys of finding, site or workspace")
	}
}

func TestEveryKeyHasANameThatFindsIt(t *testing.T) {
	env := testEnv()
	s := given(t, env, "ports=102/tcp (s7)|accounts=AD group|software=WinCC@7.5|patches=KB1|protocols=S7comm|custom.Type / No=1|backup_type=image")
	swap, _ := SwapUnit{Fields: fields(t, "serial=2"), Reason: "r"}.Decide(env, s)
	s = s.With(swap)
	for key := range s.Values {
		name := NameOfKey(Asset, key, s)
		if back, _, ok := KeyOfName(s, name); key != "unit" && (!ok || back != key) {
			t.Errorf("%s is named %s, which is %s", key, name, back)
		}
	}
	for name, want := range map[string]string{"location": "location/room", "location_room": "location/room", "backup_type": "backup/type", "last_verified": "last_verified/date", "accounts/ad-group": "accounts/ad-group"} {
		if key, _, ok := KeyOfName(s, name); !ok || key != want {
			t.Errorf("%s is %s", name, key)
		}
	}
	if _, _, ok := KeyOfName(Snapshot{Entity: Asset}, "firmware"); ok {
		t.Error("an asset without a unit has no firmware")
	}
	for _, name := range []string{"", "x/y", "ports/tcp 1", "units/1/firmware"} {
		if key, _, ok := KeyOfName(s, name); ok {
			t.Errorf("%q is %s", name, key)
		}
	}
}

func TestFieldTablesAreSound(t *testing.T) {
	for _, entity := range []Entity{Asset, Site, Note, Workspace, Member} {
		seen := map[string]string{}
		for _, f := range Fields(entity) {
			if f.Label == "" || f.Help == "" || f.Type == Choice && len(f.Enum) == 0 {
				t.Errorf("%s %s is not described", entity, f.Name)
			}
			for _, name := range append([]string{f.Name}, f.Aliases...) {
				if other, taken := seen[NormName(name)]; taken && other != f.Name {
					t.Errorf("%s: %q names %s and %s", entity, name, other, f.Name)
				}
				seen[NormName(name)] = f.Name
			}
			for word, value := range f.Synonyms {
				if v, err := f.Parse(value); err != nil || v.Str != value || NormName(word) != word {
					t.Errorf("%s %s: %q means %q", entity, f.Name, word, value)
				}
			}
		}
	}
}

func TestViewNamesEveryField(t *testing.T) {
	env := testEnv()
	empty, full := View(Snapshot{Entity: Asset}), View(given(t, env, "ports=102/tcp|location=MCC|custom.Shelf=B 3|software=WinCC@7.5"))
	for _, view := range []map[string]any{empty, full} {
		for _, name := range []string{"id", "tag", "site", "role", "attack_id", "location", "backup", "last_verified", "unit", "units", "interfaces", "ip_addresses", "custom", "accounts", "concurrent", "ip_address", "description", "void", "merged_into"} {
			if _, ok := view[name]; !ok {
				t.Errorf("%s is missing", name)
			}
		}
		if _, ok := view["unit"].(map[string]any)["firmware"]; !ok {
			t.Error("unit.firmware is missing")
		}
	}
	raw, err := json.Marshal(full)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"room":"MCC"`, `"building":null`, `"attack_id":"A0003"`, `"ip_addresses":["10.20.1.13"]`, `"Shelf":"B 3"`, `"firmware":"V3.2.16"`, `"port":102`, `"kind":null,"name":"WinCC","version":"7.5"`} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("%s is not in %s", want, raw)
		}
	}
}

func TestMatches(t *testing.T) {
	s := given(t, testEnv(), "ports=102/tcp;161/udp|safety_related=yes")
	for text, want := range map[string]bool{
		"tag=ravplc004": true, "tag=X": false, "vendor=SIEMENS": true, "serial=sc1": true, "ports=161/udp": true, "ports=80/tcp": false,
		"safety=ja": true, "zone=": true, "role=plc": true, "ip=10.020.1.13": true, "custom.Shelf=": true, "lifecycle=live": true,
	} {
		if got, err := Matches(s, fields(t, text)[0]); err != nil || got != want {
			t.Errorf("%s: %v, %v", text, got, err)
		}
	}
	for _, wrong := range []string{"colour=red", "role=plk"} {
		if _, err := Matches(s, fields(t, wrong)[0]); err == nil {
			t.Errorf("%s was understood", wrong)
		}
	}
}

// TestDecidedKeysAreKnown draws labels and headers of any kind: whatever becomes a key must be one that receivers accept.
func TestDecidedKeysAreKnown(t *testing.T) {
	env := testEnv()
	base := given(t, env)
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"accounts", "patches", "protocols", "software", "custom." + rapid.String().Draw(t, "header")}).Draw(t, "name")
		d := newDraft(env, base)
		if d.set(Assignment{name, rapid.StringN(0, 40, 60).Draw(t, "text")}) != nil {
			return
		}
		for _, e := range d.edits {
			if !Known(Asset, e.Key) {
				t.Fatalf("%s made the key %q", name, e.Key)
			}
		}
	})
}

// FuzzKeys feeds keys and types as a hostile change would carry them.
func FuzzKeys(f *testing.F) {
	id := ID{1}.String()
	for _, key := range []string{"tag", "custom/Type / No", "accounts/a/removed", "units/" + id + "/software/x/kind", "interfaces/" + id + "/removed", "signatures/" + id + "/heads", "assets/" + id, "units//", "///"} {
		f.Add("asset.field_changed", key)
		f.Add("note.signed", key)
	}
	s := given(f, testEnv())
	f.Fuzz(func(t *testing.T, eventType, key string) {
		if Allowed(Act{Type: eventType, Role: Owner, Author: ID{1}, Stream: ID{2}, Values: []string{key}}) == nil && !Known(EntityOf(eventType), key) {
			t.Fatalf("%s may write the unknown key %q", eventType, key)
		}
		if name := NameOfKey(Asset, key, s); Known(Asset, key) && name != key {
			if back, _, ok := KeyOfName(s, name); !ok || back != key {
				t.Fatalf("%q is named %q, which is %q", key, name, back)
			}
		}
	})
}
