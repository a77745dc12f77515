package projections

import (
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
)

// Digest names the state of the record: SHA-256 over the canonical CBOR array of each document's stream and digest, sorted by
// stream, the digest of control state, and the ids of findings, sorted. It is equal on all devices that hold the same feeds.
// Outside it are positions and findings that depend on today's clock.
func (m *Models) Digest(tx *eventstore.Tx, control [32]byte) ([32]byte, error) {
	t, err := m.live(tx)
	if err != nil {
		return [32]byte{}, err
	}
	sum := sha256.New()
	var b []byte
	err = t.digests(func(stream, digest []byte) {
		b = appendHead(b[:0], majorArray, 2)
		b = appendBytes(b, stream)
		sum.Write(appendBytes(b, digest))
	})
	if err != nil {
		return [32]byte{}, fmt.Errorf("digest: %w", err)
	}
	sum.Write(appendBytes(nil, control[:]))
	ids, err := t.findingIDs(`SELECT id FROM $findings ORDER BY id`)
	if err != nil {
		return [32]byte{}, fmt.Errorf("digest: %w", err)
	}
	forks, err := forks(tx)
	if err != nil {
		return [32]byte{}, fmt.Errorf("digest: %w", err)
	}
	for i := range forks {
		ids = append(ids, forks[i].id())
	}
	slices.SortFunc(ids, func(a, b [32]byte) int { return slices.Compare(a[:], b[:]) })
	for i := range ids {
		sum.Write(appendBytes(b[:0], ids[i][:]))
	}
	return [32]byte(sum.Sum(nil)), nil
}

// digests calls fn with each document's stream and digest, by stream. Those of documents that wait are not in their rows yet.
func (t table) digests(fn func(stream, digest []byte)) error {
	return t.each(func(s *sqlite3.Stmt) error {
		digest := s.ColumnRawBlob(2)
		if _, waits := slices.BinarySearch(t.unindexed, s.ColumnInt64(0)); waits {
			now, err := t.digestNow(s.ColumnInt64(0))
			if err != nil {
				return err
			}
			digest = now[:]
		}
		fn(s.ColumnRawBlob(1), digest)
		return nil
	}, `SELECT id, stream, digest FROM $docs ORDER BY stream`)
}

// digestNow names the state that a document's row has.
func (t table) digestNow(doc int64) (digest [32]byte, err error) {
	_, err = t.one(func(s *sqlite3.Stmt) error {
		digest = digestOf(s.ColumnRawBlob(0))
		return nil
	}, `SELECT state FROM $docs WHERE id = ?`, doc)
	return digest, err
}

// forks finds the feeds with two envelopes of one name. They are read from the log, which keeps the branches.
func forks(tx *eventstore.Tx) (found []finding, err error) {
	branches, err := tx.Branches()
	if err != nil {
		return nil, err
	}
	count := map[string]int{}
	for _, b := range branches {
		feed := b.Feed.String()
		if count[feed]++; count[feed] == 2 {
			found = append(found, finding{Kind: kindFork, Subjects: []string{feed}})
		}
	}
	slices.SortFunc(found, func(a, b finding) int { return slices.Compare(a.Subjects, b.Subjects) })
	return found, nil
}
