package sheet

import (
	"maps"
	"slices"
	"strings"

	"fieldbook/record"
)

// How a column came to its meaning.
const (
	ByMapping = "mapping" // the mapping file says so
	ByName    = "name"    // the header is the field's name
	ByAlias   = "alias"   // the header is a usual name of it
	Custom    = "custom"  // kept as a custom field under its header
	Skipped   = "skipped" // left out: the mapping says so, an export derives it, or it has neither header nor text
)

// Column is what one column of a table means.
type Column struct {
	Index  int
	Header string
	Name   string       // name of the field, "custom.Header", "id" for the entity's id, "" when skipped
	Field  record.Field // zero for "id" and when skipped
	How    string
}

// Map finds the meaning of each column: what the mapping says, else what record knows by name or alias (MapColumns), also
// without what a header says in brackets ("IP (primary)"). What nothing knows becomes a custom field, so that nothing a
// list holds is lost. The error wraps ErrMapping; where only the tag is missing the columns are given too.
func Map(t *Table, m Mapping) ([]Column, error) {
	columns := make([]Column, len(t.Header))
	for i, header := range t.Header {
		columns[i] = Column{Index: i, Header: header}
	}
	if err := byMapping(t, m, columns); err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for i, found := range record.MapColumns(titles(columns)) {
		columns[i].settle(found, t)
		taken[columns[i].Name] = true
	}
	for i := range columns {
		columns[i].shorten(taken)
	}
	if !taken["tag"] && !taken["id"] {
		return columns, refuse(ErrMapping, t.HeaderLine, `no column is the tag; say which in a mapping file: {"columns": {"<header>": "tag"}}. The headers are: {0}`, headers(t))
	}
	return columns, nil
}

// byMapping sets Name and How of the columns that the mapping names. A header it names must be there: a typing error would
// lose a column.
func byMapping(t *Table, m Mapping, columns []Column) error {
	taken := map[string]string{}
	for _, header := range slices.Sorted(maps.Keys(m.Columns)) {
		name, err := target(m.Columns[header])
		if err != nil {
			return err
		}
		if other := taken[name]; other != "" && name != toCustom && name != toNone {
			return refuse(ErrMapping, 0, `the mapping has two columns for the field {0}, "{1}" and "{2}"; make one of them "custom"`, name, other, header)
		}
		taken[name] = header
		if !assign(columns, header, name) {
			return refuse(ErrMapping, t.HeaderLine, `the mapping names a column "{0}" that the list does not have; its headers are: {1}`, header, headers(t))
		}
	}
	return nil
}

// assign gives the columns of a header their name: of several a field goes to the first, "custom" and "-" to all.
func assign(columns []Column, header, name string) (found bool) {
	for i := range columns {
		c := &columns[i]
		if c.How != "" || !same(c.Header, header) || found && name != toNone && name != toCustom {
			continue
		}
		found = true
		switch name {
		case toNone:
			c.How = Skipped
		case toCustom:
			c.Name, c.How = "custom."+record.Header(c.Header), ByMapping
		default:
			c.Name, c.How = name, ByMapping
		}
	}
	return found
}

// titles gives the headers for record to map: of columns that the mapping decides what it says, and of a column whose field
// another one was given its header as a custom field.
func titles(columns []Column) []string {
	given := map[string]bool{}
	for _, c := range columns {
		given[c.Name] = c.How == ByMapping
	}
	out := make([]string, len(columns))
	for i, c := range columns {
		field, known := record.Lookup(record.Asset, c.Header)
		switch {
		case c.How == ByMapping:
			out[i] = c.Name
		case c.How == "" && known && given[field.Name]:
			out[i] = "custom." + record.Header(c.Header)
		case c.How == "":
			out[i] = strings.TrimPrefix(c.Header, "\uFEFF")
		}
	}
	return out
}

// settle takes record's answer for a column.
func (c *Column) settle(found record.Column, t *Table) {
	custom := strings.HasPrefix(found.Name, "custom.")
	switch {
	case c.How == Skipped:
		return
	case found.Name == "", c.How == "" && custom && record.Header(c.Header) == "" && empty(t, c.Index):
		c.How = Skipped
		return
	case c.How == "" && custom:
		c.How = Custom
	case c.How == "" && record.NormName(c.Header) == record.NormName(found.Name):
		c.How = ByName
	case c.How == "":
		c.How = ByAlias
	}
	c.Name, c.Field = found.Name, found.Field
}

// shorten looks for a field by the header without its brackets, if that field has no column yet.
func (c *Column) shorten(taken map[string]bool) {
	if c.How != Custom || strings.HasPrefix(strings.ToLower(c.Header), "custom.") {
		return
	}
	if field, ok := lookup(c.Header); ok && !taken[field.Name] {
		c.Name, c.Field, c.How = field.Name, field, ByAlias
		taken[field.Name] = true
	}
}

func empty(t *Table, column int) bool {
	return !slices.ContainsFunc(t.Rows, func(row Row) bool { return strings.TrimSpace(row.Cell(column)) != "" })
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
