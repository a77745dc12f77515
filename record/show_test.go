package record

import "testing"

// TestShowEachShowsWhatShowDoes: of every field, sets and members that were removed included.
func TestShowEachShowsWhatShowDoes(t *testing.T) {
	env := testEnv()
	s := given(t, env)
	for _, set := range []string{"ports=102/tcp (s7);161/udp|accounts=admin;guest|software=Step 7@5.6", "ports=161/udp|accounts=guest|ip_address=10.0.0.9/24"} {
		events, err := SetAsset{Fields: fields(t, set), Reason: "r"}.Decide(env, s)
		if err != nil {
			t.Fatal(err)
		}
		s = s.With(events...)
	}
	own, _ := CustomField("custom.Loop")
	list := append(Fields(Asset), own)
	shown := 0
	ShowEach(s, list, func(i int, text string) {
		if shown++; text != Show(s, list[i]) {
			t.Errorf("%s: %q, want %q", list[i].Name, text, Show(s, list[i]))
		}
	})
	if shown != len(list) {
		t.Errorf("%d of %d fields", shown, len(list))
	}
}
