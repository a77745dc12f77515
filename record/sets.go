package record

import "strings"

// setMembers lists the members of a set that were not removed, sorted.
func (s Snapshot) setMembers(f Field, base string) []member {
	if len(s.Values) == 0 {
		return nil
	}
	prefix := base + f.Key + "/"
	return s.membersOf(f, prefix, s.setRows(prefix))
}

// membersOf makes members of the keys under a set's prefix, but of those that were removed.
func (s Snapshot) membersOf(f Field, prefix string, rows map[string][]Edit) []member {
	var found []member
	for slug, attrs := range rows {
		if s.Current(prefix + slug + "/" + keyRemoved).Bool {
			continue
		}
		if m := (member{slug: slug, attrs: attrs}); len(attrs) > 0 {
			found = append(found, m)
		}
	}
	f.sort(found)
	return found
}

// holds tells whether the unit, interface or member that a key is about is there. A key named one by one changes what exists
// and makes nothing by halves.
func (s Snapshot) holds(key string) bool {
	p, _ := locate(s.Entity, key)
	path := key
	switch {
	case p.slug != "":
		path = strings.TrimSuffix(key, "/"+p.attr)
	case p.part != "":
		path = prefixOf(p.field.Scope) + p.part
	default:
		return true
	}
	for known := range s.Values {
		if known == path || strings.HasPrefix(known, path+"/") {
			return true
		}
	}
	return false
}

// setRows groups the live keys under a set's prefix by member.
func (s Snapshot) setRows(prefix string) map[string][]Edit {
	rows := map[string][]Edit{}
	for key := range s.Values {
		rest, ok := strings.CutPrefix(key, prefix)
		if !ok {
			continue
		}
		slug, attr, _ := strings.Cut(rest, "/")
		if v := s.Current(key); attr != keyRemoved && !v.IsNull() {
			rows[slug] = append(rows[slug], Edit{Key: attr, Value: v})
		}
	}
	return rows
}

// setEdits turns the wanted members of a set into the edits that add what is missing and take out what is not wanted. take
// and leave, when given, say which additions and removals are wanted at all: an import brings only its own news.
func (s Snapshot) setEdits(f Field, base string, wanted []member, take, leave func(key string, v Value) bool) []Edit {
	prefix := base + f.Key + "/"
	members := s.setMembers(f, base)
	present := make(map[string]member, len(members))
	for _, m := range members {
		present[m.slug] = m
	}
	var edits []Edit
	for _, m := range wanted {
		edits = append(edits, s.memberEdits(prefix+m.slug, m, present, take)...)
		delete(present, m.slug)
	}
	for _, m := range members {
		if _, gone := present[m.slug]; gone && (leave == nil || leave(memberKey(prefix+m.slug, m.attrs[0].Key), m.attrs[0].Value)) {
			edits = append(edits, Edit{Key: prefix + m.slug + "/" + keyRemoved, Value: BoolValue(true)})
		}
	}
	return edits
}

func (s Snapshot) memberEdits(path string, m member, present map[string]member, take func(string, Value) bool) []Edit {
	old, there := present[m.slug]
	var edits []Edit
	for _, a := range m.attrs {
		key := memberKey(path, a.Key)
		if there && old.attr(a.Key).Equal(a.Value) || there && a.Key == "" || take != nil && !take(key, a.Value) {
			continue
		}
		edits = append(edits, Edit{Key: key, Value: a.Value})
	}
	if !there && len(edits) > 0 && s.Current(path+"/"+keyRemoved).Bool {
		edits = append(edits, Edit{Key: path + "/" + keyRemoved, Value: BoolValue(false)})
	}
	return edits
}

func memberKey(path, attr string) string {
	if attr == "" {
		return path
	}
	return path + "/" + attr
}
