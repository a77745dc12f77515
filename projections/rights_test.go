package projections_test

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/crdt"
	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// forge writes an event as a modified client may: past all rules, on top of everything that its author holds, masked or not.
func (l *laptop) forge(id record.ID, kind string, edits []record.Edit, texts ...record.TextEdit) {
	l.t.Helper()
	h := crdt.NewHistory(id)
	for _, e := range l.log() {
		b, err := envelope.DecodeBody(e.Body[:len(e.Body)-envelope.TagSize])
		must(l.t, err)
		if record.ID(b.Stream) == id {
			h.Add(b.Change, crdt.Origin{Device: e.Device, Stream: id, Salt: b.Salt, Texts: b.Texts})
		}
	}
	body := l.body(record.Event{Type: kind, Stream: id})
	body.Salt = []byte{6, 6, 6}
	var err error
	body.Change, body.Texts, err = h.Author(crdt.Actor(l.feed.Device, id, body.Salt), l.now, edits, texts)
	must(l.t, err)
	l.update(func(tx *eventstore.Tx) error { return l.append(tx, plainKey, body) })
}

func text(key, value string) record.Edit {
	return record.Edit{Key: key, Value: record.StringValue(value)}
}

// plantOf is a laptop with a site, an asset and a signed note.
func plantOf(t *testing.T) (l *laptop, asset, note record.ID) {
	l = newLaptop(t, 1).as(record.Owner)
	l.site("RAV")
	l.name()
	asset = plc(l)
	note = l.note("It hums.", asset)
	l.sign(note)
	return l, asset, note
}

// TestHostileMember: what a modified client writes that its type of event or its role does not allow is masked on every laptop,
// whatever arrives first: it is kept, counted, shown and a finding, and it counts for nothing. What others and the hostile
// member write on top of it lives.
func TestHostileMember(t *testing.T) {
	owner, asset, note := plantOf(t)
	victim := record.ID(owner.member)
	signature := "signatures/" + victim.String() + "/"
	fresh := record.ID{0xee}
	for name, c := range map[string]struct {
		role, kind string
		id         record.ID
		edits      []record.Edit
		texts      []record.TextEdit
	}{
		"signs for somebody else":         {record.Engineer, "note.signed", note, []record.Edit{text(signature+"name", "x")}, nil},
		"signs by another kind of event":  {record.Engineer, "asset.field_changed", note, []record.Edit{text(signature+"name", "x")}, nil},
		"edits with the key of a signer":  {record.Engineer, "note.edited", note, []record.Edit{text(signature+"name", "x")}, nil},
		"registers as an auditor":         {record.Auditor, "asset.registered", fresh, []record.Edit{text("tag", "X"), text("site", "RAV")}, nil},
		"edits as an auditor":             {record.Auditor, "asset.field_changed", asset, []record.Edit{text("custodian", "x")}, nil},
		"edits as a reviewer":             {record.Reviewer, "asset.field_changed", asset, []record.Edit{text("custodian", "x")}, nil},
		"strikes by an edit":              {record.Engineer, "asset.field_changed", asset, []record.Edit{text("void", "x")}, nil},
		"merges by retiring":              {record.Engineer, "asset.retired", asset, []record.Edit{text("merged_into", fresh.String())}, nil},
		"writes a key that nobody knows":  {record.Engineer, "asset.field_changed", asset, []record.Edit{text("no/such", "x")}, nil},
		"puts prose under a value":        {record.Engineer, "asset.field_changed", asset, nil, []record.TextEdit{{Key: "zone", Text: "x"}}},
		"puts a value under prose":        {record.Engineer, "asset.field_changed", asset, []record.Edit{text("description", "x")}, nil},
		"names somebody else":             {record.Engineer, "member.named", victim, []record.Edit{text("name", "x")}, nil},
		"renames the workspace":           {record.Engineer, "workspace.changed", record.WorkspaceStream(), []record.Edit{text("name", "x")}, nil},
		"makes the workspace an asset":    {record.Engineer, "asset.field_changed", record.WorkspaceStream(), []record.Edit{text("custodian", "x")}, nil},
		"writes a kind that is not known": {record.Engineer, "asset.hacked", asset, []record.Edit{text("custodian", "x")}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			hostile, first, last := newLaptop(t, 2).as(c.role), newLaptop(t, 3), newLaptop(t, 4)
			honest := newLaptop(t, 5)
			for _, l := range []*laptop{hostile, first, honest} {
				l.pull(owner)
			}
			before, listed := honest.snapshot(c.id), honest.assets(projections.Query{})
			hostile.forge(c.id, c.kind, c.edits, c.texts...)
			forged := hostile.log()[len(hostile.log())-1]
			first.pull(hostile)
			expectMasked(t, first, forged, c.kind, before, listed)

			first.set(asset, "firmware=V4", "zone=Z4")
			hostile.forge(asset, "asset.field_changed", []record.Edit{text("owner_department", "Water")})
			honest.set(asset, "custodian=jane")
			last.pull(hostile)
			for _, l := range []*laptop{first, honest, last, hostile} {
				l.pull(first)
				l.pull(honest)
				l.pull(hostile)
			}
			first.pull(last)
			for _, l := range []*laptop{first, honest, last, hostile} {
				if l.digest() != first.digest() || l.counts().Waiting != 0 {
					t.Fatalf("laptop %d differs, or something waits: %+v", l.feed.Device[0], l.counts())
				}
				if got := l.current(asset, "firmware") + l.current(asset, "zone") + l.current(asset, "custodian"); got != "V4Z4jane" {
					t.Fatalf("laptop %d: honest edits came to %q", l.feed.Device[0], got)
				}
				if want := map[bool]string{true: "Water", false: "Controls"}[c.role == record.Engineer]; l.current(asset, "owner_department") != want {
					t.Fatalf("owner department %s, want %s", l.current(asset, "owner_department"), want)
				}
				l.sound()
			}
		})
	}
}

// expectMasked checks what one laptop shows of a masked event.
func expectMasked(t *testing.T, l *laptop, forged *envelope.Envelope, kind string, before record.Snapshot, listed projections.Page) {
	t.Helper()
	now := l.snapshot(before.ID)
	if now.Exists != before.Exists || now.Entity != before.Entity || fmt.Sprint(now.Values, now.Texts) != fmt.Sprint(before.Values, before.Texts) {
		t.Fatalf("%+v, before it was %+v", now, before)
	}
	if l.assets(projections.Query{}).Total != listed.Total {
		t.Fatal("it is in the list")
	}
	want, counts := "masked", l.counts()
	if kind == "asset.hacked" {
		want = "newer"
	}
	if counts.Masked+counts.Newer != 1 || (want == "masked") != (counts.Masked == 1) {
		t.Fatalf("%+v", counts)
	}
	if (want == "masked") != slices.Contains(l.kinds(), "masked") {
		t.Fatalf("findings %v", l.kinds())
	}
	rows := l.history(projections.LogQuery{})
	at := slices.IndexFunc(rows, func(r projections.LogRow) bool { return r.Hash == forged.Hash().String() })
	if rows[at].State != want || want == "masked" && rows[at].Field == nil {
		t.Fatalf("the log shows %+v", rows[at])
	}
}

// TestOneOfTwoMayCarryIt: a change that two people made alike counts as soon as one of them may make it.
func TestOneOfTwoMayCarryIt(t *testing.T) {
	a := newLaptop(t, 1).as(record.Owner)
	a.site("RAV")
	auditor, engineer := newLaptop(t, 2).as(record.Auditor), newLaptop(t, 3).as(record.Engineer)
	auditor.pull(a)
	engineer.pull(a)
	ev := a.row(1)
	auditor.write(ev)
	engineer.write(ev)
	engineer.set(ev.Stream, "firmware=V9")
	late := newLaptop(t, 4)
	late.pull(auditor)
	if late.assets(projections.Query{}).Total != 0 {
		t.Fatal("an auditor made an asset")
	}
	late.pull(engineer)
	engineer.pull(auditor)
	for _, l := range []*laptop{late, engineer} {
		if l.assets(projections.Query{}).Total != 1 || l.current(ev.Stream, "firmware") != "V9" || l.counts().Masked != 1 || l.digest() != late.digest() {
			t.Fatalf("%+v", l.counts())
		}
		l.expectKinds(t, "masked")
		l.sound()
	}
}

// TestMasksInAnyOrder: masked and honest events at random, some on top of others, come to the same in any order and batching,
// and the documents replayed in Automerge agree.
func TestMasksInAnyOrder(t *testing.T) {
	engine, err := crdt.NewAutomerge([32]byte{})
	must(t, err)
	rapid.Check(t, func(r *rapid.T) {
		hostile, honest := newLaptop(t, 1).as(record.Engineer), newLaptop(t, 2).as(record.Engineer)
		w := &world{laptops: []*laptop{hostile, honest, newLaptop(t, 3)}}
		defer w.close()
		honest.site("RAV")
		ids := []record.ID{honest.add("PLC-1"), honest.add("PLC-2")}
		for i := range rapid.IntRange(3, 20).Draw(r, "acts") {
			id := rapid.SampledFrom(ids).Draw(r, "id")
			key, kind := rapid.SampledFrom([]string{"zone", "custodian", "lifecycle"}).Draw(r, "key"), rapid.SampledFrom([]string{"asset.field_changed", "asset.retired"}).Draw(r, "kind")
			switch rapid.IntRange(0, 4).Draw(r, "act") {
			case 0:
				hostile.pull(honest)
			case 1:
				honest.pull(hostile)
			case 2:
				honest.force(id, "asset.field_changed", []record.Edit{text(key, fmt.Sprint("honest ", i))}, []record.TextEdit{{Key: "description", Text: fmt.Sprint("text ", i)}})
			default:
				if hostile.snapshot(id).Exists {
					hostile.forge(id, kind, []record.Edit{text(key, fmt.Sprint("hostile ", i))}, record.TextEdit{Key: "description", Text: fmt.Sprint("words ", i)})
				}
			}
		}
		honest.pull(hostile)
		hostile.pull(honest)
		w.laptops[2].shuffled(r, honest.log())
		for _, l := range w.laptops {
			if l.digest() != honest.digest() {
				r.Fatalf("laptop %d differs", l.feed.Device[0])
			}
			l.sound()
			must(t, l.models.Replay(t.Context(), engine, nil, func(stream record.ID, reason error) { r.Fatalf("%s: %v", stream, reason) }))
		}
	})
}

// TestMaskedAfterItsDocumentWasReadBack: a document that is read back from the log, because something that it waited for has
// come, masks what it masked before.
func TestMaskedAfterItsDocumentWasReadBack(t *testing.T) {
	owner, asset, _ := plantOf(t)
	hostile, first, second, l := newLaptop(t, 2).as(record.Engineer), newLaptop(t, 3), newLaptop(t, 4), newLaptop(t, 5)
	for _, from := range []*laptop{hostile, first, l} {
		from.pull(owner)
	}
	hostile.forge(asset, "asset.retired", []record.Edit{text("custodian", "x")})
	l.pull(hostile)
	first.set(asset, "firmware=V4")
	second.pull(first)
	second.set(asset, "firmware=V5")
	last := func(from *laptop) {
		all := from.log()
		l.update(func(tx *eventstore.Tx) error { return l.take(tx, all[len(all)-1:]) })
	}
	last(second)
	if l.counts().Waiting != 1 {
		t.Fatalf("%+v", l.counts())
	}
	l.models.Forget()
	last(first)
	if c := l.counts(); c.Masked != 1 || c.Waiting != 0 || l.current(asset, "custodian") != "" || l.current(asset, "firmware") != "V5" {
		t.Fatalf("%+v", c)
	}
	l.sound()
}

// TestLiftedMaskCorrectsWhatWasReplaced: what an entry is said to have replaced follows when a mask under it is lifted.
func TestLiftedMaskCorrectsWhatWasReplaced(t *testing.T) {
	a := newLaptop(t, 1).as(record.Owner)
	a.site("RAV")
	auditor, engineer, l := newLaptop(t, 2).as(record.Auditor), newLaptop(t, 3).as(record.Engineer), newLaptop(t, 4)
	auditor.pull(a)
	ev := a.row(1)
	auditor.write(ev)
	engineer.pull(auditor)
	engineer.forge(ev.Stream, "asset.field_changed", []record.Edit{text("custodian", "jane")})
	l.pull(engineer)
	before := func() any {
		rows := l.history(projections.LogQuery{Stream: ev.Stream})
		return rows[slices.IndexFunc(rows, func(r projections.LogRow) bool { return r.Type == "asset.field_changed" })].Before
	}
	if before() != nil {
		t.Fatalf("replaced the masked value %v", before())
	}
	engineer.write(ev)
	l.pull(engineer)
	if before() != "j.hargreaves" {
		t.Fatalf("replaced %v", before())
	}
	l.sound()
}
