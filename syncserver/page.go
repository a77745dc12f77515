package syncserver

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fieldbook/syncproto"
)

// repairable is what a device is told of a damaged segment that it lacks.
const repairable = "the stored bytes do not match their name; a device that has the segment repairs it with its next sync"

// page collects what a device lacks, up to the size of one message.
type page struct {
	server *Server
	index  *index
	answer *syncproto.Answer
	size   int
}

// fill goes through the feeds in the order that the request asks for, from its
// cursor on.
func (p *page) fill(ctx context.Context, req *syncproto.Request) error {
	order := syncproto.NewOrder(req.Have)
	feeds := make([]syncproto.Feed, 0, len(p.index.feeds))
	for feed := range p.index.feeds {
		if req.Cursor == nil || order.Feeds(feed, req.Cursor.Feed) >= 0 {
			feeds = append(feeds, feed)
		}
	}
	slices.SortFunc(feeds, order.Feeds)
	for _, feed := range feeds {
		have := syncproto.Have{Feed: feed}
		if i, named := order[feed]; named {
			have = req.Have[i]
		}
		more, err := p.feed(ctx, p.index.feed(feed), have, func(at syncproto.Cursor) bool {
			return req.Cursor == nil || order.Places(at, *req.Cursor) > 0
		})
		if err != nil || !more {
			return err
		}
	}
	return nil
}

// feed puts what the device lacks of one feed and may use on the page; next says
// what earlier pages have not seen. False: the page is full.
//
// What lies behind a hole cannot be used before it is filled. Behind a segment
// that was found damaged here it is read all the same, so that all damage is
// known at once and one sync of a device that holds the feed repairs all of it.
func (p *page) feed(ctx context.Context, held *names, have syncproto.Have, next func(syncproto.Cursor) bool) (bool, error) {
	refused := len(p.answer.Refused)
	for _, name := range lacking(held, have) {
		at := syncproto.Cursor{Feed: have.Feed, Name: name}
		usable := reaches(held, have, name.Number-1)
		if !usable && len(p.answer.Refused) == refused {
			break
		}
		if !next(at) {
			continue
		}
		fits, err := p.add(ctx, at, usable)
		if err != nil {
			return false, fmt.Errorf("read segment %s of feed %s: %w", name, have.Feed, err)
		}
		if !fits {
			p.answer.More = true
			return false, nil
		}
		p.answer.Cursor = &at
	}
	return true, nil
}

// add puts one segment on the page if the device can use it, or its refusal.
// False: the page is full.
func (p *page) add(ctx context.Context, at syncproto.Cursor, usable bool) (bool, error) {
	if len(p.answer.Segments) == syncproto.MaxSegments || len(p.answer.Refused) == syncproto.MaxRefused {
		return false, nil
	}
	data, note, err := p.server.store.Get(ctx, syncproto.Path(p.index.workspace, at.Feed, at.Name), syncproto.MaxSegment)
	switch {
	case errors.Is(err, ErrDamaged), errors.Is(err, ErrSize):
		p.index.spoil(at.Feed, at.Name)
		p.answer.Refused = append(p.answer.Refused, syncproto.Refuse(at.Feed, at.Name, syncproto.Damaged, repairable))
		return true, nil
	case errors.Is(err, ErrAbsent):
		p.index.spoil(at.Feed, at.Name)
		return true, nil
	case err != nil:
		return false, err
	}
	if !usable {
		return true, nil
	}
	if !short(note) {
		note = nil
	}
	if p.size+len(data)+len(note) > syncproto.MaxPage {
		return false, nil
	}
	p.size += len(data) + len(note)
	p.answer.Segments = append(p.answer.Segments, syncproto.Segment{Feed: at.Feed, Number: at.Name.Number, Data: data, Receipt: note})
	return true, nil
}

// reaches says whether the device holds a segment of the number or is handed
// one out, so that it can use those that follow.
func reaches(n *names, have syncproto.Have, number uint64) bool {
	return number <= have.Number || len(n.at(number)) > 0 ||
		slices.ContainsFunc(have.Names, func(name syncproto.Name) bool { return name.Number == number })
}

// lacking lists what is there of a feed and not held by a device that says
// have, sorted. Where the device holds one segment of a number and does not
// name it, it is taken to be the one that is there; if it is another, the
// device sees this from the answer and names its segments (docs/format/sync.md).
func lacking(n *names, have syncproto.Have) []syncproto.Name {
	named := make(map[syncproto.Name]bool, len(have.Names))
	listed := make(map[uint64]bool, len(have.Names))
	for _, name := range have.Names {
		named[name], listed[name.Number] = true, true
	}
	var out []syncproto.Name
	for _, name := range n.sound {
		switch {
		case named[name]:
		case name.Number > have.Number, listed[name.Number]:
			out = append(out, name)
		case name.Number == have.Number:
			if name.Hash != have.Tip {
				out = append(out, name)
			}
		case len(n.at(name.Number)) > 1:
			out = append(out, name)
		}
	}
	for _, name := range n.damaged {
		if !named[name] && name.Number > have.Number {
			out = append(out, name)
		}
	}
	slices.SortFunc(out, syncproto.Name.Compare)
	return out
}
