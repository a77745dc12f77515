// Package frontend holds the user interface as the build left it.
//
// A fresh clone has only an empty dist, so that Go compiles before npm has run; Built tells the two apart.
package frontend

import (
	"embed"
	"io/fs"
)

// dist is what `npm run build` wrote. The prefix all: takes in the .gitkeep that keeps the folder in a fresh clone.
//
//go:embed all:dist
var dist embed.FS

// Files is the built user interface, with index.html at its top.
func Files() fs.FS {
	files, err := fs.Sub(dist, "dist")
	if err != nil {
		panic("frontend: dist is embedded above: " + err.Error())
	}
	return files
}

// Built says whether the program was compiled with its user interface.
func Built() bool {
	_, err := fs.Stat(Files(), "index.html")
	return err == nil
}
