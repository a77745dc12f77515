package localapi

import (
	"github.com/danielgtaylor/huma/v2"

	"fieldbook/wording"
)

// Job is a long piece of work.
type Job struct {
	ID        string           `json:"id"`
	Kind      string           `json:"kind" enum:"sample,restore,bulk,verify,sync,import,export,backup,rebuild"`
	State     string           `json:"state" enum:"running,done,failed,cancelled"`
	Stage     string           `json:"stage" doc:"What is being done now"`
	Doing     wording.Sentence `json:"doing,omitzero" doc:"The stage in its parts"`
	Done      int64            `json:"done"`
	Total     int64            `json:"total" doc:"0 when unknown"`
	StartedAt moment           `json:"started_at"`
	Result    JobResult        `json:"result" doc:"By kind: Sampled, Restored, Bulk, Verified, SyncReport, ImportReport, Exported, Exported, Rebuilt; null until done"`
	Problem   *Problem         `json:"problem"`
	Revision  uint64           `json:"revision"`
}

// JobResult is what a job came to; its type follows from the job's kind.
type JobResult struct{ value any }

// Schema lists the results that jobs have.
func (JobResult) Schema(r huma.Registry) *huma.Schema {
	s := &huma.Schema{}
	for _, t := range resultTypes {
		s.AnyOf = append(s.AnyOf, r.Schema(t, true, ""))
	}
	s.AnyOf = append(s.AnyOf, &huma.Schema{Type: "null"})
	return s
}

// Sampled is a new sample plant.
type Sampled struct {
	RecoveryKey string       `json:"recovery_key"`
	Import      ImportReport `json:"import"`
}

// Restored says that a backup is the current workspace now.
type Restored struct {
	Dir    string `json:"dir"`
	Events int64  `json:"events"`
}

// Bulk is what an edit of many assets did.
type Bulk struct {
	ID      *string       `json:"id" doc:"Of the batch; null when nothing was changed"`
	Items   []Written     `json:"items"`
	Refused []BulkRefusal `json:"refused"`
}

// BulkRefusal is one asset that a rule kept as it is.
type BulkRefusal struct {
	ID      string           `json:"id"`
	Tag     string           `json:"tag"`
	Message string           `json:"message"`
	Said    wording.Sentence `json:"said,omitzero" doc:"The message in its parts"`
}

// Verification says how far to verify.
type Verification struct {
	Deep    bool       `json:"deep"`
	Against *Reference `json:"against,omitempty"`
}

// Reference is what a log is verified against: a remote by name, or a folder or backup by its path.
type Reference struct {
	Remote string `json:"remote,omitempty" maxLength:"200"`
	Path   string `json:"path,omitempty" maxLength:"4096"`
}

// Verified is what a verification found.
type Verified struct {
	OK         bool        `json:"ok"`
	Events     int64       `json:"events"`
	Feeds      int         `json:"feeds"`
	Violations []Violation `json:"violations"`
	Digest     *string     `json:"digest" doc:"Null when the log can't be read"`
	Receipts   int64       `json:"receipts"`
	Unverified int64       `json:"unverified" doc:"Documents of which history has not arrived yet"`
	Deep       bool        `json:"deep"`
}

// Violation is one place where the log is not what its authors signed.
type Violation struct {
	Feed   *string `json:"feed" doc:"Null when it is about the whole file"`
	Seq    *uint64 `json:"seq" doc:"Null when it is about the whole feed"`
	Kind   string  `json:"kind"`
	Detail string  `json:"detail"`
}

// Syncing says what to sync with.
type Syncing struct {
	Remote string `json:"remote,omitempty" maxLength:"4096" doc:"Name of a remote, a folder's path or a service's address; empty for all remotes"`
	Begin  bool   `json:"begin,omitempty" doc:"Begin in a folder that holds nothing of this record yet, and make it if it is not there; refused as missing or empty without"`
}

// SyncReport is what a sync did.
type SyncReport struct {
	Remotes []RemoteSynced `json:"remotes"`
}

// RemoteSynced is what the sync with one remote did.
type RemoteSynced struct {
	Name       *string       `json:"name" doc:"Null if the remote was not added"`
	URL        string        `json:"url"`
	Error      *Problem      `json:"error" doc:"Why it could not be done"`
	Sent       int           `json:"sent"`
	Received   int           `json:"received"`
	Refused    []SyncRefusal `json:"refused"`
	Waiting    int64         `json:"waiting"`
	RoundTrips int           `json:"round_trips"`
	Service    *MergedBy     `json:"service" doc:"Null for a folder"`
	Unverified int64         `json:"unverified"`
	Pack       *Pack         `json:"pack" doc:"That made a new laptop usable; null if there was none"`
}

// SyncRefusal is a segment that one side would not take.
type SyncRefusal struct {
	Feed    string `json:"feed"`
	Reason  string `json:"reason"`
	Message string `json:"message"`
}

// MergedBy says what a service that a sync went to holds.
type MergedBy struct {
	Mode      string   `json:"mode" enum:"merging,sealed"`
	Documents uint64   `json:"documents"`
	Diverged  []string `json:"diverged" doc:"Ids of documents that it has otherwise"`
	Failed    []string `json:"failed" doc:"Ids of documents that it could not merge"`
	Unopened  uint64   `json:"unopened"`
}

// Pack says what became of a service's pack on a new laptop.
type Pack struct {
	Documents int64   `json:"documents"`
	Events    int64   `json:"events"`
	Refused   *string `json:"refused" doc:"Why it was not taken"`
}

// Export says what to write and how.
type Export struct {
	Kind   string       `json:"kind" enum:"assets,trail"`
	Format string       `json:"format" enum:"csv,xlsx"`
	Assets *Listed      `json:"assets,omitempty" doc:"Which assets, in which order; all by default"`
	Trail  *TrailFilter `json:"trail,omitempty" doc:"Which entries; all by default"`
	Path   string       `json:"path,omitempty" maxLength:"4096" doc:"File to write, where State.native; else the result is a download"`
}

// TrailFilter chooses entries of the trail.
type TrailFilter struct {
	Asset  string `json:"asset,omitempty"`
	Stream string `json:"stream,omitempty"`
	Member string `json:"member,omitempty"`
	Device string `json:"device,omitempty"`
	Field  string `json:"field,omitempty"`
	Type   string `json:"type,omitempty"`
	Source string `json:"source,omitempty"`
	Since  string `json:"since,omitempty"`
	Until  string `json:"until,omitempty"`
	State  string `json:"state,omitempty"`
}

// Target says where a file goes.
type Target struct {
	Path string `json:"path,omitempty" maxLength:"4096" doc:"File to write, where State.native; else the result is a download"`
}

// Exported is a file that was written.
type Exported struct {
	Name     string  `json:"name"`
	Path     *string `json:"path" doc:"Null for a download"`
	Download *string `json:"download" doc:"Id of the download; null when a path was written"`
	Bytes    int64   `json:"bytes"`
	Rows     int64   `json:"rows" doc:"Rows of a table, entries of a backup"`
}

// Rebuilt says that the read models were made anew.
type Rebuilt struct {
	Events int64 `json:"events"`
}
