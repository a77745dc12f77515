package record

import "strings"

// Matcher gives the test of whether a field, as Show shows it, has the value that a text means. A blank text asks for an empty
// field, a set must have all the members that the text names, and lines compare without case. The error is a *Refusal of
// the text.
func (f Field) Matcher(text string) (func(shown string) bool, error) {
	wanted, err := f.Parse(text)
	if err != nil {
		return nil, err
	}
	want := wanted.Display()
	switch {
	case want == "":
		return func(shown string) bool { return shown == "" }, nil
	case f.isSet():
		return f.holdsAll(text)
	case f.Key == keyTag || f.Key == "serial" || f.Key == "order_no":
		want = squeeze(want)
		return func(shown string) bool { return squeeze(shown) == want }, nil
	}
	return func(shown string) bool { return strings.EqualFold(shown, want) }, nil
}

// holdsAll gives the test of whether a set has all the members that a text names.
func (f Field) holdsAll(text string) (func(shown string) bool, error) {
	wanted, err := f.members(text)
	if err != nil {
		return nil, err
	}
	return func(shown string) bool {
		present := map[string]bool{}
		for _, item := range f.Members(shown) {
			if m, err := f.member(item); err == nil {
				present[m.slug] = true
			}
		}
		for _, m := range wanted {
			if !present[m.slug] {
				return false
			}
		}
		return true
	}, nil
}

// Members cuts the text of a set, as Show shows it, into its members; any other field is one.
func (f Field) Members(shown string) []string {
	if !f.isSet() || shown == "" {
		return []string{shown}
	}
	items := strings.FieldsFunc(shown, f.separates)
	for i := range items {
		items[i] = strings.TrimSpace(items[i])
	}
	return items
}

// ShowEach calls fn with the text of each field, as Show gives it, by the field's place in the list. It is for many fields of
// one document.
func ShowEach(s Snapshot, fields []Field, fn func(i int, text string)) {
	var bases [3]string
	var there [3]bool
	for _, scope := range []Scope{Own, Unit, Interface} {
		bases[scope], there[scope] = s.base(scope)
	}
	sets := s.setsOf(fields, bases)
	for i := range fields {
		f := &fields[i]
		if base := bases[f.Scope]; f.isSet() && there[f.Scope] {
			fn(i, f.listText(s.membersOf(*f, base+f.Key+"/", sets[i])))
		} else {
			fn(i, s.show(f, base, there[f.Scope]))
		}
	}
}

// setsOf is setRows for all sets among the fields, by their place, in one walk over the keys.
func (s Snapshot) setsOf(fields []Field, bases [3]string) map[int]map[string][]Edit {
	type set struct {
		field  int
		prefix string
	}
	var list []set
	for i := range fields {
		if fields[i].isSet() {
			list = append(list, set{i, bases[fields[i].Scope] + fields[i].Key + "/"})
		}
	}
	sets := map[int]map[string][]Edit{}
	for key := range s.Values {
		for _, p := range list {
			rest, ok := strings.CutPrefix(key, p.prefix)
			if !ok {
				continue
			}
			slug, attr, _ := strings.Cut(rest, "/")
			if v := s.Current(key); attr != keyRemoved && !v.IsNull() {
				if sets[p.field] == nil {
					sets[p.field] = map[string][]Edit{}
				}
				sets[p.field][slug] = append(sets[p.field][slug], Edit{Key: attr, Value: v})
			}
		}
	}
	return sets
}

// show is the text of a field whose unit or interface is known.
func (s Snapshot) show(f *Field, base string, there bool) string {
	switch {
	case f.Type == Prose:
		return s.Texts[f.Key]
	case !there:
		return ""
	case f.isSet():
		return f.listText(s.setMembers(*f, base))
	}
	return s.Current(base + f.Key).Display()
}
