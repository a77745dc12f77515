package envelope

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"reflect"
	"slices"
	"testing"
)

func witnesses(p plant, n int) []Head {
	heads := make([]Head, n)
	for i := range heads {
		id := DeviceID(sha256.Sum256([]byte{byte(i), byte(i >> 8)}))
		heads[i] = Head{Workspace: p.id, Device: id, Epoch: 1<<63 + Epoch(i), Seq: MaxSeq, Hash: Hash{1}}
	}
	return heads
}

func someSegment(t testing.TB) (plant, *Segment) {
	p := newPlant()
	s, err := CutSegment(1, encoded(p.feed(4, 64)), witnesses(p, 3), p.founder)
	must(t, err)
	return p, s
}

func TestSegmentKeepsItsBytes(t *testing.T) {
	p, s := someSegment(t)
	b := s.Encode()
	got, err := DecodeSegment(b)
	must(t, err)
	must(t, got.Verify(p.founder.public()))
	if !reflect.DeepEqual(s, got) || !bytes.Equal(got.Encode(), b) || got.Hash() != sha256.Sum256(b) {
		t.Fatalf("%+v came back as %+v", s, got)
	}
	if !bytes.Equal(deterministic(t, b), b) {
		t.Fatal("not deterministic CBOR")
	}
	if h := s.Head(); h.Seq != 4 || h.Hash != p.feed(4, 64)[3].Hash() {
		t.Fatalf("head %+v", h)
	}
}

func TestSegmentIsRebuiltFromItsParts(t *testing.T) {
	_, s := someSegment(t)
	list := EncodeWitnesses(s.Witnesses)
	w, err := DecodeWitnesses(s.Workspace, list)
	must(t, err)
	rebuilt := &Segment{
		Workspace: s.Workspace, Device: s.Device, Epoch: s.Epoch, Number: 1, First: 1, Last: 4, Tip: s.Tip,
		Envelopes: s.Envelopes, Witnesses: w, Sig: s.Sig,
	}
	if !bytes.Equal(rebuilt.Encode(), s.Encode()) {
		t.Fatal("another segment came out")
	}
	_, err = DecodeWitnesses(s.Workspace, append(list, 0))
	mustFail(t, err, ErrMalformed)
}

// A long feed is cut into segments that all fit, and put together again it is the same feed.
func TestCutGoesOnUntilAllIsCut(t *testing.T) {
	p := newPlant()
	all := encoded(p.feed(4000, 600))
	var got [][]byte
	var prev Hash
	for number := uint64(1); len(got) < len(all); number++ {
		s, err := CutSegment(number, all[len(got):], witnesses(p, 2000), p.founder)
		must(t, err)
		if size := len(s.Encode()); size > MaxSegment || size < MaxSegment*9/10 && s.Last < 4000 {
			t.Fatalf("segment %d of %d bytes", number, size)
		}
		if s.Prev != prev || s.First != uint64(len(got))+1 || len(s.Witnesses) != MaxWitnesses {
			t.Fatalf("segment %d starts at %d after %s", number, s.First, s.Prev)
		}
		_, err = DecodeSegment(s.Encode())
		must(t, err)
		got, prev = append(got, s.Envelopes...), s.Tip
	}
	if !reflect.DeepEqual(got, all) {
		t.Fatal("something was lost or doubled")
	}
}

func TestLargestEnvelopeFitsASegmentWithAllWitnesses(t *testing.T) {
	p := newPlant()
	feed := p.feed(2, 10)
	feed[1].Body = make([]byte, MaxBody)
	feed[1].ACL = nil
	for i := range MaxRefs {
		feed[1].ACL = append(feed[1].ACL, Hash{byte(i)})
	}
	s, err := CutSegment(2, encoded(feed[1:]), witnesses(p, MaxWitnesses), p.founder)
	must(t, err)
	_, err = DecodeSegment(s.Encode())
	must(t, err)
}

func TestCutRefusesWhatIsNoRun(t *testing.T) {
	p := newPlant()
	feed := encoded(p.feed(4, 10))
	_, err := CutSegment(1, [][]byte{feed[0], feed[2]}, nil, p.founder)
	mustFail(t, err, ErrChain)
	for name, spoil := range map[string]func(e *Envelope){
		"seq jumps": func(e *Envelope) { e.Seq++ }, "another workspace": func(e *Envelope) { e.Workspace[0]++ },
		"another epoch": func(e *Envelope) { e.Epoch++ }, "another device": func(e *Envelope) { e.Device[0]++ },
	} {
		last := *p.feed(4, 10)[3]
		spoil(&last)
		if _, err := CutSegment(1, [][]byte{feed[0], feed[1], feed[2], last.Encode()}, nil, p.founder); !errors.Is(err, ErrChain) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err = CutSegment(1, nil, nil, p.founder)
	mustFail(t, err, ErrMalformed)
	_, err = CutSegment(0, feed, nil, p.founder)
	mustFail(t, err, ErrMalformed)
	_, err = CutSegment(1, feed, []Head{{Seq: 1}}, p.founder)
	mustFail(t, err, ErrWorkspace)
	_, err = CutSegment(1, feed, []Head{{Workspace: p.id}}, p.founder)
	mustFail(t, err, ErrMalformed)
	_, err = CutSegment(1, feed, nil, brokenSigner{})
	mustFail(t, err, ErrSignature)
}

// Whoever is not the author can change nothing: neither what a segment holds nor where it starts and ends.
func TestChangedSegmentIsFoundOut(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(s *Segment)
		want  error
	}{
		"number":             {func(s *Segment) { s.Number++ }, ErrSignature},
		"witness dropped":    {func(s *Segment) { s.Witnesses = s.Witnesses[1:] }, ErrSignature},
		"witness changed":    {func(s *Segment) { s.Witnesses[0].Seq-- }, ErrSignature},
		"witnesses swapped":  {func(s *Segment) { slices.Reverse(s.Witnesses) }, ErrNotCanonical},
		"first dropped":      {func(s *Segment) { s.Envelopes = s.Envelopes[1:] }, ErrChain},
		"last dropped":       {func(s *Segment) { s.Envelopes = s.Envelopes[:3] }, ErrChain},
		"one dropped":        {func(s *Segment) { s.Envelopes = slices.Delete(s.Envelopes, 1, 2) }, ErrChain},
		"one doubled":        {func(s *Segment) { s.Envelopes[2] = s.Envelopes[1] }, ErrChain},
		"two swapped":        {func(s *Segment) { slices.Reverse(s.Envelopes[1:3]) }, ErrChain},
		"none left":          {func(s *Segment) { s.Envelopes = nil }, ErrMalformed},
		"starts later":       {func(s *Segment) { s.First, s.Envelopes = 2, s.Envelopes[1:] }, ErrSignature},
		"ends earlier":       {func(s *Segment) { *s = cutShort(s) }, ErrSignature},
		"bit of body":        {func(s *Segment) { s.Envelopes[1][len(s.Envelopes[1])-1] ^= 1 }, ErrChain},
		"bit of last body":   {func(s *Segment) { s.Envelopes[3][len(s.Envelopes[3])-1] ^= 1 }, ErrChain},
		"of another device":  {func(s *Segment) { s.Device[0]++ }, ErrChain},
		"of another plant":   {func(s *Segment) { s.Workspace[0]++ }, ErrChain},
		"envelope malformed": {func(s *Segment) { s.Envelopes[0] = []byte{1} }, ErrMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			p, s := someSegment(t)
			c.spoil(s)
			got, err := DecodeSegment(s.Encode())
			if err == nil {
				err = got.Verify(p.founder.public())
			}
			mustFail(t, err, c.want)
		})
	}
}

// The digest of the witnesses is signed; a list that does not have it is told even before the signature is checked.
func TestWitnessesAreThoseSigned(t *testing.T) {
	_, s := someSegment(t)
	b := s.Encode()
	list := EncodeWitnesses(s.Witnesses)
	_, err := DecodeSegment(bytes.Replace(b, list, EncodeWitnesses(s.Witnesses[1:]), 1))
	mustFail(t, err, ErrChain)
}

// cutShort is the segment without its last envelope, made to look whole by someone without the author's key.
func cutShort(s *Segment) Segment {
	c := *s
	c.Envelopes = s.Envelopes[:3]
	if err := c.measure(); err != nil {
		panic(err)
	}
	return c
}

func TestOversizedSegmentIsRefusedUnread(t *testing.T) {
	_, err := DecodeSegment(make([]byte, MaxSegment+1))
	mustFail(t, err, ErrTooLarge)
}

func TestWalkStopsWhenAsked(t *testing.T) {
	_, s := someSegment(t)
	stop, calls := errors.New("stop"), 0
	err := s.Walk(func(*Envelope, Hash) error { calls++; return stop })
	mustFail(t, err, stop)
	if calls != 1 {
		t.Fatalf("went on for %d envelopes", calls)
	}
}

func TestSegmentNamesAreReadAsWritten(t *testing.T) {
	_, s := someSegment(t)
	name := SegmentPath(s.Workspace, s.Feed(), 31, s.Hash())
	ws, f, number, h, err := ParseSegmentPath(name)
	must(t, err)
	if ws != s.Workspace || f != s.Feed() || number != 31 || h != s.Hash() {
		t.Fatalf("%s was read as %s %s %d %s", name, ws, f, number, h)
	}
	for i := range len(name) {
		for _, other := range []string{name[:i], name[:i] + "/" + name[i+1:], name[:i] + "G" + name[i+1:], name[:i] + "0" + name[i:]} {
			if _, _, _, _, err := ParseSegmentPath(other); !errors.Is(err, ErrMalformed) && other != name {
				t.Fatalf("%q: %v", other, err)
			}
		}
	}
	_, _, _, _, err = ParseSegmentPath(SegmentPath(s.Workspace, s.Feed(), 0, s.Hash()))
	mustFail(t, err, ErrMalformed)
}
