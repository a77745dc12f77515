package archtest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// unit is the part of a folder's path that the rules speak of.
func unit(dir string) string {
	parts := strings.Split(dir, "/")
	if (parts[0] == "apps" || parts[0] == "internal") && len(parts) > 1 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

// imports lists every import that the tables forbid.
func imports(sources []*source) (problems []string) {
	for _, s := range sources {
		if _, ok := mayImport[unit(s.dir())]; !ok {
			problems = append(problems, fmt.Sprintf("%s: the table of import rules does not know %s", s.path, unit(s.dir())))
			continue
		}
		for _, spec := range s.file.Imports {
			name, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				continue // does not compile either
			}
			if why := forbidden(s, name); why != "" {
				problems = append(problems, fmt.Sprintf("%s: imports %s: %s", s.at(spec.Pos()), name, why))
			}
		}
	}
	return problems
}

// forbidden says why a file may not import a package; empty if it may.
func forbidden(s *source, name string) string {
	if ours, ok := strings.CutPrefix(name, module+"/"); ok {
		return own(s, unit(s.dir()), unit(ours))
	}
	if name != "C" && !strings.Contains(strings.Split(name, "/")[0], ".") {
		return standard(s, name)
	}
	return third(s, name)
}

// own judges an import of one of our units by another. Tests may bring in whatever helps them but a main.
func own(s *source, from, to string) string {
	switch {
	case from == to:
		return ""
	case slices.Contains(mains, to):
		return "nothing imports a main"
	case s.test:
		return ""
	case slices.Contains(testOnly, to) && !slices.Contains(testOnly, from):
		return "only tests import it"
	case slices.Contains(mayImport[from], to), slices.Contains(mayImport[from], every):
		return ""
	}
	return from + " may not import " + to
}

// standard judges an import of the standard library.
func standard(s *source, name string) string {
	if !s.test && slices.Contains(pure, unit(s.dir())) && slices.Contains(impure, name) {
		return unit(s.dir()) + " does no input or output"
	}
	return ""
}

// third judges an import of third-party code by the longest prefix that has a room.
func third(s *source, name string) string {
	if s.test && within(name, testRooms) {
		return ""
	}
	room, best := []string(nil), ""
	for prefix, dirs := range rooms {
		if len(prefix) > len(best) && within(name, []string{prefix}) {
			room, best = dirs, prefix
		}
	}
	switch {
	case best == "":
		return "the table of import rules does not know it"
	case slices.Contains(room, every), within(s.dir(), room):
		return ""
	}
	return "its room is " + strings.Join(room, ", ")
}

// within reports whether a path is one of the prefixes or lies below one.
func within(name string, prefixes []string) bool {
	return slices.ContainsFunc(prefixes, func(p string) bool {
		return name == p || strings.HasPrefix(name, p+"/")
	})
}
