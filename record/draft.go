package record

import (
	"slices"
	"strings"
)

// usualEdits is how many fields a row of a list has: room for them is made at once.
const usualEdits = 40

// draft gathers the edits that a command makes to one document, leaving out what already is so.
type draft struct {
	env   Env
	s     Snapshot
	parts map[Scope]string // base path of the unit and interface that bare names mean
	given []string         // keys that the command names itself
	edits []Edit
	texts []TextEdit
}

func newDraft(env Env, s Snapshot) *draft {
	d := &draft{env: env, s: s, parts: map[Scope]string{Own: ""}, edits: make([]Edit, 0, usualEdits), given: make([]string, 0, usualEdits)}
	for _, scope := range []Scope{Unit, Interface} {
		if base, ok := s.base(scope); ok {
			d.parts[scope] = base
		}
	}
	return d
}

// set takes one field=value.
func (d *draft) set(a Assignment) error {
	key, f, err := d.target(a.Field)
	if err != nil {
		return err
	}
	if slices.Contains(d.given, key) {
		return Misuse("{0} is given twice", Named(f.Name))
	}
	d.given = append(d.given, key)
	switch {
	case f.Type == Prose:
		return d.setText(f, a.Text)
	case f.isSet():
		return d.setList(f, strings.TrimSuffix(key, f.Key), a.Text)
	}
	v, err := f.ParseIn(a.Text, d.env.Zone)
	if err != nil {
		return err
	}
	if v.IsNull() && f.Required {
		return required(f)
	}
	d.put(key, v)
	if f.Type == Address {
		d.setPrefix(key, a.Text)
	}
	return nil
}

// target finds the key that a name means, making the first unit or interface where the asset has none. A key named outright
// must be about what is there, and names its field in what is refused.
func (d *draft) target(name string) (string, Field, error) {
	f, ok := Lookup(d.s.Entity, name)
	if !ok {
		key, f, known := KeyOfName(d.s, name)
		if !known || !d.s.holds(key) {
			return "", Field{}, unknownField(d.s.Entity, name)
		}
		f.Name = name
		return key, f, nil
	}
	return d.place(f), f, nil
}

// place is the key of a field by name.
func (d *draft) place(f Field) string {
	if _, ok := d.parts[f.Scope]; !ok {
		d.makePart(f.Scope)
	}
	return d.parts[f.Scope] + f.Key
}

// makePart begins the first unit or interface, whose id derives from the asset's so that all devices name it alike.
func (d *draft) makePart(scope Scope) {
	switch scope {
	case Unit:
		d.install(d.env.Derive("unit", d.s.ID.String()))
	case Interface:
		d.parts[Interface] = prefixOf(Interface) + d.freeInterface().String() + "/"
	}
}

func (d *draft) install(unit ID) {
	d.parts[Unit] = prefixOf(Unit) + unit.String() + "/"
	d.edits = append(d.edits, Edit{Key: keyUnit, Value: StringValue(unit.String())})
}

// put edits a key unless it has that value and no other. Setting one of several concurrent values is a decision, so it counts.
func (d *draft) put(key string, v Value) {
	for i := range d.edits {
		if d.edits[i].Key == key {
			d.edits = slices.Delete(d.edits, i, i+1)
			break
		}
	}
	if d.s.Current(key).Equal(v) && d.s.Concurrent(key) == nil {
		return
	}
	d.edits = append(d.edits, Edit{Key: key, Value: v})
}

// setPrefix takes the prefix that came with an address, unless the command names one itself.
func (d *draft) setPrefix(ipKey, text string) {
	key := strings.TrimSuffix(ipKey, "ip") + "prefix"
	if _, prefix, ok := NormIP(text); ok && prefix >= 0 && !slices.Contains(d.given, key) {
		d.put(key, IntValue(int64(prefix)))
	}
}

func (d *draft) setText(f Field, text string) error {
	v, err := f.Parse(text)
	if err != nil {
		return err
	}
	if v.IsNull() && f.Required {
		return required(f)
	}
	if v.Str != d.s.Texts[f.Key] {
		d.texts = append(d.texts, TextEdit{Key: f.Key, Text: v.Str})
	}
	return nil
}

func (d *draft) setList(f Field, base, text string) error {
	if err := f.vet(text); err != nil {
		return err
	}
	var wanted []member
	if !blank(strings.TrimSpace(text)) {
		members, err := f.members(text)
		if err != nil {
			return err
		}
		wanted = members
	}
	d.edits = append(d.edits, d.s.setEdits(f, base, wanted, nil, nil)...)
	return nil
}

// event is the draft as an event of the given type; ok is false when it changes nothing.
func (d *draft) event(eventType string) (Event, bool) {
	return Event{Type: eventType, Schema: 1, Stream: d.s.ID, Edits: d.edits, Texts: d.texts}, len(d.edits)+len(d.texts) > 0
}
