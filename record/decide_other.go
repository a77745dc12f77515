package record

// SetWorkspace changes the settings that all devices share: name and time zone.
type SetWorkspace struct{ Fields []Assignment }

// Decide works on the document of WorkspaceStream and gives no event when nothing changes.
func (c SetWorkspace) Decide(env Env, s Snapshot) ([]Event, error) {
	return decideFields(env, s, "workspace.changed", c.Fields)
}

// SetMember names a person. The stream is the member's id.
type SetMember struct{ Name string }

// Decide gives no event when the name is the same.
func (c SetMember) Decide(env Env, s Snapshot) ([]Event, error) {
	return decideFields(env, s, "member.named", []Assignment{{Field: "name", Text: c.Name}})
}

func decideFields(env Env, s Snapshot, eventType string, fields []Assignment) ([]Event, error) {
	d := newDraft(env, s)
	if err := firstError(d.setAll(fields), d.complete()); err != nil {
		return nil, err
	}
	e, changed := d.event(eventType)
	if !changed {
		return nil, nil
	}
	return []Event{e}, nil
}

// SettleFinding is a person's decision that a finding needs no more attention. The stream is the finding's.
type SettleFinding struct{ Reason string }

// Decide refuses what is settled already.
func (c SettleFinding) Decide(s Snapshot) (Event, error) {
	if err := needReason(c.Reason); err != nil {
		return Event{}, err
	}
	if s.Current(keySettled).Bool {
		return Event{}, Refuse("state", "this finding is settled already")
	}
	return Event{Type: "finding.settled", Schema: 1, Stream: s.ID, Edits: []Edit{{Key: keySettled, Value: BoolValue(true)}}}, nil
}
