package record

import (
	"fmt"
	"strings"
)

// Column says what a column of a list means.
type Column struct {
	Title string // as the list has it
	Name  string // the field's public name, "custom.<header>" for a column of the owner's own, "id" for the entity's id, empty to pass over
	Field Field  // zero for "id" and for columns passed over
}

// derived are columns that exports write and that no import reads: they follow from others, or say why a row was refused.
var derived = map[string]bool{"attackid": true, "ipaddresses": true, "concurrent": true, "heads": true, "units": true, "interfaces": true, "mergedinto": true, "void": true, "refusedbecause": true}

// MapColumns finds the field of each column of an asset list. A field is taken once, by the column that names it best: its
// proper name, then an alias, from left to right. Columns left over are custom fields under their title, so that nothing a
// person had in the sheet is lost.
func MapColumns(titles []string) []Column {
	columns := make([]Column, len(titles))
	taken := map[string]bool{}
	claim := func(i int, f Field) {
		columns[i].Name, columns[i].Field = f.Name, f
		taken[f.Name] = true
	}
	for i, title := range titles {
		columns[i].Title = title
		if f, ok := Lookup(Asset, title); ok && !taken[f.Name] && NormName(f.Name) == NormName(title) {
			claim(i, f)
		}
	}
	for i, title := range titles {
		if f, ok := Lookup(Asset, title); ok && columns[i].Name == "" && !taken[f.Name] {
			claim(i, f)
		}
	}
	for i, title := range titles {
		if norm := NormName(title); columns[i].Name == "" && (norm == "descr" || norm == "desc" || norm == "description") {
			for _, name := range []string{"model", "description"} {
				if !taken[name] {
					claim(i, mustField(name))
					break
				}
			}
		}
	}
	ownColumns(columns)
	return columns
}

// ownColumns names the custom fields, apart where two columns have one title.
func ownColumns(columns []Column) {
	used := map[string]int{}
	for i := range columns {
		c := &columns[i]
		switch norm := NormName(c.Title); {
		case c.Name != "" && !strings.HasPrefix(c.Name, customName), derived[norm]:
			continue
		case norm == "id":
			c.Name = "id"
			continue
		}
		header := Header(strings.TrimPrefix(c.Title, customName))
		if header == "" {
			header = fmt.Sprintf("Column %d", i+1)
		}
		if used[header]++; used[header] > 1 {
			header = Header(fmt.Sprintf("%.58s (%d)", header, used[header]))
		}
		c.Field, _ = CustomField(customName + header)
		c.Name = c.Field.Name
	}
}
