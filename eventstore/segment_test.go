package eventstore_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"fieldbook/envelope"
	"fieldbook/eventstore"
)

// segments returns every segment of every branch with a number after.
func segments(t testing.TB, s *eventstore.Store, after uint64) (list []*envelope.Segment) {
	t.Helper()
	view(t, s, func(tx *eventstore.Tx) error {
		branches, err := tx.Branches()
		for _, b := range branches {
			err = errors.Join(err, tx.Segments(b.ID, after, func(seg *envelope.Segment) error {
				list = append(list, seg)
				return nil
			}))
		}
		return err
	})
	return list
}

func branches(t testing.TB, s *eventstore.Store) (list []eventstore.Branch) {
	t.Helper()
	view(t, s, func(tx *eventstore.Tx) (err error) {
		list, err = tx.Branches()
		return err
	})
	return list
}

func cut(t testing.TB, s *eventstore.Store, branch int64, a *author, witnesses ...envelope.Head) (n int) {
	t.Helper()
	update(t, s, func(tx *eventstore.Tx) (err error) {
		n, err = tx.Cut(branch, witnesses, a)
		return err
	})
	return n
}

func TestCutSegmentsTravelByteForByte(t *testing.T) {
	from, to := open(t, config(t)), open(t, config(t))
	a := newAuthor(1)
	a.append(t, from, 40)
	if n := cut(t, from, 1, a, newAuthor(2).head2(7), newAuthor(3).head2(1)); n != 1 {
		t.Fatalf("%d segments", n)
	}
	a.append(t, from, 5000)
	if n := cut(t, from, 1, a); n != 3 {
		t.Fatalf("%d segments of 5000 envelopes", n)
	}
	if n := cut(t, from, 1, a); n != 0 {
		t.Fatalf("%d segments of nothing", n)
	}
	sent := segments(t, from, 0)
	for _, seg := range sent {
		wire := seg.Encode()
		if len(wire) > envelope.MaxSegment {
			t.Errorf("segment %d has %d bytes", seg.Number, len(wire))
		}
		if rows := must(addSegment(to, must(envelope.DecodeSegment(wire))(t)))(t); uint64(len(rows)) != seg.Last-seg.First+1 {
			t.Errorf("segment %d gave %d rows", seg.Number, len(rows))
		}
	}
	got := segments(t, to, 0)
	for i, seg := range sent {
		if !bytes.Equal(got[i].Encode(), seg.Encode()) {
			t.Errorf("segment %d differs", seg.Number)
		}
	}
	view(t, to, func(tx *eventstore.Tx) error {
		names, err := tx.SegmentNames(1)
		if len(names) != 4 || names[3].Number != 4 || names[3].Hash != sent[3].Hash() || names[3].Last != 5040 {
			t.Errorf("names %+v", names)
		}
		return err
	})
	if rest := segments(t, to, 3); len(rest) != 1 || rest[0].Number != 4 {
		t.Errorf("%d segments after 3", len(rest))
	}
	want := eventstore.Branch{ID: 1, Workspace: a.workspace, Feed: a.feed, Seq: 5040, Hash: a.prev, Segments: 4, SegmentHash: sent[3].Hash(), Cut: 5040}
	b := branches(t, to)[0]
	if b.HeadSig = nil; b.Tip() != want.Tip() || b.Segments != want.Segments || b.SegmentHash != want.SegmentHash || b.Cut != want.Cut {
		t.Errorf("branch %+v", b)
	}
	wantClean(t, from)
	wantClean(t, to)
}

// head2 is a head of the author's feed at seq.
func (a *author) head2(seq uint64) envelope.Head {
	h := a.head()
	h.Seq, h.Hash = seq, envelope.Hash{byte(seq)}
	return h
}

func TestLargeEnvelopesAreCutAlone(t *testing.T) {
	s := open(t, config(t))
	a := newAuthor(1)
	a.append(t, s, 1)
	envs := a.makeSized(3, 890<<10)
	sig := a.sign(t)
	update(t, s, func(tx *eventstore.Tx) error {
		_, err := tx.Append(envs, sig)
		return err
	})
	if n := cut(t, s, 1, a); n != 3 {
		t.Fatalf("%d segments", n)
	}
	if got := segments(t, s, 0); got[2].First != 4 {
		t.Errorf("last segment begins at %d", got[2].First)
	}
	wantClean(t, s)
}

func TestSegmentsArriveTwiceOverlappingAndWithHoles(t *testing.T) {
	s := open(t, config(t))
	a := newAuthor(1)
	envs := a.make(30)
	one, two, three := a.segment(t, 1, envs[:10]), a.segment(t, 2, envs[10:20]), a.segment(t, 3, envs[20:])
	_, err := addSegment(s, two)
	wantError(t, err, eventstore.ErrHole)
	if rows := must(addSegment(s, one))(t); len(rows) != 10 || rows[9].Position != 10 {
		t.Fatalf("%d rows", len(rows))
	}
	if rows := must(addSegment(s, one))(t); len(rows) != 0 {
		t.Fatalf("%d rows of a segment known already", len(rows))
	}
	_, err = addSegment(s, three)
	wantError(t, err, eventstore.ErrHole)
	_, err = addSegment(s, a.segment(t, 3, envs[10:20]))
	wantError(t, err, eventstore.ErrHole)

	// Before the restored laptop lost it, it had cut other bounds.
	if rows := must(addSegment(s, a.segment(t, 2, envs[10:25])))(t); len(rows) != 15 {
		t.Fatalf("%d rows", len(rows))
	}
	if rows := must(addSegment(s, two))(t); len(rows) != 0 {
		t.Fatalf("%d rows", len(rows))
	}
	if rows := must(addSegment(s, three))(t); len(rows) != 5 || rows[0].Envelope.Seq != 26 {
		t.Fatalf("%d rows", len(rows))
	}
	if list := segments(t, s, 0); len(list) != 4 {
		t.Fatalf("%d segments", len(list))
	}
	wantClean(t, s)
}

func TestOwnUncutEnvelopesComeBackInASegment(t *testing.T) {
	s := open(t, config(t))
	a := newAuthor(1)
	envs := a.append(t, s, 10)
	envs = append(envs, a.make(5)...) // made after the copy that was restored
	if rows := must(addSegment(s, a.segment(t, 1, envs)))(t); len(rows) != 5 {
		t.Fatalf("%d rows", len(rows))
	}
	a.append(t, s, 2)
	if cut(t, s, 1, a) != 1 || segments(t, s, 1)[0].First != 16 {
		t.Error("the cut does not begin after the segment")
	}
	wantClean(t, s)
}

func TestForksAreKeptBeside(t *testing.T) {
	s := open(t, config(t))
	a := newAuthor(1)
	common := a.append(t, s, 10)
	b := a.fork()
	left, right := a.append(t, s, 5), b.make(7)
	cut(t, s, 1, a)

	rows := must(addSegment(s, b.segment(t, 1, append(common, right[:3]...))))(t)
	if len(rows) != 3 || rows[0].Envelope.Seq != 11 {
		t.Fatalf("%d rows", len(rows))
	}
	must(addSegment(s, b.segment(t, 2, right[3:])))(t)
	list := branches(t, s)
	if len(list) != 2 || list[0].Hash != a.prev || list[1].Hash != b.prev || list[1].BaseSeq != 10 || list[1].Base != common[9].Hash() {
		t.Fatalf("branches %+v", list)
	}
	c := b.fork()
	must(addSegment(s, c.segment(t, 3, c.make(2))))(t) // goes on
	d := b.fork()
	must(addSegment(s, d.segment(t, 3, d.make(1))))(t) // a fork of a fork
	if list = branches(t, s); len(list) != 3 || list[2].BaseSeq != 17 {
		t.Fatalf("branches %+v", list)
	}
	view(t, s, func(tx *eventstore.Tx) error {
		_, one, err := tx.Find(a.feed, 11, left[0].Hash())
		_, two, err2 := tx.Find(a.feed, 11, right[0].Hash())
		branch, three, err3 := tx.Branch(a.feed, d.prev)
		_, four, err4 := tx.Branch(a.feed, common[3].Hash())
		if !one || !two || !three || branch.ID != 3 || four {
			t.Error("an envelope or a branch is not found, or one too many")
		}
		return errors.Join(err, err2, err3, err4)
	})
	wantClean(t, s)

	other := open(t, config(t)) // what one holds another can take, in the order of branches
	for _, seg := range segments(t, s, 0) {
		must(addSegment(other, must(envelope.DecodeSegment(seg.Encode()))(t)))(t)
	}
	if len(scan(t, other)) != len(scan(t, s)) || len(branches(t, other)) != 3 {
		t.Error("the other log holds something else")
	}
	wantClean(t, other)
}

func TestForkOfAFirstEnvelope(t *testing.T) {
	s := open(t, config(t))
	a := newAuthor(1)
	b := a.fork()
	a.append(t, s, 3)
	if rows := must(addSegment(s, b.segment(t, 1, b.make(2))))(t); len(rows) != 2 {
		t.Fatalf("%d rows", len(rows))
	}
	if list := branches(t, s); len(list) != 2 || list[1].BaseSeq != 0 {
		t.Fatalf("branches %+v", list)
	}
	wantClean(t, s)
}

func TestOwnForkGoesOnFromItsTip(t *testing.T) {
	s := open(t, config(t))
	a := newAuthor(1)
	common := a.append(t, s, 4)
	b := a.fork()
	a.append(t, s, 2)
	must(addSegment(s, b.segment(t, 1, append(common, b.make(1)...))))(t)
	b.append(t, s, 3)
	if cut(t, s, 2, b) != 1 || cut(t, s, 1, a) != 1 {
		t.Error("not one segment for each branch")
	}
	wantClean(t, s)
}

func TestForgedSegmentsAreRefusedWhole(t *testing.T) {
	a := newAuthor(1)
	envs := a.make(6)
	for name, change := range map[string]func(*envelope.Segment){
		"a missing envelope":  func(s *envelope.Segment) { s.Envelopes = append(s.Envelopes[:2], s.Envelopes[3:]...) },
		"a swapped envelope":  func(s *envelope.Segment) { s.Envelopes[2], s.Envelopes[3] = s.Envelopes[3], s.Envelopes[2] },
		"garbage":             func(s *envelope.Segment) { s.Envelopes[4] = []byte("garbage") },
		"a wrong last seq":    func(s *envelope.Segment) { s.Last++ },
		"a wrong tip":         func(s *envelope.Segment) { s.Tip[0]++ },
		"a wrong prev":        func(s *envelope.Segment) { s.Prev[0]++ },
		"another device":      func(s *envelope.Segment) { s.Device[0]++ },
		"another workspace":   func(s *envelope.Segment) { s.Workspace[0]++ },
		"no envelope":         func(s *envelope.Segment) { s.Envelopes = nil },
		"a number far beyond": func(s *envelope.Segment) { s.Number = 3 },
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t, config(t))
			seg := a.segment(t, 1, envs)
			change(seg)
			if _, err := addSegment(s, seg); err == nil {
				t.Error("accepted")
			}
			if len(scan(t, s)) != 0 || len(branches(t, s)) != 0 {
				t.Error("something was kept")
			}
		})
	}
}

func TestControlEnvelopes(t *testing.T) {
	s := open(t, config(t))
	a, b := newAuthor(1), newAuthor(2)
	a.append(t, s, 5)
	envs := b.make(3)
	vouch := func(e *envelope.Envelope) error {
		return s.Update(context.Background(), func(tx *eventstore.Tx) error { return tx.Vouch(e.Encode()) })
	}
	control := func() (list []*envelope.Envelope) {
		view(t, s, func(tx *eventstore.Tx) (err error) {
			list, err = tx.Control()
			return err
		})
		return list
	}
	wantError(t, vouch(envs[1]), eventstore.ErrChain)
	wantError(t, vouch(&envelope.Envelope{}), envelope.ErrMalformed)
	if err := errors.Join(vouch(envs[0]), vouch(envs[0])); err != nil {
		t.Fatal(err)
	}
	if list := control(); len(list) != 2 || list[1].Hash() != envs[0].Hash() {
		t.Fatalf("%d control envelopes", len(list))
	}
	must(addSegment(s, b.segment(t, 1, envs)))(t)
	if list := control(); len(list) != 2 {
		t.Fatalf("%d control envelopes after the feed arrived", len(list))
	}
	wantClean(t, s)
}
