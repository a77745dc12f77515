package record

import (
	"slices"
)

// AddAsset registers a position with what is installed there. Its id is random: two devices that register one tag make two
// assets and a finding, never a silent merge.
type AddAsset struct {
	Tag    string
	Fields []Assignment
	Reason string
}

// Decide gives the registering event; its Stream is the new asset's id.
func (c AddAsset) Decide(env Env) (Event, error) {
	if err := needReason(c.Reason); err != nil {
		return Event{}, err
	}
	d := newDraft(env, Snapshot{ID: env.NewID(), Entity: Asset})
	if err := d.setAll(append([]Assignment{{Field: keyTag, Text: c.Tag}}, c.Fields...)); err != nil {
		return Event{}, err
	}
	if err := d.complete(); err != nil {
		return Event{}, err
	}
	e, _ := d.event("asset.registered")
	return e, d.checkTag()
}

func (d *draft) setAll(fields []Assignment) error {
	for _, a := range fields {
		if err := d.set(a); err != nil {
			return err
		}
	}
	return nil
}

// checkTag refuses a tag of which nothing is left to compare.
func (d *draft) checkTag() error {
	if tag := d.value(keyTag).Str; NormName(tag) == "" {
		return Refuse("format", "it must hold a letter or a digit").At(keyTag)
	}
	return nil
}

// SetAsset changes fields of an asset, of its installed unit and of its first interface.
type SetAsset struct {
	Fields []Assignment
	Reason string
}

// Decide gives at most two events: the change of fields, and the retirement when lifecycle becomes retired. It gives none
// when everything already is so.
func (c SetAsset) Decide(env Env, s Snapshot) ([]Event, error) {
	if err := firstError(needReason(c.Reason), editable(s)); err != nil {
		return nil, err
	}
	if len(c.Fields) == 0 {
		return nil, Misuse("name at least one field and its value").By("field=value")
	}
	d := newDraft(env, s)
	if err := firstError(d.setAll(c.Fields), d.complete(), d.checkTag()); err != nil {
		return nil, err
	}
	return d.split(), nil
}

// split makes the retirement an event of its own, after the other changes.
func (d *draft) split() []Event {
	var events []Event
	retires := func(e Edit) bool { return e.Key == keyLifecycle && e.Value.Str == Retired }
	retiring := slices.ContainsFunc(d.edits, retires)
	d.edits = slices.DeleteFunc(d.edits, retires)
	if e, changed := d.event("asset.field_changed"); changed {
		events = append(events, e)
	}
	if retiring {
		events = append(events, d.s.lifecycleEvent("asset.retired", Retired))
	}
	return events
}

func (s Snapshot) lifecycleEvent(eventType, lifecycle string) Event {
	return Event{Type: eventType, Schema: 1, Stream: s.ID, Edits: []Edit{{Key: keyLifecycle, Value: StringValue(lifecycle)}}}
}

// present refuses to act on what is not there, was struck, or lives on under another id.
func present(s Snapshot) error {
	switch {
	case !s.Exists:
		return Refuse("state", "there is no such {0}", s.Entity)
	case !s.Current(keyVoid).IsNull():
		return Refuse("void", "{0} was struck from the record; add it anew", s.tag())
	case !s.Current(keyMergedInto).IsNull():
		return Refuse("state", "{0} was merged into {1}; act on that one", s.tag(), s.Current(keyMergedInto).Str)
	}
	return nil
}

// editable is present, and not retired.
func editable(s Snapshot) error {
	if err := present(s); err != nil {
		return err
	}
	if s.Current(keyLifecycle).Str == Retired {
		return Refuse("retired", "{0} is retired and takes no edits; reinstate it first", s.tag()).By("asset reinstate")
	}
	return nil
}

func (s Snapshot) tag() string {
	if tag := s.Current(keyTag).Str; tag != "" {
		return tag
	}
	return s.ID.String()
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
