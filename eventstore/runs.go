package eventstore

import "fieldbook/envelope"

// Where an envelope of a branch lies follows from runs: stretches of a branch whose envelopes lie side by side in the log. An
// append goes on with the last run unless another feed came in between, so that a laptop's own edits write nothing here; an index
// by branch and seq would cost each of them a page.

// at is the position of a branch's own envelope, 0 if it has none of this seq.
func (t *Tx) at(b *branch, seq uint64) (Position, error) {
	if seq <= b.BaseSeq || seq > b.Seq {
		return 0, nil
	}
	behind, err := t.conn.count("SELECT position - seq FROM runs WHERE branch = ? AND seq <= ? ORDER BY seq DESC LIMIT 1", b.ID, int64(seq))
	return Position(behind + int64(seq)), err
}

// beside reads some of a branch's own envelopes from one seq on, up to another: those that lie side by side, a batch at most.
func (t *Tx) beside(b *branch, first, last uint64) ([]*envelope.Envelope, error) {
	at, err := t.at(b, first)
	if err != nil {
		return nil, err
	}
	next, err := t.conn.count("SELECT seq FROM runs WHERE branch = ? AND seq > ? ORDER BY seq LIMIT 1", b.ID, int64(first))
	if err != nil {
		return nil, err
	}
	n := min(int64(last-first)+1, scanBatch)
	if next > 0 {
		n = min(n, next-int64(first))
	}
	raws, err := t.raws(rowColumns+" WHERE position BETWEEN ? AND ? AND branch = ? ORDER BY position", int64(at), int64(at)+n-1, b.ID)
	if err != nil {
		return nil, err
	}
	list := make([]*envelope.Envelope, len(raws))
	for i := range raws {
		if list[i], err = t.rebuild(&raws[i]); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// own reads a branch's own envelope; none if the log lacks it.
func (t *Tx) own(b *branch, seq uint64) ([]Row, error) {
	at, err := t.at(b, seq)
	if err != nil {
		return nil, err
	}
	return t.rows(rowColumns+" WHERE position = ? AND branch = ? AND seq = ?", int64(at), b.ID, int64(seq))
}

// place notes where the next envelope of a branch lies, if that is not after the one before it.
func (t *Tx) place(b *branch, seq uint64, position Position) (err error) {
	if b.last == 0 {
		if b.last, err = t.at(b, b.Seq); err != nil {
			return err
		}
	}
	if b.last == 0 || position != b.last+1 {
		err = t.conn.exec("INSERT INTO runs (branch, seq, position) VALUES (?, ?, ?)", b.ID, int64(seq), int64(position))
	}
	b.last = position
	return err
}

// start checks that the stretch of a branch which begins with a row is known.
func (v *verifier) start(c *chain, r *raw) {
	v.starts++
	n, err := v.tx.conn.count("SELECT count(*) FROM runs WHERE branch = ? AND seq = ? AND position = ?", r.branch, int64(r.seq), int64(r.position))
	if v.try("read a run", err) && n == 0 {
		v.add(c.branch, r.seq, RowViolation, "position %d: no run of the branch begins here", r.position)
	}
}
