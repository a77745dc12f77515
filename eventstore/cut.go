package eventstore

import (
	"fmt"
	"math"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
)

// Cut cuts everything of a branch that no segment covers into segments of at most 1 MiB, signs each, stores their bounds,
// and tells how many there are. Segments then gives their bytes, one at a time.
func (t *Tx) Cut(branch int64, witnesses []envelope.Head, signer envelope.Signer) (int, error) {
	if !t.writes {
		return 0, ErrReadOnly
	}
	b, err := t.byID(branch)
	if err != nil {
		return 0, fail("cut", err)
	}
	cut := 0
	for ; b.Cut < b.Seq; cut++ {
		if err := t.cut(b, witnesses, signer); err != nil {
			return cut, fail(fmt.Sprintf("cut segment %d of %s", b.Segments+1, b.Feed), err)
		}
	}
	return cut, nil
}

// cut makes one segment, which begins after the last one.
func (t *Tx) cut(b *branch, witnesses []envelope.Head, signer envelope.Signer) error {
	var encoded [][]byte
	size := 0
	err := t.follow(b, b.Cut+1, b.Seq, func(e *envelope.Envelope) bool {
		encoded = append(encoded, e.Encode())
		size += len(encoded[len(encoded)-1])
		return size < envelope.MaxSegment
	})
	if err != nil {
		return err
	}
	seg, err := envelope.CutSegment(b.Segments+1, encoded, witnesses, signer)
	if err != nil {
		return err
	}
	return t.keepSegment(b, seg, seg.Hash())
}

// follow calls fn with the envelopes first to last on the way to the tip of a branch, also those before its base, until fn
// wants no more.
func (t *Tx) follow(b *branch, first, last uint64, fn func(*envelope.Envelope) (more bool)) error {
	if first <= b.BaseSeq && b.parent != 0 {
		parent, err := t.byID(b.parent)
		if err != nil {
			return err
		}
		more := true
		err = t.follow(parent, first, min(last, b.BaseSeq), func(e *envelope.Envelope) bool {
			more = fn(e)
			return more
		})
		if err != nil || !more {
			return err
		}
		first = b.BaseSeq + 1
	}
	for first <= last {
		list, err := t.beside(b, first, last)
		if err != nil {
			return err
		}
		for _, e := range list {
			if e.Seq != first {
				return fmt.Errorf("branch %d has no row for seq %d: %w", b.ID, first, ErrDamaged)
			}
			if !fn(e) {
				return nil
			}
			first++
		}
		if len(list) == 0 {
			return fmt.Errorf("branch %d has no row for seq %d: %w", b.ID, first, ErrDamaged)
		}
	}
	return nil
}

// bounds is a stored segment without its envelopes.
type bounds struct {
	id, branch          int64
	number, first, last uint64
	sig, witnesses      []byte
	hash                envelope.Hash
}

const boundsColumns = "SELECT id, branch, number, first, last, sig, witnesses, hash FROM segments"

// bounds reads the segments that a query starting with boundsColumns finds.
func (t *Tx) bounds(sql string, args ...any) (list []bounds, err error) {
	err = t.conn.query(sql, args, func(s *sqlite3.Stmt) (bool, error) {
		list = append(list, readBounds(s))
		return true, nil
	})
	return list, err
}

func readBounds(s *sqlite3.Stmt) bounds {
	b := bounds{id: s.ColumnInt64(0), branch: s.ColumnInt64(1), number: uint64(s.ColumnInt64(2)),
		first: uint64(s.ColumnInt64(3)), last: uint64(s.ColumnInt64(4)), sig: s.ColumnBlob(5, nil), witnesses: s.ColumnBlob(6, nil)}
	fill(b.hash[:], s, 7) // a wrong hash shows when the segment is rebuilt
	return b
}

// Segments calls fn with each segment of a branch whose number is greater than after, byte for byte as its author cut it,
// by number; two segments of one number are both given. Segments that lie before a fork belong to the branch forked from.
func (t *Tx) Segments(branch int64, after uint64, fn func(*envelope.Segment) error) error {
	b, err := t.byID(branch)
	if err != nil {
		return fail("read segments", err)
	}
	for id := int64(math.MaxInt64); ; {
		list, err := t.bounds(boundsColumns+" WHERE branch = ? AND (number, id) > (?, ?) ORDER BY number, id LIMIT 1", b.ID, int64(after), id)
		if err != nil || len(list) == 0 {
			return fail("read segments of "+b.Feed.String(), err)
		}
		seg, err := t.segment(b, &list[0])
		if err != nil {
			return fail(fmt.Sprintf("read segment %d of %s", list[0].number, b.Feed), err)
		}
		if err := fn(seg); err != nil {
			return err
		}
		after, id = list[0].number, list[0].id
	}
}

// segment rebuilds a segment and checks that it is the one that was stored.
func (t *Tx) segment(b *branch, bound *bounds) (*envelope.Segment, error) {
	seg := &envelope.Segment{Workspace: b.Workspace, Device: b.Feed.Device, Epoch: b.Feed.Epoch,
		Number: bound.number, First: bound.first, Last: bound.last, Sig: bound.sig}
	witnesses, err := envelope.DecodeWitnesses(b.Workspace, bound.witnesses)
	if err != nil {
		return nil, fmt.Errorf("witnesses: %w: %w", ErrDamaged, err)
	}
	seg.Witnesses = witnesses
	size := 0
	err = t.follow(b, bound.first, bound.last, func(e *envelope.Envelope) bool {
		if e.Seq == bound.first {
			seg.Prev = e.Prev
		}
		if e.Seq == bound.last {
			seg.Tip = e.Hash()
		}
		seg.Envelopes = append(seg.Envelopes, e.Encode())
		size += len(seg.Envelopes[len(seg.Envelopes)-1])
		return size <= envelope.MaxSegment
	})
	if err != nil {
		return nil, err
	}
	if size > envelope.MaxSegment || seg.Hash() != bound.hash {
		return nil, fmt.Errorf("its bytes are not those that were stored: %w", ErrDamaged)
	}
	return seg, nil
}
