package record

import (
	"slices"
)

// SwapUnit records that another piece of hardware was put into a position: one event with the new unit and the pointer to it.
// What edits say of the old unit stays with the old unit.
type SwapUnit struct {
	Fields []Assignment // of the unit, and of the first interface, whose hardware address goes with it
	Reason string
}

// Decide takes over what a like-for-like swap leaves alone: vendor, and model and order number unless one of them is given.
func (c SwapUnit) Decide(env Env, s Snapshot) (Event, error) {
	if err := firstError(needReason(c.Reason), editable(s)); err != nil {
		return Event{}, err
	}
	d := newDraft(env, s)
	if _, known := d.parts[Interface]; !known {
		d.makePart(Interface)
	}
	d.install(env.NewID())
	if err := firstError(onlyHardware(c.Fields), d.setAll(c.Fields)); err != nil {
		return Event{}, err
	}
	if err := c.news(d, s); err != nil {
		return Event{}, err
	}
	d.inherit(s)
	if err := d.complete(); err != nil {
		return Event{}, err
	}
	e, _ := d.event("asset.unit_swapped")
	return e, nil
}

// onlyHardware refuses fields that do not go with the hardware.
func onlyHardware(fields []Assignment) error {
	for _, a := range fields {
		f, ok := Lookup(Asset, a.Field)
		if !ok {
			return unknownField(Asset, a.Field)
		}
		if f.Scope == Own {
			return Misuse("{0} belongs to the position, not to the unit", Named(f.Name)).By("asset set")
		}
	}
	return nil
}

// news refuses a swap that tells nothing new of the unit.
func (c SwapUnit) news(d *draft, s Snapshot) error {
	unit := func(a Assignment) bool { f, _ := Lookup(Asset, a.Field); return f.Scope == Unit }
	if !slices.ContainsFunc(c.Fields, unit) {
		return Refuse("state", "say what the new unit is, its serial number at least").By("serial=...")
	}
	serial := d.value(d.parts[Unit] + "serial").Str
	if old := Show(s, mustField("serial")); serial != "" && NormSerial(serial) == NormSerial(old) {
		return Refuse("state", "{0} is the unit installed now; give the new unit's", clip(old)).At("serial")
	}
	return nil
}

// inherit fills in the new unit from the old one. A new order number without a model is another model: it then stands for it.
func (d *draft) inherit(s Snapshot) {
	base := d.parts[Unit]
	given := func(key string) bool { return !d.value(base + key).IsNull() }
	take := func(keys ...string) {
		for _, key := range keys {
			if old := Show(s, mustField(key)); old != "" && !given(key) {
				d.put(base+key, StringValue(old))
			}
		}
	}
	likeForLike := true
	for _, key := range []string{"model", "order_no"} {
		f := mustField(key)
		v := d.value(base + key)
		likeForLike = likeForLike && (v.IsNull() || same(f, StringValue(Show(s, f)), v))
	}
	take("vendor")
	switch {
	case likeForLike:
		take("model", "order_no", "end_of_support")
	case !given("model"):
		d.put(base+"model", d.value(base+"order_no"))
	}
}

// mustField finds a field that the tables certainly have.
func mustField(name string) Field {
	f, _ := Lookup(Asset, name)
	return f
}
