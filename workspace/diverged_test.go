package workspace_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/syncproto"
	"fieldbook/workspace"
)

// lying is a service that says of its documents what it is told to say.
type lying struct {
	workspace.Service
	documents []syncproto.DocumentHeads
	asked     int
}

// Exchange implements syncclient.Remote.
func (s *lying) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	answer, err := s.Service.Exchange(ctx, req)
	if err == nil {
		tree := syncproto.NewTree(s.documents)
		answer.Service.Digest = tree.Root()
	}
	return answer, err
}

// Documents implements workspace.Service.
func (s *lying) Documents(_ context.Context, tree syncproto.Tree) (*syncproto.DocumentsAnswer, error) {
	s.asked++
	answer := &syncproto.DocumentsAnswer{}
	own := syncproto.NewTree(s.documents)
	for _, d := range s.documents {
		if own[d.ID[0]] != tree[d.ID[0]] {
			answer.Documents = append(answer.Documents, d)
		}
	}
	return answer, nil
}

// TestDivergedDocumentsAreNamed: given a service that holds the same entries and
// has some documents otherwise, lacks some and has one too many, each is named, a
// finding on this laptop, and nothing changes; the next equal comparison ends it.
func TestDivergedDocumentsAreNamed(t *testing.T) {
	p := newPlant(t, t.TempDir(), 1)
	a, h := p.laptops[0], newHost(t)
	plc := a.add("RAV-PLC-004")
	for _, tag := range []string{"RAV-SW-001", "RAV-SW-002", "RAV-SW-003"} {
		a.add(tag)
	}
	a.addRemote(h.spec("office"))
	a.syncAs("office")
	service, err := a.w.Connect(p.ctx, "office")
	p.must(err)
	all, err := service.Documents(p.ctx, syncproto.Tree{})
	p.must(err)
	digest := a.status().Digest

	var wrong []string
	liar := &lying{Service: service}
	for i, d := range all.Documents {
		switch id := record.ID(d.ID).String(); {
		case id == plc:
			d.Heads[0] ^= 1
			wrong = append(wrong, id)
		case i == 0:
			wrong = append(wrong, id)
			continue
		}
		liar.documents = append(liar.documents, d)
	}
	extra := syncproto.DocumentHeads{ID: [16]byte{0xff, 0xff}, Heads: syncproto.Hash{1}}
	liar.documents = append(liar.documents, extra)
	wrong = append(wrong, record.ID(extra.ID).String())
	slices.Sort(wrong)
	done, err := a.w.SyncAs(p.ctx, "office", liar)
	p.must(err)
	if !slices.Equal(done.Service.Diverged, wrong) || liar.asked == 0 || done.RoundTrips != 1 {
		t.Errorf("named %v, want %v", done.Service.Diverged, wrong)
	}
	findings, err := a.w.Findings(p.ctx, false)
	p.must(err)
	tagged := slices.ContainsFunc(findings, func(f projections.FindingView) bool {
		return strings.Contains(f.Detail, "RAV-PLC-004") && strings.Contains(f.Detail, "office")
	})
	if n := len(a.kinds()); n != len(wrong) || !tagged || a.kinds()[0] != "diverged" {
		t.Errorf("findings %+v", findings)
	}
	if v := a.verify(); !v.OK || a.status().Digest != digest {
		t.Errorf("%+v, digest %s was %s", v, a.status().Digest, digest)
	}
	if done := a.syncAs("office"); len(done.Service.Diverged) != 0 || len(a.kinds()) != 0 {
		t.Errorf("after an equal comparison: %+v, %v", done.Service, a.kinds())
	}
}
