package projections

import (
	"time"

	"fieldbook/record"
	"fieldbook/wording"
)

// Query selects assets. Its zero value lists all that are neither voided nor merged into another.
type Query struct {
	Where       map[string]string // public field name to value, compared without case; "" asks for an empty field
	Search      string            // words; each must begin a word of the asset
	Site        string            // site code
	AsOf        *time.Time        // as the record stood then; nil is now
	Limit       int               // 0 is no limit
	Offset      int
	IncludeVoid bool // voided entries too
}

// Page is a part of an ordered list.
type Page struct {
	Total int     `json:"total"` // how many fit the query
	Items []Asset `json:"items"`
}

// Asset is one asset as a person sees it. Its JSON is View with all of the fields of the domain under their names.
type Asset struct {
	ID         record.ID
	Tag        string
	Site       string
	Concurrent []string       // public names of fields with several values
	Heads      []string       // hex, sorted
	Void       string         // the reason for which the entry was struck, empty if it was not
	MergedInto string         // id of the survivor, empty if there is none
	Unverified bool           // some of it only a service's pack has shown; then in View too
	View       map[string]any // the JSON object
	Snapshot   record.Snapshot
}

// Detail is an asset with all that belongs to it.
type Detail struct {
	Asset
	Units   []UnitSpan
	Notes   []NoteView
	Aliases []string // ids of assets merged into this one
}

// UnitSpan is one unit that a position has had, oldest first.
type UnitSpan struct {
	ID        string         `json:"id"`
	Installed bool           `json:"installed"`
	From      *time.Time     `json:"from"`  // recorded time of the entry that installed it
	Until     *time.Time     `json:"until"` // recorded time of the entry that replaced it
	Fields    map[string]any `json:"fields"`
}

// NoteQuery selects notes, newest first.
type NoteQuery struct {
	Asset       record.ID // zero is all
	Limit       int       // 0 is no limit
	IncludeVoid bool      // struck notes too
}

// NoteView is a journal note.
type NoteView struct {
	ID          string          `json:"id"`
	Kind        string          `json:"kind"`
	Text        string          `json:"text"`
	Assets      []NoteAsset     `json:"assets"`
	ObservedAt  *string         `json:"observed_at"`
	RecordedAt  *string         `json:"recorded_at"` // of the entry that made it
	Member      string          `json:"member"`      // name of its author
	State       string          `json:"state"`       // draft, signed or amended
	Void        *string         `json:"void"`        // the reason for which the note was struck; null if it was not
	Measurement map[string]any  `json:"measurement"`
	Amends      *string         `json:"amends"`
	AmendedBy   []string        `json:"amended_by"`
	Signatures  []NoteSignature `json:"signatures"`
	Concurrent  []string        `json:"concurrent"`
	Heads       []string        `json:"heads"`

	Stream record.ID `json:"-"`

	hlc      uint64 // of its first event
	recorded int64
}

// NoteAsset is an asset that a note is about.
type NoteAsset struct {
	ID  string  `json:"id"`
	Tag *string `json:"tag"` // null when the asset is unknown
}

// NoteSignature is a person's signature under a note: what was signed is the text at its heads.
type NoteSignature struct {
	Member  string   `json:"member"` // id
	Name    string   `json:"name"`
	At      *string  `json:"at"`
	Heads   []string `json:"heads"`
	Text    string   `json:"text"`    // what was signed
	Altered bool     `json:"altered"` // the note was edited beside or after it
}

// SiteView is a site.
type SiteView struct {
	ID         string   `json:"id"`
	Code       string   `json:"code"`
	Name       *string  `json:"name"`
	Sector     *string  `json:"sector"`
	Address    *string  `json:"address"`
	TZ         *string  `json:"tz"`
	Assets     int      `json:"assets"`
	Concurrent []string `json:"concurrent"`
	Heads      []string `json:"heads"`

	Stream record.ID `json:"-"`
}

// MemberView is a person's name.
type MemberView struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// LogQuery selects history. Its zero value is all of it.
type LogQuery struct {
	Asset  record.ID  // history of this asset and those merged into it; zero is all
	Stream record.ID  // of one document of any kind; zero is all
	Member record.ID  // of one person; zero is all
	Since  *time.Time // recorded at or after
	Until  *time.Time // recorded at or before
	AsOf   *time.Time // marks rows that are not part of the record as of then
}

// LogRow is one change of one field, or one event that changes none.
type LogRow struct {
	Position   int64   `json:"position"`
	Device     string  `json:"device"`
	Epoch      string  `json:"epoch"`
	Seq        uint64  `json:"seq"`
	Hash       string  `json:"hash"`
	Member     string  `json:"member"` // name, or id when the name is unknown
	MemberID   string  `json:"member_id"`
	RecordedAt *string `json:"recorded_at"` // by the clock of its author's device
	ReceivedAt *string `json:"received_at"` // by the clock of the first service that signed for it; null if none has
	ObservedAt *string `json:"observed_at"`
	Type       string  `json:"type"`
	Stream     *string `json:"stream"`
	Tag        *string `json:"tag"`
	Field      *string `json:"field"` // public name, null for an event without fields
	Before     any     `json:"before"`
	After      any     `json:"after"`
	Reason     *string `json:"reason"`
	Source     string  `json:"source"`      // manual, import, scan, template, undo; control for control events
	SourceName *string `json:"source_name"` // as the name of an imported file, or of the entry that an undo sets back
	State      string  `json:"state"`       // accepted, waiting, malformed, masked, newer
	Late       bool    `json:"late"`        // not part of the record as of LogQuery.AsOf
}

// Conflict is one field with several live values, which a person must decide between.
type Conflict struct {
	ID      string          `json:"id"`
	Entity  string          `json:"entity"`
	Tag     *string         `json:"tag"` // null unless an asset
	Field   string          `json:"field"`
	Current any             `json:"current"`
	Values  []ConflictValue `json:"values"`

	Stream record.ID `json:"-"`
	Key    string    `json:"-"`
}

// ConflictValue is one of the live values, the current one first.
type ConflictValue struct {
	Value      any     `json:"value"`
	Display    string  `json:"display"` // readable: for a unit its vendor, model and serial
	Member     string  `json:"member"`
	Device     string  `json:"device"`
	RecordedAt *string `json:"recorded_at"`
	Reason     *string `json:"reason"`

	Raw record.Value `json:"-"`
}

// FindingView is something a person must look at after a merge.
type FindingView struct {
	ID       string   `json:"id"`
	Kind     string   `json:"kind"`
	Subjects []string `json:"subjects"` // ids of documents, devices or feeds, the first dozen
	More     int      `json:"more"`     // subjects beyond those
	Tags     []string `json:"tags"`     // SITE/TAG of the subjects that are assets
	Detail   string   `json:"detail"`
	Settled  bool     `json:"settled"`
	Reason   *string  `json:"reason"` // why it was settled

	Full [32]byte         `json:"-"`
	Said wording.Sentence `json:"-"` // Detail in its parts
}

// Decision is the stream of the document that settles the finding.
func (f FindingView) Decision() record.ID { return record.ID(f.Full[:16]) }

// Counts sums up what the log holds.
type Counts struct {
	Events    int64 `json:"events"`
	Documents int64 `json:"documents"`
	Waiting   int64 `json:"waiting"` // for a dependency, a key or members' state
	Malformed int64 `json:"malformed"`
	Masked    int64 `json:"masked"`
	Newer     int64 `json:"newer"`
}
