package localapi

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"fieldbook/record"
	"fieldbook/syncproto"
	"fieldbook/workspace"
)

// optional is null for an empty text.
func optional(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

// instant reads a time that package workspace or projections wrote; null stays null.
func instant(text *string) *moment {
	if text == nil {
		return nil
	}
	at, err := time.Parse(time.RFC3339Nano, *text)
	if err != nil {
		return nil
	}
	at = at.UTC()
	return &at
}

// words is a value that was made for JSON as the text that a field would show.
func words(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	case bool:
		return record.BoolValue(v).Display()
	case int64:
		return record.IntValue(v).Display()
	case float64:
		return record.FloatValue(v).Display()
	case []any:
		list := make([]string, len(v))
		for i, one := range v {
			list[i] = words(one)
		}
		return strings.Join(list, "; ")
	case map[string]any:
		data, err := json.Marshal(v)
		if err != nil {
			return fmt.Sprint(v)
		}
		return string(data)
	}
	return fmt.Sprint(v)
}

// wordsOrNull is words, null for null.
func wordsOrNull(v any) *string {
	if v == nil {
		return nil
	}
	text := words(v)
	return &text
}

// assignments are fields as commands take them, in the order of their names so that what they refuse is told in one order.
func assignments(fields map[string]string) []record.Assignment {
	list := make([]record.Assignment, 0, len(fields))
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		list = append(list, record.Assignment{Field: name, Text: fields[name]})
	}
	return list
}

// entryOf is what a request says of its entry. Times without an offset are in the workspace's zone.
func entryOf(w *workspace.Workspace, reason, observed string) (workspace.Entry, error) {
	entry := workspace.Entry{Reason: reason}
	at, err := momentOf(w, observed)
	entry.Observed = at
	return entry, err
}

// momentOf reads a time as people write it; none if there is none.
func momentOf(w *workspace.Workspace, text string) (*time.Time, error) {
	if text == "" {
		return nil, nil
	}
	at, err := w.Moment(text)
	if err != nil {
		return nil, err
	}
	return &at, nil
}

func written(done workspace.Written, err error) (Written, error) {
	return Written{ID: done.ID, Tag: done.Tag, Events: done.Events, Changes: differences(done.Changes)}, err
}

func differences(list []record.Difference) []Difference {
	out := make([]Difference, len(list))
	for i, d := range list {
		out[i] = Difference(d)
	}
	return out
}

func refusals(list []syncproto.Refusal) []SyncRefusal {
	out := make([]SyncRefusal, len(list))
	for i, r := range list {
		out[i] = SyncRefusal{Feed: r.Feed.String(), Reason: string(r.Reason), Message: r.Error()}
	}
	return out
}
