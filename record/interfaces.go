package record

import (
	"cmp"
	"slices"
	"strings"
)

// Interfaces lists the ids of the interfaces that were not removed, by their order (none is 0), then by id.
func (s Snapshot) Interfaces() []string { return s.interfaces(false) }

// RemovedInterfaces lists the ids of those that were. What is known of them is kept, and they can come back.
func (s Snapshot) RemovedInterfaces() []string { return s.interfaces(true) }

func (s Snapshot) interfaces(removed bool) []string {
	prefix := prefixOf(Interface)
	ids := slices.DeleteFunc(s.parts(prefix), func(id string) bool { return s.Current(prefix+id+"/"+keyRemoved).Bool != removed })
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(s.Current(prefix+a+"/order").Int, s.Current(prefix+b+"/order").Int), cmp.Compare(a, b))
	})
	return ids
}

// called reads "interfaces/X2/ip_address": the interface by its name or id, and its field by a public name. It is false where
// no interface or more than one is called so.
func (s Snapshot) called(name string) (key string, ok bool) {
	rest, ok := strings.CutPrefix(name, prefixOf(Interface))
	if !ok {
		return "", false
	}
	for _, ids := range [][]string{s.Interfaces(), s.RemovedInterfaces()} {
		var keys []string
		for _, id := range ids {
			base := prefixOf(Interface) + id + "/"
			for _, ref := range []string{id, s.Current(base + "name").Str} {
				field, fits := cutFold(rest, ref+"/")
				key := base + interfaceKey(field)
				if _, known := fieldAt(s.Entity, key); fits && known && ref != "" {
					keys = append(keys, key)
				}
			}
		}
		if len(keys) > 0 {
			return keys[0], len(keys) == 1
		}
	}
	return "", false
}

// InterfaceField is what people call a key of an interface: "interfaces/X2/ip_address", with the id where X2 would not mean it.
// KeyOfName reads it.
func InterfaceField(s Snapshot, key string) (name string, ok bool) {
	p, ok := locate(Asset, key)
	if !ok || p.field.Scope != Interface {
		return "", false
	}
	path := prefixOf(Interface) + p.part + "/"
	field := strings.TrimPrefix(key, path)
	if p.field.Name != "" {
		field = p.field.Name + strings.TrimPrefix(field, p.field.Key)
	}
	name = prefixOf(Interface) + s.Current(path+"name").Str + "/" + field
	if back, called := s.called(name); !called || back != key {
		name = path + field
	}
	return name, true
}

// interfaceKey is the key of an interface's field within the interface; what is no public name may be the key itself.
func interfaceKey(name string) string {
	head, member, deeper := strings.Cut(name, "/")
	if f, ok := Lookup(Asset, head); ok && f.Scope == Interface {
		head = f.Key
	}
	if deeper {
		head += "/" + member
	}
	return head
}

func cutFold(text, prefix string) (rest string, ok bool) {
	if len(text) < len(prefix) || !strings.EqualFold(text[:len(prefix)], prefix) {
		return "", false
	}
	return text[len(prefix):], true
}

// freeInterface is the id of the interface that comes into being when a field of it is named and the position has none. It
// derives from the asset's id, so that all devices name it alike; one that was removed is not taken up again.
func (d *draft) freeInterface() ID {
	parts := []string{"interface", d.s.ID.String()}
	for {
		id := d.env.Derive(parts...)
		if !d.s.Current(prefixOf(Interface) + id.String() + "/" + keyRemoved).Bool {
			return id
		}
		parts = append(parts, id.String())
	}
}
