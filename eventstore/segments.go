package eventstore

import (
	"fmt"

	"github.com/ncruces/go-sqlite3"
)

// segments rebuilds each segment, compares it with what was stored, checks its author's signature, and sees that no number
// is missing.
func (v *verifier) segments() {
	v.load()
	for id := int64(0); v.ctx.Err() == nil; {
		list, err := v.tx.bounds(boundsColumns+" WHERE id > ? ORDER BY id LIMIT 64", id)
		for i := range list {
			v.segment(&list[i])
			id = list[i].id
		}
		if !v.try("read the segments", err) || len(list) == 0 {
			break
		}
	}
	for _, c := range v.branches {
		v.coverage(c)
	}
}

func (v *verifier) segment(bound *bounds) {
	c := v.branches[bound.branch]
	if c == nil {
		v.add(nil, bound.last, SegmentViolation, "segment %d: no branch has number %d", bound.number, bound.branch)
		return
	}
	seg, err := v.tx.segment(c.branch, bound)
	if err == nil {
		pub, ok := v.keyOf(c.Feed.Device)
		if !ok {
			return // chains tells
		}
		err = seg.Verify(pub)
	}
	if err != nil && v.ctx.Err() == nil {
		v.add(c.branch, bound.last, SegmentViolation, "segment %d: %v", bound.number, err)
	}
}

// coverage checks that the segments of a branch are numbered without holes, reach as far as the branch says, and begin
// where one of those before ends.
func (v *verifier) coverage(c *chain) {
	number, last, err := v.tx.covered(c.branch, c.Seq)
	if !v.try("read the segments", err) {
		return
	}
	if number != c.Segments || last != c.Cut {
		v.add(c.branch, c.Cut, SegmentViolation, "segments end with number %d at seq %d, the branch says %d at seq %d",
			number, last, c.Segments, c.Cut)
	}
	err = v.tx.conn.query(`SELECT number, first FROM segments s WHERE branch = ?1 AND NOT EXISTS (SELECT 1 FROM segments p
		WHERE p.branch = s.branch AND p.number = s.number - 1 AND p.last = s.first - 1)`, []any{c.ID},
		func(s *sqlite3.Stmt) (bool, error) {
			number, first := uint64(s.ColumnInt64(0)), uint64(s.ColumnInt64(1))
			if !v.begins(c, number, first) {
				v.add(c.branch, first, SegmentViolation, "no segment %d ends before segment %d, at seq %d", number-1, number, first-1)
			}
			return true, nil
		})
	v.try(fmt.Sprintf("read the segments of branch %d", c.ID), err)
}

// begins tells whether a segment without one before it in its own branch begins the feed, or follows one in the branch
// that its branch forks from.
func (v *verifier) begins(c *chain, number, first uint64) bool {
	if number == 1 {
		return first == 1
	}
	for parent := v.branches[c.parent]; parent != nil; parent = v.branches[parent.parent] {
		n, err := v.tx.conn.count("SELECT count(*) FROM segments WHERE branch = ? AND number = ? AND last = ?",
			parent.ID, int64(number-1), int64(first-1))
		if err != nil || n > 0 {
			return err == nil
		}
	}
	return false
}
