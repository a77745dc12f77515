package workspace

import (
	"time"

	"fieldbook/record"
)

// momentLayouts are the accepted spellings, those with an offset first.
var momentLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04Z07:00",
	"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "2006-01-02",
}

func parseMoment(text string, zone *time.Location) (time.Time, error) {
	for _, layout := range momentLayouts {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil {
			return t, nil
		}
	}
	return time.Time{}, record.Misuse(`"{0}" is no time; write 2026-03-01T14:30 or 2026-03-01T14:30:00Z`, text)
}
