package eventstore_test

import (
	"context"
	"crypto/ed25519"
	"errors"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/ncruces/go-sqlite3"
	"github.com/ncruces/go-sqlite3/vfs/adiantum"

	"fieldbook/envelope"
	"fieldbook/eventstore"
)

// sample is a closed log with two feeds, a fork, segments, receipts, a signed head and a vouched control envelope.
func sample(t testing.TB) eventstore.Config {
	t.Helper()
	cfg := config(t)
	s := open(t, cfg)
	a, b, c := newAuthor(1), newAuthor(2), newAuthor(3)
	common := a.append(t, s, 20)
	fork := a.fork()
	a.append(t, s, 20)
	cut(t, s, 1, a, b.head2(3), c.head2(4))
	a.append(t, s, 20)
	must(addSegment(s, b.segment(t, 1, b.make(15))))(t)
	must(addSegment(s, b.segment(t, 2, b.make(15), a.head())))(t)
	must(addSegment(s, fork.segment(t, 1, append(common, fork.make(10)...))))(t)
	update(t, s, func(tx *eventstore.Tx) error { return tx.Vouch(c.make(1)[0].Encode()) })
	for i, name := range names(t, s, 2) {
		keep(t, s, 2, name, signReceipt(b, name, 7, int64(100*(i+1))))
	}
	wantClean(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return cfg
}

// tamper changes a closed log by SQL, as one with the key could.
func tamper(t testing.TB, cfg eventstore.Config, sql string) {
	t.Helper()
	_ = adiantum.Wrap // the import registers the VFS that opens the file under the same key
	db := must(sqlite3.Open("file:" + cfg.Path + "?vfs=adiantum&hexkey=2a" + strings.Repeat("00", 31)))(t)
	defer db.Close()
	if err := db.Exec(sql); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

func TestVerifyReportsTamperedRows(t *testing.T) {
	// An UPDATE of a blob flips its last byte.
	flip := func(column string) string {
		return column + " = CAST(substr(" + column + ", 1, length(" + column + ") - 1) || X'5A' AS BLOB)"
	}
	swap := func(columns string) string {
		return "UPDATE events SET (" + columns + ") = (SELECT " + columns + " FROM events o WHERE o.position = 31 - events.position + 1) WHERE position IN (15, 16)"
	}
	cases := map[string]struct{ sql, kind string }{
		"a body":                       {"UPDATE events SET " + flip("body") + " WHERE position = 7", eventstore.ChainViolation},
		"the last body":                {"UPDATE events SET " + flip("body") + " WHERE position = 60", eventstore.ChainViolation},
		"a control body":               {"UPDATE events SET " + flip("body") + " WHERE position = 1", eventstore.ChainViolation},
		"a nonce":                      {"UPDATE events SET body = CAST(zeroblob(4) || substr(body, 5) AS BLOB) WHERE position = 9", eventstore.ChainViolation},
		"a short body":                 {"UPDATE events SET body = X'00' WHERE position = 9", eventstore.RowViolation},
		"a previous hash":              {"UPDATE events SET " + flip("prev") + " WHERE position = 30", eventstore.ChainViolation},
		"a previous hash's length":     {"UPDATE events SET prev = X'00' WHERE position = 30", eventstore.RowViolation},
		"a key":                        {"UPDATE events SET key = 5 WHERE position = 30", eventstore.RowViolation},
		"an ACL reference":             {"UPDATE events SET acl = 0 WHERE position = 30", eventstore.ChainViolation},
		"a key's name":                 {"UPDATE keys SET " + flip("name"), eventstore.ChainViolation},
		"a list of ACL references":     {"UPDATE acls SET " + flip("refs"), eventstore.ChainViolation},
		"a branch of a row":            {"UPDATE events SET branch = 9 WHERE position = 30", eventstore.RowViolation},
		"a seq":                        {"UPDATE events SET seq = 99 WHERE position = 60", eventstore.SeqViolation},
		"a dropped row":                {"DELETE FROM events WHERE position = 30", eventstore.SeqViolation},
		"the last row dropped":         {"DELETE FROM events WHERE position = 60", eventstore.SeqViolation},
		"the last rows dropped":        {"DELETE FROM events WHERE branch = 1 AND seq > 40; UPDATE branches SET seq = 40, head_seq = 40, hash = segment_hash WHERE id = 1", eventstore.HeadViolation},
		"a duplicated row":             {"INSERT INTO events SELECT 1000, branch, 61, key, acl, prev, body FROM events WHERE position = 60", eventstore.SeqViolation},
		"two rows reordered":           {swap("key, acl, prev, body"), eventstore.ChainViolation},
		"a branch's device":            {"UPDATE branches SET " + flip("device") + " WHERE id = 2", eventstore.ChainViolation},
		"a branch's workspace":         {"UPDATE branches SET " + flip("workspace"), eventstore.ChainViolation},
		"a branch's epoch":             {"UPDATE branches SET epoch = 1 WHERE id = 2", eventstore.ChainViolation},
		"a tip":                        {"UPDATE branches SET " + flip("hash") + " WHERE id = 2", eventstore.ChainViolation},
		"a fork's base":                {"UPDATE branches SET base_seq = 19 WHERE id = 3", eventstore.SeqViolation},
		"a fork's base hash":           {"UPDATE branches SET " + flip("base") + " WHERE id = 3", eventstore.ChainViolation},
		"a fork's parent":              {"UPDATE branches SET parent = 2 WHERE id = 3", eventstore.ChainViolation},
		"a circle of forks":            {"UPDATE branches SET parent = 3 WHERE id IN (1, 3)", eventstore.RowViolation},
		"a dropped branch":             {"DELETE FROM branches WHERE id = 3", eventstore.RowViolation},
		"a head's signature":           {"UPDATE branches SET " + flip("head_sig") + " WHERE id = 1", eventstore.HeadViolation},
		"a head's seq":                 {"UPDATE branches SET head_seq = 50 WHERE id = 1", eventstore.HeadViolation},
		"a dropped head":               {"UPDATE branches SET head_seq = 0, head_sig = X'' WHERE id = 1", eventstore.HeadViolation},
		"a segment's signature":        {"UPDATE segments SET " + flip("sig") + " WHERE id = 2", eventstore.SegmentViolation},
		"a segment's number":           {"UPDATE segments SET number = 7 WHERE id = 2", eventstore.SegmentViolation},
		"a segment's first":            {"UPDATE segments SET first = 2 WHERE id = 3", eventstore.SegmentViolation},
		"a segment's last":             {"UPDATE segments SET last = 14 WHERE id = 2", eventstore.SegmentViolation},
		"a segment's hash":             {"UPDATE segments SET " + flip("hash") + " WHERE id = 2", eventstore.SegmentViolation},
		"a segment's witnesses":        {"UPDATE segments SET witnesses = X'80' WHERE id = 1", eventstore.SegmentViolation},
		"a segment's witnesses' bytes": {"UPDATE segments SET witnesses = X'FF' WHERE id = 1", eventstore.SegmentViolation},
		"a segment's branch":           {"UPDATE segments SET branch = 8 WHERE id = 1", eventstore.SegmentViolation},
		"a dropped first segment":      {"DELETE FROM segments WHERE id = 2", eventstore.SegmentViolation},
		"a dropped last segment":       {"DELETE FROM segments WHERE id = 3", eventstore.SegmentViolation},
		"a segment beyond the rows":    {"UPDATE segments SET last = 1000000000 WHERE id = 3", eventstore.SegmentViolation},
		"a vouched envelope":           {"UPDATE vouched SET " + flip("envelope"), eventstore.RowViolation},
		"a vouched envelope's hash":    {"UPDATE vouched SET hash = X'00'", eventstore.RowViolation},
		"a dropped table":              {"DROP TABLE segments", eventstore.PageViolation},
		"a dropped index":              {"DROP INDEX controls", eventstore.PageViolation},
		"a run":                        {"UPDATE runs SET position = 3 WHERE branch = 2", eventstore.RowViolation},
		"a dropped run":                {"DELETE FROM runs WHERE branch = 2", eventstore.RowViolation},
		"a run that is none":           {"INSERT INTO runs VALUES (1, 12, 12)", eventstore.PageViolation},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			cfg := sample(t)
			tamper(t, cfg, c.sql)
			list, _ := verify(t, open(t, cfg))
			for _, v := range list {
				if v.Kind == c.kind {
					return
				}
			}
			t.Errorf("no violation of kind %s: %+v", c.kind, list)
		})
	}
}

func TestVerifyNamesThePlaceAndGoesOn(t *testing.T) {
	cfg := sample(t)
	tamper(t, cfg, "UPDATE events SET body = CAST(X'00' || substr(body, 2) AS BLOB) WHERE branch = 1 AND seq = 33")
	tamper(t, cfg, "UPDATE events SET body = CAST(X'00' || substr(body, 2) AS BLOB) WHERE branch = 2 AND seq = 22")
	list, stats := verify(t, open(t, cfg))
	found := map[uint64]string{}
	for _, v := range list {
		found[v.Seq] = v.Feed
	}
	if found[33] != newAuthor(1).feed.String() || found[22] != newAuthor(2).feed.String() {
		t.Errorf("violations %+v", list)
	}
	if stats.Events != 100 || stats.Feeds != 2 {
		t.Errorf("stats %+v", stats)
	}
}

func TestVerifyWithoutAKeySaysSo(t *testing.T) {
	s := open(t, sample(t))
	unknown := func(envelope.DeviceID) (ed25519.PublicKey, bool) { return nil, false }
	kinds := map[string]int{}
	_, err := s.Verify(context.Background(), unknown, func(v eventstore.Violation) { kinds[v.Kind]++ })
	if err != nil || kinds[eventstore.DeviceViolation] != 3 || len(kinds) != 1 {
		t.Errorf("%v %v", kinds, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = s.Verify(ctx, keyOf, func(v eventstore.Violation) { t.Errorf("a cancelled verify found %+v", v) })
	wantError(t, err, context.Canceled)
}

// TestFlippedBitsInTheFileAreFound flips bits all over the file. What lies in a page that is not used, or behind the end of
// one, is of no consequence; everything else is refused at opening or found.
func TestFlippedBitsInTheFileAreFound(t *testing.T) {
	cfg := sample(t)
	content := must(os.ReadFile(cfg.Path))(t)
	r := rand.New(rand.NewPCG(1, 2))
	for page := 0; page < len(content)/4096; page++ {
		broken := append([]byte(nil), content...)
		broken[page*4096+r.IntN(4096)] ^= 1 << r.IntN(8)
		if err := os.WriteFile(cfg.Path, broken, 0o600); err != nil {
			t.Fatal(err)
		}
		found := 0
		s, err := eventstore.Open(context.Background(), cfg)
		if err == nil {
			_, err = s.Verify(context.Background(), keyOf, func(eventstore.Violation) { found++ })
			look := s.Pages
			if page%2 == 0 {
				look = s.Integrity
			}
			err = errors.Join(err, look(context.Background(), func(eventstore.Violation) { found++ }))
			if found == 0 || err != nil {
				t.Errorf("page %d: %d found, %v", page, found, err)
			}
			s.Close() // a damaged log may not close well
		} else if !errors.Is(err, eventstore.ErrDamaged) && !errors.Is(err, eventstore.ErrKey) {
			t.Errorf("page %d: %v", page, err)
		}
	}
}

func TestTruncatedFilesAreFound(t *testing.T) {
	cfg := sample(t)
	content := must(os.ReadFile(cfg.Path))(t)
	for size := 4096; size < len(content); size += 1500 {
		if err := os.WriteFile(cfg.Path, content[:size], 0o600); err != nil {
			t.Fatal(err)
		}
		found := 0
		s, err := eventstore.Open(context.Background(), cfg)
		if err != nil {
			continue
		}
		_, err = s.Verify(context.Background(), keyOf, func(eventstore.Violation) { found++ })
		if err != nil || found == 0 {
			t.Errorf("%d of %d bytes: %d violations, %v", size, len(content), found, err)
		}
		s.Close()
	}
}

func TestIntegrityOfASoundLog(t *testing.T) {
	s := open(t, sample(t))
	err := s.Integrity(context.Background(), func(v eventstore.Violation) { t.Errorf("found %+v", v) })
	if err != nil {
		t.Fatal(err)
	}
}
