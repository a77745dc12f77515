package eventstore_test

import (
	"context"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fieldbook/eventstore"
)

// kept reads what is kept under a prefix, as key=value.
func kept(t tester, s *eventstore.Store, prefix string) (list []string) {
	err := s.View(t.Context(), func(tx *eventstore.Tx) error {
		return tx.Kept(prefix, func(k eventstore.Kept) error {
			list = append(list, k.Key+"="+string(k.Value))
			return nil
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestKeptIsAMap keeps and discards under keys of one another's prefixes and compares with a map.
func TestKeptIsAMap(t *testing.T) {
	s := open(t, config(t))
	model := map[string]string{}
	key := rapid.StringMatching(`[ab%_/ä]{1,4}`)
	rapid.Check(t, func(t *rapid.T) {
		k, v, discard := key.Draw(t, "key"), rapid.StringMatching(`[a-z]{0,3}`).Draw(t, "value"), rapid.Bool().Draw(t, "discard")
		err := s.Update(t.Context(), func(tx *eventstore.Tx) error {
			if !discard {
				return tx.Keep(eventstore.Kept{Key: k, Value: []byte(v), At: 1})
			}
			there, err := tx.Discard(k)
			if _, known := model[k]; err == nil && there != known {
				t.Fatalf("discarding %q said %v", k, there)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if delete(model, k); !discard {
			model[k] = v
		}
		prefix := key.Draw(t, "prefix")
		var want []string
		for _, k := range slices.Sorted(maps.Keys(model)) {
			if strings.HasPrefix(k, prefix) {
				want = append(want, k+"="+model[k])
			}
		}
		if got := kept(t, s, prefix); !slices.Equal(got, want) {
			t.Fatalf("under %q: %q, want %q", prefix, got, want)
		}
	})
}

// TestALogIsCompleteWithoutWhatIsKept: one that an older version made has no such table.
func TestALogIsCompleteWithoutWhatIsKept(t *testing.T) {
	cfg := config(t)
	if err := eventstore.Copy(t.Context(), goldenPath, cfg.Path); err != nil {
		t.Fatal(err)
	}
	s := open(t, cfg)
	if got := kept(t, s, ""); len(got) > 0 {
		t.Errorf("it keeps %q", got)
	}
	update(t, s, func(tx *eventstore.Tx) error {
		if there, err := tx.Discard("a"); there || err != nil {
			t.Errorf("discarded: %v, %v", there, err)
		}
		return tx.Keep(eventstore.Kept{Key: "a", Value: []byte("1")})
	})
	wantClean(t, s)
	if got := kept(t, s, ""); !slices.Equal(got, []string{"a=1"}) {
		t.Errorf("it keeps %q", got)
	}
}

// tester is what a test and a rapid check have in common.
type tester interface {
	Context() context.Context
	Fatal(args ...any)
}
