package record

import (
	"encoding/hex"
	"strings"
)

// View shows a document by public names, as plain values for JSON: every field of the entity is present, null when empty,
// groups and the installed unit are objects, sets are arrays. An asset also has attack_id, unit, units (all it has had),
// interfaces, ip_addresses, custom, merged_into and void; the first interface's fields are named at the top as well.
func View(s Snapshot) map[string]any {
	view := map[string]any{"id": s.ID.String(), "concurrent": s.ConcurrentNames()}
	for _, f := range table(s.Entity) {
		base, _ := s.base(f.Scope)
		if f.Scope != Unit {
			put(view, f.Name, s.fieldJSON(f, base))
		}
	}
	switch s.Entity {
	case Asset:
		s.viewAsset(view)
	case Note:
		s.viewNote(view)
	case Finding:
		view[keySettled] = s.Current(keySettled).Bool
	}
	return view
}

// put sets "location.room" inside the object "location".
func put(view map[string]any, name string, value any) {
	group, rest, nested := strings.Cut(name, ".")
	if !nested {
		view[name] = value
		return
	}
	inner, ok := view[group].(map[string]any)
	if !ok {
		inner = map[string]any{}
		view[group] = inner
	}
	inner[rest] = value
}

// fieldJSON is a field's value under a base path; an empty base of a unit or interface field means there is none.
func (s Snapshot) fieldJSON(f Field, base string) any {
	switch {
	case f.Scope != Own && base == "":
		if f.isSet() {
			return []any{}
		}
		return nil
	case f.Type == Prose:
		if text := s.Texts[f.Key]; text != "" {
			return text
		}
		return nil
	case f.isSet():
		return f.listJSON(s.setMembers(f, base))
	}
	return s.Current(base + f.Key).JSON()
}

// listJSON shows labels as strings and members with attributes as objects.
func (f Field) listJSON(members []member) []any {
	list := make([]any, len(members))
	for i, m := range members {
		if f.Type == Labels {
			list[i] = m.attr("").JSON()
			continue
		}
		object := map[string]any{}
		for _, name := range f.attrNames() {
			object[name] = m.attr(name).JSON()
		}
		list[i] = object
	}
	return list
}

func (f Field) attrNames() []string {
	if f.Type == Software {
		return []string{"name", "version", "kind"}
	}
	return []string{"proto", "port", "service", "needed", "justification"}
}

func (s Snapshot) viewAsset(view map[string]any) {
	role, _ := RoleOf(s.Current(keyRole).Str)
	view["attack_id"] = StringOrNull(role.Attack).JSON()
	view[keyMergedInto] = s.Current(keyMergedInto).JSON()
	view[keyVoid] = s.Current(keyVoid).JSON()
	view["custom"] = s.viewCustom()
	view["unit"] = s.viewPart(Unit, s.partOf(Unit), unitFields)
	units := []any{}
	for _, id := range s.Units() {
		units = append(units, s.viewPart(Unit, id, unitFields))
	}
	view["units"] = units
	interfaces, addresses := []any{}, []any{}
	for _, id := range s.Interfaces() {
		part := s.viewPart(Interface, id, interfaceFields)
		interfaces = append(interfaces, part)
		if ip := part["ip"]; ip != nil {
			addresses = append(addresses, ip)
		}
	}
	view["interfaces"], view["ip_addresses"] = interfaces, addresses
}

// StringOrNull is null for an empty text.
func StringOrNull(text string) Value {
	if text == "" {
		return NullValue()
	}
	return StringValue(text)
}

func (s Snapshot) viewCustom() map[string]any {
	custom := map[string]any{}
	for key := range s.Values {
		if header, ok := strings.CutPrefix(key, customKey); ok {
			if v := s.Current(key); !v.IsNull() {
				custom[header] = v.JSON()
			}
		}
	}
	return custom
}

// viewPart shows a unit or interface by the names of its keys; with no id all fields are null.
func (s Snapshot) viewPart(scope Scope, id string, fields []Field) map[string]any {
	base := ""
	if id != "" {
		base = prefixOf(scope) + id + "/"
	}
	part := map[string]any{"id": StringOrNull(id).JSON()}
	for _, f := range fields {
		part[f.Key] = s.fieldJSON(f, base)
	}
	return part
}

func (s Snapshot) viewNote(view map[string]any) {
	assets, signatures := []any{}, []any{}
	for _, id := range s.NoteAssets() {
		assets = append(assets, id.String())
	}
	for _, signer := range s.Signers() {
		path := keySignatures + signer.String() + "/"
		heads := []any{}
		for raw := s.Current(path + "heads").Bytes; len(raw) >= 32; raw = raw[32:] {
			heads = append(heads, hex.EncodeToString(raw[:32]))
		}
		signatures = append(signatures, map[string]any{
			"member": signer.String(), "name": s.Current(path + "name").JSON(), "at": s.Current(path + "at").JSON(), "heads": heads,
		})
	}
	view[keyVoid] = s.Current(keyVoid).JSON()
	view["assets"], view["signatures"], view["signed"] = assets, signatures, len(signatures) > 0
}
