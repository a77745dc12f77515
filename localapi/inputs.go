package localapi

// none is the input of an operation that takes nothing.
type none struct{}

// body is the input of an operation that takes only a JSON body.
type body[T any] struct{ Body T }

// at is the input of an operation on one thing that it names in its path.
type at[T any] struct {
	Ref  string `path:"ref" maxLength:"300" doc:"Id, tag or SITE/TAG"`
	Body T
}

// byID is the input of an operation on a conflict, finding or job.
type byID[T any] struct {
	ID   string `path:"id" maxLength:"128"`
	Body T
}

// assetsInput chooses a part of the table of assets.
type assetsInput struct {
	Filter
	Sort        string `query:"sort" maxLength:"200" doc:"Name of a field, with - in front for descending; by site and tag unless given"`
	Offset      int    `query:"offset" minimum:"0"`
	Limit       int    `query:"limit" minimum:"1" maximum:"1000" default:"100"`
	AsOf        string `query:"as_of" maxLength:"64" doc:"As the record stood then"`
	IncludeVoid bool   `query:"include_void"`
	Columns     string `query:"columns" maxLength:"8192" doc:"Names of fields, separated by commas"`
}

// Filter chooses assets.
type Filter struct {
	Search string   `query:"search" maxLength:"500" doc:"Words; each must begin a word of the asset"`
	Where  []string `query:"where,explode" maxItems:"100" doc:"name=value, name!=value, name~contains, name= (empty) or name!= (not empty); all must hold"`
	Site   string   `query:"site" maxLength:"64" doc:"Code of a site"`
}

// facetsInput names the field whose values are counted.
type facetsInput struct {
	Filter
	Field string `query:"field" required:"true" maxLength:"200"`
}

// assetInput names an asset and a time.
type assetInput struct {
	Ref  string `path:"ref" maxLength:"300" doc:"Id, tag or SITE/TAG"`
	AsOf string `query:"as_of" maxLength:"64" doc:"As the record stood then"`
}

// siteInput is an edit of a site.
type siteInput struct {
	Code string `path:"code" maxLength:"64"`
	Body FieldsEdit
}

// notesInput chooses notes.
type notesInput struct {
	Asset  string `query:"asset" maxLength:"300" doc:"Reference of an asset"`
	Kind   string `query:"kind" maxLength:"64" doc:"One of the kinds of the definitions"`
	State  string `query:"state" enum:"draft,signed,amended,void"`
	Search string `query:"search" maxLength:"500"`
	Offset int    `query:"offset" minimum:"0"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
}

// noteInput names a note.
type noteInput struct {
	Ref string `path:"ref" maxLength:"300" doc:"Id, or its beginning"`
}

// conflictsInput bounds a list of conflicts.
type conflictsInput struct {
	Limit int `query:"limit" minimum:"1" maximum:"1000" default:"1000"`
}

// findingsInput chooses findings.
type findingsInput struct {
	Settled bool   `query:"settled" doc:"Those that a person has settled, in place of those that are open"`
	Kind    string `query:"kind" maxLength:"64" doc:"Of one kind of the definitions; none: all but concurrent_values, which /conflicts lists"`
	Limit   int    `query:"limit" minimum:"0" maximum:"1000" default:"1000" doc:"How many are given; 0 counts them only"`
}

// trailInput chooses entries of the trail.
type trailInput struct {
	TrailQuery
	Order  string `query:"order" enum:"desc,asc" default:"desc"`
	Fold   bool   `query:"fold" doc:"Give what one act wrote in more than three entries as its first one"`
	Cursor string `query:"cursor" maxLength:"512" doc:"TrailPage.next of the page before"`
	Limit  int    `query:"limit" minimum:"1" maximum:"500" default:"100"`
}

// TrailQuery chooses entries of the trail.
type TrailQuery struct {
	Asset  string `query:"asset" maxLength:"300" doc:"Reference of an asset: its history and that of assets merged into it"`
	Stream string `query:"stream" maxLength:"64" doc:"Id of one document of any kind"`
	Member string `query:"member" maxLength:"200" doc:"Name or id of a person"`
	Device string `query:"device" maxLength:"64" doc:"Id of a laptop, or its beginning"`
	Field  string `query:"field" maxLength:"200"`
	Type   string `query:"type" maxLength:"100"`
	Source string `query:"source" enum:"manual,import,scan,template,undo,control"`
	Since  string `query:"since" maxLength:"64"`
	Until  string `query:"until" maxLength:"64"`
	State  string `query:"state" enum:"accepted,waiting,malformed,masked,newer"`
}

// spanInput asks how a trail is spread.
type spanInput struct {
	TrailQuery
	Buckets int `query:"buckets" minimum:"1" maximum:"500" default:"60"`
}

// newsInput asks for what came after a position.
type newsInput struct {
	After int64 `query:"after" minimum:"0"`
	Limit int   `query:"limit" minimum:"1" maximum:"500" default:"100"`
}

// waitInput asks for news of the state.
type waitInput struct {
	After uint64 `query:"after"`
	Wait  int    `query:"wait" minimum:"0" maximum:"25" default:"25" doc:"Seconds"`
}

// jobInput asks for a job.
type jobInput struct {
	ID    string `path:"id" maxLength:"128"`
	After uint64 `query:"after" doc:"Revision of the job that is known"`
	Wait  int    `query:"wait" minimum:"0" maximum:"25" doc:"Seconds to wait for a later one"`
}

// keptInput asks for kept values.
type keptInput struct {
	Prefix string `query:"prefix" maxLength:"200"`
}

// keyInput names a kept value.
type keyInput struct {
	Key string `query:"key" required:"true" minLength:"1" maxLength:"200"`
}

// keepInput is a value to be kept.
type keepInput struct {
	Key  string `query:"key" required:"true" minLength:"1" maxLength:"200"`
	Body Keep
}

// remoteInput names a remote.
type remoteInput struct {
	Name string `path:"name" maxLength:"200"`
}
