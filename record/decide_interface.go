package record

// AddInterface registers a further interface of a position. Its id is random: two devices that add one make two. Editing and
// removing one is SetAsset, which takes "interfaces/X2/ip_address" and "interfaces/X2/removed".
type AddInterface struct {
	Fields []Assignment // of interfaces, by their bare names; the name is required
	Reason string
}

// Decide gives the interface the place behind the others unless it names one.
func (c AddInterface) Decide(env Env, s Snapshot) (Event, error) {
	if err := firstError(needReason(c.Reason), editable(s), onlyInterface(c.Fields)); err != nil {
		return Event{}, err
	}
	d := newDraft(env, s)
	base := prefixOf(Interface) + env.NewID().String() + "/"
	d.parts[Interface] = base
	if err := d.setAll(c.Fields); err != nil {
		return Event{}, err
	}
	if name := mustField("interface_name"); d.value(base + name.Key).IsNull() {
		return Event{}, required(name)
	}
	if order := mustField("interface_order"); d.value(base + order.Key).IsNull() {
		d.put(base+order.Key, IntValue(min(s.lastOrder()+1, int64(order.Max))))
	}
	if err := d.complete(); err != nil {
		return Event{}, err
	}
	e, _ := d.event("asset.field_changed")
	return e, nil
}

func (s Snapshot) lastOrder() (last int64) {
	for _, id := range s.Interfaces() {
		last = max(last, s.Current(prefixOf(Interface)+id+"/order").Int)
	}
	return last
}

// onlyInterface refuses fields that are none of an interface.
func onlyInterface(fields []Assignment) error {
	for _, a := range fields {
		f, ok := Lookup(Asset, a.Field)
		if !ok {
			return unknownField(Asset, a.Field)
		}
		if f.Scope != Interface {
			return Misuse("{0} is no field of an interface", Named(f.Name)).By("asset set")
		}
	}
	return nil
}
