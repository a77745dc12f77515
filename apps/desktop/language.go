package main

import (
	"cmp"
	"os"
	"slices"
	"strings"
)

// languages are those that the page speaks too.
var languages = []string{"en", "de"}

// german are the window's own texts, by the English ones. Everything else the page says itself.
var german = map[string]string{
	"File": "Datei", "Edit": "Bearbeiten", "View": "Ansicht", "Go": "Gehe zu", "Help": "Hilfe",

	"New Note…": "Neue Notiz…", "New Asset…": "Neues Asset…", "Import a List…": "Liste importieren…", "Export Assets…": "Assets exportieren…",
	"Sync Now": "Jetzt abgleichen", "Back Up…": "Sichern…", "Switch Workspace…": "Arbeitsbereich wechseln…", "Lock": "Sperren", "Quit": "Beenden",
	"Search or Run…": "Suchen oder Befehl ausführen…", "Verify the Record…": "Aufzeichnung prüfen…",
	"Larger": "Größer", "Smaller": "Kleiner", "Usual Size": "Normale Größe",
	"Light Theme": "Helle Darstellung", "Dark Theme": "Dunkle Darstellung", "High Contrast": "Hoher Kontrast", "Theme of the System": "Darstellung des Systems",
	"Today": "Heute", "Assets": "Assets", "Notes": "Notizen", "Findings": "Befunde", "Audit Trail": "Prüfpfad", "Import": "Import", "Sync": "Abgleich",
	"Members and Devices": "Personen, Geräte", "Settings": "Einstellungen",
	"Keyboard Shortcuts": "Tastenkürzel", "About Fieldbook": "Über Fieldbook", "The engineering record of a plant.": "Die technische Aufzeichnung einer Anlage.",

	"Choose an asset list": "Asset-Liste wählen", "Asset lists (CSV, Excel)": "Asset-Listen (CSV, Excel)",
	"Choose a backup": "Sicherung wählen", "Fieldbook backups": "Fieldbook-Sicherungen",
	"Choose a request to join": "Anfrage wählen", "Requests to join": "Anfragen",
	"Choose a grant": "Zulassung wählen", "Grants": "Zulassungen",
	"Choose a mapping": "Zuordnung wählen", "Mappings": "Zuordnungen",
	"All files": "Alle Dateien", "Choose a folder": "Ordner wählen", "Save": "Speichern",
}

// say gives one of the window's texts in the language of the page.
func (w *window) say(english string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.place.Language == "de" {
		return cmp.Or(german[english], english)
	}
	return english
}

// speak takes the page's language from now on. The menu has it from the next start: Wails cannot replace one that is shown.
func (w *window) speak(language string) {
	if !slices.Contains(languages, language) {
		return
	}
	w.mu.Lock()
	changed := w.place.Language != language
	w.place.Language = language
	w.mu.Unlock()
	if changed {
		w.remember(w.wails())
	}
}

// systemLanguage is the language that the page has as long as nobody has chosen another: that of the environment.
func systemLanguage() string {
	locale := strings.ToLower(cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")))
	for _, language := range languages {
		if strings.HasPrefix(locale, language) {
			return language
		}
	}
	return languages[0]
}
