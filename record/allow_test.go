package record

import (
	"errors"
	"slices"
	"testing"
)

func keysOf(e Event) []string {
	var keys []string
	for _, edit := range e.Edits {
		keys = append(keys, edit.Key)
	}
	for _, text := range e.Texts {
		keys = append(keys, text.Key)
	}
	return keys
}

// legal checks that what a command decides passes the table that receivers check.
func legal(t *testing.T, env Env, role string, events ...Event) {
	t.Helper()
	for _, e := range events {
		if err := Allowed(e.Type, role, keysOf(e), env.Member); err != nil {
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
		{"note.signed", Owner, "text", "key"}, {"site.changed", Owner, "code", "key"}, {"asset.described", Owner, "zone", "key"},
	} {
		refused(t, Allowed(c.event, c.role, []string{c.key}, me), c.rule)
	}
	if err := Allowed("conduit.opened", Owner, nil, me); !errors.Is(err, ErrType) {
		t.Errorf("a type of a newer version: %v", err)
	}
	for _, name := range EventTypes() {
		if err := Allowed(name, Auditor, nil, me); err == nil {
			t.Errorf("an auditor may write %s", name)
		}
		if err := Allowed(name, Owner, nil, me); err != nil {
			t.Error(err)
		}
	}
}
