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
	for i := range fields {
		fn(i, s.show(&fields[i], bases[fields[i].Scope], there[fields[i].Scope]))
	}
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
