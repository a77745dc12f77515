package record

import (
	"errors"
	"strconv"
	"strings"
	"time"
)

// dateLayouts are the ways in which lists write a day. Digits between dots are day first, as in Europe; between slashes month
// first, as spreadsheets in English export them, unless only the other order is a date.
var dateLayouts = []string{
	"2006-1-2", "2006/1/2", "2006.1.2", "20060102",
	"2.1.2006", "2.1.06", "1/2/2006", "1/2/06", "2/1/2006", "2/1/06",
	"2-Jan-2006", "2-Jan-06", "2 Jan 2006", "2 Jan 06", "2 January 2006", "2-January-2006", "2. January 2006",
	"Jan 2, 2006", "January 2, 2006", "Jan 2 2006", "January 2 2006", "2-1-2006", "2-1-06",
}

// monthLayouts are the ways to name a month of a year.
var monthLayouts = []string{"2006-1", "2006/1", "1/2006", "1.2006", "Jan 2006", "January 2006", "Jan-06", "Jan-2006"}

// date keeps the precision of its source: a list that says 2019 does not know the day, and the record must not make one up.
func (f Field) date(text string) (Value, error) {
	day, ok := NormDate(text)
	if !ok {
		return Value{}, f.refuse(`"{0}" is not a date; write it as 2019-05-31, 2019-05 or 2019`, clip(text))
	}
	return StringValue(day), nil
}

// NormDate gives an ISO 8601 date: a day, or a month or year where the text says no more. A time of day is dropped.
func NormDate(text string) (string, bool) {
	text = strings.TrimSuffix(strings.TrimSpace(text), " 00:00:00")
	if len(text) > 32 {
		return "", false
	}
	if t, err := time.Parse(time.DateOnly, text); err == nil {
		return dayOf(t)
	}
	if year, err := strconv.Atoi(strings.TrimSuffix(text, ".0")); err == nil && (len(text) == 4 || len(text) == 6 && strings.HasSuffix(text, ".0")) {
		return strconv.Itoa(year), year >= 1900 && year <= 2199
	}
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return dayOf(t)
		}
	}
	for _, layout := range monthLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return t.Format("2006-01"), t.Year() >= 1900 && t.Year() <= 2199
		}
	}
	for _, layout := range momentLayouts {
		if t, err := time.Parse(layout, text); err == nil {
			return dayOf(t)
		}
	}
	return "", false
}

func dayOf(t time.Time) (string, bool) {
	return t.Format(time.DateOnly), t.Year() >= 1900 && t.Year() <= 2199
}

// momentLayouts are the ways to write an instant, those with an offset first.
var momentLayouts = []string{
	time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04Z07:00", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04 -0700",
	"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04", "2.1.2006 15:04:05", "2.1.2006 15:04", time.DateOnly,
}

var errMoment = errors.New("not a time")

// ParseTime reads an instant; what names no offset is in zone (nil is UTC), and a bare date is its first moment there. Hours
// that a change of clocks skips or repeats are read as Go's time package does.
func ParseTime(text string, zone *time.Location) (time.Time, error) {
	if zone == nil {
		zone = time.UTC
	}
	text = strings.TrimSpace(text)
	for _, layout := range momentLayouts {
		if t, err := time.ParseInLocation(layout, text, zone); err == nil && t.Year() >= 1900 && t.Year() <= 2199 {
			return t, nil
		}
	}
	return time.Time{}, errMoment
}
