package main

import (
	"fmt"
	"slices"

	"github.com/wailsapp/wails/v2/pkg/menu"
	"github.com/wailsapp/wails/v2/pkg/menu/keys"
	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// zooms are the sizes of the page, in percent. All of its measures follow from the root's font.
var zooms = []int{80, 90, 100, 110, 125, 150, 175, 200}

func (w *window) addZoom(to *menu.Menu) {
	to.AddText(w.say("Larger"), keys.CmdOrCtrl("="), func(*menu.CallbackData) { w.zoom(+1) })
	to.AddText(w.say("Smaller"), keys.CmdOrCtrl("-"), func(*menu.CallbackData) { w.zoom(-1) })
	to.AddText(w.say("Usual Size"), keys.CmdOrCtrl("0"), func(*menu.CallbackData) { w.zoom(0) })
}

// zoom goes so many steps on, or with none back to the usual size.
func (w *window) zoom(steps int) {
	w.mu.Lock()
	at, known := slices.BinarySearch(zooms, w.place.Zoom)
	if steps == 0 || !known {
		at = slices.Index(zooms, 100)
	}
	w.place.Zoom = zooms[min(max(at+steps, 0), len(zooms)-1)]
	w.mu.Unlock()
	w.showZoom()
}

// showZoom gives the page its size, also after it was loaded again.
func (w *window) showZoom() {
	w.mu.Lock()
	percent := w.place.Zoom
	w.mu.Unlock()
	runtime.WindowExecJS(w.wails(), fmt.Sprintf("document.documentElement.style.fontSize = '%d%%';", percent))
}
