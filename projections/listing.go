package projections

import (
	"strings"
	"time"

	"fieldbook/record"
)

// ListQuery selects and orders assets for a table on the screen. Its zero value lists all that are neither voided nor merged
// into another, by site and tag.
type ListQuery struct {
	Search      string      // words; each must begin a word of the asset
	Where       []Condition // all must hold
	Site        string      // site code
	Sort        string      // name of a field, with a minus before it from the greatest down; empty is by site and tag
	Offset      int
	Limit       int        // 0 is no limit
	AsOf        *time.Time // as the record stood then; nil is now
	IncludeVoid bool       // voided entries too
	Columns     []string   // names of the fields to show
}

// Op is how a condition compares a field with its text.
type Op string

// The comparisons. All go without regard to case.
const (
	Is       Op = "="  // has that value; a set has all the members named; an empty text asks for an empty field
	IsNot    Op = "!=" // the opposite; an empty text asks for a field that is not empty
	Contains Op = "~"  // the field as text has the text in it
)

// Condition is one filter on one field.
type Condition struct {
	Field string
	Op    Op
	Text  string
}

// ParseCondition reads name=value, name!=value or name~text. The error is a *record.UsageError.
func ParseCondition(text string) (Condition, error) {
	at := strings.IndexAny(text, "=~")
	if at <= 0 {
		return Condition{}, record.Misuse(`a filter is name=value, name!=value or name~text, not "{0}"`, text)
	}
	c := Condition{Field: text[:at], Op: Op(text[at : at+1]), Text: text[at+1:]}
	if name, not := strings.CutSuffix(c.Field, "!"); not && c.Op == Is {
		c.Field, c.Op = name, IsNot
	}
	return c, nil
}

// ListPage is a part of an ordered list.
type ListPage struct {
	Total int        `json:"total"` // how many fit the query
	Items []ListItem `json:"items"`
}

// ListItem is one row of a table.
type ListItem struct {
	ID         string            `json:"id"`
	Tag        string            `json:"tag"`
	Site       string            `json:"site"`
	Lifecycle  string            `json:"lifecycle"`
	Values     map[string]string `json:"values"`     // of the columns asked for, as record.Show gives them
	Concurrent []string          `json:"concurrent"` // names of fields with several values
	Unverified bool              `json:"unverified"` // some of it only a service's pack has shown
	Void       *string           `json:"void"`       // the reason for which the entry was struck; null if it was not
	MergedInto *string           `json:"merged_into"`
}

// Facet is a value of a field and how many assets have it; of a set, a member of it.
type Facet struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// maxFacets bounds the values that Facets lists.
const maxFacets = 200
