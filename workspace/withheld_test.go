package workspace_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"fieldbook/projections"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
)

// withholding is a remote that no longer shows what one feed has above a number.
type withholding struct {
	syncclient.Remote
	feed  syncproto.Feed
	above uint64
}

// Exchange implements syncclient.Remote.
func (w withholding) Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error) {
	answer, err := w.Remote.Exchange(ctx, req)
	if err != nil {
		return nil, err
	}
	hidden := func(feed syncproto.Feed, number uint64) bool { return feed == w.feed && number > w.above }
	answer.Segments = slices.DeleteFunc(answer.Segments, func(s syncproto.Segment) bool { return hidden(s.Feed, s.Number) })
	answer.Have = slices.DeleteFunc(answer.Have, func(h syncproto.Have) bool { return hidden(h.Feed, h.Number) })
	return answer, nil
}

func (l *laptop) withheld() []projections.FindingView {
	l.p.t.Helper()
	list, err := l.w.Findings(l.p.ctx, false)
	l.p.must(err)
	return slices.DeleteFunc(list, func(f projections.FindingView) bool { return f.Kind != "withheld" })
}

// TestWithheld: a remote that hides entries which another laptop has had from it is found out by that laptop's next segment,
// in every order of syncs; the finding ends when the entries arrive, and while a remote is honest there is none.
func TestWithheld(t *testing.T) {
	p := newPlant(t, t.TempDir(), 3)
	author, witness, victim := p.laptops[0], p.laptops[1], p.laptops[2]
	onePLC(author)
	p.level()
	if len(victim.withheld()) != 0 {
		t.Fatalf("an honest remote: %+v", victim.withheld())
	}
	feed, ids := syncproto.Feed{}, author.status()
	var last uint64
	for _, s := range p.segments(author) {
		if strings.HasPrefix(s.Feed.String(), ids.Device) {
			feed, last = s.Feed, max(last, s.Number)
		}
	}
	hiding := withholding{p.remote, feed, last}

	author.set("RAV-PLC-004", "hidden", "firmware", "V9")
	author.sync()
	witness.sync()
	if _, err := victim.w.Sync(p.ctx, hiding); err != nil || len(victim.withheld()) != 0 {
		t.Fatalf("nobody has told of it yet: %v %+v", err, victim.withheld())
	}
	witness.set("RAV-PLC-004", "beside", "custodian", "jane")
	witness.sync()
	if _, err := victim.w.Sync(p.ctx, hiding); err != nil {
		t.Fatal(err)
	}
	found := victim.withheld()
	if len(found) != 1 || !slices.Equal(found[0].Subjects, []string{feed.String()}) || !strings.Contains(found[0].Detail, "device "+witness.status().Device[:8]) {
		t.Fatalf("%+v", found)
	}
	before := victim.status().Digest
	_, err := victim.w.Settle(p.ctx, because("we know"), found[0].ID)
	p.must(err)
	if len(victim.withheld()) != 0 || victim.status().Digest == before {
		t.Fatal("a person's decision must end it, and is itself an entry")
	}
	victim.sync()
	p.level()
	for _, l := range p.laptops {
		if all, err := l.w.Findings(p.ctx, true); err != nil || slices.ContainsFunc(all, func(f projections.FindingView) bool { return f.Kind == "withheld" }) {
			t.Fatalf("%s: %v %+v", l.name, err, all)
		}
	}
}
