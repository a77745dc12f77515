package syncserver_test

import (
	"slices"
	"testing"

	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// Given a forked feed and what a device says it has of it, then it is handed
// what it may lack and never less; what it names it is not handed again.
func TestExchangeHandsOutWhatMayBeLacking(t *testing.T) {
	author := synctest.NewAuthor(plantName, "a", 1)
	trunk := author.Segments(2)
	clone := author.Clone("copy")
	left, right := author.Segments(3), clone.Segments(2)
	server := newServer(&syncserver.Memory{})
	exchange(t, server, request(slices.Concat(trunk, left, right)...))

	all := sortedNames(slices.Concat(trunk, left, right))
	forked := sortedNames(slices.Concat(left[:2], right))
	tip := left[2].Name().Hash
	other := syncproto.Hash{1}
	for name, test := range map[string]struct {
		have syncproto.Have
		want []syncproto.Name
	}{
		"nothing":        {syncproto.Have{}, all},
		"all, by name":   {syncproto.Have{Names: all}, nil},
		"all":            {syncproto.Have{Number: 5, Tip: tip, Names: forked}, nil},
		"one branch":     {syncproto.Have{Number: 5, Tip: tip}, forked},
		"the trunk":      {syncproto.Have{Number: 2, Tip: trunk[1].Name().Hash}, all[2:]},
		"another trunk":  {syncproto.Have{Number: 2, Tip: other}, all[1:]},
		"a third branch": {syncproto.Have{Number: 4, Tip: other}, all[2:]},
		"another start": {syncproto.Have{Number: 5, Tip: tip, Names: slices.Concat(
			[]syncproto.Name{{Number: 1, Hash: syncproto.Hash{}}, {Number: 1, Hash: syncproto.Hash{0, 1}}}, forked)}, all[:1]},
		"a third branch also": {syncproto.Have{Number: 5, Tip: tip, Names: without(forked, right[0].Name())}, []syncproto.Name{right[0].Name()}},
	} {
		req := request()
		test.have.Feed = author.Feed()
		req.Have = []syncproto.Have{test.have}
		got := sortedNames(exchange(t, server, req).Segments)
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: handed %v, want %v", name, numbers(got), numbers(test.want))
		}
	}
}

// Given a damaged segment that nobody has read yet, when the next one is
// pushed, then it finds the hole and the answer shows it.
func TestExchangeFindsDamageBeforeThePush(t *testing.T) {
	memory := &syncserver.Memory{}
	server := newServer(memory)
	segments := synctest.NewAuthor(plantName, "a", 1).Segments(4)
	exchange(t, server, request(segments[:3]...))
	bad := segments[2]
	for name, data := range map[string][]byte{"cut": bad.Data[:9], "too large": make([]byte, 2*syncproto.MaxSegment)} {
		memory.Put(syncproto.Path(request().Workspace, bad.Feed, bad.Name()), data)
		answer := exchange(t, server, request(segments[3]))
		if len(answer.Refused) != 1 || answer.Refused[0].Reason != syncproto.Hole || answer.Have[0].Number != 2 {
			t.Errorf("%s: refused %v, have %v; want a hole after 2", name, answer.Refused, answer.Have)
		}
	}
}

func sortedNames(segments []syncproto.Segment) []syncproto.Name {
	var out []syncproto.Name
	for _, s := range segments {
		out = append(out, s.Name())
	}
	slices.SortFunc(out, syncproto.Name.Compare)
	return out
}

func without(names []syncproto.Name, name syncproto.Name) []syncproto.Name {
	return slices.DeleteFunc(slices.Clone(names), func(n syncproto.Name) bool { return n == name })
}

func numbers(names []syncproto.Name) []uint64 {
	var out []uint64
	for _, n := range names {
		out = append(out, n.Number)
	}
	return out
}

// Given a fork of whose first segments the one is damaged, then the answer
// names the other, so that who holds the damaged one sees that it is missing.
func TestExchangeNamesWhatStandsBesideDamage(t *testing.T) {
	memory := &syncserver.Memory{}
	server := syncserver.New(syncserver.Config{Store: memory})
	author := synctest.NewAuthor(plantName, "a", 1)
	clone := author.Clone("copy")
	left, right := author.Segments(1), clone.Segments(2)
	exchange(t, server, request(slices.Concat(left, right)...))
	memory.Put(syncproto.Path(request().Workspace, right[0].Feed, right[0].Name()), []byte("?"))
	for _, when := range []string{"as it is found", "once it is known"} {
		have := exchange(t, server, request()).Have[0]
		if have.Number != 2 || have.Holds(right[0].Name()) || !have.Holds(left[0].Name()) {
			t.Errorf("%s: have %v, want number 2 and the name of what stands beside", when, have)
		}
	}
	answer := exchange(t, server, request(right[0]))
	if have := answer.Have[0]; answer.Stored != 1 || len(have.Names) != 2 || !have.Holds(right[0].Name()) {
		t.Errorf("after repair: stored %d, have %v", answer.Stored, have)
	}
}
