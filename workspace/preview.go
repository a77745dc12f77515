package workspace

import (
	"context"
	"fmt"

	"fieldbook/sheet"
)

// ImportPreview shows what an import would take the columns of a list for.
type ImportPreview struct {
	Columns   []PreviewColumn `json:"columns"`
	HeaderRow int             `json:"header_row"` // line of the file, from 1
	Encoding  string          `json:"encoding"`
	Rows      int             `json:"rows"`
	Sample    [][]string      `json:"sample"` // the first rows, as wide as the header
	// Missing says why the list cannot be imported under this mapping, and what to
	// do; null if it can.
	Missing *string `json:"missing"`
}

// PreviewColumn is one column and what it is taken for.
type PreviewColumn struct {
	Header  string   `json:"header"`
	Name    string   `json:"name"` // of the field; empty for a column passed over
	How     string   `json:"how"`  // mapping, name, alias, custom or skipped
	Label   string   `json:"label"`
	Samples []string `json:"samples"` // of its cells, without empty ones
}

// PreviewImport reads a list as ImportAssets does and shows what its columns
// would be taken for. Nothing is decided about its rows: that is a dry run.
func PreviewImport(ctx context.Context, opts ImportOptions) (ImportPreview, error) {
	mapping, err := opts.mapping()
	if err != nil {
		return ImportPreview{}, fmt.Errorf("reading %s: %w", opts.File, err)
	}
	table, err := opts.table(ctx, mapping)
	if err != nil {
		return ImportPreview{}, fmt.Errorf("reading %s: %w", opts.File, err)
	}
	out := ImportPreview{Columns: []PreviewColumn{}, HeaderRow: table.HeaderLine, Encoding: table.Encoding, Rows: len(table.Rows), Sample: [][]string{}}
	columns, err := sheet.Map(table, mapping)
	if err != nil {
		return ImportPreview{}, fmt.Errorf("reading %s: %w", opts.File, err)
	}
	for _, c := range columns {
		out.Columns = append(out.Columns, PreviewColumn{Header: c.Header, Name: c.Name, How: c.How, Label: c.Field.Label, Samples: []string{}})
	}
	return out, nil
}

func (o *ImportOptions) mapping() (sheet.Mapping, error) {
	switch {
	case o.Map != nil:
		return sheet.CheckMapping(*o.Map)
	case o.Mapping != "":
		return sheet.ReadMapping(o.Mapping)
	}
	return sheet.Mapping{}, nil
}

func (o *ImportOptions) table(ctx context.Context, m sheet.Mapping) (*sheet.Table, error) {
	if o.Source != nil {
		return sheet.ReadFrom(ctx, o.File, o.Source.Data, o.Source.Size, o.Limits, m.Headers()...)
	}
	return sheet.Read(ctx, o.File, o.Limits, m.Headers()...)
}
