package localapi

import (
	"encoding/json"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"fieldbook/record"
)

// Given the definitions, then they name every field of the record, each asset's in a group that there is, and every type and
// choice that a form needs.
func TestDefinitionsAreComplete(t *testing.T) {
	p := newPage(t)
	d := gives[Definitions](p, get, "/definitions", nil)
	if len(d.Entities.Asset) != len(record.Fields(record.Asset)) || len(d.Roles) != len(record.Roles()) || len(d.Findings) != len(record.FindingKinds()) {
		t.Errorf("%d fields, %d roles, %d kinds of findings", len(d.Entities.Asset), len(d.Roles), len(d.Findings))
	}
	used := map[string]bool{}
	for _, f := range d.Entities.Asset {
		used[f.Group] = true
		if !slices.ContainsFunc(d.Groups, func(g FieldGroup) bool { return g.Name == f.Group }) {
			t.Errorf("%s is in group %q, which there is not", f.Name, f.Group)
		}
		if choice := f.Type == "choice" || f.Type == "role"; choice != (len(f.Enum) > 0) || f.Label == "" || f.Help == "" {
			t.Errorf("%+v", f)
		}
	}
	for _, g := range d.Groups {
		if !used[g.Name] {
			t.Errorf("group %s has no field", g.Name)
		}
	}
	if !slices.ContainsFunc(d.Entities.Site, func(f Field) bool { return f.Name == "code" && !f.Editable }) {
		t.Error("the code of a site is said to be editable")
	}
}

// Given an asset with columns of the owner's own, then their titles are told, and what they name is a field.
func TestHeadersNameFields(t *testing.T) {
	p := founded(t)
	fields := maps.Clone(plc)
	fields["custom.Loop 10"], fields["custom.Loop 9"] = "L1", "L2"
	gives[Written](p, post, "/assets", map[string]any{"tag": "RAV-PLC-001", "fields": fields, "reason": "new panel"})
	headers := gives[[]string](p, get, "/headers", nil)
	if !slices.Equal(headers, []string{"Loop 9", "Loop 10"}) {
		t.Errorf("headers %q", headers)
	}
	if f, ok := record.Lookup(record.Asset, "custom."+headers[0]); !ok || f.Label != headers[0] {
		t.Errorf("%+v, %v", f, ok)
	}
}

// Given values as the read models have them, then their text is what a form would show.
func TestValuesBecomeWords(t *testing.T) {
	for want, v := range map[string]any{
		"":             nil,
		"V3.2":         "V3.2",
		"yes":          true,
		"no":           false,
		"110":          int64(110),
		"4.2":          4.2,
		"a; b":         []any{"a", "b"},
		`{"port":102}`: map[string]any{"port": int64(102)},
	} {
		if got := words(v); got != want {
			t.Errorf("%#v is %q, want %q", v, got, want)
		}
	}
	if wordsOrNull(nil) != nil || *wordsOrNull("") != "" {
		t.Error("null and empty are not told apart")
	}
}

// Given a plant's name in any of the languages of its people, then its folder is one that they still read.
func TestFolderNames(t *testing.T) {
	for name, want := range map[string]string{
		"Ravensmere WTW": "ravensmere-wtw", "Müller Wasserwerk Süd": "mueller-wasserwerk-sued", "Mu\u0308ller": "mueller", "Gießerei": "giesserei", "Évreux": "evreux",
		"Łódź": "lodz", "水": "workspace", "": "workspace", "../etc": "etc",
	} {
		if got := FolderName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

// Given a kept setting, then odd values lock after the usual time instead of at once or never, and none waits for more than a day.
func TestLockTimes(t *testing.T) {
	for text, want := range map[string]time.Duration{
		`{"minutes":15}`: 15 * time.Minute, `{"minutes":0.5}`: 30 * time.Second, `{"minutes":1e300}`: maxIdle,
		`{"minutes":0}`: 0, `{"minutes":-1}`: usualIdle, `{"minutes":"5"}`: usualIdle, `{}`: usualIdle, `null`: usualIdle, `[]`: usualIdle, ``: usualIdle,
	} {
		if got := lockTime([]byte(text)); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}

// Given the German words of the page, then they name everything that is defined, and nothing else.
func TestGermanNamesWhatIsDefined(t *testing.T) {
	data, err := os.ReadFile("../frontend/src/i18n/de/definitions.json")
	if err != nil {
		t.Fatal(err)
	}
	var german struct {
		Fields                           map[string]map[string]struct{ Label, Help string }
		Groups, Roles, Choices, Findings map[string]string
	}
	if err := json.Unmarshal(data, &german); err != nil {
		t.Fatal(err)
	}
	p := newPage(t)
	d := gives[Definitions](p, get, "/definitions", nil)
	choices := map[string]bool{}
	for entity, fields := range map[string][]Field{"asset": d.Entities.Asset, "note": d.Entities.Note, "site": d.Entities.Site, "workspace": d.Entities.Workspace, "member": d.Entities.Member} {
		for _, f := range fields {
			if words := german.Fields[entity][f.Name]; words.Label == "" || words.Help == "" {
				t.Errorf("%s.%s has no German words", entity, f.Name)
			}
			for _, value := range f.Enum {
				choices[value] = f.Type == "choice"
			}
		}
		if len(german.Fields[entity]) != len(fields) {
			t.Errorf("%d German fields of %s, which has %d", len(german.Fields[entity]), entity, len(fields))
		}
	}
	for value, chosen := range choices {
		// What is written as a name or number is the same in all languages.
		if chosen && german.Choices[value] == "" && value == strings.ToLower(value) && value[0] >= 'a' {
			t.Errorf("choice %s has no German words", value)
		}
	}
	for value := range german.Choices {
		if !choices[value] {
			t.Errorf("%s is no choice", value)
		}
	}
	for _, r := range d.Roles {
		if german.Roles[r.Name] == "" {
			t.Errorf("role %s has no German words", r.Name)
		}
	}
	for _, g := range d.Groups {
		if german.Groups[g.Name] == "" {
			t.Errorf("group %s has no German words", g.Name)
		}
	}
	for _, f := range d.Findings {
		if german.Findings[f.Kind] == "" {
			t.Errorf("finding %s has no German words", f.Kind)
		}
	}
	if len(german.Roles) != len(d.Roles) || len(german.Groups) != len(d.Groups) || len(german.Findings) != len(d.Findings) {
		t.Error("German words for what is not defined")
	}
}
