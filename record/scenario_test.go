package record

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// merge is what two devices come to that decided on one base without knowing of each other: every key that both wrote has
// both values, in an order that depends on neither. It models only what decisions promise; documents are crdt's matter.
func merge(base Snapshot, a, b []Event) Snapshot {
	onA, onB := base.With(a...), base.With(b...)
	merged := base.With(a...).With(b...)
	wrote := func(events []Event, key string) bool {
		return slices.ContainsFunc(events, func(e Event) bool {
			return e.Stream == base.ID && slices.ContainsFunc(e.Edits, func(edit Edit) bool { return edit.Key == key })
		})
	}
	for key := range merged.Values {
		if wrote(a, key) && wrote(b, key) {
			values := []Value{onA.Values[key][0], onB.Values[key][0]}
			slices.SortFunc(values, func(x, y Value) int { return compareText(x.Display(), y.Display()) })
			merged.Values[key] = values
		}
	}
	return merged
}

func compareText(a, b string) int {
	if a < b {
		return -1
	}
	return b2i(a > b)
}

// bothWays checks a promise in both orders of the sync.
func bothWays(t *testing.T, base Snapshot, a, b []Event, check func(t *testing.T, s Snapshot)) {
	t.Helper()
	check(t, merge(base, a, b))
	check(t, merge(base, b, a))
}

// scenario finds a worked example, so that a test names one that is there.
func scenario(t *testing.T, id string) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "testdata", "scenarios", "concurrent_edits.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Scenarios []struct{ ID, Title string }
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	for _, s := range file.Scenarios {
		if s.ID == id {
			return s.Title
		}
	}
	t.Fatalf("there is no scenario %s", id)
	return ""
}

func set(t *testing.T, env Env, s Snapshot, text string) []Event {
	t.Helper()
	events, err := SetAsset{Fields: fields(t, text), Reason: "on site"}.Decide(env, s)
	if err != nil {
		t.Fatal(err)
	}
	return events
}

func TestTwoFirmwaresStayBothInSight(t *testing.T) {
	t.Log(scenario(t, "S01"))
	env := testEnv()
	base := given(t, env)
	bothWays(t, base, set(t, env, base, "firmware=V3.2.17"), set(t, env, base, "firmware=V3.2.19"), func(t *testing.T, s Snapshot) {
		if names := s.ConcurrentNames(); !slices.Equal(names, []string{"firmware"}) {
			t.Errorf("concurrent %v", names)
		}
		if got := Show(s, mustField("firmware")); got != "V3.2.17" {
			t.Errorf("current %q: it must not depend on the order", got)
		}
		key, _, _ := KeyOfName(s, "firmware")
		e, err := ResolveConflict{Key: key, Keep: "V3.2.19", Reason: "read it off the display"}.Decide(env, s)
		if err != nil || len(s.With(e).ConcurrentNames()) != 0 {
			t.Errorf("resolved: %v, %v", e, err)
		}
	})
}

func TestOneFirmwareTwiceIsAgreement(t *testing.T) {
	t.Log(scenario(t, "S02"))
	env := testEnv()
	base := given(t, env)
	bothWays(t, base, set(t, env, base, "firmware=V3.2.17"), set(t, env, base, "fw=V3.2.17"), func(t *testing.T, s Snapshot) {
		if len(s.ConcurrentNames()) != 0 {
			t.Errorf("concurrent %v", s.ConcurrentNames())
		}
		if events := set(t, env, s, "firmware=V3.2.17"); events != nil {
			t.Errorf("said once more: %v", events)
		}
	})
}

func TestDifferentFieldsBothApply(t *testing.T) {
	t.Log(scenario(t, "S03"))
	env := testEnv()
	base := given(t, env, "location=MCC1")
	bothWays(t, base, set(t, env, base, "location=MCC2"), set(t, env, base, "custodian=m.lindqvist"), func(t *testing.T, s Snapshot) {
		if len(s.ConcurrentNames()) != 0 || Show(s, mustField("location.room")) != "MCC2" || Show(s, mustField("custodian")) != "m.lindqvist" {
			t.Errorf("%v", View(s))
		}
	})
}

func TestSwapAndFirmwareOfTheOldUnit(t *testing.T) {
	t.Log(scenario(t, "S04"))
	env := testEnv()
	base := given(t, env)
	old := base.Current("unit").Str
	swap, err := SwapUnit{Fields: fields(t, "order_no=6ES7516-3AN02-0AB0|serial=S C-9|firmware=V3.0.3"), Reason: "CR-0042"}.Decide(env, base)
	if err != nil {
		t.Fatal(err)
	}
	bothWays(t, base, []Event{swap}, set(t, env, base, "firmware=V3.2.19"), func(t *testing.T, s Snapshot) {
		if got := Show(s, mustField("firmware")); got != "V3.0.3" {
			t.Errorf("the new unit's firmware is %q", got)
		}
		if got := s.Current("units/" + old + "/firmware").Str; got != "V3.2.19" {
			t.Errorf("the old unit's firmware is %q", got)
		}
		if len(s.ConcurrentNames()) != 0 {
			t.Errorf("concurrent %v", s.ConcurrentNames())
		}
	})
}

func TestRetiredByTwo(t *testing.T) {
	t.Log(scenario(t, "S06"))
	env := testEnv()
	base := given(t, env)
	a, _ := Retire{Reason: "A"}.Decide(base)
	b, _ := Retire{Reason: "B"}.Decide(base)
	bothWays(t, base, []Event{a}, []Event{b}, func(t *testing.T, s Snapshot) {
		if s.Current("lifecycle").Str != Retired || len(s.ConcurrentNames()) != 0 {
			t.Errorf("%v", s.Values["lifecycle"])
		}
	})
}

func TestRetiredByOneAndEditedByTheOther(t *testing.T) {
	env := testEnv()
	base := given(t, env)
	retired, _ := Retire{Reason: "closed"}.Decide(base)
	for _, edit := range []string{"lifecycle=out_of_service", "lifecycle=spare|zone=Z2"} {
		bothWays(t, base, []Event{retired}, set(t, env, base, edit), func(t *testing.T, s Snapshot) {
			if s.Current("lifecycle").Str != Retired {
				t.Errorf("%s: resurrected as %s", edit, s.Current("lifecycle").Str)
			}
			_, err := SetAsset{Fields: fields(t, "zone=Z3"), Reason: "x"}.Decide(env, s)
			refused(t, err, "retired")
			if len(s.Concurrent("lifecycle")) != 2 {
				t.Error("the other value is hidden")
			}
		})
	}
}

func TestOneTagRegisteredTwice(t *testing.T) {
	t.Log(scenario(t, "S16"))
	env := testEnv()
	a, b := given(t, env), given(t, env)
	if a.ID == b.ID || NormTag(a.Current("tag").Str) != NormTag(b.Current("tag").Str) {
		t.Fatal("two registrations must be two assets with one tag")
	}
	for _, s := range []Snapshot{a, b} {
		if events := set(t, env, s, "zone=Z1"); len(events) != 1 {
			t.Error("both stay editable")
		}
	}
}

func TestListsMergeAsUnions(t *testing.T) {
	env := testEnv()
	base := given(t, env, "ports=102/tcp;80/tcp")
	bothWays(t, base, set(t, env, base, "ports=102/tcp;80/tcp;161/udp"), set(t, env, base, "ports=102/tcp;443/tcp"), func(t *testing.T, s Snapshot) {
		if got := Show(s, mustField("ports")); got != "102/tcp;161/udp;443/tcp" {
			t.Errorf("ports %q", got)
		}
	})
}
