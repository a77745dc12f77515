package replica

import (
	"context"

	"fieldbook/envelope"
	"fieldbook/syncproto"
)

// ahead reads segments before they are needed, since a bucket answers slowly
// but many at once.
type ahead struct {
	replica *Replica
	ctx     context.Context
	cancel  context.CancelFunc
	coming  map[place]chan found
}

// found is a segment that was read.
type found struct {
	segment *envelope.Segment
	why     syncproto.Reason
	err     error
}

func (r *Replica) reader(ctx context.Context) *ahead {
	ctx, cancel := context.WithCancel(ctx)
	return &ahead{replica: r, ctx: ctx, cancel: cancel, coming: map[place]chan found{}}
}

// stop gives up what was not asked for.
func (a *ahead) stop() { a.cancel() }

// fetch begins to read the next few segments of a feed.
func (a *ahead) fetch(feed envelope.FeedID, names []syncproto.Name) {
	for _, name := range names[:min(len(names), a.replica.set.parallel)] {
		at := place{feed, name}
		if a.coming[at] != nil || a.replica.set.parallel == 1 {
			continue
		}
		result := make(chan found, 1)
		a.coming[at] = result
		go func() {
			segment, why, err := a.replica.read(a.ctx, at)
			result <- found{segment, why, err}
		}()
	}
}

// get gives a segment as Replica.read does.
func (a *ahead) get(at place) (*envelope.Segment, syncproto.Reason, error) {
	result := a.coming[at]
	if result == nil {
		return a.replica.read(a.ctx, at)
	}
	delete(a.coming, at)
	f := <-result
	return f.segment, f.why, f.err
}
