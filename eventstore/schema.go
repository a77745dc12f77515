package eventstore

import (
	"fmt"
	"strconv"

	"github.com/ncruces/go-sqlite3"
)

// Format is the version of the log's tables that this package writes and the newest it reads.
const Format = 1

// formatKey is the row of meta that holds the format version in decimal.
const formatKey = "format"

// schema is the log's tables (docs/format/log.md). STRICT rowid tables take less room for all but small rows. There is no
// index by envelope hash: at a million events each append would touch a random page of it, and every caller that has a
// hash also has feed and seq.
const schema = `
CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE keys (id INTEGER PRIMARY KEY, name BLOB NOT NULL UNIQUE) STRICT;
CREATE TABLE acls (id INTEGER PRIMARY KEY, refs BLOB NOT NULL UNIQUE) STRICT;
CREATE TABLE branches (
	id INTEGER PRIMARY KEY,
	workspace BLOB NOT NULL, device BLOB NOT NULL, epoch INTEGER NOT NULL,
	parent INTEGER NOT NULL, base_seq INTEGER NOT NULL, base BLOB NOT NULL,
	seq INTEGER NOT NULL, hash BLOB NOT NULL,
	head_seq INTEGER NOT NULL, head_sig BLOB NOT NULL,
	segments INTEGER NOT NULL, segment_hash BLOB NOT NULL, cut INTEGER NOT NULL
) STRICT;
CREATE INDEX branches_of_feed ON branches (device, epoch);
CREATE TABLE events (
	position INTEGER PRIMARY KEY,
	branch INTEGER NOT NULL, seq INTEGER NOT NULL,
	key INTEGER NOT NULL, acl INTEGER NOT NULL,
	prev BLOB NOT NULL, body BLOB NOT NULL
) STRICT;
CREATE TABLE runs (branch INTEGER, seq INTEGER, position INTEGER NOT NULL, PRIMARY KEY (branch, seq)) STRICT, WITHOUT ROWID;
CREATE INDEX controls ON events (position) WHERE key = 0;
CREATE TABLE segments (
	id INTEGER PRIMARY KEY,
	branch INTEGER NOT NULL, number INTEGER NOT NULL,
	first INTEGER NOT NULL, last INTEGER NOT NULL,
	sig BLOB NOT NULL, witnesses BLOB NOT NULL, hash BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX segments_of_branch ON segments (branch, number, hash);
CREATE TABLE receipts (
	id INTEGER PRIMARY KEY,
	segment INTEGER NOT NULL, service BLOB NOT NULL, time INTEGER NOT NULL, receipt BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX receipts_of_segment ON receipts (segment, service);
CREATE TABLE vouched (hash BLOB PRIMARY KEY, envelope BLOB NOT NULL) STRICT;
`

// prepare creates the tables in a new file and checks the format of an existing one. Creation is one transaction: after a
// crash there is either no table at all, which is a new file, or all of them.
func prepare(c *conn, readOnly bool) error {
	made, err := c.count("SELECT count(*) FROM sqlite_schema")
	if err != nil {
		return err
	}
	if made == 0 && !readOnly {
		return c.transact(func() error {
			if err := c.db.Exec(schema); err != nil {
				return err
			}
			return (&Tx{conn: c}).SetMeta(formatKey, []byte(strconv.Itoa(Format)))
		})
	}
	return checkFormat(c)
}

func checkFormat(c *conn) error {
	value, err := (&Tx{conn: c}).Meta(formatKey)
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(string(value))
	switch {
	case err != nil || version < 1:
		return fmt.Errorf("format version %q: %w", value, ErrDamaged)
	case version > Format:
		return fmt.Errorf("format version %d, this program knows %d: %w", version, Format, ErrNewerFormat)
	}
	return nil
}

// settings are given to every connection. synchronous=FULL is not a property of the file: a reopened WAL database
// defaults to NORMAL, which loses acknowledged transactions at a power cut. fullfsync matters on macOS only.
var settings = []string{
	"PRAGMA busy_timeout=10000",
	"PRAGMA synchronous=FULL",
	"PRAGMA fullfsync=ON",
	"PRAGMA checkpoint_fullfsync=ON",
	"PRAGMA temp_store=MEMORY",
	"PRAGMA mmap_size=0",
	"PRAGMA trusted_schema=OFF",
	"PRAGMA cell_size_check=ON",
	"PRAGMA journal_size_limit=16777216",
	"PRAGMA wal_autocheckpoint=0", // the writer's hook sees to it
}

func configure(db *sqlite3.Conn, cacheKiB int) error {
	for _, pragma := range settings {
		if err := db.Exec(pragma); err != nil {
			return err
		}
	}
	// A plan that may depend on values would be made anew for each value: the parser would run once more in every edit.
	if _, err := db.Config(sqlite3.DBCONFIG_ENABLE_QPSG, true); err != nil {
		return err
	}
	return db.Exec(fmt.Sprintf("PRAGMA cache_size=-%d", cacheKiB))
}
