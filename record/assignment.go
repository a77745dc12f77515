package record

import (
	"strings"
)

// Assignment is one field=value as typed, or one cell of a list under its column's name.
type Assignment struct{ Field, Text string }

// ParseAssignment splits "field=value" at the first equals sign. The error is a *UsageError.
func ParseAssignment(text string) (Assignment, error) {
	field, value, ok := strings.Cut(text, "=")
	if field = strings.TrimSpace(field); !ok || field == "" {
		return Assignment{}, Misuse(`"{0}" is not field=value`, clip(text))
	}
	return Assignment{Field: field, Text: value}, nil
}

func unknownField(entity Entity, name string) error {
	if strings.HasPrefix(name, prefixOf(Interface)) {
		return Misuse(`"{0}" is no field of an interface that is there; write it as interfaces/X2/ip_address, with the id for X2 where two are called so`, clip(name))
	}
	near := strings.Join(Suggest(entity, name), ", ")
	if entity == Asset {
		return Misuse(`there is no field "{0}"; the nearest are {1}; fields of your own are written custom.{0}`, clip(name), near)
	}
	return Misuse(`there is no field "{0}"; the nearest are {1}`, clip(name), near)
}

// Difference is what a change does to one field, as people read it.
type Difference struct {
	Field  string `json:"field"`
	Before string `json:"before"`
	After  string `json:"after"`
}

// Differences lists what an event changes against the state it was decided on.
func Differences(s Snapshot, events ...Event) []Difference {
	var list []Difference
	names := newNamer(s.With(events...))
	for _, e := range events {
		if e.Stream != s.ID {
			continue
		}
		for _, edit := range e.Edits {
			list = append(list, Difference{Field: names.name(edit.Key), Before: s.Current(edit.Key).Display(), After: edit.Value.Display()})
		}
		for _, text := range e.Texts {
			list = append(list, Difference{Field: text.Key, Before: s.Texts[text.Key], After: text.Text})
		}
	}
	return list
}
