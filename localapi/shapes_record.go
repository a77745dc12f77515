package localapi

// Definitions are what forms, columns and filters are made from: the tables of package record.
type Definitions struct {
	Entities EntityFields  `json:"entities"`
	Groups   []FieldGroup  `json:"groups" doc:"The groups of an asset's facts, in order"`
	Findings []FindingKind `json:"findings"`
	Roles    []Role        `json:"roles" doc:"What an asset can do in the control system"`
	Sources  []string      `json:"sources" doc:"Where an entry of the trail can come from"`
	Types    []string      `json:"types" doc:"Types of events"`
}

// EntityFields are the fields of each entity, in order.
type EntityFields struct {
	Asset     []Field `json:"asset"`
	Note      []Field `json:"note"`
	Site      []Field `json:"site"`
	Workspace []Field `json:"workspace"`
	Member    []Field `json:"member"`
}

// Field describes one field.
type Field struct {
	Name     string   `json:"name" doc:"Public name, also of the column"`
	Label    string   `json:"label"`
	Help     string   `json:"help"`
	Group    string   `json:"group" doc:"Name of a FieldGroup; empty for fields of other entities than assets"`
	Scope    string   `json:"scope" enum:"own,unit,interface"`
	Type     string   `json:"type" enum:"line,free,prose,choice,role,flag,whole,decimal,date,moment,address,mac,code,zone,ref,labels,software,ports"`
	Enum     []string `json:"enum" doc:"The values of a choice or role; empty otherwise"`
	Required bool     `json:"required"`
	Max      int      `json:"max" doc:"Greatest length in characters, greatest number for whole; 0 is none"`
	Editable bool     `json:"editable" doc:"Whether editing an entry may set it"`
}

// FieldGroup is a group of an asset's facts.
type FieldGroup struct {
	Name  string `json:"name"`
	Label string `json:"label"`
}

// FindingKind is a reason why a person must look at something.
type FindingKind struct {
	Kind     string `json:"kind"`
	Sentence string `json:"sentence"`
}

// Role is what an asset does in the control system.
type Role struct {
	Name   string  `json:"name"`
	Label  string  `json:"label"`
	Attack *string `json:"attack" doc:"Id of the asset in MITRE ATT&CK for ICS"`
}

// AssetPage is a part of the table of assets.
type AssetPage struct {
	Total int        `json:"total"`
	Items []AssetRow `json:"items"`
}

// AssetRow is one row of the table of assets.
type AssetRow struct {
	ID         string            `json:"id"`
	Tag        string            `json:"tag"`
	Site       string            `json:"site"`
	Lifecycle  string            `json:"lifecycle"`
	Values     map[string]string `json:"values" doc:"Text of each column asked for; empty text for an empty field"`
	Concurrent []string          `json:"concurrent" doc:"Names of fields with several values"`
	Unverified bool              `json:"unverified"`
	Void       *string           `json:"void" doc:"Why the entry was struck; null if it was not"`
	MergedInto *string           `json:"merged_into" doc:"Id of the surviving asset"`
}

// Facet is one value of a field and how many assets have it.
type Facet struct {
	Value string `json:"value"`
	Count int    `json:"count"`
}

// Asset is one asset with all that belongs to it.
type Asset struct {
	ID         string            `json:"id"`
	Tag        string            `json:"tag"`
	Site       string            `json:"site"`
	Heads      []string          `json:"heads"`
	Lifecycle  string            `json:"lifecycle"`
	Void       *string           `json:"void"`
	MergedInto *string           `json:"merged_into"`
	Unverified bool              `json:"unverified"`
	Fields     map[string]string `json:"fields" doc:"Text of every field of the definitions"`
	Custom     map[string]string `json:"custom" doc:"Custom fields by header"`
	Conflicts  []Conflict        `json:"conflicts"`
	Units      []Unit            `json:"units" doc:"The units that the position has had, oldest first"`
	Interfaces []Interface       `json:"interfaces" doc:"The first of them is the one that bare names mean; removed ones stand last"`
	Notes      []Note            `json:"notes"`
	Aliases    []string          `json:"aliases" doc:"Ids of assets merged into this one"`
}

// Unit is a piece of hardware that a position has or had.
type Unit struct {
	ID        string            `json:"id"`
	Installed bool              `json:"installed"`
	From      *moment           `json:"from"`
	Until     *moment           `json:"until"`
	Fields    map[string]string `json:"fields" doc:"Text of every field of scope unit"`
}

// Interface is a network interface that the position has or had.
type Interface struct {
	ID      string            `json:"id"`
	Removed bool              `json:"removed"`
	Fields  map[string]string `json:"fields" doc:"Text of every field of scope interface"`
	Names   map[string]string `json:"names" doc:"What editAsset, conflicts and refusals call each of these fields"`
	Removal string            `json:"removal" doc:"What editAsset calls its removal: yes removes it, no brings it back"`
}

// Conflict is a field with several live values.
type Conflict struct {
	ID      string          `json:"id"`
	Entity  string          `json:"entity" enum:"workspace,member,site,asset,note,finding"`
	Stream  string          `json:"stream" doc:"Id of the entity"`
	Tag     *string         `json:"tag"`
	Field   string          `json:"field"`
	Current string          `json:"current"`
	Values  []ConflictValue `json:"values" doc:"The current one first"`
}

// ConflictValue is one of the live values and its author.
type ConflictValue struct {
	Value      string  `json:"value" doc:"What to send as keep"`
	Display    string  `json:"display" doc:"For people: of a unit its vendor, model and serial number"`
	Member     string  `json:"member"`
	Device     string  `json:"device"`
	RecordedAt *moment `json:"recorded_at"`
	Reason     *string `json:"reason"`
}

// NewAsset is an asset to be registered.
type NewAsset struct {
	Tag        string            `json:"tag" maxLength:"256"`
	Fields     map[string]string `json:"fields" maxProperties:"600"`
	Reason     string            `json:"reason"`
	ObservedAt string            `json:"observed_at,omitempty" maxLength:"64" doc:"When it was seen, if not now; without an offset in the workspace's zone"`
}

// FieldsEdit sets fields of one entity.
type FieldsEdit struct {
	Fields     map[string]string `json:"fields" maxProperties:"600" doc:"Public name to text; empty text clears. An asset's further interfaces are named by Interface.names and removal"`
	Reason     string            `json:"reason"`
	ObservedAt string            `json:"observed_at,omitempty" maxLength:"64"`
}

// Selection chooses assets: by id, or all that a query finds.
type Selection struct {
	Search string   `json:"search,omitempty"`
	Where  []string `json:"where,omitempty" maxItems:"100"`
	Site   string   `json:"site,omitempty"`
}

// Listed is a list as it is on the screen.
type Listed struct {
	Selection
	Sort        string `json:"sort,omitempty" maxLength:"200" doc:"As of listAssets"`
	AsOf        string `json:"as_of,omitempty" maxLength:"64" doc:"As the record stood then"`
	IncludeVoid bool   `json:"include_void,omitempty" doc:"Struck entries too: a column void then says why each was struck"`
}

// AssetsEdit sets fields of many assets, in one batch under one reason.
type AssetsEdit struct {
	IDs    []string          `json:"ids,omitempty" maxItems:"50000"`
	Query  *Selection        `json:"query,omitempty" doc:"Instead of ids; never fits what was struck"`
	Fields map[string]string `json:"fields" maxProperties:"600"`
	Reason string            `json:"reason"`
}

// Reason is why an entry is made.
type Reason struct {
	Reason string `json:"reason"`
}

// Merging says that one asset is another, registered twice.
type Merging struct {
	Into   string `json:"into" doc:"Reference of the survivor"`
	Reason string `json:"reason"`
}

// Written is what an entry did.
type Written struct {
	ID      string       `json:"id" doc:"Of the entity"`
	Tag     *string      `json:"tag" doc:"Null unless an asset"`
	Events  int          `json:"events" doc:"0 when everything was so already"`
	Changes []Difference `json:"changes"`
}

// Site is a site.
type Site struct {
	ID         string   `json:"id"`
	Code       string   `json:"code"`
	Name       *string  `json:"name"`
	Sector     *string  `json:"sector"`
	Address    *string  `json:"address"`
	TZ         *string  `json:"tz"`
	Assets     int      `json:"assets"`
	Concurrent []string `json:"concurrent"`
	Heads      []string `json:"heads"`
}

// Difference is what an entry does to one field, as people read it.
type Difference struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}
