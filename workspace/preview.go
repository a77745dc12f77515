package workspace

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"fieldbook/record"
	"fieldbook/sheet"
)

// ImportSource is a list that is no file here: one that was uploaded, or is
// embedded in the program.
type ImportSource struct {
	Data io.ReaderAt
	Size int64
}

// ImportPreview shows what an import would take the columns of a list for.
type ImportPreview struct {
	Columns   []PreviewColumn `json:"columns"`
	HeaderRow int             `json:"header_row"` // line of the file, from 1
	Encoding  string          `json:"encoding"`
	Rows      int             `json:"rows"`
	Sample    [][]string      `json:"sample"` // the first rows, as wide as the header
	// Missing says why the list cannot be imported under this mapping, and what to
	// do: a column that no mapping names is the tag. Null if it can.
	Missing *string `json:"missing"`
}

// PreviewColumn is one column and what it is taken for.
type PreviewColumn struct {
	Header  string   `json:"header"`
	Name    string   `json:"name"` // of the field; empty for a column passed over
	How     string   `json:"how"`  // mapping, name, alias, custom or skipped
	Label   string   `json:"label"`
	Samples []string `json:"samples"` // of its cells, each once, without empty ones
}

// Caps of what a preview shows.
const (
	maxSample  = 10 // rows
	maxSamples = 5  // cells of a column
)

// PreviewImport reads a list as ImportAssets does and shows what its columns
// would be taken for. Nothing is decided about its rows: that is a dry run. A
// list whose tag is not found is shown too, so that a person can say which
// column it is.
func PreviewImport(ctx context.Context, opts ImportOptions) (ImportPreview, error) {
	mapping, table, err := opts.read(ctx)
	if err != nil {
		return ImportPreview{}, fmt.Errorf("reading %s: %w", opts.File, err)
	}
	out := ImportPreview{Columns: []PreviewColumn{}, HeaderRow: table.HeaderLine, Encoding: table.Encoding, Rows: len(table.Rows), Sample: [][]string{}}
	columns, err := sheet.Map(table, mapping)
	if errors.Is(err, sheet.ErrMapping) && columns != nil {
		missing := err.Error()
		out.Missing, err = &missing, nil
	}
	if err != nil {
		return ImportPreview{}, fmt.Errorf("reading %s: %w", opts.File, err)
	}
	for _, c := range columns {
		out.Columns = append(out.Columns, PreviewColumn{Header: c.Header, Name: c.Name, How: c.How, Label: labelOf(c), Samples: samples(table, c.Index)})
	}
	for _, row := range table.Rows[:min(len(table.Rows), maxSample)] {
		cells := make([]string, len(table.Header))
		for i := range cells {
			cells[i] = row.Cell(i)
		}
		out.Sample = append(out.Sample, cells)
	}
	return out, nil
}

func labelOf(c sheet.Column) string {
	if c.Name == "id" {
		return "Id of this record"
	}
	if f, ok := record.Lookup(record.Asset, c.Name); ok {
		return f.Label
	}
	return ""
}

func samples(t *sheet.Table, column int) []string {
	list := []string{}
	for _, row := range t.Rows {
		if cell := row.Cell(column); cell != "" && !slices.Contains(list, cell) {
			if list = append(list, cell); len(list) == maxSamples {
				break
			}
		}
	}
	return list
}

// read takes the list and the mapping, from wherever they are.
func (o *ImportOptions) read(ctx context.Context) (m sheet.Mapping, t *sheet.Table, err error) {
	switch {
	case o.Map != nil:
		m, err = sheet.CheckMapping(*o.Map)
	case o.Mapping != "":
		m, err = sheet.ReadMapping(o.Mapping)
	}
	if err != nil {
		return m, nil, err
	}
	if o.Source != nil {
		t, err = sheet.ReadFrom(ctx, o.File, o.Source.Data, o.Source.Size, o.Limits, m.Headers()...)
	} else {
		t, err = sheet.Read(ctx, o.File, o.Limits, m.Headers()...)
	}
	return m, t, err
}
