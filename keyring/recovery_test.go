package keyring

import (
	"errors"
	"strings"
	"testing"
)

func TestRecoveryKeyComesBack(t *testing.T) {
	display, id, err := NewRecovery()
	if err != nil {
		t.Fatal(err)
	}
	if len(display) != 69 || strings.Count(display, "-") != 13 {
		t.Errorf("%d characters, %d dashes", len(display), strings.Count(display, "-"))
	}
	typed := strings.NewReplacer("0", "o", "1", "l", "-", " \n").Replace(strings.ToLower(display))
	for _, text := range []string{display, typed, strings.ReplaceAll(display, "-", ""), " " + display + "\r\n"} {
		if got := must(ParseRecovery(text)); *got.seeds != *id.seeds {
			t.Error("another identity came back")
		}
	}
	if other, _, _ := NewRecovery(); other == display {
		t.Error("two recovery keys are equal")
	}
}

func TestMistypedRecoveryKeyIsRefused(t *testing.T) {
	display := show(counted(), labelRecoveryCheck)
	for i, c := range display {
		if c == '-' {
			continue
		}
		wrong := "7"
		if c == '7' {
			wrong = "8"
		}
		if _, err := ParseRecovery(display[:i] + wrong + display[i+1:]); !errors.Is(err, ErrRecovery) {
			t.Fatalf("character %d mistyped: %v", i, err)
		}
	}
	for _, bad := range []string{"", display[1:], display + "0", strings.Replace(display, "4", "U", 1),
		strings.Replace(display, "4", "\u00e4", 1), strings.Repeat("0", 1<<20), "AGE-SECRET-KEY-PQ-1"} {
		_, err := ParseRecovery(bad)
		if !errors.Is(err, ErrRecovery) {
			t.Errorf("%.20q: %v", bad, err)
			continue
		}
		leaks(t, err.Error(), []string{display, display[:19], display[50:]})
	}
}

func TestRecoveryIdentityWorksLikeAnyOther(t *testing.T) {
	_, id, err := NewRecovery()
	if err != nil {
		t.Fatal(err)
	}
	key := NewKey()
	if got := must(id.Unwrap([32]byte{}, must(Wrap(id.Recipient(), [32]byte{}, key)))); got.ID() != key.ID() {
		t.Error("unwrapped another key")
	}
}
