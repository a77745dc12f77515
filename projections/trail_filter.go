package projections

import (
	"encoding/hex"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/record"
)

// trailFilter is what a query asks of an entry beside its document, person and time.
type trailFilter struct {
	device, kind, source, state string
	fields                      []string // names that are meant
}

func newTrailFilter(q TrailQuery) (f trailFilter, err error) {
	f = trailFilter{device: strings.ToLower(q.Device), kind: q.Type, source: q.Source, state: q.State}
	if _, err := hex.DecodeString(f.device[:len(f.device)&^1]); err != nil || len(f.device) > 64 {
		return f, record.Misuse("a device is named by its id of 64 hexadecimal digits, or the first of them")
	}
	if q.State != "" && !slices.Contains(stateNames[:], q.State) {
		return f, record.Misuse(`no entry is in state "{0}"; there are accepted, waiting, masked, newer and malformed`, q.State)
	}
	if q.Field != "" {
		f.fields = []string{q.Field}
		if known, ok := record.Lookup(record.Asset, q.Field); ok {
			f.fields = append(f.fields, known.Name)
		}
	}
	return f, nil
}

func (f *trailFilter) fits(e *entry) bool {
	return (f.kind == "" || e.kind == f.kind) && (f.source == "" || e.source == f.source) && (f.state == "" || e.state.String() == f.state) &&
		(f.device == "" || strings.HasPrefix(e.device.String(), f.device))
}

// fitsField tells whether a row is about the field asked for, of whatever interface, or about a part of it: a member of a set,
// a field of a group.
func (f *trailFilter) fitsField(name *string) bool {
	return len(f.fields) == 0 || name != nil && slices.ContainsFunc(f.fields, func(asked string) bool {
		rest, ok := strings.CutPrefix(*name, asked)
		further := strings.HasPrefix(*name, "interfaces/") && strings.Contains(*name+"/", "/"+asked+"/")
		return further || ok && (rest == "" || rest[0] == '/' || rest[0] == '.')
	})
}

// clocks bounds, as rows have them, the hybrid clocks of entries recorded in a time. A hybrid clock is not behind the recorded
// time, and runs before it only by what the author's device had seen of others.
func (t table) clocks(since, until *time.Time) (first, last int64, err error) {
	first, last = math.MinInt64, math.MaxInt64
	if since != nil && since.UnixMilli() > 0 {
		first = sortable(uint64(since.UnixMilli()) << 16)
	}
	if until == nil {
		return first, last, nil
	}
	ahead, err := t.ahead()
	if at := max(until.UnixMilli(), 0); at < 1<<47-1 && ahead < 1<<47-1-at {
		last = sortable(uint64(at+ahead)<<16 | 0xffff)
	}
	return first, last, err
}

// ahead is how far hybrid clocks run before recorded times at most, in ms.
func (t table) ahead() (most int64, err error) {
	most = tolerance.Milliseconds()
	if _, err = t.one(func(s *sqlite3.Stmt) error { most = max(most, s.ColumnInt64(0)); return nil }, `SELECT max(behind) FROM $feeds`); err != nil {
		return 0, err
	}
	// Of what is not accepted no feed's row tells.
	err = t.each(func(s *sqlite3.Stmt) error {
		clock, recorded := clockOf(s.ColumnInt64(0)), s.ColumnInt64(1)
		if recorded < 0 {
			most = math.MaxInt64
			return nil
		}
		most = max(most, clock-recorded)
		return nil
	}, `SELECT hlc, recorded FROM $events WHERE state > 0 AND recorded IS NOT NULL`)
	return most, err
}
