package localapi

import "fieldbook/wording"

// NotePage is a part of the journal, newest first.
type NotePage struct {
	Total int    `json:"total"`
	Items []Note `json:"items"`
}

// Note is a journal note.
type Note struct {
	ID          string            `json:"id"`
	Kind        string            `json:"kind"`
	Text        string            `json:"text"`
	Assets      []NoteAsset       `json:"assets"`
	ObservedAt  *moment           `json:"observed_at"`
	RecordedAt  *moment           `json:"recorded_at"`
	Member      string            `json:"member" doc:"Name of its author"`
	State       string            `json:"state" enum:"draft,signed,amended"`
	Void        *string           `json:"void" doc:"Why the entry was struck; null if it was not"`
	Measurement map[string]string `json:"measurement" doc:"Text of value, unit and instrument where given"`
	Amends      *string           `json:"amends" doc:"Id of the note that this one corrects"`
	AmendedBy   []string          `json:"amended_by"`
	Signatures  []NoteSignature   `json:"signatures"`
	Concurrent  []string          `json:"concurrent"`
	Heads       []string          `json:"heads" doc:"Name the text and all else the note says; an edit and a signature send them as seen"`
}

// NoteAsset is an asset that a note is about.
type NoteAsset struct {
	ID  string  `json:"id"`
	Tag *string `json:"tag" doc:"Null when the asset is not known here"`
}

// NoteSignature is a person's name under a note.
type NoteSignature struct {
	Member  string   `json:"member" doc:"Id"`
	Name    string   `json:"name"`
	At      *moment  `json:"at"`
	Heads   []string `json:"heads"`
	Text    string   `json:"text" doc:"What was signed"`
	Altered bool     `json:"altered" doc:"The note was edited beside or after it"`
}

// NewNote is a note to be written.
type NewNote struct {
	Kind       string            `json:"kind" maxLength:"64"`
	Text       string            `json:"text"`
	Assets     []string          `json:"assets" maxItems:"1000" doc:"References of the assets it is about"`
	Fields     map[string]string `json:"fields" maxProperties:"20" doc:"measurement.value and the like"`
	Reason     string            `json:"reason,omitempty"`
	ObservedAt string            `json:"observed_at,omitempty" maxLength:"64"`
}

// NoteEdit is a new text of a draft.
type NoteEdit struct {
	Text   string   `json:"text"`
	Seen   []string `json:"seen,omitempty" doc:"Heads of the note from which the text was made; refused if it has others by now"`
	Reason string   `json:"reason"`
}

// Amendment is the text of a note that corrects a signed one.
type Amendment struct {
	Text   string `json:"text"`
	Reason string `json:"reason"`
}

// Signing puts the member's name under a note.
type Signing struct {
	Seen   []string `json:"seen,omitempty" doc:"Heads of the note as it was read; refused if it has others by now"`
	Reason string   `json:"reason,omitempty"`
}

// Resolution decides a conflict.
type Resolution struct {
	Keep   string   `json:"keep" doc:"One of the values, or a new one"`
	Seen   []string `json:"seen,omitempty" doc:"The values that were before the eyes of who decides; refused if another has arrived"`
	Reason string   `json:"reason"`
}

// FindingPage counts findings and gives the first of them, by kind and the first asset of each.
type FindingPage struct {
	Kinds []FindingCount `json:"kinds" doc:"Of all kinds, whatever kind and limit say"`
	Items []Finding      `json:"items"`
}

// FindingCount is how many findings there are of a kind.
type FindingCount struct {
	Kind  string `json:"kind"`
	Count int    `json:"count"`
}

// Finding is something a person must look at.
type Finding struct {
	ID       string           `json:"id"`
	Kind     string           `json:"kind"`
	Sentence string           `json:"sentence" doc:"What it means"`
	Subjects []Subject        `json:"subjects" doc:"The first dozen"`
	More     int              `json:"more" doc:"Subjects beyond those"`
	Tags     []string         `json:"tags" doc:"SITE/TAG of the subjects that are assets"`
	Detail   string           `json:"detail"`
	Said     wording.Sentence `json:"said,omitzero" doc:"The detail in its parts"`
	Settled  bool             `json:"settled"`
	Reason   *string          `json:"reason" doc:"Why it was settled"`
}

// Subject is what a finding is about.
type Subject struct {
	Kind  string `json:"kind" enum:"asset,note,site,member,workspace,device,feed,document"`
	ID    string `json:"id"`
	Label string `json:"label"`
}
