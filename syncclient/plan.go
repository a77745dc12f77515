package syncclient

import (
	"context"
	"fmt"
	"slices"

	"fieldbook/syncproto"
)

// outgoing is one segment to push.
type outgoing struct {
	place
	segment syncproto.Segment
	events  int
}

// plan queues what the device holds and the remote lacks, in the order of the
// device's feeds. What was pushed in this Sync is left out; only what the
// remote could not attach then gets a second chance, if it has any.
func (p *pass) plan(ctx context.Context) error {
	p.queue = nil
	if p.blocked != nil {
		return nil
	}
	own, err := p.local.Have(ctx)
	if err != nil {
		return fmt.Errorf("list own feeds: %w", err)
	}
	theirs := byFeed(p.remote)
	for _, have := range own {
		if have.Number == 0 || have.Equal(theirs[have.Feed]) || p.hopeless(have.Feed) {
			continue
		}
		names, err := p.local.Names(ctx, have.Feed)
		if err != nil {
			return fmt.Errorf("list own segments: %w", err)
		}
		for _, name := range absent(names, theirs[have.Feed]) {
			at := place{have.Feed, name}
			if _, lost := p.lost[at]; p.sent[at] == 0 || lost && p.sent[at] == 1 {
				p.queue = append(p.queue, at)
			}
		}
	}
	return nil
}

// absent lists those of a device's segments that a remote stating have lacks.
// If its tip is none of ours it is on another branch: then only what it names
// counts. Where we hold several segments of a number, it may have any of them.
func absent(names []syncproto.Name, have syncproto.Have) []syncproto.Name {
	tip := syncproto.Name{Number: have.Number, Hash: have.Tip}
	if len(names) == 0 {
		return nil
	}
	if last := names[len(names)-1]; have.Number <= last.Number && !contains(names, tip) {
		have = syncproto.Have{Feed: have.Feed, Names: have.Names}
	}
	var out []syncproto.Name
	for i, name := range names {
		several := i > 0 && names[i-1].Number == name.Number ||
			i+1 < len(names) && names[i+1].Number == name.Number
		if !have.Holds(name) || several && name != tip && !contains(have.Names, name) {
			out = append(out, name)
		}
	}
	return out
}

// batch takes from the queue what fits one request.
func (p *pass) batch(ctx context.Context) ([]outgoing, error) {
	if p.blocked != nil {
		p.queue = nil
	}
	var out []outgoing
	for size := 0; len(p.queue) > 0 && len(out) < syncproto.MaxSegments; p.queue = p.queue[1:] {
		at := p.queue[0]
		segment, events, err := p.local.Segment(ctx, at.feed, at.name)
		if err != nil {
			return nil, fmt.Errorf("read own segment %s of feed %s: %w", at.name, at.feed, err)
		}
		if size += len(segment.Data) + len(segment.Receipt); size > syncproto.MaxPage && len(out) > 0 {
			break
		}
		p.sent[at]++
		out = append(out, outgoing{place: at, segment: segment, events: events})
	}
	return out, nil
}

// hopeless says whether the remote would find but holes in a feed, because it
// refused a segment of it for good. A forked feed may go on beside that.
func (p *pass) hopeless(feed syncproto.Feed) bool {
	at, held := p.wish[feed]
	return p.stuck[feed] && held && len(p.have[at].Names) == 0
}

func byFeed(have []syncproto.Have) map[syncproto.Feed]syncproto.Have {
	out := make(map[syncproto.Feed]syncproto.Have, len(have))
	for _, h := range have {
		out[h.Feed] = h
	}
	return out
}

// contains says whether sorted names hold a name.
func contains(names []syncproto.Name, name syncproto.Name) bool {
	_, found := slices.BinarySearchFunc(names, name, syncproto.Name.Compare)
	return found
}
