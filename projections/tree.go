package projections

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/crdt"
	"fieldbook/eventstore"
	"fieldbook/record"
)

// DocumentHeads names the state of one document by its heads alone, which a sync service has too.
type DocumentHeads struct {
	Stream record.ID
	// Digest is crdt.HeadsDigest.
	Digest crdt.Hash
}

// Fingerprint names the state of all documents on this device, and tells without reading them whether any has changed.
func (m *Models) Fingerprint(tx *eventstore.Tx) (print [32]byte, err error) {
	t, err := m.live(tx)
	if err != nil {
		return print, err
	}
	sum := sha256.New()
	err = t.digests(func(stream, digest []byte) {
		sum.Write(stream)
		sum.Write(digest)
	})
	if err != nil {
		return print, fmt.Errorf("naming the state of documents: %w", err)
	}
	return [32]byte(sum.Sum(nil)), nil
}

// Heads lists all documents that have an accepted change, sorted by id. It needs 48 bytes for each.
func (m *Models) Heads(ctx context.Context, tx *eventstore.Tx) ([]DocumentHeads, error) {
	t, err := m.live(tx)
	if err != nil {
		return nil, err
	}
	var list []DocumentHeads
	err = t.each(func(s *sqlite3.Stmt) error {
		d := DocumentHeads{}
		copy(d.Stream[:], s.ColumnRawBlob(0))
		heads, err := headsOf(s.ColumnRawBlob(1))
		if err != nil {
			return fmt.Errorf("document %s: %w", d.Stream, err)
		}
		if len(heads) > 0 {
			d.Digest = crdt.HeadsDigest(heads)
			list = append(list, d)
		}
		return ctx.Err()
	}, `SELECT stream, state FROM $docs`)
	if err != nil {
		return nil, fmt.Errorf("listing the heads of documents: %w", err)
	}
	slices.SortFunc(list, func(a, b DocumentHeads) int { return compareIDs(a.Stream, b.Stream) })
	return list, nil
}

// headsOf reads the heads, which lead an encoded state, without the rest of it.
func headsOf(state []byte) ([]crdt.Hash, error) {
	r := &reader{b: state}
	r.array()
	r.take(r.expect(majorText))
	heads := readHashes(r)
	if r.bad {
		return nil, errRow
	}
	return heads, nil
}
