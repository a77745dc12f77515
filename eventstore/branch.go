package eventstore

import (
	"errors"
	"fmt"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/envelope"
)

// Branch is one chain of a feed. A feed has one, unless two envelopes were made under one name: then a further branch holds
// what follows its base, and what lies before belongs to the branch it forks from.
type Branch struct {
	ID        int64
	Workspace envelope.WorkspaceID
	Feed      envelope.FeedID
	// Seq and Hash are the tip.
	Seq  uint64
	Hash envelope.Hash
	// Segments is the number of the last segment that ends in this branch, or before its base; SegmentHash is its hash.
	Segments    uint64
	SegmentHash envelope.Hash
	// Cut is the last seq that a segment covers.
	Cut uint64
	// BaseSeq and Base name the last envelope before the fork; both zero for a branch that starts the feed.
	BaseSeq uint64
	Base    envelope.Hash
	// HeadSeq and HeadSig are the last signed head given to Append; zero and nil in a feed of another device.
	HeadSeq uint64
	HeadSig []byte
}

// Tip is the head that the branch ends in.
func (b *Branch) Tip() envelope.Head {
	return envelope.Head{Workspace: b.Workspace, Device: b.Feed.Device, Epoch: b.Feed.Epoch, Seq: b.Seq, Hash: b.Hash}
}

// branch is a Branch with its place in the tree of forks.
type branch struct {
	Branch
	parent int64
	last   Position // of the tip, 0 if not looked up
}

const branchColumns = `SELECT id, workspace, device, epoch, parent, base_seq, base, seq, hash, head_seq, head_sig,
	segments, segment_hash, cut FROM branches`

// Branches lists every branch of every feed, in the order in which they came.
func (t *Tx) Branches() ([]Branch, error) {
	found, err := t.branches(branchColumns + " ORDER BY id")
	list := make([]Branch, len(found))
	for i, b := range found {
		list[i] = b.Branch
	}
	return list, fail("list the branches", err)
}

// Branch finds the branch of a feed that ends in this tip.
func (t *Tx) Branch(feed envelope.FeedID, tip envelope.Hash) (Branch, bool, error) {
	found, err := t.ofFeed(feed)
	for _, b := range found {
		if b.Hash == tip {
			return b.Branch, true, nil
		}
	}
	return Branch{}, false, fail("find a branch of "+feed.String(), err)
}

// ofFeed lists the branches of a feed.
func (t *Tx) ofFeed(feed envelope.FeedID) ([]*branch, error) {
	return t.branches(branchColumns+" WHERE device = ? AND epoch = ? ORDER BY id", feed.Device[:], int64(feed.Epoch))
}

// byID finds one branch, or gives ErrNotFound.
func (t *Tx) byID(id int64) (*branch, error) {
	found, err := t.branches(branchColumns+" WHERE id = ?", id)
	if err == nil && len(found) == 0 {
		err = ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("branch %d: %w", id, err)
	}
	return found[0], nil
}

func (t *Tx) branches(sql string, args ...any) (list []*branch, err error) {
	err = t.conn.query(sql, args, func(s *sqlite3.Stmt) (bool, error) {
		b, err := readBranch(s)
		list = append(list, b)
		return true, err
	})
	return list, err
}

func readBranch(s *sqlite3.Stmt) (*branch, error) {
	b := &branch{parent: s.ColumnInt64(4)}
	b.ID, b.Feed.Epoch = s.ColumnInt64(0), envelope.Epoch(s.ColumnInt64(3))
	b.BaseSeq, b.Seq, b.HeadSeq = uint64(s.ColumnInt64(5)), uint64(s.ColumnInt64(7)), uint64(s.ColumnInt64(9))
	b.HeadSig, b.Segments, b.Cut = s.ColumnBlob(10, nil), uint64(s.ColumnInt64(11)), uint64(s.ColumnInt64(13))
	whole := fill(b.Workspace[:], s, 1) && fill(b.Feed.Device[:], s, 2) && fill(b.Base[:], s, 6) &&
		fill(b.Hash[:], s, 8) && fill(b.SegmentHash[:], s, 12)
	if b.parent >= b.ID { // forks are made after what they fork from; a circle must not trap a reader
		b.parent, whole = 0, false
	}
	if !whole {
		return b, fmt.Errorf("branch %d: not as it was stored: %w", b.ID, ErrDamaged)
	}
	return b, nil
}

// fill copies a column that must have exactly the length of dst.
func fill(dst []byte, s *sqlite3.Stmt, col int) bool {
	value := s.ColumnRawBlob(col)
	return len(value) == len(dst) && copy(dst, value) == len(dst)
}

// add stores a new, empty branch. All branches belong to one workspace.
func (t *Tx) add(b *branch) error {
	other, err := t.conn.count("SELECT count(*) FROM branches WHERE workspace <> ?", b.Workspace[:])
	if err != nil {
		return err
	}
	if other > 0 {
		return fmt.Errorf("envelope of another workspace: %w", ErrChain)
	}
	err = t.conn.exec(`INSERT INTO branches (workspace, device, epoch, parent, base_seq, base, seq, hash,
		head_seq, head_sig, segments, segment_hash, cut) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		b.Workspace[:], b.Feed.Device[:], int64(b.Feed.Epoch), b.parent, int64(b.BaseSeq), b.Base[:], int64(b.Seq), b.Hash[:],
		int64(b.HeadSeq), b.HeadSig, int64(b.Segments), b.SegmentHash[:], int64(b.Cut))
	b.ID = t.conn.db.LastInsertRowID()
	return err
}

// save stores what changes in a branch: its tip, its head and its last segment.
func (t *Tx) save(b *branch) error {
	return t.conn.exec(`UPDATE branches SET seq = ?, hash = ?, head_seq = ?, head_sig = ?, segments = ?, segment_hash = ?, cut = ?
		WHERE id = ?`, int64(b.Seq), b.Hash[:], int64(b.HeadSeq), b.HeadSig, int64(b.Segments), b.SegmentHash[:], int64(b.Cut), b.ID)
}

// hashAt is the hash of a branch's own envelope, or of its base, at seq: the previous hash that the row after it carries.
func (t *Tx) hashAt(b *branch, seq uint64) (hash envelope.Hash, ok bool, err error) {
	switch {
	case seq == b.Seq:
		return b.Hash, true, nil
	case seq == b.BaseSeq:
		return b.Base, true, nil
	case seq > b.Seq || seq < b.BaseSeq:
		return hash, false, nil
	}
	at, err := t.at(b, seq+1)
	if err == nil {
		err = t.conn.query("SELECT prev FROM events WHERE position = ? AND branch = ? AND seq = ?", []any{int64(at), b.ID, int64(seq + 1)},
			func(s *sqlite3.Stmt) (bool, error) {
				ok = fill(hash[:], s, 0)
				return false, nil
			})
	}
	if err == nil && !ok {
		err = fmt.Errorf("branch %d has no row for seq %d: %w", b.ID, seq+1, ErrDamaged)
	}
	return hash, ok, err
}

// holder finds the branch that holds the envelope (seq, hash); seq 0 with the zero hash is the start of every feed.
func (t *Tx) holder(list []*branch, seq uint64, hash envelope.Hash) (*branch, error) {
	var errs []error
	for _, b := range list {
		found, ok, err := t.hashAt(b, seq)
		if ok && found == hash && (seq > b.BaseSeq || b.parent == 0) {
			return b, nil
		}
		errs = append(errs, err)
	}
	return nil, errors.Join(errs...)
}
