package eventstore

import (
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
)

// chain is a branch on its way through Verify.
type chain struct {
	*branch
	// seq and hash are the last envelope passed, head the hash at the signed head's seq.
	seq        uint64
	hash, head envelope.Hash
}

// chains passes all rows in order of position, which is the order of each branch too, and then looks at how each ended.
func (v *verifier) chains() {
	v.load()
	after, controls := Position(0), int64(0)
	for {
		err := v.tx.conn.query(rowColumns+" WHERE position > ? ORDER BY position", []any{int64(after)}, func(s *sqlite3.Stmt) (bool, error) {
			r, err := readRaw(s)
			if r.key == 0 {
				controls++
			}
			v.place(after, r.position)
			v.row(&r, err)
			after = r.position
			return v.stats.Events%1024 != 0 || v.ctx.Err() == nil, nil
		})
		if err == nil || v.ctx.Err() != nil {
			break
		}
		next, ok := v.skip(after)
		if !ok {
			v.add(nil, 0, PageViolation, "positions from %d on can't be read: %v", after+1, err)
			break
		}
		v.add(nil, 0, PageViolation, "positions %d to %d can't be read: %v", after+1, next-1, err)
		after = next - 1
	}
	v.indexes(controls)
	feeds := map[envelope.FeedID]bool{}
	for _, c := range v.branches {
		feeds[c.Feed] = true
		v.end(c)
	}
	v.stats.Feeds = int64(len(feeds))
}

// place checks that positions have no holes.
func (v *verifier) place(after, position Position) {
	if position != after+1 {
		v.add(nil, 0, RowViolation, "position %d follows %d", position, after)
	}
}

// skip finds the next position after one that can't be read. It looks as far as a file of this size can have rows; beyond
// what a few pages hold its steps grow.
func (v *verifier) skip(after Position) (next Position, ok bool) {
	const mostRows = 128 // in a page: a row takes more than 32 bytes
	pages, err := v.tx.conn.count("PRAGMA page_count")
	if err != nil {
		return 0, false
	}
	end := Position(pages * mostRows)
	for next, step := after+2, Position(1); next <= end; next += step {
		n, err := v.tx.conn.count("SELECT position FROM events WHERE position >= ? ORDER BY position LIMIT 1", int64(next))
		if err == nil {
			return Position(n), n > 0
		}
		if next > after+mostRows {
			step *= 2
		}
	}
	return 0, false
}

// row checks one row against the one before it in its branch, and goes on from what it found.
func (v *verifier) row(r *raw, err error) {
	v.stats.Events++
	c := v.branches[r.branch]
	if c == nil {
		v.add(nil, r.seq, RowViolation, "position %d: no branch has number %d", r.position, r.branch)
		return
	}
	var e *envelope.Envelope
	var hash envelope.Hash
	if err == nil {
		e, err = v.tx.rebuild(r)
	}
	if err == nil {
		hash, err = e.Hash(), e.Check()
	}
	if err != nil {
		v.add(c.branch, r.seq, RowViolation, "position %d: %v", r.position, err)
	}
	switch {
	case r.seq != c.seq+1:
		v.add(c.branch, r.seq, SeqViolation, "position %d: seq %d follows %d", r.position, r.seq, c.seq)
	case r.prev != c.hash && r.seq == 1:
		v.add(c.branch, r.seq, ChainViolation, "the first envelope names one before it")
	case r.prev != c.hash:
		v.add(c.branch, r.seq-1, ChainViolation, "the envelope has hash %s, seq %d was made after %s", c.hash, r.seq, r.prev)
	}
	if c.seq, c.hash = r.seq, hash; c.last == 0 || r.position != c.last+1 {
		v.start(c, r)
	}
	c.last = r.position
	if c.seq == c.HeadSeq {
		c.head = c.hash
	}
}

// end checks how a branch ended: at its tip, under a signature, and where it forked off.
func (v *verifier) end(c *chain) {
	if c.seq != c.Seq {
		v.add(c.branch, c.Seq, SeqViolation, "the branch ends at seq %d, its tip is %d", c.seq, c.Seq)
	} else if c.hash != c.Hash {
		v.add(c.branch, c.Seq, ChainViolation, "the last envelope has hash %s, the tip is %s", c.hash, c.Hash)
	}
	if c.parent != 0 {
		v.base(c)
	}
	v.head(c)
}

// base checks that a fork's base is in the branch it forks from.
func (v *verifier) base(c *chain) {
	parent := v.branches[c.parent]
	if parent == nil {
		v.add(c.branch, c.BaseSeq, ChainViolation, "no branch has number %d, which this one forks from", c.parent)
		return
	}
	hash, ok, err := v.tx.hashAt(parent.branch, c.BaseSeq)
	if v.try("read the base of a fork", err) && (!ok || hash != c.Base) {
		v.add(c.branch, c.BaseSeq, ChainViolation, "the fork's base %s is not in the branch it forks from", c.Base)
	}
}

// head checks the signature that covers the last envelopes. A segment's signature, checked with the segment, does as well.
func (v *verifier) head(c *chain) {
	if signed := max(c.HeadSeq, c.Cut); signed < c.Seq {
		v.add(c.branch, c.Seq, HeadViolation, "no signature covers what follows seq %d", signed)
	}
	pub, ok := v.keyOf(c.Feed.Device)
	if !ok {
		v.add(c.branch, c.Seq, DeviceViolation, "no key is known for device %s", c.Feed.Device)
		return
	}
	if c.HeadSeq == 0 {
		return
	}
	head := c.Tip()
	head.Seq, head.Hash = c.HeadSeq, c.head
	if err := envelope.VerifyHead(head, pub, c.HeadSig); err != nil {
		v.add(c.branch, c.HeadSeq, HeadViolation, "signed head: %v", err)
	}
}

// indexes checks that the indexes that lead to rows hold as many entries as there are rows.
func (v *verifier) indexes(controls int64) {
	for sql, want := range map[string]int64{
		"SELECT count(*) FROM runs":                                     v.starts,
		"SELECT count(*) FROM events INDEXED BY controls WHERE key = 0": controls,
	} {
		n, err := v.tx.conn.count(sql)
		if v.try("read an index", err) && n != want {
			v.add(nil, 0, PageViolation, "an index holds %d entries for %d rows", n, want)
		}
	}
	err := v.tx.conn.query("SELECT hash, envelope FROM vouched", nil, func(s *sqlite3.Stmt) (bool, error) {
		e, err := envelope.Decode(s.ColumnBlob(1, nil))
		var hash envelope.Hash
		if whole := fill(hash[:], s, 0); err == nil && (!whole || e.Hash() != hash) {
			err = fmt.Errorf("its hash is %s", e.Hash())
		}
		if err != nil {
			v.add(nil, 0, RowViolation, "vouched control envelope: %v", err)
		}
		return true, nil
	})
	v.try("read the vouched control envelopes", err)
}
