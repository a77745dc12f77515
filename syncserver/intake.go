package syncserver

import (
	"context"
	"errors"
	"fmt"

	"fieldbook/envelope"
	"fieldbook/syncproto"
)

// intake checks and stores the segments of one request.
type intake struct {
	server  *Server
	index   *index
	answer  *syncproto.Answer
	replica Replica // nil in a folder
	// ends caches where segments end, so that a run of pushed segments reads
	// nothing from the store but its predecessor.
	ends map[place]end
	// blocked is set once the store cannot be written: what follows is not
	// tried, and the device still gets what it lacks.
	blocked *fault
}

// place is one segment in one feed.
type place struct {
	feed syncproto.Feed
	name syncproto.Name
}

// end is the last envelope of a segment: what the next one continues.
type end struct {
	seq  uint64
	hash envelope.Hash
}

// fault is why a segment is not stored.
type fault struct {
	reason syncproto.Reason
	detail string
}

// take goes through the pushed segments in order. A refused one never stops
// the rest.
func (in *intake) take(ctx context.Context, segments []syncproto.Segment) error {
	in.ends = map[place]end{}
	for _, segment := range segments {
		at := place{feed: segment.Feed, name: segment.Name()}
		fault, err := in.one(ctx, at, segment.Data)
		if err != nil {
			return fmt.Errorf("take segment %s of feed %s: %w", at.name, at.feed, err)
		}
		if fault != nil {
			refused := syncproto.Refuse(at.feed, at.name, fault.reason, fault.detail)
			in.answer.Refused = append(in.answer.Refused, refused)
		}
	}
	return nil
}

// one checks and stores one segment.
func (in *intake) one(ctx context.Context, at place, data []byte) (*fault, error) {
	if in.index.feed(at.feed).has(at.name) { // the same bytes are there: the name is their hash
		return nil, in.remind(ctx, at, data)
	}
	if in.blocked != nil {
		return in.blocked, nil
	}
	segment, fault := in.read(at, data)
	if fault != nil {
		return fault, nil
	}
	if continues, err := in.continues(ctx, at, segment); err != nil {
		return nil, err
	} else if !continues {
		return newFault(syncproto.Hole, "the segment it continues is not here yet"), nil
	}
	if fault, err := in.verify(ctx, segment); fault != nil || err != nil {
		return fault, err
	}
	return in.store(ctx, at, segment, data)
}

// verify asks the replica whether the segment may be stored.
func (in *intake) verify(ctx context.Context, segment *envelope.Segment) (*fault, error) {
	if in.replica == nil {
		return nil, nil
	}
	err := in.replica.Verify(ctx, segment)
	switch {
	case err == nil:
		return nil, nil
	case errors.Is(err, ErrUnauthentic):
		return newFault(syncproto.Unauthentic, err.Error()), nil
	case errors.Is(err, ErrStranger):
		return newFault(syncproto.Hole, ErrStranger.Error()), nil
	case errors.Is(err, ErrLimited):
		return newFault(syncproto.Limit, err.Error()), nil
	}
	return nil, fmt.Errorf("verify: %w", err)
}

// read decodes a segment and checks that it is the one its sender announced.
func (in *intake) read(at place, data []byte) (*envelope.Segment, *fault) {
	segment, err := envelope.DecodeSegment(data)
	if err != nil {
		return nil, newFault(syncproto.Malformed, err.Error())
	}
	switch feed := (syncproto.Feed{Device: segment.Device, Epoch: uint64(segment.Epoch)}); {
	case syncproto.Workspace(segment.Workspace) != in.index.workspace:
		return nil, newFault(syncproto.Foreign, "of another workspace")
	case feed != at.feed || segment.Number != at.name.Number:
		return nil, newFault(syncproto.Foreign, "not the segment it was sent as")
	}
	if _, known := in.index.feeds[at.feed]; !known && len(in.index.feeds) >= syncproto.MaxFeeds {
		return nil, newFault(syncproto.Limit, "the workspace has too many feeds")
	}
	return segment, nil
}

// continues says whether the segment starts its feed, or one that is held ends
// where it starts. A forked feed has several to choose from.
func (in *intake) continues(ctx context.Context, at place, segment *envelope.Segment) (bool, error) {
	if segment.Number == 1 {
		return segment.First == 1 && segment.Prev.IsZero(), nil
	}
	before := append([]syncproto.Name(nil), in.index.feed(at.feed).at(segment.Number-1)...)
	for _, name := range before {
		end, err := in.end(ctx, place{feed: at.feed, name: name})
		switch {
		case errors.Is(err, ErrDamaged), errors.Is(err, ErrAbsent), errors.Is(err, ErrSize):
			in.index.spoil(at.feed, name)
		case err != nil:
			return false, err
		case end.hash == segment.Prev && end.seq+1 == segment.First:
			return true, nil
		}
	}
	return false, nil
}

// end says where a held segment ends.
func (in *intake) end(ctx context.Context, at place) (end, error) {
	if e, known := in.ends[at]; known {
		return e, nil
	}
	data, _, err := in.server.store.Get(ctx, syncproto.Path(in.index.workspace, at.feed, at.name), syncproto.MaxSegment)
	if err != nil {
		return end{}, err
	}
	segment, err := envelope.DecodeSegment(data)
	if err != nil { // a file that was put there past this code
		return end{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	in.ends[at] = end{seq: segment.Last, hash: segment.Tip}
	return in.ends[at], nil
}

// store writes a segment that passed every check, with its receipt.
func (in *intake) store(ctx context.Context, at place, segment *envelope.Segment, data []byte) (*fault, error) {
	receipt, err := in.receipt(segment)
	if err != nil {
		return nil, err
	}
	err = in.server.store.Create(ctx, in.path(at), data, receipt)
	switch {
	case errors.Is(err, ErrFull):
		in.blocked = newFault(syncproto.Full, err.Error())
		return in.blocked, nil
	case errors.Is(err, ErrReadOnly):
		in.blocked = newFault(syncproto.ReadOnly, err.Error())
		return in.blocked, nil
	case errors.Is(err, ErrDamaged):
		return newFault(syncproto.Damaged, err.Error()), nil
	case errors.Is(err, ErrExists): // another request, or this one sent twice, was first: its receipt counts
		if receipt, err = in.noted(ctx, at, segment); err != nil {
			return nil, err
		}
	case err != nil:
		return nil, err
	default:
		in.answer.Stored++
	}
	in.index.add(at.feed, at.name)
	in.ends[at] = end{seq: segment.Last, hash: segment.Tip}
	if in.replica == nil {
		return nil, nil
	}
	in.tell(at, receipt)
	return nil, in.replica.Take(ctx, segment, at.name)
}

func newFault(reason syncproto.Reason, detail string) *fault {
	return &fault{reason: reason, detail: detail}
}

// path is the place of a segment in the store.
func (in *intake) path(at place) string { return syncproto.Path(in.index.workspace, at.feed, at.name) }
