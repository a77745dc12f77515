package projections

import (
	"fmt"
	"slices"
	"strings"

	"fieldbook/crdt"
	"fieldbook/record"
)

// detail says in a sentence what was found, with the values concerned.
func (t table) detail(names *names, f *storedFinding, v FindingView) (string, error) {
	who := v.all(v.Tags)
	switch f.Kind {
	case kindConcurrent:
		return t.detailConcurrent(names, f)
	case kindRetired, kindStale, kindPolicy:
		return t.detailEdit(names, f)
	case "duplicate_serial":
		return t.detailSerial(f, v)
	case "duplicate_tag":
		return fmt.Sprintf("%d assets of one site have the tag %s", len(f.Subjects), tagOf(v.Tags)), nil
	case "duplicate_ip":
		return fmt.Sprintf("IP address %s is used by %s in the same zone and VLAN", f.Value, who), nil
	case "duplicate_mac":
		return fmt.Sprintf("MAC address %s is used by %s", f.Value, who), nil
	case kindDangling:
		return t.detailReference(names, f)
	case kindFork:
		return "two devices wrote entries under one name: feed " + f.Subjects[0] + " goes on in several branches; all are kept", nil
	case kindRestored:
		return "device " + f.Subjects[0][:8] + " was restored from an older copy, or its folder used twice; it goes on from " + f.Value, nil
	case kindMalformed:
		return "an entry cannot be applied and is kept as evidence: envelope " + strings.Join(f.Causes, ", "), nil
	case kindMasked:
		return "an entry was made without the right to do so and does not count: envelope " + strings.Join(f.Causes, ", "), nil
	case kindDiverged:
		if f.say != "" {
			return f.say, nil
		}
		return t.detailDiverged(f)
	case kindSkew, kindWithheld:
		return f.say, nil
	}
	return record.FindingKind(f.Kind).Sentence(), nil
}

// all joins the names of a finding's subjects and counts those that are not named.
func (v FindingView) all(said []string) string {
	if v.More > 0 {
		said = append(slices.Clone(said), fmt.Sprintf("%d more", v.More))
	}
	return strings.Join(said, " and ")
}

func tagOf(tags []string) string {
	if len(tags) == 0 {
		return ""
	}
	_, tag, _ := strings.Cut(tags[0], "/")
	return tag
}

func (t table) detailConcurrent(names *names, f *storedFinding) (string, error) {
	c, err := t.conflict(names, f)
	if err != nil {
		return "", err
	}
	var said []string
	for _, v := range c.Values {
		said = append(said, fmt.Sprintf("%q by %s", v.Display, v.Member))
	}
	subject := "the " + c.Entity
	if c.Tag != nil {
		subject = *c.Tag
	}
	return fmt.Sprintf("%s of %s has several values: %s", c.Field, subject, strings.Join(said, ", ")), nil
}

// detailEdit names the edit that was made beside a retirement, a swap, a removal or a signature.
func (t table) detailEdit(names *names, f *storedFinding) (string, error) {
	d, err := names.doc(f.doc)
	if err != nil {
		return "", err
	}
	entries, err := t.entries(f.doc)
	if err != nil {
		return "", err
	}
	slices.SortFunc(entries, compareEntries)
	edit := "an edit"
	if at := slices.IndexFunc(entries, func(e *entry) bool { return e.state == stateAccepted && e.change.String() == f.Value }); at >= 0 {
		edit = describeEdit(names, d, entries[at])
	}
	switch f.Kind {
	case kindRetired:
		return fmt.Sprintf("%s was retired while, unaware of it, %s; it is retired and the edit is kept", d.tag, edit), nil
	case kindStale:
		if strings.HasPrefix(f.Key, "interfaces/") {
			return fmt.Sprintf("the interface %s of %s was removed while, unaware of it, %s; the edit is kept with it", d.snap.Current(f.Key+"/name").Str, d.tag, edit), nil
		}
		unit := describeUnit(d.snap, strings.TrimPrefix(f.Key, "units/"))
		return fmt.Sprintf("the unit %s of %s was swapped while, unaware of it, %s; the edit stays with the old unit", unit, d.tag, edit), nil
	}
	return fmt.Sprintf("the signed note %q is not as it was signed: %s; what was signed is kept", clip(d.snap.Texts["text"], 60), edit), nil
}

// describeEdit says who changed what to what.
func describeEdit(names *names, d *docNames, e *entry) string {
	var set []string
	if effects, err := decodeEffects(e.effects); err == nil {
		for _, eff := range effects {
			set = append(set, fmt.Sprintf("%s to %q", d.field(eff.Key), shown(eff)))
		}
	}
	if len(set) == 0 {
		return fmt.Sprintf("%s edited it (%s)", names.member(e.member), e.kind)
	}
	return fmt.Sprintf("%s set %s", names.member(e.member), strings.Join(set, ", "))
}

func shown(e crdt.Effect) string {
	if e.Text {
		return clip(e.AfterText, 60)
	}
	return e.After.Display()
}

// detailSerial names the assets and the serial number as each writes it.
func (t table) detailSerial(f *storedFinding, v FindingView) (string, error) {
	var said []string
	for i, subject := range v.Subjects {
		id, err := record.ParseID(subject)
		if err != nil || i >= len(v.Tags) {
			continue
		}
		snap, _, err := t.snapshot(id)
		if err != nil {
			return "", err
		}
		said = append(said, fmt.Sprintf("%s (%s)", v.Tags[i], snap.Current("units/"+installed(snap)+"/serial").Str))
	}
	return "the serial number " + f.Value + " is that of " + v.all(said), nil
}

func (t table) detailReference(names *names, f *storedFinding) (string, error) {
	d, err := names.doc(f.doc)
	if err != nil {
		return "", err
	}
	switch {
	case f.Key == "site":
		return fmt.Sprintf("%s names the site %s, which is not registered", d.tag, f.Value), nil
	case f.Key == "merged_into":
		return fmt.Sprintf("%s was merged into asset %s, which is unknown or struck", d.tag, f.Value), nil
	}
	return fmt.Sprintf("the note %q is about asset %s, which is unknown or struck", clip(d.snap.Texts["text"], 60), f.Value), nil
}
