package record

import "testing"

func TestSiteIsMadeOnceOnEveryDevice(t *testing.T) {
	env := testEnv()
	env.Zone = nil
	id, err := SiteID(env, "rav")
	if err != nil {
		t.Fatal(err)
	}
	events, err := SetSite{Code: "rav", Fields: fields(t, "name=Ravensmere WTW|sector=water|tz=Europe/London")}.Decide(env, Snapshot{ID: id, Entity: Site})
	if err != nil || len(events) != 2 || !events[0].Deterministic || events[0].Stream != id || events[1].Type != "site.changed" {
		t.Fatalf("%+v, %v", events, err)
	}
	s := Snapshot{ID: id}.With(events...)
	if got := View(s); got["code"] != "RAV" || got["name"] != "Ravensmere WTW" || got["tz"] != "Europe/London" || got["address"] != nil {
		t.Errorf("%v", got)
	}
	if again, err := EnsureSite(env, "RAV", s); err != nil || again != nil {
		t.Errorf("made twice: %+v, %v", again, err)
	}
	if again, err := (SetSite{Code: "RAV", Fields: fields(t, "sector=water")}).Decide(env, s); err != nil || again != nil {
		t.Errorf("nothing changes: %+v, %v", again, err)
	}
	_, err = SetSite{Code: "RAV", Fields: fields(t, "code=ALD")}.Decide(env, s)
	refused(t, err, "immutable")
	_, err = SetSite{Code: "RAV", Fields: fields(t, "tz=Mars/North")}.Decide(env, s)
	refused(t, err, "format")
	_, err = SetSite{Code: "", Fields: nil}.Decide(env, s)
	refused(t, err, "required")
}

func TestSettingsAndNamesChange(t *testing.T) {
	env := testEnv()
	events, err := SetWorkspace{Fields: fields(t, "name=Ravensmere|tz=Europe/London")}.Decide(env, Snapshot{ID: WorkspaceStream(), Entity: Workspace})
	if err != nil || len(events) != 1 || events[0].Type != "workspace.changed" {
		t.Fatalf("%+v, %v", events, err)
	}
	named, err := SetMember{Name: " Ada Okafor "}.Decide(env, Snapshot{ID: env.Member, Entity: Member})
	if err != nil || named[0].Edits[0].Value.Str != "Ada Okafor" {
		t.Fatalf("%+v, %v", named, err)
	}
	if again, err := (SetMember{Name: "Ada Okafor"}).Decide(env, Snapshot{ID: env.Member, Entity: Member}.With(named...)); err != nil || again != nil {
		t.Errorf("the same name: %+v, %v", again, err)
	}
	_, err = SetMember{}.Decide(env, Snapshot{ID: env.Member, Entity: Member})
	refused(t, err, "required")
}

func TestFindingIsSettledOnceWithAReason(t *testing.T) {
	s := Snapshot{ID: ID{5}, Entity: Finding}
	_, err := SettleFinding{}.Decide(s)
	refused(t, err, "reason")
	e, err := SettleFinding{Reason: "two relays share it"}.Decide(s)
	if err != nil {
		t.Fatal(err)
	}
	_, err = SettleFinding{Reason: "again"}.Decide(s.With(e))
	refused(t, err, "state")
	if View(s.With(e))["settled"] != true {
		t.Error("a settled finding does not show it")
	}
}

func TestEveryFindingKindSpeaks(t *testing.T) {
	kinds := FindingKinds()
	if len(kinds) != 20 {
		t.Errorf("%d kinds", len(kinds))
	}
	for _, kind := range kinds {
		if kind.Sentence() == "" {
			t.Errorf("%s says nothing", kind)
		}
	}
}
