package replica_test

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/planttest"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// lying is an object that somebody put into a bucket past the service.
type lying struct {
	at     syncproto.Feed
	name   syncproto.Name
	data   []byte
	reason syncproto.Reason // told to laptops; none while it may still become part of its feed
}

// named is an object whose name and bytes match.
func named(feed syncproto.Feed, number uint64, data []byte, reason syncproto.Reason) lying {
	return lying{feed, syncproto.Name{Number: number, Hash: sha256.Sum256(data)}, data, reason}
}

// rubbish is what who may write a bucket, and no more, can put beside the
// segments of a feed, by what is wrong with it.
func rubbish(t testing.TB, p *planttest.Plant, last syncproto.Segment) map[string]lying {
	t.Helper()
	forger := planttest.New(t)
	elsewhere := forger.Founder.Cut()[0]
	feed, next := last.Feed, last.Number+1
	e := *inside(t, elsewhere)[0] // says to be of this workspace, by a device that nobody let in
	e.Workspace = p.ID
	stranger := signed(t, 1, forger.Founder.Identity, &e)
	f := *inside(t, last)[0]
	forged := signed(t, last.Number, forger.Founder.Identity, &f)
	unknown := syncproto.Feed{Device: [32]byte{7}, Epoch: 7}
	return map[string]lying{
		"rubbish at the end of a feed":        named(feed, next, []byte("rubbish"), syncproto.Malformed),
		"rubbish beside a segment":            named(feed, 1, []byte("rubbish"), syncproto.Malformed),
		"rubbish in a feed of nobody":         named(unknown, 1, []byte("rubbish"), syncproto.Malformed),
		"rubbish behind a hole":               named(feed, next+5, []byte("rubbish"), ""),
		"another workspace's segment":         named(feed, 1, elsewhere.Data, syncproto.Foreign),
		"a segment under another number":      named(feed, next, last.Data, syncproto.Foreign),
		"a segment that its author did not":   named(feed, last.Number, forged.Data, syncproto.Unauthentic),
		"a stranger's segment":                named(stranger.Feed, 1, stranger.Data, ""),
		"bytes that do not match, at the end": {feed, syncproto.Name{Number: next, Hash: [32]byte{1}}, []byte("x"), syncproto.Damaged},
		"bytes that do not match, beside":     {feed, syncproto.Name{Number: 1, Hash: [32]byte{1}}, []byte("x"), syncproto.Damaged},
		"too many bytes":                      {feed, syncproto.Name{Number: next, Hash: [32]byte{1}}, make([]byte, 2<<20), syncproto.Damaged},
	}
}

// Given what somebody put into the bucket past the service, then it is passed
// over and told, and documents are compared over what verifies, by who was there
// before and by who starts; what is pushed later is taken.
func TestRubbishInTheBucketIsPassedOver(t *testing.T) {
	memory := &syncserver.Memory{}
	s := serve(t, memory, newMaster(t), nil)
	p := granted(t, s)
	var all []syncproto.Segment
	for n := range 3 {
		p.Founder.Edit(id(n), "tag", "PLC")
		all = append(all, p.Founder.Cut()...)
	}
	s.push(p, all...)
	for what, put := range rubbish(t, p, all[2]) {
		t.Run(what, func(t *testing.T) {
			store := copied(t, memory, p)
			warm := serve(t, store, s.master, nil)
			before := warm.push(p).Have
			store.Put(syncproto.Path(syncproto.Workspace(p.ID), put.at, put.name), put.data)
			d := p.Founder.Fork()
			for _, instance := range []*service{warm, serve(t, store, s.master, nil), warm} {
				instance.same(p, d)
				told(t, instance.push(p), put)
			}
			if after := warm.push(p).Have; put.reason != syncproto.Damaged && !slices.EqualFunc(after, before, syncproto.Have.Equal) {
				t.Errorf("holds %v, before %v", after, before)
			}
			d.Edit(id("later"), "tag", "PLC")
			if answer := warm.push(p, d.Cut()...); answer.Stored != 1 {
				t.Fatalf("refused %v", answer.Refused)
			}
			warm.same(p, d)
			serve(t, store, s.master, nil).same(p, d)
		})
	}
}

// told checks that an answer to who lacks everything names an object, and hands
// out all but that.
func told(t *testing.T, answer *syncproto.Answer, put lying) {
	t.Helper()
	var reason syncproto.Reason
	for _, r := range answer.Refused {
		if r.Feed != put.at || r.Name != put.name {
			t.Errorf("refused %v", r)
		}
		reason = r.Reason
	}
	if reason != put.reason || len(answer.Refused) > 1 || len(answer.Segments) != 3 {
		t.Errorf("refused %v, want %q; handed out %d segments", answer.Refused, put.reason, len(answer.Segments))
	}
}

// Given more rubbish than an answer has room for, then the answer keeps within
// its limits and names some of it.
func TestMuchRubbishInTheBucket(t *testing.T) {
	memory := &syncserver.Memory{}
	s := serve(t, memory, newMaster(t), nil)
	p := granted(t, s)
	p.Founder.Edit(id("a"), "tag", "PLC")
	all := p.Founder.Cut()
	s.push(p, all...)
	for n := range 300 {
		put := named(all[0].Feed, 2, fmt.Append(nil, n), "")
		memory.Put(envelope.SegmentPath(p.ID, envelope.FeedID{Device: p.Founder.ID, Epoch: envelope.Epoch(put.at.Epoch)}, 2, envelope.Hash(put.name.Hash)), put.data)
	}
	if answer := s.push(p); len(answer.Refused) == 0 || len(answer.Refused) > 100 {
		t.Errorf("%d refusals", len(answer.Refused))
	}
	s.same(p, p.Founder)
}
