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
	s.report.Level = true
	held := byFeed(p.remote)
	for feed, mine := range own {
		s.report.Level = s.report.Level && (mine.Number == 0 || mine.Equal(held[feed]))
	}
	for _, theirs := range p.remote {
		mine := own[theirs.Feed]
		if mine.Equal(theirs) {
			continue
		}
		s.report.Level = false
		names, err := s.local.Names(ctx, theirs.Feed)
		if err != nil {
			return false, fmt.Errorf("list own segments: %w", err)
		}
		if s.unknown(theirs, names) {
			again = s.expand(mine) || again
		}
	}
	return again, nil
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

// unknown says whether a remote names a segment that the device neither holds
// nor was offered. It counts as waiting until it comes.
func (s *session) unknown(theirs syncproto.Have, names []syncproto.Name) bool {
	claims := theirs.Names[:len(theirs.Names):len(theirs.Names)]
	if theirs.Number > 0 {
		claims = append(claims, syncproto.Name{Number: theirs.Number, Hash: theirs.Tip})
	}
	found := false
	for _, name := range claims {
		at := place{theirs.Feed, name}
		if _, seen := s.seen[at]; !seen && !contains(names, name) {
			s.waiting[at] = true
			found = true
		}
	}
	return found
}
