package record

import (
	"strings"
	"testing"
)

func TestRetiredTakesNoEditsButReinstatement(t *testing.T) {
	env := testEnv()
	s := given(t, env)
	e, err := Retire{Reason: "plant closed"}.Decide(s)
	if err != nil || e.Type != "asset.retired" {
		t.Fatalf("%+v, %v", e, err)
	}
	gone := s.With(e)
	_, err = SetAsset{Fields: fields(t, "firmware=V9"), Reason: "x"}.Decide(env, gone)
	if message := refused(t, err, "retired"); !strings.Contains(message, "reinstate") {
		t.Errorf("message %q", message)
	}
	_, err = SwapUnit{Fields: fields(t, "serial=9"), Reason: "x"}.Decide(env, gone)
	refused(t, err, "retired")
	_, err = Retire{Reason: "again"}.Decide(gone)
	refused(t, err, "retired")
	_, err = Reinstate{Reason: "x"}.Decide(s)
	refused(t, err, "state")
	_, err = Reinstate{}.Decide(gone)
	refused(t, err, "reason")
	_, err = Reinstate{Lifecycle: "retired", Reason: "x"}.Decide(gone)
	refused(t, err, "state")
	back, err := Reinstate{Reason: "reopened"}.Decide(gone)
	if err != nil || gone.With(back).Current("lifecycle").Str != InService {
		t.Errorf("%+v, %v", back, err)
	}
	if back, err = (Reinstate{Lifecycle: "spare", Reason: "to stores"}).Decide(gone); err != nil || gone.With(back).Current("lifecycle").Str != "spare" {
		t.Errorf("%+v, %v", back, err)
	}
}

func TestRetiringByFieldIsAnEventOfItsOwn(t *testing.T) {
	env := testEnv()
	events, err := SetAsset{Fields: fields(t, "lifecycle=retired|zone=Z9"), Reason: "closed"}.Decide(env, given(t, env))
	if err != nil || len(events) != 2 || events[0].Type != "asset.field_changed" || events[1].Type != "asset.retired" {
		t.Fatalf("%+v, %v", events, err)
	}
}

func TestRetiredWinsOverAConcurrentLifecycle(t *testing.T) {
	s := concurrently(given(t, testEnv()), "lifecycle", StringValue(Retired))
	if got := s.Current("lifecycle").Str; got != Retired {
		t.Errorf("current %q", got)
	}
	if all := s.Concurrent("lifecycle"); len(all) != 2 || all[0].Str != Retired {
		t.Errorf("concurrent %v", all)
	}
	if _, err := (Retire{Reason: "sure"}).Decide(s); err != nil {
		t.Errorf("a contradicted retirement can be confirmed: %v", err)
	}
}

func TestAgreementIsNoConflict(t *testing.T) {
	s := concurrently(given(t, testEnv()), "zone", StringValue("Z1"))
	s = concurrently(s, "zone", StringValue("Z1"))
	if s.Concurrent("zone") != nil || len(s.ConcurrentKeys()) != 0 {
		t.Errorf("%v", s.ConcurrentKeys())
	}
}

func TestVoidStrikesAndStays(t *testing.T) {
	env := testEnv()
	s := given(t, env)
	e, err := Void{Reason: "typed twice"}.Decide(s)
	if err != nil {
		t.Fatal(err)
	}
	struck := s.With(e)
	_, err = SetAsset{Fields: fields(t, "zone=Z1"), Reason: "x"}.Decide(env, struck)
	refused(t, err, "void")
	_, err = Void{Reason: "again"}.Decide(struck)
	refused(t, err, "void")
	_, err = Retire{Reason: "x"}.Decide(struck)
	refused(t, err, "void")
	_, err = Void{Reason: "x"}.Decide(Snapshot{Entity: Asset})
	refused(t, err, "state")
	_, err = Void{}.Decide(s)
	refused(t, err, "reason")
}

func TestMergeMakesTheAbsorbedAnAlias(t *testing.T) {
	env := testEnv()
	a, b := given(t, env), given(t, env)
	e, err := MergeAsset{Survivor: a, Reason: "one device"}.Decide(b)
	if err != nil || e.Stream != b.ID || e.Edits[0].Value.Str != a.ID.String() {
		t.Fatalf("%+v, %v", e, err)
	}
	absorbed := b.With(e)
	_, err = SetAsset{Fields: fields(t, "zone=Z1"), Reason: "x"}.Decide(env, absorbed)
	refused(t, err, "state")
	_, err = MergeAsset{Survivor: absorbed, Reason: "back"}.Decide(a)
	refused(t, err, "state")
	_, err = MergeAsset{Survivor: a, Reason: "self"}.Decide(a)
	refused(t, err, "state")
	struck, _ := Void{Reason: "wrong"}.Decide(a)
	_, err = MergeAsset{Survivor: a.With(struck), Reason: "into nothing"}.Decide(b)
	refused(t, err, "void")
}

func TestResolvingDecidesBetweenLiveValuesOrForANewOne(t *testing.T) {
	env := testEnv()
	s := given(t, env, "lifecycle=retired")
	key, _, _ := KeyOfName(s, "firmware")
	_, err := ResolveConflict{Key: key, Keep: "V3.2.16", Reason: "x"}.Decide(env, s)
	refused(t, err, "state")
	s = concurrently(s, key, StringValue("V3.2.19"))
	for _, keep := range []string{"V3.2.19", "V3.2.20"} {
		e, err := ResolveConflict{Key: key, Keep: keep, Reason: "looked at the display"}.Decide(env, s)
		if err != nil || e.Type != "asset.conflict_resolved" || e.Edits[0].Value.Str != keep {
			t.Errorf("%+v, %v", e, err)
		}
	}
	_, err = ResolveConflict{Key: key, Keep: "V3.2.19"}.Decide(env, s)
	refused(t, err, "reason")
	s = concurrently(s, "criticality", StringValue("low"))
	for keep, rule := range map[string]string{"urgent": "format", "": "required"} {
		_, err = ResolveConflict{Key: "criticality", Keep: keep, Reason: "x"}.Decide(env, s)
		refused(t, err, rule)
	}
}

func TestADecisionIsNotMadeOverAValueThatNobodySaw(t *testing.T) {
	env := testEnv()
	s := given(t, env)
	key, _, _ := KeyOfName(s, "firmware")
	s = concurrently(s, key, StringValue("V3.2.19"))
	var seen []string
	for _, v := range s.Concurrent(key) {
		seen = append(seen, v.Display())
	}
	decision := ResolveConflict{Key: key, Keep: "V3.2.19", Seen: seen, Reason: "read off the display"}
	if _, err := decision.Decide(env, s); err != nil {
		t.Fatal(err)
	}
	_, err := decision.Decide(env, concurrently(s, key, StringValue("V3.2.20")))
	refused(t, err, "state")
}

func TestResolvingTwoSwapsTakesASerialNumber(t *testing.T) {
	env := testEnv()
	s := given(t, env)
	one, _ := SwapUnit{Fields: fields(t, "serial=A-1"), Reason: "x"}.Decide(env, s)
	two, _ := SwapUnit{Fields: fields(t, "serial=B-7"), Reason: "x"}.Decide(env, s)
	both := concurrently(s.With(two, one), "unit", two.Edits[0].Value)
	e, err := ResolveConflict{Key: "unit", Keep: "b7", Reason: "looked"}.Decide(env, both)
	if err != nil || !e.Edits[0].Value.Equal(two.Edits[0].Value) {
		t.Fatalf("%+v, %v", e, err)
	}
	_, err = ResolveConflict{Key: "unit", Keep: "C-9", Reason: "looked"}.Decide(env, both)
	refused(t, err, "format")
}
