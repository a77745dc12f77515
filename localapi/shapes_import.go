package localapi

import (
	"fieldbook/wording"
	"fieldbook/workspace"
)

// Mapping says what columns and values of a list mean.
type Mapping struct {
	Columns map[string]string            `json:"columns,omitempty" maxProperties:"512" doc:"Header to the name of a field, custom, custom.Other header, or - to leave it out"`
	Values  map[string]map[string]string `json:"values,omitempty" maxProperties:"200" doc:"Name of a field, then text of a cell to the text it stands for"`
}

// Import is a list to be taken.
type Import struct {
	Source  Source            `json:"source"`
	Mapping *Mapping          `json:"mapping,omitempty"`
	Set     map[string]string `json:"set,omitempty" maxProperties:"200" doc:"Fields for rows that say nothing about them"`
	Reason  string            `json:"reason"`
	DryRun  bool              `json:"dry_run"`
}

// ImportReport is what became of a list.
type ImportReport struct {
	File      string         `json:"file"`
	DryRun    bool           `json:"dry_run"`
	ID        *string        `json:"id" doc:"Of the batch; null for a dry run"`
	Columns   []ImportColumn `json:"columns"`
	Rows      []ImportRow    `json:"rows"`
	Totals    ImportTotals   `json:"totals"`
	Encoding  string         `json:"encoding"`
	HeaderRow int            `json:"header_row"`
	Sites     []string       `json:"sites" doc:"Made because the list names them"`

	refused *workspace.Refused
}

// ImportColumn says what a column was taken for.
type ImportColumn struct {
	Header string  `json:"header"`
	Field  *string `json:"field" doc:"Null for a column passed over"`
}

// ImportRow is what became of one row.
type ImportRow struct {
	Row     int              `json:"row" doc:"Line of the file, from 1"`
	ID      *string          `json:"id" doc:"Of the asset; null for a refused row"`
	Result  string           `json:"result" enum:"created,updated,unchanged,refused"`
	Tag     *string          `json:"tag"`
	Message *string          `json:"message"`
	Said    wording.Sentence `json:"said,omitzero" doc:"The message in its parts"`
	Changes []Difference     `json:"changes" doc:"Of an updated row"`
}

// ImportTotals counts rows by result.
type ImportTotals struct {
	Rows      int `json:"rows"`
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Refused   int `json:"refused"`
}

// Preview asks how a list would be read.
type Preview struct {
	Source  Source   `json:"source"`
	Mapping *Mapping `json:"mapping,omitempty"`
}

// Previewed is how a list would be read.
type Previewed struct {
	Columns   []PreviewColumn `json:"columns"`
	HeaderRow int             `json:"header_row"`
	Encoding  string          `json:"encoding"`
	Rows      int             `json:"rows"`
	Sample    [][]string      `json:"sample" doc:"The first rows, at most ten"`
	Missing   *string         `json:"missing" doc:"Why the list cannot be imported under this mapping, and what to do; null if it can"`
	Fields    []FieldName     `json:"fields" doc:"What a column can be mapped to"`
}

// PreviewColumn is one column of a list.
type PreviewColumn struct {
	Header  string   `json:"header"`
	Name    string   `json:"name" doc:"Public name of the field it is taken for, custom.<header>, or empty when passed over"`
	Label   string   `json:"label"`
	How     string   `json:"how" enum:"mapping,name,alias,custom,skipped" doc:"Why it is taken for that"`
	Samples []string `json:"samples" doc:"At most five of its values"`
}

// FieldName is a field by its name and label.
type FieldName struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}
