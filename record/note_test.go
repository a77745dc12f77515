package record

import (
	"bytes"
	"testing"
)

func written(t *testing.T, env Env) Snapshot {
	t.Helper()
	e, err := AddNote{Text: "Fan is loud", Assets: []ID{{1}}, Fields: fields(t, "observed_at=2026-03-01 09:10|measurement.value=24,5|measurement.unit=°C")}.Decide(env)
	if err != nil {
		t.Fatal(err)
	}
	return Snapshot{ID: e.Stream, Entity: Note}.With(e)
}

func TestNoteIsWrittenEditedSignedAndAmended(t *testing.T) {
	env := testEnv()
	s := written(t, env)
	if s.Current("kind").Str != "observation" || s.Texts["text"] != "Fan is loud" || len(s.NoteAssets()) != 1 {
		t.Fatalf("%+v", s)
	}
	_, err := AmendNote{Text: "sooner"}.Decide(env, s)
	refused(t, err, "state")

	text := "Fan is very loud"
	edits, err := EditNote{Text: &text, Fields: fields(t, "kind=fault")}.Decide(env, s)
	if err != nil || len(edits) != 1 || edits[0].Type != "note.edited" {
		t.Fatalf("%+v, %v", edits, err)
	}
	s = s.With(edits...)
	if again, err := (EditNote{Text: &text}).Decide(env, s); err != nil || again != nil {
		t.Errorf("the same text again: %+v, %v", again, err)
	}

	heads := [][32]byte{{2}, {1}}
	signed, err := SignNote{Heads: heads}.Decide(env, s)
	if err != nil {
		t.Fatal(err)
	}
	s = s.With(signed)
	if want := append(make([]byte, 0, 64), append(heads[1][:], heads[0][:]...)...); !bytes.Equal(s.Current("signatures/"+env.Member.String()+"/heads").Bytes, want) {
		t.Error("the heads are not bound in order")
	}
	_, err = EditNote{Text: &text}.Decide(env, s)
	refused(t, err, "signed")
	_, err = SignNote{Heads: heads}.Decide(env, s)
	refused(t, err, "signed")

	amended, err := AmendNote{Text: "It was the pump"}.Decide(env, s)
	if err != nil || amended.Type != "note.amended" || amended.Stream == s.ID {
		t.Fatalf("%+v, %v", amended, err)
	}
	after := Snapshot{ID: amended.Stream}.With(amended)
	if after.Current("amends").Str != s.ID.String() || after.Current("kind").Str != "fault" || len(after.NoteAssets()) != 1 {
		t.Errorf("%+v", after)
	}
}

// Given a note, signed or not, then striking it needs a reason, keeps it as it is, and ends what can be done with it.
func TestNoteIsStruck(t *testing.T) {
	env := testEnv()
	draft := written(t, env)
	signed, err := SignNote{Heads: [][32]byte{{1}}}.Decide(env, draft)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Void{Reason: " "}.Decide(draft)
	refused(t, err, "reason")
	for _, s := range []Snapshot{draft, draft.With(signed)} {
		e, err := Void{Reason: "wrong plant"}.Decide(s)
		if err != nil || e.Type != "note.voided" {
			t.Fatalf("%+v, %v", e, err)
		}
		s = s.With(e)
		if View(s)["void"] != "wrong plant" || s.Texts["text"] != "Fan is loud" {
			t.Errorf("%v", View(s))
		}
		text := "other"
		_, edit := EditNote{Text: &text}.Decide(env, s)
		_, sign := SignNote{Heads: [][32]byte{{1}}}.Decide(env, s)
		_, amend := AmendNote{Text: text}.Decide(env, s)
		_, again := Void{Reason: "again"}.Decide(s)
		for _, err := range []error{edit, sign, amend, again} {
			refused(t, err, "void")
		}
	}
}

func TestNotesAreRefusedWithoutSense(t *testing.T) {
	env := testEnv()
	_, err := AddNote{Text: "  "}.Decide(env)
	refused(t, err, "required")
	_, err = AddNote{Text: "x", Kind: "gossip"}.Decide(env)
	refused(t, err, "format")
	_, err = SignNote{}.Decide(env, written(t, env))
	refused(t, err, "state")
	_, err = EditNote{}.Decide(env, Snapshot{Entity: Note})
	refused(t, err, "state")
	blank := ""
	_, err = EditNote{Text: &blank}.Decide(env, written(t, env))
	refused(t, err, "required")
}

func TestNoteViewShowsSignatures(t *testing.T) {
	env := testEnv()
	s := written(t, env)
	e, _ := SignNote{Heads: [][32]byte{{7}}}.Decide(env, s)
	view := View(s.With(e))
	signature := view["signatures"].([]any)[0].(map[string]any)
	if view["signed"] != true || signature["name"] != "Ada Okafor" || signature["at"] != "2026-03-01T12:00:00Z" || len(signature["heads"].([]any)) != 1 {
		t.Errorf("%v", view)
	}
	if m := view["measurement"].(map[string]any); m["value"] != 24.5 || m["instrument"] != nil {
		t.Errorf("%v", m)
	}
	if view["observed_at"] != "2026-03-01T08:10:00Z" {
		t.Errorf("a time without offset is local: %v", view["observed_at"])
	}
}
