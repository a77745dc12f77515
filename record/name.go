package record

import (
	"cmp"
	"slices"
	"strings"
)

// NameOfKey is the public name of a document key, the one that `asset set` takes: `firmware` for the installed unit and
// `ip_address` for the first interface; the key itself for earlier units and further interfaces.
func NameOfKey(entity Entity, key string, s Snapshot) string {
	return namer{entity: entity, s: s}.name(key)
}

// namer names many keys of one snapshot: it looks up the installed unit and first interface once.
type namer struct {
	entity Entity
	s      Snapshot
	parts  map[Scope]string // nil: look up each time
}

func newNamer(s Snapshot) namer {
	return namer{s.Entity, s, map[Scope]string{Unit: s.partOf(Unit), Interface: s.partOf(Interface)}}
}

func (n namer) part(scope Scope) string {
	if n.parts != nil {
		return n.parts[scope]
	}
	return n.s.partOf(scope)
}

func (n namer) name(key string) string {
	p, ok := locate(n.entity, key)
	if !ok || p.field.Name == "" || p.part != "" && p.part != n.part(p.field.Scope) {
		return key
	}
	name := p.field.Name
	if p.slug != "" {
		name += "/" + p.slug
	}
	if p.attr != "" {
		name += "/" + p.attr
	}
	return name
}

// KeyOfName is the document key and the field of a public name, an alias of it, or a key written out, in which an interface may
// be called by its name. It is false for a name that means nothing here, also where the asset has no unit or interface yet. Of
// a set it is the prefix of its members.
func KeyOfName(s Snapshot, name string) (key string, f Field, ok bool) {
	if f, ok := Lookup(s.Entity, name); ok {
		base, there := s.base(f.Scope)
		return base + f.Key, f, there
	}
	if key, called := s.called(name); called {
		name = key
	}
	if f, ok := fieldAt(s.Entity, name); ok {
		return name, f, true
	}
	head, member, _ := strings.Cut(name, "/")
	f, ok = Lookup(s.Entity, head)
	base, there := s.base(f.Scope)
	if !ok || !there {
		return "", Field{}, false
	}
	key = base + f.Key + "/" + member
	f, ok = fieldAt(s.Entity, key)
	return key, f, ok
}

// FieldOf is the field that a name, an alias of it or a key written out means, under that name where it is a key.
func FieldOf(entity Entity, name string) (Field, bool) {
	if f, ok := Lookup(entity, name); ok {
		return f, true
	}
	f, ok := fieldAt(entity, name)
	f.Name = name
	return f, ok
}

// fieldAt is the field by whose rules a key is written; a set is written as a whole under the prefix of its members.
func fieldAt(entity Entity, key string) (Field, bool) {
	p, ok := locate(entity, key)
	whole := p.field.isSet() && p.slug == ""
	return p.valueField(), whole || ok && (p.field.Name != "" || p.attr == keyRemoved)
}

// valueField is the field by whose rules the value at a place is read.
func (p place) valueField() Field {
	switch {
	case p.attr == keyRemoved:
		return Field{Name: strings.TrimLeft(p.field.Name+"/"+p.slug+"/"+keyRemoved, "/"), Key: keyRemoved, Type: Flag}
	case p.attr != "":
		f, _ := p.field.attrField(p.attr)
		return f
	case p.slug != "":
		return Field{Name: p.field.Name + "/" + p.slug, Type: Line, Max: maxLabel}
	}
	return p.field
}

// base is the path of the installed unit or of the first interface, with its slash; empty for own fields.
func (s Snapshot) base(scope Scope) (string, bool) {
	if scope == Own {
		return "", true
	}
	part := s.partOf(scope)
	return prefixOf(scope) + part + "/", part != ""
}

// partOf is the id of the installed unit or first interface, empty when there is none.
func (s Snapshot) partOf(scope Scope) string {
	switch scope {
	case Unit:
		return s.Current(keyUnit).Str
	case Interface:
		if ids := s.Interfaces(); len(ids) > 0 {
			return ids[0]
		}
	}
	return ""
}

// Units lists the ids of all units the position has had, the installed one first, then by id.
func (s Snapshot) Units() []string {
	installed := s.Current(keyUnit).Str
	ids := s.parts(prefixOf(Unit))
	slices.SortFunc(ids, func(a, b string) int {
		if a == installed || b == installed {
			return cmp.Compare(b2i(a != installed), b2i(b != installed))
		}
		return cmp.Compare(a, b)
	})
	return ids
}

// parts lists the units or interfaces of which anything is known.
func (s Snapshot) parts(prefix string) []string {
	var ids []string
	for key, live := range s.Values {
		rest, ok := strings.CutPrefix(key, prefix)
		if !ok || len(live) == 0 || live[0].IsNull() {
			continue
		}
		if id, attr, _ := strings.Cut(rest, "/"); attr != keyRemoved && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
