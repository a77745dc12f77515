package record

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// The roles of members, as envelopes name them.
const (
	Owner    = "owner"
	Engineer = "engineer"
	Reviewer = "reviewer"
	Auditor  = "auditor"
	Recovery = "recovery"
)

// ErrType says that an event type is not known here: it was made by a newer version.
var ErrType = errors.New("unknown event type")

// rule says who may make an event and which keys its change may write. A pattern is a whole key, or a prefix when it ends in
// a slash; "*" is every key that the entity's documents may hold, and "!" before a pattern takes keys out of that.
// "{author}" stands for the author's member id.
type rule struct {
	roles []string
	keys  []string
}

var (
	writers  = []string{Owner, Engineer}
	speakers = []string{Owner, Engineer, Reviewer}
	ownKeys  = []string{"*", "!" + keyVoid, "!" + keyMergedInto}
)

// rules is the one table of rights; every receiver checks it on the decoded operations.
var rules = map[string]rule{
	"workspace.changed":           {[]string{Owner}, []string{"*"}},
	"workspace.conflict_resolved": {[]string{Owner}, []string{"*"}},
	"member.named":                {speakers, []string{"*"}},
	"member.conflict_resolved":    {speakers, []string{"*"}},
	"site.registered":             {writers, []string{"*"}},
	"site.changed":                {writers, []string{"*", "!code"}},
	"site.conflict_resolved":      {writers, []string{"*"}},
	"asset.registered":            {writers, ownKeys},
	"asset.imported":              {writers, ownKeys},
	"asset.described":             {writers, []string{"description"}},
	"asset.field_changed":         {writers, ownKeys},
	"asset.unit_swapped":          {writers, []string{keyUnit, "units/", "interfaces/"}},
	"asset.retired":               {writers, []string{keyLifecycle}},
	"asset.reinstated":            {writers, []string{keyLifecycle}},
	"asset.voided":                {writers, []string{keyVoid}},
	"asset.merged":                {writers, []string{keyMergedInto}},
	"asset.conflict_resolved":     {writers, []string{"*"}},
	"note.written":                {speakers, []string{"*", "!" + keySignatures, "!" + keyAmends, "!" + keyVoid}},
	"note.edited":                 {speakers, []string{"*", "!" + keySignatures, "!" + keyAmends, "!" + keyVoid}},
	"note.signed":                 {speakers, []string{keySignatures + "{author}/"}},
	"note.amended":                {speakers, []string{"*", "!" + keySignatures, "!" + keyVoid}},
	"note.voided":                 {writers, []string{keyVoid}},
	"note.conflict_resolved":      {speakers, []string{"*", "!" + keySignatures}},
	"finding.settled":             {speakers, []string{keySettled}},
}

// EventTypes lists the types of events this version knows, sorted.
func EventTypes() []string {
	types := make([]string, 0, len(rules))
	for name := range rules {
		types = append(types, name)
	}
	slices.Sort(types)
	return types
}

// Act is an event as the table of rights sees it: who made it about what, and which keys its change writes.
type Act struct {
	Type   string
	Role   string // of the author, when the event was made
	Author ID     // the author's member id
	Stream ID
	Values []string // keys whose value it sets
	Texts  []string // keys whose prose it edits
}

// ActOf gives the act of an event that was decided here.
func ActOf(e Event, role string, author ID) Act {
	a := Act{Type: e.Type, Role: role, Author: author, Stream: e.Stream}
	for i := range e.Edits {
		a.Values = append(a.Values, e.Edits[i].Key)
	}
	for i := range e.Texts {
		a.Texts = append(a.Texts, e.Texts[i].Key)
	}
	return a
}

// Allowed checks an act against the table of rights: its author's role, the stream, and every key that it writes. The error
// wraps ErrType for a type not known, else it is a *Refusal of rule "role", "stream" or "key".
func Allowed(a Act) error {
	r, ok := rules[a.Type]
	if !ok {
		return fmt.Errorf("check rights of %q: %w", clip(a.Type), ErrType)
	}
	if !slices.Contains(r.roles, a.Role) {
		return Refuse("role", "the role {0} may not make {1}; one of these roles may: {2}", clip(a.Role), a.Type, strings.Join(r.roles, ", "))
	}
	entity := EntityOf(a.Type)
	if !a.fitsStream(entity) {
		return Refuse("stream", "{0} may not be about {1}", a.Type, a.Stream)
	}
	for _, key := range a.Values {
		if IsProse(entity, key) || !a.mayWrite(r, entity, key) {
			return a.refuse(key)
		}
	}
	for _, key := range a.Texts {
		if !IsProse(entity, key) || !a.mayWrite(r, entity, key) {
			return a.refuse(key)
		}
	}
	return nil
}

// fitsStream: the workspace's settings have one stream, which nothing else has, and only an owner names other people.
func (a Act) fitsStream(entity Entity) bool {
	if entity == Member && a.Stream != a.Author && a.Role != Owner {
		return false
	}
	return (entity == Workspace) == (a.Stream == WorkspaceStream())
}

func (a Act) mayWrite(r rule, entity Entity, key string) bool {
	return Known(entity, key) && r.covers(key, a.Author)
}

func (a Act) refuse(key string) error {
	return Refuse("key", "{0} may not write this", a.Type).At(clip(key))
}

func (r rule) covers(key string, author ID) bool {
	covered := false
	for _, pattern := range r.keys {
		if prefix, ok := strings.CutSuffix(pattern, "{author}/"); ok {
			pattern = prefix + author.String() + "/"
		}
		if not, ok := strings.CutPrefix(pattern, "!"); ok {
			if fits(key, not) {
				return false
			}
			continue
		}
		covered = covered || pattern == "*" || fits(key, pattern)
	}
	return covered
}

func fits(key, pattern string) bool {
	return key == pattern || strings.HasSuffix(pattern, "/") && strings.HasPrefix(key, pattern)
}
