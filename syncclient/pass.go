package syncclient

import (
	"context"
	"fmt"
	"slices"

	"fieldbook/syncproto"
)

// pass is one walk through everything the remote has that the device lacks.
// What the device says it has stays the same for all pages, so that the
// remote's order and cursor do.
type pass struct {
	*session
	// have is what the requests of this pass say, wish its order.
	have []syncproto.Have
	wish syncproto.Order
	// remote is what the remote said last that it holds.
	remote []syncproto.Have
	cursor *syncproto.Cursor
	queue  []place
	// taken counts segments new to the device, idle the last pages without one.
	taken, idle int
}

// newPass asks the device what it has. A remote known from the last sync is
// sent what it lacks in the first request.
func (s *session) newPass(ctx context.Context) (*pass, error) {
	have, err := s.have(ctx)
	if err != nil {
		return nil, err
	}
	p := &pass{session: s, have: have, wish: syncproto.NewOrder(have)}
	if s.report.Known != nil {
		p.remote = s.report.Known
		err = p.plan(ctx)
	}
	return p, err
}

// have is what the device has, with every segment named of the feeds where
// the remote has another branch. Names beyond the limit are left out: their
// segments come again.
func (s *session) have(ctx context.Context) ([]syncproto.Have, error) {
	have, err := s.local.Have(ctx)
	if err != nil {
		return nil, fmt.Errorf("list own feeds: %w", err)
	}
	have = append([]syncproto.Have(nil), have[:min(len(have), syncproto.MaxFeeds)]...)
	room := syncproto.MaxNames
	for i, h := range have {
		if s.explicit[h.Feed] {
			names, err := s.local.Names(ctx, h.Feed)
			if err != nil {
				return nil, fmt.Errorf("list own segments: %w", err)
			}
			have[i] = syncproto.Have{Feed: h.Feed, Names: names}
		}
		have[i].Names = have[i].Names[:min(room, len(have[i].Names))]
		room -= len(have[i].Names)
	}
	return have, nil
}

// run exchanges pages until the remote has no more and lacks nothing.
func (p *pass) run(ctx context.Context) error {
	for first := true; ; first = false {
		more, err := p.step(ctx)
		if err != nil {
			return err
		}
		if len(p.queue) == 0 && (first || !more) {
			if err := p.plan(ctx); err != nil {
				return err
			}
		}
		if !more && len(p.queue) == 0 {
			return nil
		}
	}
}

// step makes one exchange and says whether the remote has more pages.
func (p *pass) step(ctx context.Context) (bool, error) {
	batch, err := p.batch(ctx)
	if err != nil {
		return false, err
	}
	req := &syncproto.Request{Workspace: p.local.Workspace(), Have: p.have, Cursor: p.cursor}
	for _, out := range batch {
		req.Segments = append(req.Segments, out.segment)
	}
	req.Wanted, p.wanted = p.ask(), nil
	answer, err := p.exchange(ctx, req)
	if err != nil {
		return false, err
	}
	if err := p.advances(answer); err != nil {
		return false, err
	}
	p.settle(batch, answer)
	p.queue = slices.DeleteFunc(p.queue, func(at place) bool { return p.hopeless(at.feed) })
	if len(answer.Receipts) > 0 {
		if err := p.local.Receipts(ctx, answer.Receipts); err != nil {
			return false, fmt.Errorf("keep receipts: %w", err)
		}
	}
	fresh, err := p.take(ctx, answer.Segments)
	if err != nil {
		return false, err
	}
	p.taken += fresh
	if p.idle++; fresh > 0 {
		p.idle = 0
	}
	p.cursor, p.remote, p.report.Known = answer.Cursor, answer.Have, answer.Have
	p.report.Service = answer.Service
	p.tell()
	return answer.More, nil
}

// ask names the segments for which the request asks receipts: what is pushed
// brings its own.
func (p *pass) ask() []syncproto.Cursor {
	wanted := slices.DeleteFunc(p.wanted, func(at syncproto.Cursor) bool { return p.sent[place{at.Feed, at.Name}] > 0 })
	return wanted[:min(len(wanted), syncproto.MaxWanted)]
}

// advances checks that the remote moves forward in the order both know, so that
// even a hostile one comes to an end.
func (p *pass) advances(answer *syncproto.Answer) error {
	switch before, now := p.cursor, answer.Cursor; {
	case answer.More && p.idle >= maxIdle:
		return fmt.Errorf("%w: page after page without anything new", ErrProtocol)
	case before != nil && now == nil:
		return fmt.Errorf("%w: it lost its place", ErrProtocol)
	case before != nil && p.wish.Places(*now, *before) < 0,
		before != nil && answer.More && *now == *before:
		return fmt.Errorf("%w: it goes backwards", ErrProtocol)
	}
	return nil
}

// tell reports progress to whoever wants to know.
func (p *pass) tell() {
	if p.opts.Progress != nil {
		p.opts.Progress(Progress{Sent: p.report.Sent, Received: p.report.Received, RoundTrips: p.report.RoundTrips})
	}
}
