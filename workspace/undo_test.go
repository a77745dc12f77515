package workspace_test

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/workspace"
)

// newest gives the newest row of the trail, of an asset if one is named.
func (l *laptop) newest(ref string) projections.TrailRow {
	l.p.t.Helper()
	page, err := l.w.Trail(l.p.ctx, workspace.TrailQuery{Asset: ref, Limit: 1})
	l.p.must(err)
	return page.Items[0]
}

func refOf(row projections.TrailRow) workspace.EventRef {
	return workspace.EventRef{Device: row.Device, Epoch: row.Epoch, Seq: row.Seq}
}

func (l *laptop) undo(row projections.TrailRow) error {
	return second(l.w.Undo(l.p.ctx, because("that was wrong"), refOf(row)))
}

// TestUndoIsAnEntryThatSaysSo: it sets back, names what it undoes, and can be undone itself.
func TestUndoIsAnEntryThatSaysSo(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	a.add("PLC-1", "zone", "Z1")
	a.set("PLC-1", "moved", "zone", "Z2", "custodian", "j.doe")
	wrong := a.newest("PLC-1")
	if !wrong.Undoable {
		t.Error("the trail says that it cannot be undone")
	}
	done, err := a.w.Undo(p.ctx, because("the wrong cabinet"), refOf(wrong))
	p.must(err)
	if a.show("PLC-1", "zone") != "Z1" || a.show("PLC-1", "custodian") != "" || len(done.Changes) != 2 {
		t.Errorf("it left %q, %q: %+v", a.show("PLC-1", "zone"), a.show("PLC-1", "custodian"), done)
	}
	undo := a.newest("PLC-1")
	if undo.Source != "undo" || *undo.SourceName != refOf(wrong).String() || *undo.Reason != "the wrong cabinet" {
		t.Errorf("the entry says %+v", undo)
	}
	var refusal *record.Refusal
	if err := a.undo(wrong); !errors.As(err, &refusal) || refusal.Field == "" {
		t.Errorf("undoing it again: %v", err)
	}
	p.must(a.undo(undo))
	if a.show("PLC-1", "zone") != "Z2" || a.show("PLC-1", "custodian") != "j.doe" {
		t.Error("undoing the undoing did not bring it back")
	}
}

// TestWhatCanBeUndone: every kind of entry is set back or refused with what to do, and the trail says beforehand which.
func TestWhatCanBeUndone(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a := p.laptops[0]
	a.add("PLC-1", "serial", "S-1", "ports", "102/tcp")
	a.add("PLC-2")
	steps := []struct {
		name    string
		do      func() error
		ref     string // of the asset it is about, empty for other entries
		refused string // part of the refusal; empty if it can be undone
	}{
		{"field", func() error { a.set("PLC-1", "x", "firmware", "V2"); return nil }, "PLC-1", ""},
		{"member of a set", func() error { a.set("PLC-1", "x", "ports", "102/tcp;161/udp", "accounts", "admin"); return nil }, "PLC-1", ""},
		{"prose", func() error { a.set("PLC-1", "x", "description", "feeds the mill"); return nil }, "PLC-1", ""},
		{"unit", func() error { return second(a.w.SwapUnit(p.ctx, because("x"), "PLC-1", fields("serial", "S-2"))) }, "PLC-1", ""},
		{"retirement", func() error { return second(a.w.Retire(p.ctx, because("x"), "PLC-1")) }, "PLC-1", ""},
		{"merge", func() error { return second(a.w.Merge(p.ctx, because("x"), "PLC-1", "PLC-2")) }, "", ""},
		{"void", func() error { return second(a.w.Void(p.ctx, because("x"), "PLC-1")) }, "", ""},
		{"site", func() error { return second(a.w.SetSite(p.ctx, because("x"), "RAV", fields("name", "Mill"))) }, "", ""},
		{"registration", func() error { a.add("PLC-3"); return nil }, "", "void"},
		{"note", func() error { return second(a.w.AddNote(p.ctx, because(""), newNote("hums"))) }, "", "note edit"},
	}
	for _, s := range steps {
		before, err := a.w.ShowAsset(p.ctx, "PLC-1", nil)
		p.must(err)
		p.must(s.do())
		row := a.newest(s.ref)
		err = a.undo(row)
		if row.Undoable != (s.refused == "") {
			t.Errorf("%s: the trail says undoable %v", s.name, row.Undoable)
		}
		if s.refused != "" {
			if err == nil || !strings.Contains(err.Error(), s.refused) {
				t.Errorf("%s: %v, want %q", s.name, err, s.refused)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", s.name, err)
			continue
		}
		after, err := a.w.ShowAsset(p.ctx, "PLC-1", nil)
		p.must(err)
		if diff := unlike(before.Snapshot, after.Snapshot); diff != "" {
			t.Errorf("%s: %s", s.name, diff)
		}
	}
}

// unlike names a field that two states of an asset show otherwise.
func unlike(a, b record.Snapshot) string {
	list := record.Fields(record.Asset)
	for key := range maps.Keys(a.Values) {
		if name, own := strings.CutPrefix(key, "custom/"); own {
			f, _ := record.CustomField("custom." + name)
			list = append(list, f)
		}
	}
	for _, f := range list {
		if was, is := record.Show(a, f), record.Show(b, f); was != is {
			return fmt.Sprintf("%s was %q and is %q", f.Name, was, is)
		}
	}
	if !a.Current("void").Equal(b.Current("void")) || !a.Current("merged_into").Equal(b.Current("merged_into")) {
		return "void or merged_into differs"
	}
	return ""
}

// TestUndoIsRefusedWhereOthersWentOn: a later edit, and a concurrent one, stand.
func TestUndoIsRefusedWhereOthersWentOn(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b := p.laptops[0], p.laptops[1]
	a.add("PLC-1", "zone", "Z1")
	p.level()
	a.set("PLC-1", "mine", "zone", "Z2")
	mine := a.newest("PLC-1")
	b.set("PLC-1", "theirs", "zone", "Z3")
	p.level()
	var refusal *record.Refusal
	if err := a.undo(mine); !errors.As(err, &refusal) || refusal.Field != "zone" {
		t.Errorf("beside a concurrent value: %v", err)
	}
	p.must(second(a.w.Resolve(p.ctx, because("decided"), a.conflicts()[0].ID, workspace.Choice{Keep: "Z2"})))
	decision := a.newest("PLC-1")
	if err := a.undo(decision); decision.Undoable || !errors.As(err, &refusal) {
		t.Errorf("undoing a decision: %v", err)
	}
	var missing *workspace.NotFound
	if err := second(a.w.Undo(p.ctx, because("x"), workspace.EventRef{Device: mine.Device, Epoch: mine.Epoch, Seq: 999})); !errors.As(err, &missing) {
		t.Errorf("an entry that is not: %v", err)
	}
	var misuse *record.UsageError
	if err := second(a.w.Undo(p.ctx, because("x"), workspace.EventRef{Device: "me"})); !errors.As(err, &misuse) {
		t.Errorf("no entry's name: %v", err)
	}
	if err := second(a.w.Undo(p.ctx, workspace.Entry{}, refOf(a.newest("PLC-1")))); !errors.As(err, &refusal) {
		t.Errorf("without a reason: %v", err)
	}
}

// TestUndoGivesBackWhatWas: in random histories of two laptops, undoing the newest edit of one's own restores what the asset
// showed before, and the laptops agree afterwards.
func TestUndoGivesBackWhatWas(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := newPlant(t, t.TempDir(), 2)
		defer func() {
			for _, l := range p.laptops {
				l.close()
			}
		}()
		p.laptops[0].add("PLC-1", "serial", "S-0", "ip_address", "10.0.0.1")
		p.level()
		for range rapid.IntRange(2, 10).Draw(r, "acts") {
			l := p.laptops[rapid.IntRange(0, 1).Draw(r, "who")]
			if rapid.IntRange(0, 3).Draw(r, "sync") == 0 {
				l.sync()
			}
			before, err := l.w.ShowAsset(p.ctx, "PLC-1", nil)
			p.must(err)
			if !l.edit(r) {
				continue
			}
			row := l.newest("PLC-1")
			if row.Device != l.status().Device || !row.Undoable || rapid.Bool().Draw(r, "stays") {
				continue
			}
			p.must(l.undo(row))
			after, err := l.w.ShowAsset(p.ctx, "PLC-1", nil)
			p.must(err)
			if diff := unlike(before.Snapshot, after.Snapshot); diff != "" {
				r.Fatalf("after undoing %s: %s", row.Type, diff)
			}
			if !reflect.DeepEqual(before.Units[0].ID, after.Units[0].ID) {
				r.Fatalf("another unit is installed")
			}
		}
		p.level()
	})
}

// edit does one random thing to the asset; false if a rule refused it or nothing changed.
func (l *laptop) edit(r *rapid.T) bool {
	pick := func(name string, from ...string) string { return rapid.SampledFrom(from).Draw(r, name) }
	var done workspace.Written
	var err error
	switch rapid.IntRange(0, 6).Draw(r, "edit") {
	case 0:
		done, err = l.w.SwapUnit(l.p.ctx, because("r"), "PLC-1", fields("serial", pick("serial", "S-1", "S-2", "S-3"), "firmware", pick("fw", "V1", "V2")))
	case 1:
		done, err = l.w.Retire(l.p.ctx, because("r"), "PLC-1")
	case 2:
		done, err = l.w.Reinstate(l.p.ctx, because("r"), "PLC-1")
	case 3:
		done, err = l.w.SetAsset(l.p.ctx, because("r"), "PLC-1", fields("ports", pick("ports", "", "102/tcp", "102/tcp;161/udp (snmp)"), "accounts", pick("accounts", "", "admin", "admin;guest")))
	case 4:
		done, err = l.w.SetAsset(l.p.ctx, because("r"), "PLC-1", fields("description", pick("text", "", "feeds the mill", "feeds both mills"), "custom.Loop", pick("loop", "", "L1", "L2")))
	default:
		done, err = l.w.SetAsset(l.p.ctx, because("r"), "PLC-1", fields("firmware", pick("firmware", "", "V1", "V2"), "zone", pick("zone", "Z1", "Z2"), "ip_address", pick("ip", "10.0.0.1", "10.0.0.2/24")))
	}
	var refusal *record.Refusal
	if err != nil && !errors.As(err, &refusal) {
		l.p.must(err)
	}
	return err == nil && done.Events > 0
}
