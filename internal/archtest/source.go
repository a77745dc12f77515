package archtest

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
)

// source is one parsed Go file.
type source struct {
	path string // from the module's root, with slashes
	test bool
	file *ast.File
	fset *token.FileSet
}

// dir is the folder of the file, "." for the root.
func (s *source) dir() string { return path.Dir(s.path) }

// at names a place in the file.
func (s *source) at(pos token.Pos) string {
	return fmt.Sprintf("%s:%d", s.path, s.fset.Position(pos).Line)
}

// parse reads one Go file.
func parse(name string, text []byte) (*source, error) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return nil, fmt.Errorf("parse %s: %w", name, err)
	}
	return &source{path: name, test: strings.HasSuffix(name, "_test.go"), file: file, fset: fset}, nil
}

// walk calls fn with every file of the module that people write: no dependencies, nothing built, no nested module.
func walk(root fs.FS, fn func(name string, text []byte) error) error {
	return fs.WalkDir(root, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if skipped(root, name, entry.Name()) {
				return fs.SkipDir
			}
			return nil
		}
		if !written(entry.Name()) {
			return nil
		}
		text, err := fs.ReadFile(root, name)
		if err != nil {
			return err
		}
		return fn(filepath.ToSlash(name), text)
	})
}

// skipped reports whether a folder is none of the module's own.
func skipped(root fs.FS, name, base string) bool {
	switch base {
	case "node_modules", "bin", "dist", "testdata":
		return true
	}
	if name == "." {
		return false
	}
	if strings.HasPrefix(base, ".") && base != ".ci" {
		return true
	}
	_, err := fs.Stat(root, path.Join(name, "go.mod"))
	return err == nil
}

// written reports whether people write files of this name.
func written(base string) bool {
	switch base {
	case "Makefile", "run":
		return true
	case "package-lock.json":
		return false
	}
	switch path.Ext(base) {
	case ".go", ".md", ".sh", ".awk", ".c", ".h", ".js", ".mjs", ".ts", ".tsx", ".css", ".html", ".sql", ".yml":
		return true
	}
	return false
}

// load parses every Go file below root.
func load(root fs.FS) ([]*source, error) {
	var out []*source
	err := walk(root, func(name string, text []byte) error {
		if path.Ext(name) != ".go" {
			return nil
		}
		s, err := parse(name, text)
		if err == nil {
			out = append(out, s)
		}
		return err
	})
	return out, err
}
