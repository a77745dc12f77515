package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// App is what the page may ask of the window: native things only, everything else goes through the API. The page finds its
// methods as window.go.main.App; frontend/src/native says what each means there.
type App struct{ window *window }

// Token gives the session of this window, for the header Fieldbook-Session.
func (a *App) Token() string { return a.window.session }

// kind is a kind of file that the page asks for.
type kind struct{ title, name, pattern string }

var kinds = map[string]kind{
	"list":    {"Choose an asset list", "Asset lists (CSV, Excel)", "*.csv;*.xlsx;*.txt"},
	"backup":  {"Choose a backup", "Fieldbook backups", "*.fieldbook"},
	"request": {"Choose a request to join", "Requests to join", "*.request"},
	"grant":   {"Choose a grant", "Grants", "*.grant"},
	"mapping": {"Choose a mapping", "Mappings", "*.json"},
}

// PickFile asks for an existing file. Empty: the person cancelled.
func (a *App) PickFile(what string) (string, error) {
	k, ok := kinds[what]
	if !ok {
		return "", fmt.Errorf("there is no kind of file %q", what)
	}
	path, err := runtime.OpenFileDialog(a.window.wails(), runtime.OpenDialogOptions{
		Title: a.window.say(k.title),
		Filters: []runtime.FileFilter{
			{DisplayName: a.window.say(k.name), Pattern: k.pattern},
			{DisplayName: a.window.say("All files"), Pattern: "*"},
		},
	})
	a.window.handed.add(path)
	return path, err
}

// ReadFile gives the bytes, in base64, of a small file that the person chose or dropped, and of no other.
func (a *App) ReadFile(path string) (string, error) {
	data, err := a.window.handed.read(path)
	return base64.StdEncoding.EncodeToString(data), err
}

// PickFolder asks for a folder. Empty: the person cancelled.
func (a *App) PickFolder() (string, error) {
	return runtime.OpenDirectoryDialog(a.window.wails(), runtime.OpenDialogOptions{Title: a.window.say("Choose a folder"), CanCreateDirectories: true})
}

// SaveFile asks where a file of this name shall go, and writes nothing. Empty: the person cancelled.
func (a *App) SaveFile(name string) (string, error) {
	return runtime.SaveFileDialog(a.window.wails(), runtime.SaveDialogOptions{Title: a.window.say("Save"), DefaultFilename: filepath.Base(name), CanCreateDirectories: true})
}

// maxWritten bounds what WriteFile takes, in bytes of base64.
const maxWritten = 2 * maxRead

// WriteFile asks where a file of this name shall go, and writes the bytes there. It gives the path; empty: the person
// cancelled.
func (a *App) WriteFile(name, content string) (string, error) {
	if len(content) > maxWritten {
		return "", fmt.Errorf("%s is too large to be written like this", filepath.Base(name))
	}
	data, err := base64.StdEncoding.DecodeString(content)
	if err != nil {
		return "", fmt.Errorf("reading what to write: %w", err)
	}
	path, err := a.SaveFile(name)
	if err != nil || path == "" {
		return "", err
	}
	return path, os.WriteFile(path, data, 0o600)
}

// Notify shows a notification of the desktop, where there is one that does.
func (a *App) Notify(title, text string) error {
	return a.window.notify(title, text)
}

// SetTitle names the window after the record that it shows.
func (a *App) SetTitle(text string) {
	title := windowTitle
	if text != "" {
		title = text + " – " + title
	}
	runtime.WindowSetTitle(a.window.wails(), title)
}

// SetLanguage says which language the page speaks.
func (a *App) SetLanguage(language string) { a.window.speak(language) }

// Resized says that the page has another size, and so the window.
func (a *App) Resized() { a.window.look(a.window.wails()) }

// Flushed says that the page has saved its drafts, as it was asked to.
func (a *App) Flushed() { a.window.leave.flushed() }
