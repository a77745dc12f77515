package main

import (
	"maps"
	"slices"
	"testing"

	"github.com/wailsapp/wails/v2/pkg/menu"
)

// labels are those of a menu and of all below it.
func labels(m *menu.Menu) (list []string) {
	for _, it := range m.Items {
		if it.Label != "" {
			list = append(list, it.Label)
		}
		if it.SubMenu != nil {
			list = append(list, labels(it.SubMenu)...)
		}
	}
	return list
}

// TestMenuSpeaksTheKeptLanguage: all of it, and in English where nothing is kept and the system speaks neither.
func TestMenuSpeaksTheKeptLanguage(t *testing.T) {
	settled(t)
	english := labels(newWindow("v1").menu())
	if err := (placement{Width: usualWidth, Height: usualHeight, Zoom: 100, Language: "de"}).write(); err != nil {
		t.Fatal(err)
	}
	translated := labels(newWindow("v1").menu())
	for i, label := range english {
		if want, ok := german[label]; !ok || translated[i] != want {
			t.Errorf("%q is %q in German", label, translated[i])
		}
	}
	if !slices.Contains(english, "New Note…") || !slices.Contains(translated, "Neue Notiz…") {
		t.Errorf("menus: %q, %q", english, translated)
	}
}

// TestDialogsSpeakGerman: every kind of file is asked for in both languages.
func TestDialogsSpeakGerman(t *testing.T) {
	for what := range maps.Values(kinds) {
		if german[what.title] == "" || german[what.name] == "" {
			t.Errorf("%+v has no German", what)
		}
	}
}

// TestFirstLanguageIsTheSystems: as the page's is.
func TestFirstLanguageIsTheSystems(t *testing.T) {
	settled(t)
	for locale, want := range map[string]string{"de_AT.UTF-8": "de", "en_GB.UTF-8": "en", "fr_FR.UTF-8": "en", "C": "en"} {
		t.Setenv("LC_ALL", locale)
		if got := newWindow("v1").place.Language; got != want {
			t.Errorf("%s: %s", locale, got)
		}
	}
}

// TestUnknownLanguages: the page cannot have the window speak what it does not know.
func TestUnknownLanguages(t *testing.T) {
	settled(t)
	w := newWindow("v1")
	w.speak("tlh")
	if w.place.Language != "en" {
		t.Errorf("it speaks %s", w.place.Language)
	}
}
