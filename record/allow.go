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
	"note.written":                {speakers, []string{"*", "!" + keySignatures, "!" + keyAmends}},
	"note.edited":                 {speakers, []string{"*", "!" + keySignatures, "!" + keyAmends}},
	"note.signed":                 {speakers, []string{keySignatures + "{author}/"}},
	"note.amended":                {speakers, []string{"*", "!" + keySignatures}},
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

// Allowed checks an event against the table of rights: the role of its author and every key, of values and of prose, that its
// change writes. The error wraps ErrType for a type not known, else it is a *Refusal of rule "role" or "key".
func Allowed(eventType, role string, keys []string, author ID) error {
	r, ok := rules[eventType]
	if !ok {
		return fmt.Errorf("check rights of %q: %w", clip(eventType), ErrType)
	}
	if !slices.Contains(r.roles, role) {
		return &Refusal{Rule: "role", Message: fmt.Sprintf("the role %s may not make %s; ask for %s", clip(role), eventType, strings.Join(r.roles, " or "))}
	}
	entity := EntityOf(eventType)
	for _, key := range keys {
		if !Known(entity, key) || !r.covers(key, author) {
			return &Refusal{Field: clip(key), Rule: "key", Message: fmt.Sprintf("%s may not write %s", eventType, clip(key))}
		}
	}
	return nil
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
