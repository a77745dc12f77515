package eventstore

import (
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
)

// AddSegment stores a segment received from elsewhere, whose signature the caller has checked, and returns the envelopes
// that are new here in order. Envelopes held already, by another segment or by none, are left out. An envelope that a feed
// holds another one beside makes a new branch. ErrHole says that something before the segment is missing: nothing is kept,
// the caller tries again later.
func (t *Tx) AddSegment(seg *envelope.Segment) ([]Row, error) {
	if !t.writes {
		return nil, ErrReadOnly
	}
	rows, err := t.addSegment(seg)
	return rows, fail(fmt.Sprintf("add segment %d of %s", seg.Number, seg.Feed()), err)
}

func (t *Tx) addSegment(seg *envelope.Segment) ([]Row, error) {
	w, err := t.walk(seg)
	if err != nil {
		return nil, err
	}
	hash := seg.Hash()
	if known, err := t.hasSegment(w.list, seg.Number, hash); known || err != nil {
		return nil, err
	}
	if seg.Number > w.number+1 {
		return nil, fmt.Errorf("segment %d after %d: %w", seg.Number, w.number, ErrHole)
	}
	if err := seg.Walk(w.step); err != nil {
		return nil, err
	}
	if w.at == nil || w.at.Workspace != seg.Workspace || w.seq != seg.Last || w.hash != seg.Tip {
		return nil, ErrChain
	}
	return w.rows, t.keepSegment(w.at, seg, hash)
}

// walk is the way of a segment's envelopes along the branches of its feed.
type walk struct {
	tx   *Tx
	list []*branch
	// at holds the envelope (seq, hash), the last one passed; nil before the feed's first.
	at   *branch
	seq  uint64
	hash envelope.Hash
	// number is the last segment known on the way to the first envelope.
	number uint64
	rows   []Row
}

// walk finds the branch that holds what comes before a segment.
func (t *Tx) walk(seg *envelope.Segment) (*walk, error) {
	list, err := t.ofFeed(seg.Feed())
	if err != nil {
		return nil, err
	}
	w := &walk{tx: t, list: list, seq: seg.First - 1, hash: seg.Prev}
	if w.at, err = t.holder(list, w.seq, w.hash); err != nil {
		return nil, err
	}
	if w.at == nil {
		if seg.First != 1 || !seg.Prev.IsZero() || len(list) > 0 {
			return nil, fmt.Errorf("seq %d: %w", w.seq, ErrHole)
		}
		return w, nil
	}
	w.number, _, err = t.before(w.at, w.seq)
	return w, err
}

// step passes one envelope: it is held already, or continues a tip, or forks.
func (w *walk) step(e *envelope.Envelope, hash envelope.Hash) error {
	if e.Seq != w.seq+1 || e.Prev != w.hash {
		return ErrChain
	}
	held, err := w.tx.holder(w.list, e.Seq, hash)
	if err != nil {
		return err
	}
	if held == nil {
		if held, err = w.grow(e, hash); err != nil {
			return err
		}
	}
	w.at, w.seq, w.hash = held, e.Seq, hash
	return nil
}

// grow adds a new envelope, on a new branch unless it continues a tip. What follows a new envelope is new too, so that a
// walk changes one branch only, the one it ends in.
func (w *walk) grow(e *envelope.Envelope, hash envelope.Hash) (*branch, error) {
	b := w.at
	if b == nil || b.Seq != w.seq {
		var err error
		if b, err = w.fork(e); err != nil {
			return nil, err
		}
	}
	position, err := w.tx.extend(b, e, hash)
	if err != nil {
		return nil, err
	}
	w.rows = append(w.rows, Row{Position: position, Envelope: e, Hash: hash})
	return b, nil
}

// fork starts a branch for an envelope, at the place the walk has come to.
func (w *walk) fork(e *envelope.Envelope) (*branch, error) {
	b := &branch{Branch: Branch{Workspace: e.Workspace, Feed: e.Feed(), Seq: w.seq, Hash: w.hash, BaseSeq: w.seq, Base: w.hash}}
	if w.at != nil && w.seq > 0 {
		var err error
		if b.Segments, b.Cut, err = w.tx.before(w.at, w.seq); err != nil {
			return nil, err
		}
		b.parent = w.at.ID
	}
	w.list = append(w.list, b)
	return b, w.tx.add(b)
}

// before is covered, without a look at the segments where the branch itself knows: at its tip.
func (t *Tx) before(b *branch, seq uint64) (number, last uint64, err error) {
	if seq >= b.Cut {
		return b.Segments, b.Cut, nil
	}
	return t.covered(b, seq)
}

// covered tells the last segment, and the last seq it covers, on the way of a branch up to seq.
func (t *Tx) covered(b *branch, seq uint64) (number, last uint64, err error) {
	for {
		err = t.conn.query("SELECT max(number), max(last) FROM segments WHERE branch = ? AND last <= ?", []any{b.ID, int64(seq)},
			func(s *sqlite3.Stmt) (bool, error) {
				number, last = uint64(s.ColumnInt64(0)), uint64(s.ColumnInt64(1))
				return false, nil
			})
		if err != nil || number > 0 || b.parent == 0 {
			return number, last, err
		}
		seq = min(seq, b.BaseSeq)
		if b, err = t.byID(b.parent); err != nil {
			return 0, 0, err
		}
	}
}

// hasSegment tells whether exactly this segment is stored.
func (t *Tx) hasSegment(list []*branch, number uint64, hash envelope.Hash) (bool, error) {
	for _, b := range list {
		n, err := t.conn.count("SELECT count(*) FROM segments WHERE branch = ? AND number = ? AND hash = ?", b.ID, int64(number), hash[:])
		if n > 0 || err != nil {
			return n > 0, err
		}
	}
	return false, nil
}

// keepSegment stores a segment's bounds with the branch that its last envelope lies in, and saves that branch.
func (t *Tx) keepSegment(b *branch, seg *envelope.Segment, hash envelope.Hash) error {
	err := t.conn.exec("INSERT INTO segments (branch, number, first, last, sig, witnesses, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
		b.ID, int64(seg.Number), int64(seg.First), int64(seg.Last), seg.Sig, envelope.EncodeWitnesses(seg.Witnesses), hash[:])
	if err != nil {
		return err
	}
	b.Segments = max(b.Segments, seg.Number)
	if seg.Last > b.Cut {
		b.Cut, b.SegmentHash = seg.Last, hash
	}
	return t.save(b)
}
