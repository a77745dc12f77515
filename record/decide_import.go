package record

import (
	"cmp"
	"errors"
	"slices"
	"strings"
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

// importing is the draft of a row.
type importing struct {
	*draft
	row    ImportRow
	kept   []Difference
	faults []error
}

func (i *importing) cells(cells []Assignment, fill bool) {
	for _, a := range cells {
		if strings.EqualFold(a.Field, "id") {
			continue
		}
		if err := i.cell(a, fill); err != nil {
			i.faults = append(i.faults, err)
		}
	}
}

// cell takes one cell. fill says that it only stands in for what is missing.
func (i *importing) cell(a Assignment, fill bool) error {
	f, ok := Lookup(Asset, a.Field)
	if !ok {
		return unknownField(Asset, a.Field)
	}
	if trimmed := strings.TrimSpace(a.Text); trimmed == "" || f.Type != Free && f.Type != Prose && blank(trimmed) {
		return nil
	}
	key, f, err := i.target(f.Name)
	if err != nil {
		return err
	}
	if slices.Contains(i.given, key) {
		return nil
	}
	i.given = append(i.given, key)
	switch {
	case f.Type == Prose:
		return i.prose(f, a.Text, fill)
	case f.isSet():
		return i.list(f, strings.TrimSuffix(key, f.Key), a.Text, fill)
	}
	return i.scalar(key, f, a.Text, fill)
}

func (i *importing) scalar(key string, f Field, text string, fill bool) error {
	v, err := f.ParseIn(text, i.env.Zone)
	if err != nil || v.IsNull() {
		return err
	}
	i.offer(key, f, v, fill)
	if f.Type != Address {
		return nil
	}
	if _, prefix, ok := NormIP(text); ok && prefix >= 0 {
		i.offer(strings.TrimSuffix(key, "ip")+"prefix", mustField("prefix"), IntValue(int64(prefix)), fill)
	}
	return nil
}

// offer writes a list's value where it is news.
func (i *importing) offer(key string, f Field, v Value, fill bool) {
	now := i.s.Current(key)
	switch {
	case fill && !now.IsNull(), same(f, now, v):
		return
	case i.said(key, f.Scope, func(last Value) bool { return same(f, last, v) }):
		i.kept = append(i.kept, Difference{Field: f.Name, Before: now.Display(), After: v.Display()})
	default:
		i.put(key, v)
	}
}

// said tells whether the last import said the like of a key already. Of a unit it may have said so before the unit was
// swapped: a list that still describes the old one brings no news of the new.
func (i *importing) said(key string, scope Scope, like func(last Value) bool) bool {
	if last, ok := i.row.Asserted[key]; ok {
		return like(last)
	}
	if scope != Unit || len(i.row.Asserted) == 0 {
		return false
	}
	rest := strings.TrimPrefix(key, i.parts[Unit])
	for _, unit := range i.s.Units() {
		if last, ok := i.row.Asserted[prefixOf(Unit)+unit+"/"+rest]; ok && like(last) {
			return true
		}
	}
	return false
}

func (i *importing) prose(f Field, text string, fill bool) error {
	v, err := f.Parse(text)
	if err != nil || v.IsNull() {
		return err
	}
	now, written := i.s.Texts[f.Key]
	switch {
	case now == v.Str, fill && written:
		return nil
	case i.said(f.Key, Own, v.Equal):
		i.kept = append(i.kept, Difference{Field: f.Name, Before: now, After: v.Str})
		return nil
	}
	i.texts = append(i.texts, TextEdit{Key: f.Key, Text: v.Str})
	return nil
}

// list adds the members that are news and takes out those that the last import had and this one has not.
func (i *importing) list(f Field, base, text string, fill bool) error {
	if err := f.vet(text); err != nil {
		return err
	}
	wanted, err := f.members(text)
	if err != nil {
		return err
	}
	if fill && len(i.s.setMembers(f, base)) > 0 {
		return nil
	}
	news := func(key string, v Value) bool { return !i.said(key, f.Scope, v.Equal) }
	dropped := func(key string, v Value) bool { _, asserted := i.row.Asserted[key]; return asserted }
	i.edits = append(i.edits, i.s.setEdits(f, base, wanted, news, dropped)...)
	return nil
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
	joined := &Refusal{Rule: "format"}
	var sentences []string
	for _, fault := range faults {
		var r *Refusal
		if errors.As(fault, &r) && joined.Field == "" {
			joined.Field, joined.Rule = r.Field, r.Rule
		}
		sentences = append(sentences, fault.Error())
	}
	joined.Message = strings.Join(sentences, "; ")
	return joined
}
