package record

// Retire ends the life of a position. The entry stays, takes no more edits, and can be reinstated.
type Retire struct{ Reason string }

// Decide refuses only what is retired already and by nobody contradicted.
func (c Retire) Decide(s Snapshot) (Event, error) {
	if err := firstError(needReason(c.Reason), present(s)); err != nil {
		return Event{}, err
	}
	if s.Current(keyLifecycle).Str == Retired && s.Concurrent(keyLifecycle) == nil {
		return Event{}, Refuse("retired", "{0} is retired already", s.tag())
	}
	return s.lifecycleEvent("asset.retired", Retired), nil
}

// Reinstate takes a retired position back; Lifecycle is in_service when empty.
type Reinstate struct{ Lifecycle, Reason string }

// Decide refuses what is not retired.
func (c Reinstate) Decide(s Snapshot) (Event, error) {
	if err := firstError(needReason(c.Reason), present(s)); err != nil {
		return Event{}, err
	}
	if s.Current(keyLifecycle).Str != Retired {
		return Event{}, Refuse("state", "{0} is not retired; change its lifecycle", s.tag()).By("asset set")
	}
	to := InService
	if c.Lifecycle != "" {
		f, _ := Lookup(Asset, keyLifecycle)
		v, err := f.Parse(c.Lifecycle)
		if err != nil {
			return Event{}, err
		}
		to = v.Str
	}
	if to == Retired || to == "" {
		return Event{}, Refuse("state", "name the one it goes back to, such as in_service").At(keyLifecycle)
	}
	return s.lifecycleEvent("asset.reinstated", to), nil
}

// Void strikes an asset or a note that should never have been made: it leaves all lists and stays in the trail.
type Void struct{ Reason string }

// Decide keeps the reason under the key, so that a struck entry explains itself.
func (c Void) Decide(s Snapshot) (Event, error) {
	if err := needReason(c.Reason); err != nil {
		return Event{}, err
	}
	if !s.Exists {
		return Event{}, present(s)
	}
	if !s.Current(keyVoid).IsNull() {
		return Event{}, Refuse("void", "{0} was struck already", s.tag())
	}
	event := "asset.voided"
	if s.Entity == Note {
		event = "note.voided"
	}
	return Event{Type: event, Schema: 1, Stream: s.ID, Edits: []Edit{{Key: keyVoid, Value: StringValue(c.Reason)}}}, nil
}

// MergeAsset says that two entries are one asset. The absorbed id lives on as an alias of the survivor.
type MergeAsset struct {
	Survivor Snapshot
	Reason   string
}

// Decide gives the event on the absorbed asset's stream. Cycles that concurrent merges make are resolved by readers: the
// smallest id survives.
func (c MergeAsset) Decide(absorbed Snapshot) (Event, error) {
	if err := firstError(needReason(c.Reason), present(absorbed), present(c.Survivor)); err != nil {
		return Event{}, err
	}
	if absorbed.ID == c.Survivor.ID {
		return Event{}, Refuse("state", "an asset cannot be merged into itself; name two")
	}
	return Event{Type: "asset.merged", Schema: 1, Stream: absorbed.ID, Edits: []Edit{{Key: keyMergedInto, Value: StringValue(c.Survivor.ID.String())}}}, nil
}
