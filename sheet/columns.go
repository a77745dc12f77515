package sheet

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"fieldbook/record"
)

// How a column came to its field.
const (
	ByMapping = "mapping" // the mapping file says so
	ByName    = "name"    // the header is the field's name
	ByAlias   = "alias"   // the header is a usual name of it
	Custom    = "custom"  // kept as a custom field under its header
	Skipped   = "skipped" // left out: the mapping says so, or it has neither header nor text
)

// Column is what one column of a table means.
type Column struct {
	Index  int
	Header string
	Field  record.Field // zero when skipped
	How    string
}

// Map finds the field of each column: by the mapping, then by names and aliases that record knows, in any case and
// punctuation. Of two columns for one field the one named more exactly, then the left one has it; the other and all
// unknown columns become custom fields, so that nothing a list holds is lost. The error wraps ErrMapping.
func Map(t *Table, m Mapping) ([]Column, error) {
	columns := make([]Column, len(t.Header))
	taken := map[string]bool{}
	if err := byMapping(t, m, columns, taken); err != nil {
		return nil, err
	}
	for _, how := range []string{ByName, ByAlias} {
		for i, header := range t.Header {
			field, ok := lookup(header)
			if columns[i].How != "" || !ok || taken[field.Name] || how == ByName && !named(header, field) {
				continue
			}
			columns[i], taken[field.Name] = Column{i, header, field, how}, true
		}
	}
	described(t, columns, taken)
	if !taken["tag"] {
		return nil, refuse(ErrMapping, t.HeaderLine, `no column is the tag; say which in a mapping file: {"columns": {"<header>": "tag"}}. The headers are: %s`, headers(t))
	}
	for i, header := range t.Header {
		if columns[i].How == "" {
			columns[i] = custom(t, i, header, taken)
		}
	}
	return columns, nil
}

// byMapping sets the columns that the mapping names. A header it names must be there: a typing error would lose a column.
func byMapping(t *Table, m Mapping, columns []Column, taken map[string]bool) error {
	for _, header := range slices.Sorted(maps.Keys(m.Columns)) {
		found := false
		for i := range t.Header {
			if columns[i].How != "" || !same(t.Header[i], header) || found && m.Columns[header] != toNone {
				continue
			}
			found = true
			column, err := mapped(t, i, m.Columns[header], taken)
			if err != nil {
				return err
			}
			columns[i] = column
		}
		if !found {
			return refuse(ErrMapping, t.HeaderLine, "the mapping names a column %q that the list does not have; its headers are: %s", header, headers(t))
		}
	}
	return nil
}

func mapped(t *Table, i int, name string, taken map[string]bool) (Column, error) {
	switch name {
	case toNone:
		return Column{Index: i, Header: t.Header[i], How: Skipped}, nil
	case toCustom:
		return custom(t, i, t.Header[i], taken), nil
	}
	name, err := target(name)
	if err != nil {
		return Column{}, err
	}
	if taken[name] {
		return Column{}, refuse(ErrMapping, 0, "the mapping has two columns for the field %s; keep one and make the other \"custom\"", name)
	}
	taken[name] = true
	field, _ := record.Lookup(record.Asset, name)
	return Column{i, t.Header[i], field, ByMapping}, nil
}

// described makes a description the model in a list that has no model but remarks beside its description: there it says
// what the thing is ("SIMATIC S7-300 CPU 315-2 PN/DP").
func described(t *Table, columns []Column, taken map[string]bool) {
	model, ok := record.Lookup(record.Asset, "model")
	if !ok || taken["model"] {
		return
	}
	description, remarks := -1, -1
	for i, header := range t.Header {
		field, known := lookup(header)
		switch norm := record.NormName(header); {
		case columns[i].How == ByMapping || columns[i].How == Skipped || columns[i].How == Custom:
		case strings.HasPrefix(norm, "descr"), norm == "desc", norm == "beschreibung":
			description = i
		case known && field.Name == "description" && remarks < 0:
			remarks = i
		}
	}
	if description < 0 || remarks < 0 {
		return
	}
	columns[description], taken["model"] = Column{description, t.Header[description], model, ByAlias}, true
	if columns[remarks].How == "" {
		field, _ := lookup(t.Header[remarks])
		columns[remarks] = Column{remarks, t.Header[remarks], field, ByAlias}
	}
}

// custom keeps a column under its header, or its letter when it has none. Of several with one header each has its number.
func custom(t *Table, i int, header string, taken map[string]bool) Column {
	title := record.Header(header)
	if field, ok := record.CustomField(header); ok {
		title = field.Label
	}
	if title == "" {
		if empty(t, i) {
			return Column{Index: i, Header: header, How: Skipped}
		}
		title = "Column " + letters(i)
	}
	for n := 1; ; n++ {
		name := "custom." + title
		if n > 1 {
			suffix := " " + strconv.Itoa(n)
			cut := []rune(title)
			name = "custom." + string(cut[:min(len(cut), 64-len(suffix))]) + suffix
		}
		if field, ok := record.CustomField(name); ok && !taken[field.Name] {
			taken[field.Name] = true
			return Column{i, header, field, Custom}
		}
	}
}

func empty(t *Table, column int) bool {
	for _, row := range t.Rows {
		if strings.TrimSpace(row.Cell(column)) != "" {
			return false
		}
	}
	return true
}

func named(header string, field record.Field) bool {
	return record.NormName(header) == record.NormName(field.Name)
}

func same(a, b string) bool {
	return strings.TrimSpace(a) == strings.TrimSpace(b) || record.NormName(a) != "" && record.NormName(a) == record.NormName(b)
}

func headers(t *Table) string {
	var names []string
	for _, header := range t.Header {
		if name := record.Header(header); name != "" && len(names) < 40 {
			names = append(names, name)
		}
	}
	return strings.Join(names, ", ")
}
