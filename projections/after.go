package projections

import (
	"maps"
	"slices"
	"strings"

	"fieldbook/record"
)

// spot is where a field's key lies: for a unit's fields it is the part after units/<id>/.
type spot struct {
	scope record.Scope
	key   string
}

// alone are the columns on which nothing else bears, and which bear on nothing else, by their fields: not those of interfaces,
// whose order says which comes first, and not those by which duplicates are found.
var alone = func() map[spot]int {
	at := make(map[spot]int, len(columns))
	for i, c := range columns {
		at[spot{c.field.Scope, c.field.Key}] = i
	}
	maps.DeleteFunc(at, func(p spot, _ int) bool {
		return p.scope == record.Interface || p == spot{record.Own, "zone"} || p == spot{record.Unit, "serial"}
	})
	return at
}()

// after gives the rows of an asset of which only some keys were written since it had these, nil if more may follow from them than
// their own columns. An edit changes one of forty.
func (f *facts) after(snap record.Snapshot, st status, survivor record.ID, keys []string) *facts {
	if f.columns == nil || !snap.Exists || f.status != st || f.survivor != survivor {
		return nil
	}
	unit := keyOf(record.Field{Scope: record.Unit}, installed(snap), "")
	now := *f
	now.snap, now.columns = snap, slices.Clone(f.columns)
	for _, key := range keys {
		p := spot{record.Own, key}
		if rest, ok := strings.CutPrefix(key, unit); ok {
			p = spot{record.Unit, rest}
		}
		n, ok := alone[p]
		if !ok {
			return nil
		}
		now.columns[n] = columns[n].of(snap.Current(key))
	}
	return &now
}
