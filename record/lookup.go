package record

import (
	"slices"
	"strings"
	"unicode"
)

// Limits of custom fields: the header is a name, the text is as long as a spreadsheet cell can be.
const (
	maxHeader = 64
	maxCell   = 32767
)

const customName, customKey = "custom.", "custom/"

// NormName is the form in which names of fields, columns and words of a choice are compared: lower letters and digits only.
func NormName(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, text)
}

// names finds fields of each entity by normalised name; proper names come before aliases.
var names = func() map[Entity]map[string]Field {
	index := map[Entity]map[string]Field{}
	for _, entity := range []Entity{Workspace, Member, Site, Asset, Note} {
		index[entity] = indexNames(table(entity))
	}
	return index
}()

func indexNames(fields []Field) map[string]Field {
	byName := make(map[string]Field, 6*len(fields))
	for _, f := range fields {
		byName[NormName(f.Name)] = f
		byName[f.Name] = f // spares the usual caller the normalising
	}
	for _, f := range fields {
		for _, alias := range f.Aliases {
			if _, taken := byName[NormName(alias)]; !taken {
				byName[NormName(alias)] = f
			}
		}
	}
	return byName
}

// Lookup finds a field by its name or an alias, without regard to case and punctuation. "custom.Header" of an asset names a
// custom field, whether or not it exists yet.
func Lookup(entity Entity, name string) (Field, bool) {
	if f, ok := names[entity][name]; ok {
		return f, true
	}
	if f, ok := CustomField(name); ok && entity == Asset {
		return f, true
	}
	f, ok := names[entity][NormName(name)]
	return f, ok
}

// CustomField is the field that "custom.Header" names.
func CustomField(name string) (Field, bool) {
	if len(name) <= len(customName) || !strings.EqualFold(name[:len(customName)], customName) {
		return Field{}, false
	}
	header := Header(name[len(customName):])
	if header == "" {
		return Field{}, false
	}
	return Field{Name: customName + header, Key: customKey + header, Type: Free, Max: maxCell, Label: header, Help: "A column of an imported list."}, true
}

// Header is a column's title as a custom field keeps it: as given, on one line, trimmed, at most 64 characters.
func Header(title string) string {
	title = strings.Join(strings.Fields(strings.Map(printable, strings.ToValidUTF8(title, ""))), " ")
	if runes := []rune(title); len(runes) > maxHeader {
		title = strings.TrimSpace(string(runes[:maxHeader]))
	}
	return title
}

func printable(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r):
		return -1
	}
	return r
}

// Suggest names the fields that an unknown name may mean, nearest first, at most three.
func Suggest(entity Entity, name string) []string {
	var known []string
	for _, f := range table(entity) {
		known = append(known, f.Name)
	}
	return nearest(name, known, 3)
}

// nearest sorts words by edit distance to a text; a word that holds the text, or the other way round, is near as well.
func nearest(text string, words []string, most int) []string {
	type near struct {
		word     string
		distance int
	}
	sought := NormName(text)
	if len(sought) > 64 {
		sought = strings.ToValidUTF8(sought[:64], "")
	}
	var found []near
	for _, word := range words {
		norm := NormName(word)
		d := distance(sought, norm)
		if len(sought) > 2 && (strings.Contains(norm, sought) || strings.Contains(sought, norm)) {
			d = min(d, 2)
		}
		found = append(found, near{word, d})
	}
	slices.SortStableFunc(found, func(a, b near) int { return a.distance - b.distance })
	var best []string
	for _, f := range found[:min(most, len(found))] {
		best = append(best, f.word)
	}
	return best
}

// distance is Levenshtein's, over bytes.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
