package projections

import (
	"fmt"
	"strings"

	"fieldbook/record"
)

// version is that of the tables and of the rules that fill them. A higher one rebuilds on open.
const version = 7

// tables are those of a generation; $ stands for its prefix. An event's id is its document's row number shifted by
// positionBits plus its position, so that a document's events lie side by side; document 0 holds what belongs to none.
// Assets, keys and links are clustered by what they are looked up by.
var tables = []string{
	`CREATE TABLE $docs (
		id INTEGER PRIMARY KEY, stream BLOB NOT NULL, entity TEXT NOT NULL, digest BLOB NOT NULL,
		site TEXT NOT NULL, tag TEXT NOT NULL, status INTEGER NOT NULL, survivor BLOB,
		first INTEGER NOT NULL, last INTEGER NOT NULL, pending INTEGER NOT NULL, state BLOB NOT NULL
	) STRICT`,
	`CREATE TABLE $events (
		id INTEGER PRIMARY KEY, hlc INTEGER NOT NULL, act BLOB, feed INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,
		member BLOB NOT NULL, state INTEGER NOT NULL, type TEXT NOT NULL, recorded INTEGER, observed INTEGER,
		change BLOB, source TEXT NOT NULL, name TEXT, reason TEXT, effects BLOB
	) STRICT`,
	`CREATE TABLE $feeds (
		id INTEGER PRIMARY KEY, device BLOB NOT NULL, epoch INTEGER NOT NULL, behind INTEGER NOT NULL
	) STRICT`,
	`CREATE TABLE $assets (
		site TEXT NOT NULL, tag TEXT NOT NULL, doc INTEGER NOT NULL, status INTEGER NOT NULL,
		first INTEGER NOT NULL, last INTEGER NOT NULL` + columnList(", %s INTEGER") + `,
		PRIMARY KEY (site, tag, doc)
	) STRICT, WITHOUT ROWID`,
	`CREATE TABLE $keys (
		kind INTEGER NOT NULL, value TEXT NOT NULL, scope TEXT NOT NULL, doc INTEGER NOT NULL, part TEXT NOT NULL, counted INTEGER NOT NULL,
		PRIMARY KEY (kind, value, scope, doc, part)
	) STRICT, WITHOUT ROWID`,
	`CREATE TABLE $links (
		kind INTEGER NOT NULL, target BLOB NOT NULL, doc INTEGER NOT NULL,
		PRIMARY KEY (kind, target, doc)
	) STRICT, WITHOUT ROWID`,
	`CREATE VIRTUAL TABLE $fts USING fts5(words, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '-./:_@+'")`,
	`CREATE TABLE $claims (doc INTEGER PRIMARY KEY, events BLOB NOT NULL) STRICT`,
	`CREATE TABLE $unverified (doc INTEGER PRIMARY KEY, missing INTEGER NOT NULL) STRICT`,
	`CREATE TABLE $findings (
		id BLOB PRIMARY KEY, kind TEXT NOT NULL, doc INTEGER NOT NULL, subjects TEXT NOT NULL, cause TEXT NOT NULL, grp TEXT
	) STRICT, WITHOUT ROWID`,
}

// searchSettings let the full-text index gather more before it writes, and merge less often than it would: every edit replaces
// all words of its document.
var searchSettings = []string{
	`INSERT INTO $fts ($fts, rank) VALUES ('hashsize', 4194304)`,
	`INSERT INTO $fts ($fts, rank) VALUES ('automerge', 12)`,
}

// earlyIndexes are made with the tables: they are small, and made later each would read a whole table.
var earlyIndexes = []string{
	`CREATE INDEX $docs_stream ON $docs (stream, digest)`,
	`CREATE INDEX $docs_entity ON $docs (entity) WHERE entity <> 'asset'`,
	`CREATE INDEX $docs_pending ON $docs (id) WHERE pending > 0`,
	`CREATE INDEX $events_state ON $events (state) WHERE state > 0`,
	`CREATE INDEX $findings_doc ON $findings (doc, kind)`, // counting findings reads nothing else; their subjects fill whole pages
	`CREATE INDEX $findings_group ON $findings (grp) WHERE grp IS NOT NULL`,
	`CREATE UNIQUE INDEX $feeds_name ON $feeds (device, epoch)`,
}

// lateIndexes are made after the rows, in the order of the index.
var lateIndexes = []string{
	`CREATE INDEX $assets_status ON $assets (status)`,
	`CREATE INDEX $events_hlc ON $events (hlc, act)`, // how far an act reaches is read from it alone
}

var tableNames = []string{"docs", "events", "feeds", "assets", "keys", "links", "fts", "claims", "unverified", "findings"}

// positionBits leaves room for 2^40 positions and 2^23 documents.
const positionBits = 40

const positionMask = 1<<positionBits - 1

// status says where an asset stands in lists.
type status int64

const (
	listed   status = iota
	voided          // struck: out of lists, still in the trail
	absorbed        // merged into another, whose alias it is
)

// The kinds of keys and links.
const (
	keyTag = iota + 1
	keySerial
	keyIP
	keyMAC
)

const (
	linkNote   = iota + 1 // a note is about an asset
	linkMerge             // an asset was merged into another
	linkAmends            // a note corrects another
)

// column is a field of assets with one value, which lists filter by: the table keeps a 48-bit hash of it.
type column struct {
	name  string // in SQL
	field record.Field
}

var columns = func() []column {
	var cols []column
	for _, f := range record.Fields(record.Asset) {
		switch f.Type {
		case record.Prose, record.Labels, record.Software, record.Ports:
			continue
		}
		if f.Key == "tag" || f.Key == "site" || f.Key == "order" {
			continue
		}
		cols = append(cols, column{name: fmt.Sprintf("c%d", len(cols)), field: f})
	}
	return cols
}()

func columnList(format string) string {
	var b strings.Builder
	for _, c := range columns {
		fmt.Fprintf(&b, format, c.name)
	}
	return b.String()
}

// numbered writes each column with a number, counted from the given one.
func numbered(format string, from int) string {
	var b strings.Builder
	for i, c := range columns {
		fmt.Fprintf(&b, format, c.name, from+i)
	}
	return b.String()
}

// valueHash is FNV-1a of the value's text without regard to case, folded to 48 bits so that SQLite stores it in six bytes.
// Zero is kept for no value.
func valueHash(text string) int64 {
	h := uint64(14695981039346656037)
	for _, c := range []byte(strings.ToLower(text)) {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return int64(max((h^h>>48)&(1<<48-1), 1))
}

// of is the hash of a field's value, 0 if it has none; numbers on labels compare without spaces and dashes.
func (c column) of(v record.Value) int64 {
	if v.IsNull() {
		return 0
	}
	text := v.Display()
	if c.field.Key == "serial" || c.field.Key == "order_no" {
		text = record.NormSerial(text)
	}
	return valueHash(text)
}
