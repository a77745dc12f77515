package workspace

import (
	"context"
	"fmt"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/syncproto"
)

// against asks a remote for what this log lacks. Entries of this device's own
// feeds among it, or entries whose authors witnessed more of this device's feeds
// than the log holds, mean that the log was put back to an older state.
func (v *verifier) against(ctx context.Context) error {
	l := &local{w: v.w}
	if err := l.load(ctx); err != nil {
		return v.unreadable(err)
	}
	have, err := l.Have(ctx)
	if err != nil {
		return err
	}
	req := &syncproto.Request{Workspace: l.Workspace(), Have: have}
	for {
		v.cfg.report(ctx, "comparing with the remote", 0, 0)
		answer, err := v.opts.Against.Exchange(ctx, req)
		if err != nil {
			return fmt.Errorf("comparing with the remote: %w", err)
		}
		if len(answer.Have) == 0 && len(answer.Refused) == 0 {
			return fmt.Errorf("comparing with the remote: %w", ErrUnrelated)
		}
		for _, refusal := range answer.Refused {
			v.report(eventstore.Violation{Feed: refusal.Feed.String(), Kind: "remote_segment", Detail: refusal.Error()})
		}
		for _, s := range answer.Segments {
			if err := v.compare(ctx, s); err != nil {
				return err
			}
		}
		if !answer.More || answer.Cursor == nil || req.Cursor != nil && *req.Cursor == *answer.Cursor {
			return nil
		}
		req.Cursor = answer.Cursor
	}
}

// compare looks at one segment that the log lacks.
func (v *verifier) compare(ctx context.Context, s syncproto.Segment) error {
	segment, err := envelope.DecodeSegment(s.Data)
	if err != nil {
		v.report(eventstore.Violation{Feed: s.Feed.String(), Kind: "remote_segment", Detail: err.Error()})
		return nil
	}
	key, ok := v.w.roster.SignKey(segment.Device)
	if !ok || segment.Workspace != v.w.id {
		return nil // of a device this log has not heard of yet
	}
	if err := segment.Verify(key); err != nil {
		v.report(eventstore.Violation{Feed: s.Feed.String(), Seq: segment.Last, Kind: "remote_segment", Detail: err.Error()})
		return nil
	}
	if segment.Device == v.w.device {
		v.report(eventstore.Violation{
			Feed: segment.Feed().String(), Seq: segment.First, Kind: "rollback",
			Detail: fmt.Sprintf("the other side holds entries %d to %d of this laptop's own feed, which this log lacks: it was put back to an older state, or a copy of it wrote them", segment.First, segment.Last),
		})
		return nil
	}
	return v.witnessed(ctx, segment)
}

// witnessed checks the heads of this device's feeds that the segment's author had seen.
func (v *verifier) witnessed(ctx context.Context, segment *envelope.Segment) error {
	return v.w.store.View(ctx, func(tx *eventstore.Tx) error {
		for _, head := range segment.Witnesses {
			if head.Device != v.w.device {
				continue
			}
			_, found, err := tx.Find(head.Feed(), head.Seq, head.Hash)
			if err != nil {
				return err
			}
			if !found {
				v.report(eventstore.Violation{
					Feed: head.Feed().String(), Seq: head.Seq, Kind: "rollback",
					Detail: "another device has seen this entry of this laptop, and this log lacks it",
				})
			}
		}
		return nil
	})
}
