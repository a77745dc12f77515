package record

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"fieldbook/wording"
)

// ImportRow is one row of an asset list. The list's owner accepts it in the act; blank cells say nothing and clear nothing.
type ImportRow struct {
	Fields   []Assignment // cells under their field's name; the first that is not blank counts
	Defaults []Assignment // what fills in where neither the row nor the record says anything
	// Asserted is what the last import said of this asset, by document key. A row that says it again brings no news, so what
	// was edited since stands. Prose is a String under its key.
	Asserted map[string]Value
}

// Outcome is what a row comes to.
type Outcome string

// The outcomes of a row. A refused row is an error of Decide.
const (
	Created   Outcome = "created"
	Updated   Outcome = "updated"
	Unchanged Outcome = "unchanged"
	Refused   Outcome = "refused"
)

// Imported is the decision on one row.
type Imported struct {
	Outcome Outcome
	Events  []Event      // created: one deterministic event, and a second for the description
	Changes []Difference // what an update changes; a created asset has nothing before, Differences shows it
	Kept    []Difference // fields edited since the last import said the same as this one: Before stays, After is the list's
}

// Key names the asset that a row is about: its site's code and its tag, normalised as a document has them. The error is a
// *Refusal.
func (r ImportRow) Key() (site, tag string, err error) {
	for _, name := range []string{keySite, keyTag} {
		f := mustField(name)
		v, err := f.Parse(r.text(f))
		if err != nil {
			return "", "", err
		}
		if v.IsNull() || name == keyTag && NormName(v.Str) == "" {
			return "", "", required(f)
		}
		site, tag = tag, v.Str
	}
	return site, tag, nil
}

// AssetID is the stream of a row's asset when the record has none with this site and tag: the same on every device.
func AssetID(env Env, site, tag string) ID { return env.Derive("asset", site, NormTag(tag)) }

// text is the first cell that says something of a field, of the row or else of the defaults.
func (r ImportRow) text(f Field) string {
	for _, list := range [][]Assignment{r.Fields, r.Defaults} {
		for _, a := range list {
			if (a.Field == f.Name || isNamed(f, a.Field)) && !blank(strings.TrimSpace(a.Text)) {
				return a.Text
			}
		}
	}
	return ""
}

func isNamed(f Field, name string) bool {
	other, ok := Lookup(Asset, name)
	return ok && other.Name == f.Name
}

// Decide works on the snapshot of the asset found by Key, or on an empty one with the id of AssetID. All cells at fault are
// named in one *Refusal; an unknown field name is a *UsageError.
func (r ImportRow) Decide(env Env, s Snapshot) (Imported, error) {
	s.Entity = Asset
	i := &importing{draft: newDraft(env, s), row: r}
	i.cells(r.Fields, false)
	i.cells(r.Defaults, true)
	if len(i.faults) > 0 {
		return Imported{}, joinFaults(i.faults)
	}
	if s.Exists {
		return i.update()
	}
	return i.create()
}

// create registers the asset. The event is a function of the row's content, so that a list imported on two devices makes one
// asset; edits are sorted, as lists may order their columns differently.
func (i *importing) create() (Imported, error) {
	if err := firstError(i.complete(), i.checkTag()); err != nil {
		return Imported{}, err
	}
	slices.SortFunc(i.edits, func(a, b Edit) int { return cmp.Compare(a.Key, b.Key) })
	events := []Event{{Type: "asset.imported", Schema: 1, Stream: i.s.ID, Edits: i.edits, Deterministic: true}}
	events = append(events, i.describe()...)
	return Imported{Outcome: Created, Events: events}, nil
}

// describe is the deterministic first text of the description, apart from the fields.
func (i *importing) describe() []Event {
	var events []Event
	for _, text := range i.texts {
		if _, written := i.s.Texts[text.Key]; !written {
			events = append(events, Event{Type: "asset.described", Schema: 1, Stream: i.s.ID, Texts: []TextEdit{text}, Deterministic: true})
		}
	}
	i.texts = slices.DeleteFunc(i.texts, func(t TextEdit) bool { _, written := i.s.Texts[t.Key]; return !written })
	return events
}

// update brings the news of a row to an asset that is there.
func (i *importing) update() (Imported, error) {
	result := Imported{Outcome: Unchanged, Kept: i.kept}
	if len(i.edits)+len(i.texts) == 0 {
		return result, nil
	}
	if err := firstError(editable(i.s), i.complete()); err != nil {
		return Imported{}, err
	}
	described := i.describe()
	result.Events = append(i.split(), described...)
	result.Outcome, result.Changes = Updated, Differences(i.s, result.Events...)
	return result, nil
}

// joinFaults makes one refusal of all that is wrong with a row.
func joinFaults(faults []error) error {
	if len(faults) == 1 {
		return faults[0]
	}
	joined := &Refusal{}
	parts := make([]wording.Sentence, len(faults))
	for i, fault := range faults {
		var (
			refusal *Refusal
			misuse  *UsageError
		)
		switch {
		case errors.As(fault, &refusal):
			parts[i], joined.Rule = refusal.Sentence(), cmp.Or(joined.Rule, refusal.Rule)
		case errors.As(fault, &misuse):
			parts[i] = misuse.Said
		}
	}
	joined.Rule, joined.Said = cmp.Or(joined.Rule, "format"), wording.Join("{0}; {1}", parts...)
	return joined
}
