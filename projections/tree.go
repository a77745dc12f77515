package projections

import (
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/eventstore"
	"fieldbook/record"
)

// DocumentHeads names the state of one document by its heads alone, which a sync service has too.
type DocumentHeads struct {
	Stream record.ID
	// Digest is the SHA-256 over the heads, sorted, 32 bytes each.
	Digest [32]byte
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
		digest, some, err := headsDigest(s.ColumnRawBlob(1))
		if err != nil {
			return fmt.Errorf("document %s: %w", d.Stream, err)
		}
		if d.Digest = digest; some {
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

// headsDigest reads the heads, which lead an encoded state sorted, without the rest of it. False: there are none.
func headsDigest(state []byte) (digest [32]byte, some bool, err error) {
	r := &reader{b: state}
	r.array()
	r.take(r.expect(majorText))
	n := r.array()
	sum := sha256.New()
	for range n {
		head := r.take(r.expect(majorBytes))
		if len(head) != sha256.Size {
			r.bad = true
			break
		}
		sum.Write(head)
	}
	if r.bad {
		return digest, false, errRow
	}
	return [32]byte(sum.Sum(nil)), n > 0, nil
}
