package workspace_test

import (
	"context"
	"crypto/ed25519"
	"reflect"
	"testing"

	"fieldbook/envelope"
	"fieldbook/syncproto"
)

// offering is a hostile remote: it hands out what it was given, whatever is asked.
type offering []syncproto.Segment

// Exchange implements syncclient.Remote.
func (o offering) Exchange(_ context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	answer := &syncproto.Answer{}
	if req.Cursor == nil {
		answer.Segments = o
		for _, s := range o {
			answer.Have = append(answer.Have, syncproto.Holding(s.Feed, []syncproto.Name{s.Name()}))
		}
	}
	return answer, nil
}

// segments are all that a plant's stick holds.
func (p *plant) segments(l *laptop) []syncproto.Segment {
	p.t.Helper()
	id, err := envelope.ParseWorkspaceID(l.status().WorkspaceID)
	p.must(err)
	answer, err := p.remote.Exchange(p.ctx, &syncproto.Request{Workspace: syncproto.Workspace(id)})
	p.must(err)
	return answer.Segments
}

// stranger signs with a key that nobody admitted.
type stranger struct{ key ed25519.PrivateKey }

// Sign implements envelope.Signer.
func (s stranger) Sign(message []byte) ([]byte, error) { return ed25519.Sign(s.key, message), nil }

// TestHostileRemote: what a remote hands out that is not authentic changes
// nothing on the laptop, whatever was done to it.
func TestHostileRemote(t *testing.T) {
	p := newPlant(t, t.TempDir(), 2)
	a, b := p.laptops[0], p.laptops[1]
	onePLC(a)
	p.level()
	a.set("RAV-PLC-004", "not seen by b", "firmware", "V9")
	a.sync()
	newest := p.segments(a)[0]
	for _, s := range p.segments(a) {
		if s.Feed == newest.Feed && s.Number > newest.Number {
			newest = s
		}
	}
	_, key, err := ed25519.GenerateKey(nil)
	p.must(err)
	whole, err := envelope.DecodeSegment(newest.Data)
	p.must(err)
	forged, err := envelope.CutSegment(whole.Number, whole.Envelopes, nil, stranger{key})
	p.must(err)
	other := newPlant(t, t.TempDir(), 1)
	other.laptops[0].sync()
	foreign := other.segments(other.laptops[0])[0]

	renamed := func(s syncproto.Segment, data []byte) syncproto.Segment { s.Data = data; return s }
	moved := newest
	moved.Number++
	elsewhere := newest
	elsewhere.Feed.Epoch++
	cut := newest.Data[:len(newest.Data)-1]
	for name, segment := range map[string]syncproto.Segment{
		"signed by a stranger":     renamed(newest, forged.Encode()),
		"of another workspace":     foreign,
		"another workspace's here": renamed(newest, foreign.Data),
		"under another number":     moved,
		"under another feed":       elsewhere,
		"cut short":                renamed(newest, cut),
		"empty":                    renamed(newest, nil),
		"rubbish":                  renamed(newest, []byte("rubbish")),
	} {
		t.Run(name, func(t *testing.T) {
			before := b.status()
			// The laptop may refuse it, wait for what it refers to, or call the remote
			// faulty; it must not take it.
			_, _ = b.w.Sync(p.ctx, offering{segment})
			if after := b.status(); !reflect.DeepEqual(after, before) {
				t.Errorf("the laptop changed from %+v to %+v", before, after)
			}
		})
	}
	b.sync()
	if b.show("RAV-PLC-004", "firmware") != "V9" {
		t.Error("what is authentic must still be taken")
	}
}
