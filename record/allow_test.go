package record

import (
	"errors"
	"slices"
	"testing"
)

// legal checks that what a command decides passes the table that receivers check.
func legal(t *testing.T, env Env, role string, events ...Event) {
	t.Helper()
	for _, e := range events {
		if err := Allowed(ActOf(e, role, env.Member)); err != nil {
			t.Errorf("%s by %s: %v", e.Type, role, err)
		}
	}
}

func TestWhatCommandsDecideIsAllowed(t *testing.T) {
	env := testEnv()
	added, _ := AddAsset{Tag: "X1", Fields: fields(t, plc+"|description=x|accounts=C++|ports=102/tcp (s7)|custom.Type / No=1"), Reason: "r"}.Decide(env)
	s := Snapshot{ID: added.Stream}.With(added)
	changed, _ := SetAsset{Fields: fields(t, "lifecycle=retired|ports=|description=y|ports/tcp-102/justification=because"), Reason: "r"}.Decide(env, s)
	swapped, _ := SwapUnit{Fields: fields(t, "serial=2|ip_address=10.0.0.9/24"), Reason: "r"}.Decide(env, s)
	back, _ := Reinstate{Reason: "r"}.Decide(s.With(changed...))
	struck, _ := Void{Reason: "r"}.Decide(s)
	merged, _ := MergeAsset{Survivor: given(t, env), Reason: "r"}.Decide(s)
	imported, _ := ImportRow{Fields: fields(t, "tag=X2|"+plc+"|remarks=z")}.Decide(env, Snapshot{ID: ID{3}})
	sites, _ := SetSite{Code: "RAV", Fields: fields(t, "name=R")}.Decide(env, Snapshot{ID: ID{4}, Entity: Site})
	legal(t, env, Engineer, slices.Concat([]Event{added, swapped, back, struck, merged}, changed, imported.Events, sites)...)

	note, _ := AddNote{Text: "x", Assets: []ID{{1}}}.Decide(env)
	n := Snapshot{ID: note.Stream}.With(note)
	signed, _ := SignNote{Heads: [][32]byte{{1}}}.Decide(env, n)
	amended, _ := AmendNote{Text: "y"}.Decide(env, n.With(signed))
	settled, _ := SettleFinding{Reason: "r"}.Decide(Snapshot{ID: ID{5}})
	named, _ := SetMember{Name: "N"}.Decide(env, Snapshot{ID: env.Member, Entity: Member})
	legal(t, env, Reviewer, append(named, note, signed, amended, settled)...)
}

func TestRightsAreRefusedByRoleAndKey(t *testing.T) {
	me, other := ID{0xaa}, ID{0xbb}
	for _, c := range []struct{ event, role, key, rule string }{
		{"asset.field_changed", Auditor, "zone", "role"}, {"asset.field_changed", Reviewer, "zone", "role"}, {"asset.field_changed", Recovery, "zone", "role"},
		{"workspace.changed", Engineer, "name", "role"}, {"asset.field_changed", "king", "zone", "role"},
		{"asset.field_changed", Engineer, "void", "key"}, {"asset.field_changed", Engineer, "merged_into", "key"}, {"asset.retired", Engineer, "zone", "key"},
		{"asset.unit_swapped", Owner, "zone", "key"}, {"asset.field_changed", Owner, "no_such", "key"}, {"asset.field_changed", Owner, "units/xyz/firmware", "key"},
		{"note.edited", Owner, "signatures/" + me.String() + "/heads", "key"}, {"note.signed", Owner, "signatures/" + other.String() + "/heads", "key"},
		{"note.written", Owner, "void", "key"}, {"note.edited", Owner, "void", "key"}, {"note.amended", Owner, "void", "key"},
		{"note.voided", Reviewer, "void", "role"}, {"note.voided", Owner, "text", "key"}, {"note.signed", Owner, "at", "key"}, {"site.changed", Owner, "code", "key"}, {"asset.described", Owner, "zone", "key"},
	} {
		refused(t, Allowed(act(c.event, c.role, me, c.key)), c.rule)
	}
	if err := Allowed(act("conduit.opened", Owner, me)); !errors.Is(err, ErrType) {
		t.Errorf("a type of a newer version: %v", err)
	}
	for _, name := range EventTypes() {
		if err := Allowed(act(name, Auditor, me)); err == nil {
			t.Errorf("an auditor may write %s", name)
		}
		if err := Allowed(act(name, Owner, me)); err != nil {
			t.Error(err)
		}
	}
}

// act is an event about a stream of its kind that sets keys.
func act(event, role string, author ID, keys ...string) Act {
	a := Act{Type: event, Role: role, Author: author, Stream: author, Values: keys}
	if EntityOf(event) == Workspace {
		a.Stream = WorkspaceStream()
	}
	return a
}

func TestRightsKeepProseAndValuesApart(t *testing.T) {
	me := ID{0xaa}
	prose := func(event string, keys ...string) error {
		a := act(event, Engineer, me)
		a.Texts = keys
		return Allowed(a)
	}
	if err := errors.Join(prose("asset.field_changed", "description"), prose("asset.described", "description"), prose("note.edited", "text")); err != nil {
		t.Error(err)
	}
	for _, key := range []string{"zone", "text", "", "no_such", "units/" + me.String() + "/firmware"} {
		refused(t, prose("asset.field_changed", key), "key")
	}
	refused(t, Allowed(act("asset.field_changed", Engineer, me, "description")), "key")
	refused(t, prose("note.signed", "text"), "key")
	if keys := ProseKeys(); !slices.Equal(keys, []string{"description", "text"}) {
		t.Errorf("prose under %q", keys)
	}
}

func TestRightsHoldStreamsApart(t *testing.T) {
	me, other := ID{0xaa}, ID{0xbb}
	settings := WorkspaceStream()
	for _, c := range []struct {
		event, role string
		stream      ID
		ok          bool
	}{
		{"member.named", Engineer, me, true}, {"member.named", Engineer, other, false}, {"member.named", Owner, other, true},
		{"member.conflict_resolved", Reviewer, other, false}, {"workspace.changed", Owner, other, false},
		{"workspace.changed", Owner, settings, true}, {"asset.field_changed", Engineer, settings, false}, {"asset.field_changed", Engineer, other, true},
	} {
		err := Allowed(Act{Type: c.event, Role: c.role, Author: me, Stream: c.stream, Values: []string{"name"}})
		if c.ok && err != nil {
			t.Error(err)
		}
		if !c.ok {
			refused(t, err, "stream")
		}
	}
}
