package record

import (
	"errors"
	"strings"
	"testing"
)

// did gives what an event did to a document, with everything of it still standing.
func did(s Snapshot, e Event) (effects []Effect) {
	for _, edit := range e.Edits {
		effects = append(effects, Effect{Key: edit.Key, Before: s.Values[edit.Key], Stands: true})
	}
	for _, text := range e.Texts {
		effects = append(effects, Effect{Key: text.Key, Text: true, BeforeText: s.Texts[text.Key], AfterText: text.Text})
	}
	return effects
}

// TestUndoSetsBackAndMayBeMade: of each entity, what a command did is set back by an event that receivers let count.
func TestUndoSetsBackAndMayBeMade(t *testing.T) {
	env := testEnv()
	asset := given(t, env)
	note, _ := AddNote{Text: "It hums."}.Decide(env)
	draft := Snapshot{ID: note.Stream}.With(note)
	text := "It hums at 50 Hz."
	member := Snapshot{ID: env.Member, Entity: Member}.With(Event{Type: "member.named", Stream: env.Member, Edits: []Edit{{Key: "name", Value: StringValue("A")}}})
	finding := Snapshot{ID: ID{5}, Entity: Finding}
	for name, c := range map[string]struct {
		on     Snapshot
		role   string
		decide func(Snapshot) ([]Event, error)
	}{
		"fields": {asset, Engineer, func(s Snapshot) ([]Event, error) {
			return SetAsset{Fields: fields(t, "zone=Z9|firmware=V9|description=x|ports=161/udp"), Reason: "r"}.Decide(env, s)
		}},
		"swap": {asset, Engineer, func(s Snapshot) ([]Event, error) {
			return only(SwapUnit{Fields: fields(t, "serial=9"), Reason: "r"}.Decide(env, s))
		}},
		"retirement": {asset, Engineer, func(s Snapshot) ([]Event, error) { return only(Retire{Reason: "r"}.Decide(s)) }},
		"void":       {asset, Engineer, func(s Snapshot) ([]Event, error) { return only(Void{Reason: "r"}.Decide(s)) }},
		"void note":  {draft, Engineer, func(s Snapshot) ([]Event, error) { return only(Void{Reason: "r"}.Decide(s)) }},
		"note":       {draft, Reviewer, func(s Snapshot) ([]Event, error) { return EditNote{Text: &text}.Decide(env, s) }},
		"name":       {member, Reviewer, func(s Snapshot) ([]Event, error) { return SetMember{Name: "B"}.Decide(env, s) }},
		"settled":    {finding, Reviewer, func(s Snapshot) ([]Event, error) { return only(SettleFinding{Reason: "r"}.Decide(s)) }},
	} {
		events, err := c.decide(c.on)
		if err != nil || len(events) != 1 {
			t.Fatalf("%s: %v, %v", name, events, err)
		}
		after := c.on.With(events...)
		undo, err := Undo{Type: events[0].Type, Effects: did(c.on, events[0]), Reason: "r"}.Decide(after)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		legal(t, env, c.role, undo)
		back := after.With(undo)
		for key := range back.Values {
			if kept := name == "swap" && strings.HasPrefix(key, "units/"); !kept && !back.Current(key).Equal(c.on.Current(key)) {
				t.Errorf("%s: %s is %q, was %q", name, key, back.Current(key).Display(), c.on.Current(key).Display())
			}
		}
		for key := range back.Texts {
			if back.Texts[key] != c.on.Texts[key] {
				t.Errorf("%s: %s is %q", name, key, back.Texts[key])
			}
		}
	}
}

func only(e Event, err error) ([]Event, error) { return []Event{e}, err }

// TestUndoIsRefused: with what to do instead, and without changing anything by halves.
func TestUndoIsRefused(t *testing.T) {
	s := given(t, testEnv())
	zone := func(change func(*Effect)) []Effect {
		e := Effect{Key: "zone", Before: []Value{StringValue("Z1")}, Stands: true}
		change(&e)
		return []Effect{e}
	}
	stands := func(*Effect) {}
	for name, c := range map[string]struct {
		undo Undo
		rule string
	}{
		"no reason":     {Undo{Type: "asset.field_changed", Effects: zone(stands)}, "reason"},
		"registration":  {Undo{Type: "asset.registered", Effects: zone(stands), Reason: "r"}, "state"},
		"decision":      {Undo{Type: "asset.conflict_resolved", Effects: zone(stands), Reason: "r"}, "state"},
		"unknown":       {Undo{Type: "asset.painted", Effects: zone(stands), Reason: "r"}, "state"},
		"changed since": {Undo{Type: "asset.field_changed", Effects: zone(func(e *Effect) { e.Stands = false }), Reason: "r"}, "state"},
		"was several":   {Undo{Type: "asset.field_changed", Effects: zone(func(e *Effect) { e.Before = append(e.Before, StringValue("Z2")) }), Reason: "r"}, "state"},
		"required":      {Undo{Type: "asset.field_changed", Effects: []Effect{{Key: "tag", Stands: true}}, Reason: "r"}, "required"},
		"prose":         {Undo{Type: "asset.field_changed", Effects: []Effect{{Key: "description", Text: true, AfterText: "gone"}}, Reason: "r"}, "state"},
		"nothing":       {Undo{Type: "asset.field_changed", Reason: "r"}, "state"},
	} {
		var refusal *Refusal
		if e, err := c.undo.Decide(s); !errors.As(err, &refusal) || refusal.Rule != c.rule || refusal.Said.IsZero() || len(e.Edits) > 0 {
			t.Errorf("%s: %v, %v", name, e, err)
		}
	}
}

// TestMembersAreCutAsTheyAreRead: a set by its separators, any other field not at all.
func TestMembersAreCutAsTheyAreRead(t *testing.T) {
	for name, c := range map[string]struct{ shown, want string }{
		"ports": {"102/tcp (s7);161/udp", "102/tcp (s7)|161/udp"}, "accounts": {"local admin", "local admin"}, "zone": {"A;B", "A;B"}, "protocols": {"", ""},
	} {
		f, _ := Lookup(Asset, name)
		if got := strings.Join(f.Members(c.shown), "|"); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
