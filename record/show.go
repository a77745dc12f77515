package record

import "slices"

// Show is a field's current value as text that Parse reads again: for spreadsheets, filters and forms.
func Show(s Snapshot, f Field) string {
	base, ok := s.base(f.Scope)
	return s.show(&f, base, ok)
}

// ShowPart is the text of a field of the unit or interface with this id, which Show gives of the installed and the first one.
func ShowPart(s Snapshot, f Field, id string) string {
	return s.show(&f, prefixOf(f.Scope)+id+"/", true)
}

// Matches tells whether a field, named as in field=value, has the value that the text means. A blank text asks for an empty
// field; lines compare without case. The error is a UsageError or a Refusal of the text.
func Matches(s Snapshot, a Assignment) (bool, error) {
	f, ok := Lookup(s.Entity, a.Field)
	if !ok {
		return false, unknownField(s.Entity, a.Field)
	}
	match, err := f.Matcher(a.Text)
	if err != nil {
		return false, err
	}
	return match(Show(s, f)), nil
}

// ConcurrentKeys lists the keys that hold several different values, sorted.
func (s Snapshot) ConcurrentKeys() []string {
	keys := []string{}
	for key := range s.Values {
		if s.Concurrent(key) != nil {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// ConcurrentNames is ConcurrentKeys by public name.
func (s Snapshot) ConcurrentNames() []string {
	keys, names := s.ConcurrentKeys(), newNamer(s)
	for i, key := range keys {
		keys[i] = names.name(key)
	}
	return keys
}
