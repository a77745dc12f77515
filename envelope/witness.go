package envelope

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
)

// compareHeads orders heads of one workspace by device, epoch, seq and hash.
func compareHeads(a, b Head) int {
	return cmp.Or(
		bytes.Compare(a.Device[:], b.Device[:]),
		cmp.Compare(a.Epoch, b.Epoch),
		cmp.Compare(a.Seq, b.Seq),
		bytes.Compare(a.Hash[:], b.Hash[:]))
}

// sortWitnesses is a sorted copy without repetitions, of at most MaxWitnesses.
func sortWitnesses(heads []Head) []Head {
	w := slices.Clone(heads)
	slices.SortFunc(w, compareHeads)
	w = slices.CompactFunc(w, func(a, b Head) bool { return compareHeads(a, b) == 0 })
	return w[:min(len(w), MaxWitnesses)]
}

// checkWitnesses tells whether the witnesses can be written: of this workspace, since the list does not repeat its id, and
// with numbers in range.
func (s *Segment) checkWitnesses() error {
	for _, w := range s.Witnesses {
		if w.Workspace != s.Workspace {
			return fmt.Errorf("witness %s: %w", w.Feed(), ErrWorkspace)
		}
		if w.Seq == 0 || w.Seq > MaxSeq {
			return fmt.Errorf("witness %s: %w", w.Feed(), ErrMalformed)
		}
	}
	return nil
}

// EncodeWitnesses is the witness list as a segment holds it; the workspace is the segment's and not repeated.
func EncodeWitnesses(heads []Head) []byte {
	b := appendHead(make([]byte, 0, 3+90*len(heads)), majorArray, uint64(len(heads)))
	for i := range heads {
		b = appendTip(b, heads[i].Feed(), heads[i].Seq, heads[i].Hash)
	}
	return b
}

// DecodeWitnesses reads what EncodeWitnesses wrote for a segment of the workspace.
func DecodeWitnesses(ws WorkspaceID, b []byte) ([]Head, error) {
	r := reader{b: b}
	w := r.witnesses(ws)
	if err := r.end("witnesses"); err != nil {
		return nil, err
	}
	return w, nil
}

func (r *reader) witnesses(ws WorkspaceID) []Head {
	n := r.count(MaxWitnesses, "witnesses")
	if n == 0 {
		return nil
	}
	heads := make([]Head, 0, n)
	for i := 0; i < n && r.err == nil; i++ {
		feed, seq, hash := r.tip("witness")
		h := Head{Workspace: ws, Device: feed.Device, Epoch: feed.Epoch, Seq: seq, Hash: hash}
		if r.err == nil && i > 0 && compareHeads(heads[i-1], h) >= 0 {
			r.fail(ErrNotCanonical, "witnesses not ascending")
		}
		heads = append(heads, h)
	}
	return heads
}

// appendTip writes [device, epoch, seq, hash].
func appendTip(b []byte, f FeedID, seq uint64, h Hash) []byte {
	b = appendHash(append(b, majorArray|4), (*[32]byte)(&f.Device))
	b = appendUint(b, uint64(f.Epoch))
	b = appendUint(b, seq)
	return appendHash(b, (*[32]byte)(&h))
}

// tip reads what appendTip wrote.
func (r *reader) tip(what string) (f FeedID, seq uint64, h Hash) {
	r.array(4, what)
	r.fixed(f.Device[:], what)
	f.Epoch = Epoch(r.uint(what))
	seq = r.number(what)
	r.fixed(h[:], what)
	return f, seq, h
}
