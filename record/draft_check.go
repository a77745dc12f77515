package record

import (
	"fmt"
	"slices"
	"strings"
)

// maxReason is the longest reason, in characters.
const maxReason = 4000

// value is what a key will hold after the draft.
func (d *draft) value(key string) Value {
	for i := range d.edits {
		if d.edits[i].Key == key {
			return d.edits[i].Value
		}
	}
	return d.s.Current(key)
}

// complete checks what must be given: the own fields, and those of a unit once anything of it is known. It also names an
// interface that has none.
func (d *draft) complete() error {
	for _, f := range table(d.s.Entity) {
		if !f.Required || f.Type == Prose {
			continue
		}
		base, known := d.parts[f.Scope]
		if known && d.value(base+f.Key).IsNull() {
			return required(f)
		}
	}
	base, known := d.parts[Interface]
	if !known || !d.touches(base) {
		return nil
	}
	if d.value(base + "name").IsNull() {
		d.edits = append(d.edits, Edit{Key: base + "name", Value: StringValue("main")})
	}
	return d.checkPrefix(base)
}

// checkPrefix refuses a prefix longer than the address.
func (d *draft) checkPrefix(base string) error {
	ip, prefix := d.value(base+"ip").Str, d.value(base+"prefix").Int
	if prefix > 32 && ip != "" && !strings.Contains(ip, ":") {
		return &Refusal{Field: "prefix", Rule: "format", Message: fmt.Sprintf("prefix: %d is longer than the address %s; use 0 to 32", prefix, ip)}
	}
	return nil
}

func (d *draft) touches(base string) bool {
	return slices.ContainsFunc(d.edits, func(e Edit) bool { return strings.HasPrefix(e.Key, base) })
}

func required(f Field) error {
	return &Refusal{Field: f.Name, Rule: "required", Message: fmt.Sprintf("%s is required; give it as %s=...", f.Name, f.Name)}
}

// needReason refuses a change that nobody could explain later.
func needReason(reason string) error {
	if strings.TrimSpace(reason) == "" {
		return &Refusal{Rule: "reason", Message: "a reason is required; say why with --reason"}
	}
	return reasonable(reason)
}

func reasonable(reason string) error {
	f := Field{Name: "reason", Type: Free, Max: maxReason}
	_, err := f.Parse(reason)
	return err
}
