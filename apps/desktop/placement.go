package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// Sizes of the window in the units of the screen. The interface is made for at least the smallest.
const (
	usualWidth, usualHeight = 1360, 860
	leastWidth, leastHeight = 1024, 680
)

// placement is what the window remembers from one start to the next.
type placement struct {
	Width     int  `json:"width"`
	Height    int  `json:"height"`
	X         int  `json:"x"`
	Y         int  `json:"y"`
	Placed    bool `json:"placed"` // X and Y have been seen
	Maximised bool `json:"maximised"`
	Zoom      int  `json:"zoom"` // percent
	// Language is the page's of the last time, one of languages.
	Language string `json:"language"`
}

// placementFile is in the user's settings, because it says nothing of any record.
func placementFile() (string, error) {
	config, err := os.UserConfigDir()
	return filepath.Join(config, "fieldbook", "window.json"), err
}

// readPlacement gives what was remembered, or the usual. A file that is damaged or says what no screen shows is as good as
// none.
func readPlacement() placement {
	usual := placement{Width: usualWidth, Height: usualHeight, Zoom: 100, Language: systemLanguage()}
	path, err := placementFile()
	if err != nil {
		return usual
	}
	data, err := os.ReadFile(path)
	kept := usual
	if err != nil || json.Unmarshal(data, &kept) != nil {
		return usual
	}
	const widest = 1 << 14
	if kept.Width < leastWidth || kept.Width > widest || kept.Height < leastHeight || kept.Height > widest {
		kept.Width, kept.Height, kept.Placed = usualWidth, usualHeight, false
	}
	if !slices.Contains(zooms, kept.Zoom) {
		kept.Zoom = usual.Zoom
	}
	if !slices.Contains(languages, kept.Language) {
		kept.Language = usual.Language
	}
	return kept
}

// write keeps a placement for the next start, whole or not at all.
func (p placement) write() error {
	path, err := placementFile()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	data, err := json.Marshal(p)
	if err != nil {
		return err
	}
	part := path + ".part"
	if err := os.WriteFile(part, data, 0o600); err != nil {
		return errors.Join(err, os.Remove(part))
	}
	return os.Rename(part, path)
}

// stance is how a window stands on the screen.
type stance struct {
	maximised     bool
	normal        bool // neither maximised nor minimised nor on the whole screen
	width, height int
	x, y          int
}

// stanceOf asks the window how it stands.
func stanceOf(ctx context.Context) stance {
	s := stance{maximised: runtime.WindowIsMaximised(ctx), normal: runtime.WindowIsNormal(ctx)}
	s.width, s.height = runtime.WindowGetSize(ctx)
	s.x, s.y = runtime.WindowGetPosition(ctx)
	return s
}

// look remembers how the window stands. While it is maximised, its size and place before that stay remembered.
func (p *placement) look(s stance) {
	p.Maximised = s.maximised
	if !s.normal {
		return
	}
	p.Width, p.Height, p.X, p.Y, p.Placed = s.width, s.height, s.x, s.y, true
}

// apply puts the window where it was, unless that is no longer on the screen.
func (p placement) apply(ctx context.Context) {
	screens, err := runtime.ScreenGetAll(ctx)
	if err != nil || !p.Placed || p.Maximised {
		return
	}
	for _, s := range screens {
		if s.IsCurrent && p.reachable(s.Size.Width, s.Size.Height) {
			runtime.WindowSetPosition(ctx, p.X, p.Y)
		}
	}
}

// reachable tells whether enough of the window is on a screen of this size to move it.
func (p placement) reachable(width, height int) bool {
	const grip = 80
	return p.X > grip-p.Width && p.X < width-grip && p.Y >= 0 && p.Y < height-grip
}
