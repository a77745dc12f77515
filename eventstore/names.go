package eventstore

import (
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
)

// SegmentName names a segment that ends in a branch, without its bytes.
type SegmentName struct {
	Number uint64
	Hash   envelope.Hash
	// Last is the seq of its last envelope.
	Last uint64
}

// SegmentNames lists the segments that end in a branch by number. It reads their bounds only, so that a sync of a long
// feed costs a row for each megabyte.
func (t *Tx) SegmentNames(branch int64) ([]SegmentName, error) {
	var list []SegmentName
	err := t.conn.query("SELECT number, hash, last FROM segments WHERE branch = ? ORDER BY number, hash", []any{branch},
		func(s *sqlite3.Stmt) (bool, error) {
			n := SegmentName{Number: uint64(s.ColumnInt64(0)), Last: uint64(s.ColumnInt64(2))}
			fill(n.Hash[:], s, 1)
			list = append(list, n)
			return true, nil
		})
	return list, fail(fmt.Sprintf("list the segments of branch %d", branch), err)
}
