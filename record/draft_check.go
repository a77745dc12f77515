package record

import (
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

// complete checks what must be given: the own fields, those of a unit once anything of it is known, and what an interface needs.
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
	return d.checkInterfaces()
}

// checkInterfaces holds the interfaces that the draft touches against their rules, and names one that has no name.
func (d *draft) checkInterfaces() error {
	for _, id := range d.touched(prefixOf(Interface)) {
		base := prefixOf(Interface) + id + "/"
		if err := firstError(d.checkRemoved(base), d.checkName(base), d.checkPrefix(base)); err != nil {
			return err
		}
	}
	return nil
}

// touched lists the parts under a prefix that the draft edits.
func (d *draft) touched(prefix string) []string {
	var ids []string
	for i := range d.edits {
		if rest, ok := strings.CutPrefix(d.edits[i].Key, prefix); ok {
			if id, _, _ := strings.Cut(rest, "/"); !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

func (d *draft) touches(prefix string) bool {
	return slices.ContainsFunc(d.edits, func(e Edit) bool { return strings.HasPrefix(e.Key, prefix) })
}

// checkRemoved refuses edits of an interface that is not there, which nobody would see.
func (d *draft) checkRemoved(base string) error {
	if !d.value(base + keyRemoved).Bool {
		return nil
	}
	for i := range d.edits {
		if key := d.edits[i].Key; strings.HasPrefix(key, base) && key != base+keyRemoved {
			return Refuse("state", "the interface {0} was removed; bring it back first", clip(d.value(base+"name").Str)).At(d.nameOf(key))
		}
	}
	return nil
}

// checkName calls an interface main that came without a name. What it is called then may not be taken away, nor be what
// another is called: that is how people tell them apart.
func (d *draft) checkName(base string) error {
	key := base + "name"
	f := mustField("interface_name")
	f.Name = d.nameOf(key)
	name, before := d.value(key), d.s.Current(key)
	switch {
	case name.IsNull() && !before.IsNull():
		return required(f)
	case name.IsNull():
		d.put(key, StringValue("main"))
	case name.Equal(before):
		return nil
	}
	for _, id := range d.s.Interfaces() {
		other := prefixOf(Interface) + id + "/"
		if other != base && NormName(d.value(other+"name").Str) == NormName(name.Str) {
			return Refuse("state", "{0} has an interface {1} already; change that one, or give another name", d.s.tag(), clip(name.Str)).At(f.Name)
		}
	}
	return nil
}

// checkPrefix refuses a prefix longer than the address.
func (d *draft) checkPrefix(base string) error {
	ip, prefix := d.value(base+"ip").Str, d.value(base+"prefix").Int
	if prefix > 32 && ip != "" && !strings.Contains(ip, ":") {
		name := d.nameOf(base + "prefix")
		return Refuse("format", "{0} is longer than the address {1}; use 0 to 32", prefix, ip).At(name)
	}
	return nil
}

// nameOf is what a command calls a key: bare where that is what bare names mean to it.
func (d *draft) nameOf(key string) string {
	p, _ := locate(d.s.Entity, key)
	if p.field.Name != "" && key == d.parts[p.field.Scope]+p.field.Key {
		return p.field.Name
	}
	return key
}

func required(f Field) error {
	return Refuse("required", "it is required").At(f.Name).By(f.Name + "=...")
}

// needReason refuses a change that nobody could explain later.
func needReason(reason string) error {
	if strings.TrimSpace(reason) == "" {
		return Refuse("reason", "a reason is required; say why").By("--reason")
	}
	return reasonable(reason)
}

func reasonable(reason string) error {
	f := Field{Name: "reason", Type: Free, Max: maxReason}
	_, err := f.Parse(reason)
	return err
}
