package projections

import (
	"time"

	"fieldbook/record"
)

// TrailQuery selects a page of history. Its zero value is the newest of all.
type TrailQuery struct {
	Asset  record.ID  // history of this asset and those merged into it; zero is all
	Stream record.ID  // of one document of any kind; zero is all
	Member record.ID  // of one person; zero is all
	Device string     // id of a device or its beginning; empty is all
	Field  string     // public name; empty is all
	Type   string     // of event; empty is all
	Source string     // as LogRow.Source; empty is all
	State  string     // as LogRow.State; empty is all
	Since  *time.Time // recorded at or after
	Until  *time.Time // recorded at or before
	Oldest bool       // oldest first
	Fold   bool       // give long acts as one entry
	Cursor string     // TrailPage.Next of the page before
	Limit  int        // rows, 500 at most; 0 is 100
}

// TrailPage is a part of history.
type TrailPage struct {
	Items []TrailRow `json:"items"`
	Next  *string    `json:"next"` // the cursor of the next page; null at the end
}

// TrailRow is a row of history and whether its entry can be undone as things stand.
type TrailRow struct {
	LogRow
	Undoable bool `json:"undoable"`
	Act      *Act `json:"act"` // on the first row of an entry that stands for many
}

// TrailSpan says how history lies in time.
type TrailSpan struct {
	First   *string  `json:"first"` // recorded time of the earliest entry; null if there is none
	Last    *string  `json:"last"`
	Events  int64    `json:"events"`
	Buckets []Bucket `json:"buckets"` // of equal length, all of them, in order of time
}

// Bucket counts the entries recorded in one stretch of time.
type Bucket struct {
	At    string `json:"at"` // where it begins
	Count int64  `json:"count"`
}

// News is what others' entries have brought to this laptop.
type News struct {
	Position int64      `json:"position"` // what to ask after next time
	Total    int64      `json:"total"`    // entries, beyond the limit too
	Items    []TrailRow `json:"items"`    // the latest to arrive first
}
