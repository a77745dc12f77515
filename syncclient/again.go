package syncclient

import (
	"context"
	"fmt"

	"fieldbook/syncproto"
)

// again decides after a pass whether another one can bring more: when the
// remote shows a branch that the device does not hold, and when something waits
// only for what came behind it.
func (s *session) again(ctx context.Context, p *pass) (bool, error) {
	have, err := s.local.Have(ctx)
	if err != nil {
		return false, fmt.Errorf("list own feeds: %w", err)
	}
	own, again := byFeed(have), false
	clear(s.waiting)
	for at, fate := range s.seen {
		if fate != Waiting {
			continue
		}
		s.waiting[at] = true
		if at.name.Number <= own[at.feed].Number+1 {
			again = again || p.taken > 0
			again = s.expand(own[at.feed]) || again
		}
	}
	more, err := s.compare(ctx, own, p.remote)
	return again || more, err
}

// compare says whether both sides hold the same, and whether the remote has
// something that it did not hand out.
func (s *session) compare(ctx context.Context, own map[syncproto.Feed]syncproto.Have, remote []syncproto.Have) (more bool, err error) {
	s.report.Level = true
	held := byFeed(remote)
	for feed, mine := range own {
		if _, there := held[feed]; !there && mine.Number > 0 {
			s.report.Level = false
		}
	}
	for _, theirs := range remote {
		mine := own[theirs.Feed]
		if mine.Equal(theirs) {
			continue
		}
		names, err := s.local.Names(ctx, theirs.Feed)
		if err != nil {
			return false, fmt.Errorf("list own segments: %w", err)
		}
		lacking := claimed(theirs, names)
		s.report.Level = s.report.Level && len(lacking) == 0 && len(absent(names, theirs)) == 0
		if s.unknown(theirs.Feed, lacking) {
			more = s.expand(mine) || more
		}
	}
	return more, nil
}

// expand has every segment of a feed named from the next pass on. False: that
// is so already, or there is nothing to name.
func (s *session) expand(have syncproto.Have) bool {
	if have.Number == 0 || s.explicit[have.Feed] {
		return false
	}
	s.explicit[have.Feed] = true
	return true
}

// claimed lists what a remote names of a feed and the device does not hold. Tips
// and names are enough: a tip has one past.
func claimed(theirs syncproto.Have, names []syncproto.Name) (lacking []syncproto.Name) {
	if tip := (syncproto.Name{Number: theirs.Number, Hash: theirs.Tip}); theirs.Number > 0 && !contains(names, tip) {
		lacking = append(lacking, tip)
	}
	for _, name := range theirs.Names {
		if !contains(names, name) {
			lacking = append(lacking, name)
		}
	}
	return lacking
}

// unknown says whether the device was not offered something that a remote names.
// It counts as waiting until it comes.
func (s *session) unknown(feed syncproto.Feed, lacking []syncproto.Name) (found bool) {
	for _, name := range lacking {
		at := place{feed, name}
		if _, seen := s.seen[at]; !seen {
			s.waiting[at] = true
			found = true
		}
	}
	return found
}
