package replica_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/planttest"
	"fieldbook/keyring"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// signed is one segment of some envelopes, signed with any key.
func signed(t testing.TB, number uint64, by envelope.Signer, envelopes ...*envelope.Envelope) syncproto.Segment {
	t.Helper()
	var encoded [][]byte
	for _, e := range envelopes {
		encoded = append(encoded, e.Encode())
	}
	s, err := envelope.CutSegment(number, encoded, nil, by)
	must(t, err)
	return syncproto.Segment{
		Feed:   syncproto.Feed{Device: s.Device, Epoch: uint64(s.Epoch)},
		Number: number, Data: s.Encode(),
	}
}

// inside are the envelopes of a segment.
func inside(t testing.TB, s syncproto.Segment) (out []*envelope.Envelope) {
	t.Helper()
	segment, err := envelope.DecodeSegment(s.Data)
	must(t, err)
	must(t, segment.Walk(func(e *envelope.Envelope, _ envelope.Hash) error {
		out = append(out, e)
		return nil
	}))
	return out
}

// spoiled is a segment with other bytes.
func spoiled(s syncproto.Segment, data []byte) syncproto.Segment {
	s.Data = data
	return s
}

// hostile are segments that a client without the right to makes up, by what is
// wrong with them.
func hostile(t testing.TB, s *service, p *planttest.Plant, next []syncproto.Segment) map[string]struct {
	segment syncproto.Segment
	reason  syncproto.Reason
} {
	t.Helper()
	q := planttest.New(t)
	other, first := q.Founder.Identity, q.Founder.Cut()[0]
	service, err := s.master.Service(p.ID)
	must(t, err)
	good := next[0]
	founding := *inside(t, first)[0] // of another workspace, said to be of this one
	founding.Workspace = p.ID
	ghost := p.Admit(envelope.Engineer) // of whom the service does not hear
	ghost.Take(next...)
	ghost.Take(p.Founder.Cut()...)
	ghost.Open()
	servant := envelope.Envelope{Header: envelope.Header{
		Workspace: p.ID, Device: s.keys(p).ID(), Epoch: 1, Seq: 1, ACL: inside(t, good)[0].ACL,
	}, Body: envelope.EncodeControl(&envelope.Control{Type: envelope.EpochOpened})}
	moved, elsewhere := good, good
	moved.Number++
	elsewhere.Feed.Epoch++
	whole, err := envelope.DecodeSegment(good.Data)
	must(t, err)
	flipped := bytes.Clone(good.Data)
	flipped[bytes.Index(flipped, whole.Sig)] ^= 1
	return map[string]struct {
		segment syncproto.Segment
		reason  syncproto.Reason
	}{
		"signed with another key":           {signed(t, good.Number, other, inside(t, good)...), syncproto.Unauthentic},
		"signed with the service's key":     {signed(t, good.Number, service, inside(t, good)...), syncproto.Unauthentic},
		"by the service":                    {signed(t, 1, service, &servant), syncproto.Hole},
		"by a device that nobody let in":    {ghost.Cut()[0], syncproto.Hole},
		"by who says to be the founder":     {signed(t, 1, other, &founding), syncproto.Hole},
		"of another workspace":              {first, syncproto.Foreign},
		"under another number":              {moved, syncproto.Foreign},
		"under another feed":                {elsewhere, syncproto.Foreign},
		"before what it continues":          {next[1], syncproto.Hole},
		"cut short":                         {spoiled(good, good.Data[:len(good.Data)-1]), syncproto.Malformed},
		"with something behind":             {spoiled(good, append(bytes.Clone(good.Data), 0)), syncproto.Malformed},
		"with a signature that was changed": {spoiled(good, flipped), syncproto.Unauthentic},
		"rubbish":                           {spoiled(good, []byte("rubbish")), syncproto.Malformed},
	}
}

// Given what a client makes up that has not the right to, then each is refused
// for its own reason, nothing is stored or merged, and what is authentic is taken
// after it as before.
func TestHostileSegmentsAreRefused(t *testing.T) {
	memory := &syncserver.Memory{}
	s := serve(t, memory, newMaster(t), nil)
	p := granted(t, s)
	p.Founder.Edit(id("a"), "tag", "PLC-1")
	s.push(p, p.Founder.Cut()...)
	s.same(p, p.Founder)
	var next []syncproto.Segment
	for _, value := range []string{"one", "two"} {
		p.Founder.Edit(id("a"), "zone", value)
		next = append(next, p.Founder.Cut()...)
	}
	before := stored(t, memory, p, "feeds")
	for name, bad := range hostile(t, s, p, next) {
		answer := s.push(p, bad.segment)
		if len(answer.Refused) != 1 || answer.Refused[0].Reason != bad.reason || answer.Stored+uint64(len(answer.Receipts)) > 0 {
			t.Errorf("%s: stored %d, refused %v", name, answer.Stored, answer.Refused)
		}
	}
	if after := stored(t, memory, p, "feeds"); !slices.Equal(after, before) {
		t.Fatalf("stored %v", after)
	}
	s.push(p, next...)
	s.same(p, p.Founder)
}

// Given requests that break the protocol's bounds, then they fail as a whole.
func TestHostileRequestsFail(t *testing.T) {
	s := serve(t, &syncserver.Memory{}, newMaster(t), nil)
	p := granted(t, s)
	first := p.Founder.Cut()[0]
	huge := spoiled(first, make([]byte, syncproto.MaxSegment+1))
	if _, err := s.exchange(p, []syncproto.Segment{huge}); !errors.Is(err, syncproto.ErrLimit) {
		t.Errorf("oversized segment: %v", err)
	}
	other := planttest.New(t)
	_, err := s.view(p).Exchange(t.Context(), &syncproto.Request{Workspace: syncproto.Workspace(other.ID), Segments: []syncproto.Segment{first}})
	if !errors.Is(err, syncproto.ErrMalformed) {
		t.Errorf("a request for another workspace: %v", err)
	}
}

// Given segments that are replayed, in any order and with receipts made up, then
// nothing changes, and who asks is told the receipt of the first time.
func TestReplayedSegmentsChangeNothing(t *testing.T) {
	s := serve(t, &syncserver.Memory{}, newMaster(t), nil)
	p := granted(t, s)
	for _, value := range []string{"one", "two", "three"} {
		p.Founder.Edit(id("a"), "zone", value)
		forger, err := keyring.Generate()
		must(t, err)
		all := p.Founder.Cut()
		segment, err := envelope.DecodeSegment(all[0].Data)
		must(t, err)
		all[0].Receipt, err = envelope.SignReceipt(envelope.Receipt{Service: s.keys(p).ID(), Head: segment.Head(), Time: 1}, forger)
		must(t, err)
		told := s.push(p, all...).Receipts
		s.now = s.now.Add(1)
		again := s.push(p, all...)
		if again.Stored != 0 || len(again.Receipts) != 1 || !bytes.Equal(again.Receipts[0].Receipt, told[0].Receipt) ||
			!s.view(p).Proves(p.Founder.ID, told[0].Receipt) || bytes.Equal(told[0].Receipt, all[0].Receipt) {
			t.Fatalf("stored %d, told %v", again.Stored, again.Receipts)
		}
	}
	s.same(p, p.Founder)
}
