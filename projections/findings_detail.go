package projections

import (
	"slices"
	"strings"

	"fieldbook/crdt"
	"fieldbook/record"
	"fieldbook/wording"
)

// detail says in a sentence what was found, with the values concerned.
func (t table) detail(names *names, f *storedFinding, v FindingView) (wording.Sentence, error) {
	switch f.Kind {
	case kindConcurrent:
		return t.detailConcurrent(names, f)
	case kindRetired, kindStale, kindPolicy:
		return t.detailEdit(names, f)
	case "duplicate_serial":
		return t.detailSerial(f, v)
	case kindDangling:
		return t.detailReference(names, f)
	case kindDiverged:
		if f.say.IsZero() {
			return t.detailDiverged(f)
		}
	}
	return f.detail(v), nil
}

// detail says what the finding itself knows.
func (f *storedFinding) detail(v FindingView) wording.Sentence {
	switch f.Kind {
	case "duplicate_tag":
		return wording.Say("{0} assets of one site have the tag {1}", len(f.Subjects), tagOf(v.Tags))
	case "duplicate_ip":
		return wording.Say("IP address {0} is used by {1} in the same zone and VLAN", f.Value, v.all(texts(v.Tags)))
	case "duplicate_mac":
		return wording.Say("MAC address {0} is used by {1}", f.Value, v.all(texts(v.Tags)))
	case kindFork:
		return wording.Say("two devices wrote entries under one name: feed {0} goes on in several branches; all are kept", f.Subjects[0])
	case kindRestored:
		return wording.Say("device {0} was restored from an older copy, or its folder used twice; it goes on from {1}", f.Subjects[0][:8], f.Value)
	case kindMalformed:
		return wording.Say("an entry cannot be applied and is kept as evidence: envelope {0}", strings.Join(f.Causes, ", "))
	case kindMasked:
		return wording.Say("an entry was made without the right to do so and does not count: envelope {0}", strings.Join(f.Causes, ", "))
	}
	if !f.say.IsZero() {
		return f.say
	}
	return wording.Sentence{Text: record.FindingKind(f.Kind).Sentence()}
}

// all joins the names of a finding's subjects and counts those that are not named.
func (v FindingView) all(said []wording.Sentence) wording.Sentence {
	if v.More > 0 {
		said = append(slices.Clone(said), wording.Say("{0} more", v.More))
	}
	return wording.Join("{0} and {1}", said...)
}

func texts(values []string) []wording.Sentence {
	list := make([]wording.Sentence, len(values))
	for i, value := range values {
		list[i] = wording.Sentence{Text: value}
	}
	return list
}

func tagOf(tags []string) string {
	if len(tags) == 0 {
		return ""
	}
	_, tag, _ := strings.Cut(tags[0], "/")
	return tag
}

func (t table) detailConcurrent(names *names, f *storedFinding) (wording.Sentence, error) {
	c, err := t.conflict(names, f)
	if err != nil {
		return wording.Sentence{}, err
	}
	var said []wording.Sentence
	for _, v := range c.Values {
		said = append(said, wording.Say(`"{0}" by {1}`, v.Display, v.Member))
	}
	subject := wording.Say("the {0}", wording.Say(wording.Pattern(c.Entity)))
	if c.Tag != nil {
		subject = wording.Sentence{Text: *c.Tag}
	}
	return wording.Say("{0} of {1} has several values: {2}", record.Named(c.Field), subject, wording.Join("{0}, {1}", said...)), nil
}

// detailEdit names the edit that was made beside a retirement, a swap, a removal or a signature.
func (t table) detailEdit(names *names, f *storedFinding) (wording.Sentence, error) {
	d, err := names.doc(f.doc)
	if err != nil {
		return wording.Sentence{}, err
	}
	entries, err := t.entries(f.doc)
	if err != nil {
		return wording.Sentence{}, err
	}
	slices.SortFunc(entries, compareEntries)
	edit := wording.Say("an edit")
	if at := slices.IndexFunc(entries, func(e *entry) bool { return e.state == stateAccepted && e.change.String() == f.Value }); at >= 0 {
		edit = describeEdit(names, d, entries[at])
	}
	switch f.Kind {
	case kindRetired:
		return wording.Say("{0} was retired while, unaware of it, {1}; it is retired and the edit is kept", d.tag, edit), nil
	case kindStale:
		if strings.HasPrefix(f.Key, "interfaces/") {
			return wording.Say("the interface {0} of {1} was removed while, unaware of it, {2}; the edit is kept with it", d.snap.Current(f.Key+"/name").Str, d.tag, edit), nil
		}
		unit := describeUnit(d.snap, strings.TrimPrefix(f.Key, "units/"))
		return wording.Say("the unit {0} of {1} was swapped while, unaware of it, {2}; the edit stays with the old unit", unit, d.tag, edit), nil
	}
	return wording.Say(`the signed note "{0}" is not as it was signed: {1}; what was signed is kept`, clip(d.snap.Texts["text"], 60), edit), nil
}

// describeEdit says who changed what to what.
func describeEdit(names *names, d *docNames, e *entry) wording.Sentence {
	var set []wording.Sentence
	if effects, err := decodeEffects(e.effects); err == nil {
		for _, eff := range effects {
			set = append(set, wording.Say(`{0} to "{1}"`, record.Named(d.field(eff.Key)), shown(eff)))
		}
	}
	if len(set) == 0 {
		return wording.Say("{0} edited it ({1})", names.member(e.member), e.kind)
	}
	return wording.Say("{0} set {1}", names.member(e.member), wording.Join("{0}, {1}", set...))
}

func shown(e crdt.Effect) string {
	if e.Text {
		return clip(e.AfterText, 60)
	}
	return e.After.Display()
}

// detailSerial names the assets and the serial number as each writes it.
func (t table) detailSerial(f *storedFinding, v FindingView) (wording.Sentence, error) {
	var said []wording.Sentence
	for i, subject := range v.Subjects {
		id, err := record.ParseID(subject)
		if err != nil || i >= len(v.Tags) {
			continue
		}
		snap, _, err := t.snapshot(id)
		if err != nil {
			return wording.Sentence{}, err
		}
		said = append(said, wording.Say("{0} ({1})", v.Tags[i], snap.Current("units/"+installed(snap)+"/serial").Str))
	}
	return wording.Say("the serial number {0} is that of {1}", f.Value, v.all(said)), nil
}

func (t table) detailReference(names *names, f *storedFinding) (wording.Sentence, error) {
	d, err := names.doc(f.doc)
	if err != nil {
		return wording.Sentence{}, err
	}
	switch {
	case f.Key == "site":
		return wording.Say("{0} names the site {1}, which is not registered", d.tag, f.Value), nil
	case f.Key == "merged_into":
		return wording.Say("{0} was merged into asset {1}, which is unknown or struck", d.tag, f.Value), nil
	}
	return wording.Say(`the note "{0}" is about asset {1}, which is unknown or struck`, clip(d.snap.Texts["text"], 60), f.Value), nil
}
