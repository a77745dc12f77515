package main

import (
	"net/http"

	"github.com/wailsapp/wails/v2/pkg/logger"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
)

// windowTitle is the window's name as long as it shows no record.
const windowTitle = "Fieldbook"

// options say what Wails makes of this window. Every request of the page goes to handler, there is no other server.
func (w *window) options(handler http.Handler) *options.App {
	state := options.Normal
	if w.place.Maximised {
		state = options.Maximised
	}
	tracked := w.leave.track(handler)
	return &options.App{
		Title: windowTitle, Width: w.place.Width, Height: w.place.Height, MinWidth: leastWidth, MinHeight: leastHeight,
		WindowStartState: state,
		Menu:             w.menu(),
		AssetServer: &assetserver.Options{
			Middleware: func(http.Handler) http.Handler { return tracked },
		},
		OnStartup:     w.started,
		OnDomReady:    w.loaded,
		OnBeforeClose: w.closing,
		Bind:          []any{&App{w}},
		// Copy and paste by mouse; the page has no other use for the menu.
		EnableDefaultContextMenu: true,
		// Otherwise WebKit opens a file that misses its target in place of the page.
		DragAndDrop:        &options.DragAndDrop{EnableFileDrop: true, DisableWebViewDrop: true},
		LogLevelProduction: logger.WARNING,
		Linux:              &linux.Options{ProgramName: "fieldbook", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
	}
}
