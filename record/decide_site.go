package record

// SetSite changes a site, and makes it when it is not there.
type SetSite struct {
	Code   string
	Fields []Assignment
}

// SiteID is the stream of a site, the same on every device. The error is a *Refusal of the code.
func SiteID(env Env, code string) (ID, error) {
	v, err := siteFields[0].Parse(code)
	if err != nil {
		return ID{}, err
	}
	if v.IsNull() {
		return ID{}, required(mustField(keySite))
	}
	return env.Derive("site", v.Str), nil
}

// Decide works on the snapshot of SiteID; the code itself never changes.
func (c SetSite) Decide(env Env, s Snapshot) ([]Event, error) {
	events, err := EnsureSite(env, c.Code, s)
	if err != nil {
		return nil, err
	}
	d := newDraft(env, s.With(events...))
	if err := d.setAll(c.Fields); err != nil {
		return nil, err
	}
	if d.touches("code") {
		return nil, Refuse("immutable", "a site keeps its code; make another site and move the assets").At("code")
	}
	if e, changed := d.event("site.changed"); changed {
		events = append(events, e)
	}
	return events, nil
}

// EnsureSite gives the deterministic event that makes a missing site, named by its code. Made on two devices it is one change,
// so it says nothing that one of them may not know yet: the site's zone is the workspace's until somebody sets another.
func EnsureSite(env Env, code string, s Snapshot) ([]Event, error) {
	id, err := SiteID(env, code)
	if err != nil || s.Exists {
		return nil, err
	}
	v, err := siteFields[0].Parse(code)
	if err != nil {
		return nil, err
	}
	return []Event{{Type: "site.registered", Schema: 1, Stream: id, Deterministic: true, Edits: []Edit{
		{Key: "code", Value: v}, {Key: "name", Value: v},
	}}}, nil
}
