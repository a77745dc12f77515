package record

import (
	"slices"
	"strings"
)

// Show is a field's current value as text that Parse reads again: for spreadsheets, filters and forms.
func Show(s Snapshot, f Field) string {
	base, ok := s.base(f.Scope)
	switch {
	case f.Type == Prose:
		return s.Texts[f.Key]
	case !ok:
		return ""
	case f.isSet():
		return f.listText(s.setMembers(f, base))
	}
	return s.Current(base + f.Key).Display()
}

// Matches tells whether a field, named as in field=value, has the value that the text means. A blank text asks for an empty
// field; lines compare without case. The error is a UsageError or a Refusal of the text.
func Matches(s Snapshot, a Assignment) (bool, error) {
	f, ok := Lookup(s.Entity, a.Field)
	if !ok {
		return false, unknownField(s.Entity, a.Field)
	}
	wanted, err := f.Parse(a.Text)
	if err != nil {
		return false, err
	}
	shown, text := Show(s, f), wanted.Display()
	switch {
	case text == "":
		return shown == "", nil
	case f.isSet():
		return f.holdsAll(s, a.Text)
	case f.Key == keyTag || f.Key == "serial" || f.Key == "order_no":
		return squeeze(shown) == squeeze(text), nil
	}
	return strings.EqualFold(shown, text), nil
}

// holdsAll tells whether a set has all the members that a text names.
func (f Field) holdsAll(s Snapshot, text string) (bool, error) {
	wanted, err := f.members(text)
	if err != nil {
		return false, err
	}
	base, _ := s.base(f.Scope)
	present := s.setMembers(f, base)
	for _, m := range wanted {
		if !slices.ContainsFunc(present, func(p member) bool { return p.slug == m.slug }) {
			return false, nil
		}
	}
	return true, nil
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
