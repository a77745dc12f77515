package sheet

import (
	"strings"

	"fieldbook/record"
)

// names tells what a header means: a field that record knows, or a header that the caller knows (norm to itself).
type names map[string]string

func newNames(known []string) names {
	n := names{}
	for _, header := range known {
		if key := record.NormName(header); key != "" {
			n[key] = header
		}
	}
	return n
}

// find gives the name of the field that a header means, or the caller's own header.
func (n names) find(header string) (string, bool) {
	if len(header) > 256 {
		return "", false
	}
	if known, ok := n[record.NormName(header)]; ok {
		return known, true
	}
	field, ok := lookup(header)
	return field.Name, ok
}

// score counts the different fields that a row names.
func (n names) score(cells []string) int {
	fields := map[string]bool{}
	for _, cell := range cells {
		if field, ok := n.find(cell); ok {
			fields[field] = true
		}
	}
	return len(fields)
}

// lookup finds the field of an asset by a header as it is, or without what it says in brackets ("Crit. (1-3)").
func lookup(header string) (record.Field, bool) {
	if field, ok := record.Lookup(record.Asset, header); ok {
		return field, true
	}
	if open := strings.IndexAny(header, "([{"); open > 0 {
		return record.Lookup(record.Asset, header[:open])
	}
	return record.Field{}, false
}
