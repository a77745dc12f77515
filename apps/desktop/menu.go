package main

import (
	"strconv"

	"github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/menu/keys"
	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// item is an entry of the menu that asks the page for an action, by the id it has in the page's palette.
type item struct {
	label, action string
	keys          *keys.Accelerator
}

// line separates groups of a menu.
var line = item{}

var fileItems = []item{
	{"New Note…", "notes.new", keys.CmdOrCtrl("n")},
	{"New Asset…", "assets.new", nil},
	line,
	{"Import a List…", "import.open", keys.CmdOrCtrl("i")},
	{"Export Assets…", "assets.export", keys.CmdOrCtrl("e")},
	line,
	{"Sync Now", "sync.all", nil},
	{"Back Up…", "settings.backup", nil},
	line,
	{"Switch Workspace…", "app.switch", nil},
	{"Lock", "app.lock", keys.Combo("l", keys.CmdOrCtrlKey, keys.ShiftKey)},
	line,
}

var editItems = []item{
	{"Search or Run…", "app.palette", keys.CmdOrCtrl("k")},
	line,
	{"Verify the Record…", "trail.verify", nil},
}

var themeItems = []item{
	{"Light Theme", "app.theme.light", nil},
	{"Dark Theme", "app.theme.dark", nil},
	{"High Contrast", "app.theme.contrast", nil},
	{"Theme of the System", "app.theme.auto", nil},
}

// goItems lead to every screen; the keys are Alt and the place in the list.
var goItems = []item{
	{"Today", "go.today", nil},
	{"Assets", "go.assets", nil},
	{"Notes", "go.notes", nil},
	{"Findings", "go.findings", nil},
	{"Audit Trail", "go.trail", nil},
	{"Import", "go.import", nil},
	{"Sync", "go.sync", nil},
	{"Members and Devices", "go.members", nil},
	{"Settings", "go.settings", nil},
}

var helpItems = []item{
	{"Keyboard Shortcuts", "app.shortcuts", nil},
}

// menu is the window's menu bar, in the language of the last time.
func (w *window) menu() *menu.Menu {
	bar := menu.NewMenu()
	file := bar.AddSubmenu(w.say("File"))
	w.add(file, fileItems)
	file.AddText(w.say("Quit"), keys.CmdOrCtrl("q"), func(*menu.CallbackData) { runtime.Quit(w.wails()) })
	edit := bar.AddSubmenu(w.say("Edit"))
	w.add(edit, editItems)
	view := bar.AddSubmenu(w.say("View"))
	w.addZoom(view)
	view.AddSeparator()
	w.add(view, themeItems)
	places := bar.AddSubmenu(w.say("Go"))
	for i, place := range goItems {
		place.keys = keys.OptionOrAlt(strconv.Itoa(i + 1))
		w.add(places, []item{place})
	}
	help := bar.AddSubmenu(w.say("Help"))
	w.add(help, helpItems)
	help.AddText(w.say("About Fieldbook"), nil, func(*menu.CallbackData) { w.about() })
	return bar
}

func (w *window) add(to *menu.Menu, items []item) {
	for _, it := range items {
		if it == line {
			to.AddSeparator()
			continue
		}
		to.AddText(w.say(it.label), it.keys, func(*menu.CallbackData) { runtime.EventsEmit(w.wails(), "menu", it.action) })
	}
}
