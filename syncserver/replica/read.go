package replica

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fieldbook/envelope"
	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// continues tells whether a segment starts its feed or goes on where one that
// was taken ends.
func (r *Replica) continues(ctx context.Context, f *feed, at place, segment *envelope.Segment) (bool, error) {
	if segment.Number == 1 {
		return segment.First == 1 && segment.Prev.IsZero(), nil
	}
	for name, t := range f.tips {
		if name.Number == segment.Number-1 && t.hash == segment.Prev {
			return t.seq+1 == segment.First, nil
		}
	}
	from, _ := slices.BinarySearchFunc(f.names, syncproto.Name{Number: segment.Number - 1}, syncproto.Name.Compare)
	for _, name := range f.names[from:] {
		if name.Number != segment.Number-1 {
			break
		}
		before, _, err := r.read(ctx, place{at.feed, name})
		if err != nil {
			return false, err
		}
		if before != nil && before.Tip == segment.Prev {
			return before.Last+1 == segment.First, nil
		}
	}
	return false, nil
}

// read gets one segment. Nil: there is none in its place, for good if why says
// a reason.
func (r *Replica) read(ctx context.Context, at place) (segment *envelope.Segment, why syncproto.Reason, err error) {
	data, _, err := r.set.store.Get(ctx, at.path(r.id), envelope.MaxSegment)
	switch {
	case errors.Is(err, syncserver.ErrAbsent):
		return nil, "", nil
	case errors.Is(err, syncserver.ErrDamaged), errors.Is(err, syncserver.ErrSize):
		return nil, syncproto.Damaged, nil
	case err != nil:
		return nil, "", fmt.Errorf("read segment %d of feed %.8s: %w", at.name.Number, at.feed.Device, err)
	}
	segment, err = envelope.DecodeSegment(data)
	switch {
	case errors.Is(err, envelope.ErrNewer):
		return nil, "", nil
	case err != nil:
		return nil, syncproto.Malformed, nil
	case segment.Workspace != r.id || segment.Feed() != at.feed || segment.Number != at.name.Number:
		return nil, syncproto.Foreign, nil
	}
	return segment, "", nil
}
