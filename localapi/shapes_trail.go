package localapi

// TrailPage is a part of the audit trail.
type TrailPage struct {
	Items []TrailRow `json:"items"`
	Next  *string    `json:"next" doc:"Cursor of the next page; null at the end"`
}

// TrailRow is one change of one field, or one event that changes none.
type TrailRow struct {
	Position   int64   `json:"position"`
	Device     string  `json:"device"`
	Epoch      string  `json:"epoch"`
	Seq        uint64  `json:"seq"`
	Hash       string  `json:"hash"`
	Member     string  `json:"member" doc:"Name, or id when the name is not known here"`
	MemberID   string  `json:"member_id"`
	RecordedAt *moment `json:"recorded_at" doc:"By the clock of its author's device"`
	ReceivedAt *moment `json:"received_at" doc:"By the clock of the first service that signed for it"`
	ObservedAt *moment `json:"observed_at"`
	Type       string  `json:"type"`
	Stream     *string `json:"stream"`
	Tag        *string `json:"tag"`
	Field      *string `json:"field"`
	Before     *string `json:"before"`
	After      *string `json:"after"`
	Reason     *string `json:"reason"`
	Source     string  `json:"source" enum:"manual,import,scan,template,undo,control"`
	SourceName *string `json:"source_name"`
	State      string  `json:"state" enum:"accepted,waiting,malformed,masked,newer"`
	Late       bool    `json:"late"`
	Undoable   bool    `json:"undoable" doc:"Whether an undo of it may be tried"`
	Act        *Act    `json:"act" doc:"On the first row of an entry that stands for many of one act"`
}

// Act is what one act of a person wrote in many entries, as an import does.
type Act struct {
	Entries int      `json:"entries"`
	Types   []string `json:"types"`
}

// TrailSpan says over which time a trail stretches and how it is spread.
type TrailSpan struct {
	First   *moment  `json:"first"`
	Last    *moment  `json:"last"`
	Events  int64    `json:"events"`
	Buckets []Bucket `json:"buckets"`
}

// Bucket is a stretch of time and how many events it has.
type Bucket struct {
	At    moment `json:"at"`
	Count int64  `json:"count"`
}

// News are entries of others that this laptop received.
type News struct {
	Position int64      `json:"position" doc:"What to ask after next time"`
	Total    int64      `json:"total"`
	Items    []TrailRow `json:"items"`
}

// Undo names the entry to set back.
type Undo struct {
	Device string `json:"device" maxLength:"64"`
	Epoch  string `json:"epoch" maxLength:"16"`
	Seq    uint64 `json:"seq"`
	Reason string `json:"reason"`
}
