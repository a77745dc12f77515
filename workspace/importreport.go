package workspace

import (
	"encoding/json"

	"fieldbook/record"
	"fieldbook/wording"
)

// ImportRow is what became of one row.
type ImportRow struct {
	Row     int                 `json:"row"` // line of the file, from 1
	ID      *string             `json:"id"`  // of the asset; null for a refused row
	Result  record.Outcome      `json:"result"`
	Tag     string              `json:"tag"`     // null if empty
	Message string              `json:"message"` // null if empty
	Said    wording.Sentence    `json:"-"`       // Message in its parts, without what only the command line adds
	Changes []record.Difference `json:"changes"` // of an updated row
}

// MarshalJSON writes null for what is empty, as all answers do.
func (r ImportRow) MarshalJSON() ([]byte, error) {
	type plain ImportRow
	return json.Marshal(struct {
		plain
		Tag     *string `json:"tag"`
		Message *string `json:"message"`
	}{plain(r), nullable(r.Tag), nullable(r.Message)})
}

func nullable(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// ImportReport is what became of a list.
type ImportReport struct {
	File      string         `json:"file"`
	DryRun    bool           `json:"dry_run"`
	ID        *string        `json:"id"` // of the batch; null for a dry run
	Columns   []ImportColumn `json:"columns"`
	Rows      []ImportRow    `json:"rows"`
	Totals    ImportTotals   `json:"totals"`
	Encoding  string         `json:"encoding"`
	HeaderRow int            `json:"header_row"`
	Sites     []string       `json:"sites"` // made because the list names them
	Refused   *Refused       `json:"-"`
}

// ImportColumn says what a column was taken for.
type ImportColumn struct {
	Header string `json:"header"`
	Field  string `json:"field"` // empty for a column passed over
}

// ImportTotals counts rows by result.
type ImportTotals struct {
	Rows      int `json:"rows"`
	Created   int `json:"created"`
	Updated   int `json:"updated"`
	Unchanged int `json:"unchanged"`
	Refused   int `json:"refused"`
}
