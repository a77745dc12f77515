package record

import "strings"

// Entity is a kind of thing that has a document of its own.
type Entity string

// The entities. Finding is a person's decision about a derived finding; units and interfaces are keys of their asset.
const (
	Workspace Entity = "workspace"
	Member    Entity = "member"
	Site      Entity = "site"
	Asset     Entity = "asset"
	Note      Entity = "note"
	Finding   Entity = "finding"
)

// Edit sets one document key.
type Edit struct {
	Key   string
	Value Value
}

// TextEdit replaces the whole text of one prose key; merging splices it against the text it replaces.
type TextEdit struct{ Key, Text string }

// Event is a fact in the past tense about one entity, before it is sealed. A Deterministic event is a pure function of its
// stream and content, so that two devices which import the same list make the same bytes; it holds either Edits only or
// exactly one TextEdit.
type Event struct {
	Type          string
	Schema        uint
	Stream        ID
	Edits         []Edit
	Texts         []TextEdit
	Deterministic bool
}

// EntityOf names the entity that an event type belongs to: "asset.field_changed" is of asset.
func EntityOf(eventType string) Entity {
	entity, _, _ := strings.Cut(eventType, ".")
	return Entity(entity)
}
