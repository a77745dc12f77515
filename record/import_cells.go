package record

import (
	"slices"
	"strings"
)

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
	key := i.place(f)
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
	beside := strings.TrimSuffix(key, "ip") + "prefix"
	if _, prefix, ok := NormIP(text); ok && prefix >= 0 && !slices.Contains(i.given, beside) {
		i.offer(beside, mustField("prefix"), IntValue(int64(prefix)), fill)
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
// swapped, and of an interface before that was removed: a list that still describes the old one brings no news of the new.
func (i *importing) said(key string, scope Scope, like func(last Value) bool) bool {
	if last, ok := i.row.Asserted[key]; ok {
		return like(last)
	}
	if scope == Own || len(i.row.Asserted) == 0 {
		return false
	}
	rest := strings.TrimPrefix(key, i.parts[scope])
	for _, part := range i.s.parts(prefixOf(scope)) {
		if last, ok := i.row.Asserted[prefixOf(scope)+part+"/"+rest]; ok && like(last) {
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
