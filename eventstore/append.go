package eventstore

import (
	"fmt"

	"fieldbook/envelope"
)

// Append adds envelopes that this device made to the branch whose tip they continue, or starts their feed; ErrStale if they
// continue no tip. headSig is the signature over the head of the last one. It may be nil if more of the branch follows: the
// transaction commits only once the tip of the branch is signed.
func (t *Tx) Append(envs []*envelope.Envelope, headSig []byte) ([]Position, error) {
	if !t.writes {
		return nil, ErrReadOnly
	}
	if len(envs) == 0 {
		return nil, nil
	}
	b, err := t.tip(envs[0])
	if err != nil {
		return nil, fail("append", err)
	}
	positions := make([]Position, len(envs))
	for i, e := range envs {
		if positions[i], err = t.extend(b, e, e.Hash()); err != nil {
			return nil, fail(fmt.Sprintf("append seq %d", e.Seq), err)
		}
	}
	t.sign(b, headSig)
	return positions, fail("append", t.save(b))
}

// sign keeps the signed head of a branch's tip, or remembers that it is owed.
func (t *Tx) sign(b *branch, sig []byte) {
	if len(sig) > 0 {
		b.HeadSeq, b.HeadSig = b.Seq, sig
		delete(t.unsigned, b.ID)
		return
	}
	if t.unsigned == nil {
		t.unsigned = map[int64]bool{}
	}
	t.unsigned[b.ID] = true
}

// tip finds the branch that an envelope continues at its end.
func (t *Tx) tip(e *envelope.Envelope) (*branch, error) {
	list, err := t.ofFeed(e.Feed())
	if err != nil {
		return nil, err
	}
	for _, b := range list {
		if b.Seq+1 == e.Seq && b.Hash == e.Prev {
			return b, nil
		}
	}
	if len(list) > 0 || e.Seq != 1 {
		return nil, fmt.Errorf("seq %d of feed %s: %w", e.Seq, e.Feed(), ErrStale)
	}
	b := &branch{Branch: Branch{Workspace: e.Workspace, Feed: e.Feed()}}
	return b, t.add(b)
}

// extend adds an envelope at the end of a branch; the branch is saved by the caller.
func (t *Tx) extend(b *branch, e *envelope.Envelope, hash envelope.Hash) (Position, error) {
	if e.Workspace != b.Workspace || e.Feed() != b.Feed || e.Seq != b.Seq+1 || e.Prev != b.Hash {
		return 0, ErrChain
	}
	if err := e.Check(); err != nil {
		return 0, err
	}
	position, err := t.insert(b, e)
	b.Seq, b.Hash = e.Seq, hash
	return position, err
}
