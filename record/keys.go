package record

import (
	"slices"
	"strings"
)

// place is what a document key means.
type place struct {
	field Field  // zero Name for the keys of the record itself: unit, void, merged_into, links, signatures, removed interfaces
	part  string // id of the unit or interface, hex
	slug  string // member of a set
	attr  string // attribute of that member, also "removed"
}

// byKey finds fields by scope and key; set fields by their prefix.
var byKey = func() map[Entity]map[string]Field {
	index := map[Entity]map[string]Field{}
	for _, entity := range []Entity{Workspace, Member, Site, Asset, Note} {
		index[entity] = map[string]Field{}
		for _, f := range table(entity) {
			index[entity][prefixOf(f.Scope)+f.Key] = f
		}
	}
	return index
}()

func prefixOf(scope Scope) string {
	return [...]string{Own: "", Unit: "units/", Interface: "interfaces/"}[scope]
}

// Known tells whether a document of the entity may hold the key at all.
func Known(entity Entity, key string) bool {
	_, ok := locate(entity, key)
	return ok
}

// IsProse tells whether a key of the entity holds prose, which merges letter by letter, and so never a value.
func IsProse(entity Entity, key string) bool {
	f, ok := byKey[entity][key]
	return ok && f.Type == Prose
}

// ProseKeys lists the keys that hold prose in some entity, sorted.
func ProseKeys() []string {
	var keys []string
	for entity := range byKey {
		for key := range byKey[entity] {
			if IsProse(entity, key) {
				keys = append(keys, key)
			}
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// locate reads a document key.
func locate(entity Entity, key string) (place, bool) {
	switch entity {
	case Asset:
		return locateAsset(key)
	case Note:
		return locateNote(key)
	case Finding:
		return place{}, key == keySettled
	}
	f, ok := byKey[entity][key]
	return place{field: f}, ok
}

func locateAsset(key string) (place, bool) {
	if header, ok := strings.CutPrefix(key, customKey); ok {
		f, ok := CustomField(customName + header)
		return place{field: f}, ok && f.Key == key
	}
	if key == keyUnit || key == keyVoid || key == keyMergedInto {
		return place{}, true
	}
	for _, scope := range []Scope{Unit, Interface} {
		rest, ok := strings.CutPrefix(key, prefixOf(scope))
		if !ok {
			continue
		}
		part, rest, _ := strings.Cut(rest, "/")
		if id, err := ParseID(part); err != nil || id.String() != part {
			return place{}, false
		}
		if rest == keyRemoved && scope == Interface {
			return place{field: Field{Scope: scope}, part: part, attr: keyRemoved}, true
		}
		return locateIn(prefixOf(scope), part, rest)
	}
	return locateIn("", "", key)
}

// locateIn reads a key, or the rest of one behind its unit or interface.
func locateIn(prefix, part, rest string) (place, bool) {
	if f, ok := byKey[Asset][prefix+rest]; ok {
		return place{field: f, part: part}, !f.isSet()
	}
	head, tail, ok := strings.Cut(rest, "/")
	f, known := byKey[Asset][prefix+head]
	if !ok || !known || !f.isSet() {
		return place{}, false
	}
	slug, attr, deeper := strings.Cut(tail, "/")
	p := place{field: f, part: part, slug: slug, attr: attr}
	if !validSlug(slug) || deeper && attr == "" || !f.hasAttr(attr) {
		return place{}, false
	}
	return p, true
}

func locateNote(key string) (place, bool) {
	if key == keyVoid {
		return place{}, true
	}
	if f, ok := byKey[Note][key]; ok {
		return place{field: f}, true
	}
	if rest, ok := strings.CutPrefix(key, "assets/"); ok {
		id, attr, deeper := strings.Cut(rest, "/")
		_, err := ParseID(id)
		return place{slug: id, attr: attr}, err == nil && (!deeper || attr == keyRemoved)
	}
	if rest, ok := strings.CutPrefix(key, keySignatures); ok {
		id, attr, _ := strings.Cut(rest, "/")
		_, err := ParseID(id)
		return place{slug: id, attr: attr}, err == nil && (attr == "heads" || attr == "at" || attr == "name")
	}
	return place{}, false
}

// keySignatures is the prefix under which each signer of a note has what was signed.
const keySignatures = "signatures/"

// keySettled of a finding's document says that a person has decided.
const keySettled = "settled"

func (f Field) isSet() bool { return f.Type == Labels || f.Type == Software || f.Type == Ports }

// hasAttr tells whether members of the set have the attribute; a label's own key has none.
func (f Field) hasAttr(attr string) bool {
	if attr == keyRemoved || attr == "" && f.Type == Labels {
		return true
	}
	_, ok := f.attrField(attr)
	return ok
}

// attrField describes an attribute of a member.
func (f Field) attrField(attr string) (Field, bool) {
	a := Field{Name: f.Name + "/" + attr, Key: attr, Max: maxLabel}
	switch {
	case f.Type == Software && attr == "name":
		a.Max = maxLine
	case f.Type == Software && attr == "kind":
		a.Type, a.Enum = Choice, softwareKinds
	case f.Type == Software && attr == "version", f.Type == Ports && attr == "service":
	case f.Type == Ports && attr == "justification":
		a.Max = 500
	case f.Type == Ports && attr == "needed":
		a.Type = Flag
	case f.Type == Ports && attr == "proto":
		a.Type, a.Enum = Choice, transports
	case f.Type == Ports && attr == "port":
		a.Type, a.Max = Whole, 65535
	default:
		return Field{}, false
	}
	return a, true
}

// validSlug keeps keys that no slug has out of documents.
func validSlug(s string) bool {
	return s != "" && len(s) <= maxLabel+5 && !strings.ContainsAny(s, " /") && strings.ToLower(s) == s
}
