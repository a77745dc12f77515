package syncserver

import (
	"context"
	"fmt"
	"slices"

	"fieldbook/syncproto"
)

// listing is how many names are asked of a store at once.
const listing = 4096

// index is what a store lists of one workspace: names only, no contents. All
// names of a feed are listed, also those a device has, since a fork may have
// arrived below its cursor; a cursor alone would hide it for ever.
type index struct {
	workspace syncproto.Workspace
	feeds     map[syncproto.Feed]*names
}

// names are the segments of one feed that a store lists.
type names struct {
	// sound are sorted and were not found damaged so far.
	sound []syncproto.Name
	// damaged are sorted; for holders of the feed they count as absent.
	damaged []syncproto.Name
}

// index lists a workspace. What is not named as the layout has it is foreign
// and left alone, as are feeds beyond the limit of the protocol.
func (s *Server) index(ctx context.Context, workspace syncproto.Workspace) (*index, error) {
	x := &index{workspace: workspace, feeds: map[syncproto.Feed]*names{}}
	folder := syncproto.Folder(workspace)
	for after := ""; ; {
		found, err := s.store.Folders(ctx, folder, after, listing)
		if err != nil {
			return nil, fmt.Errorf("list feeds: %w", err)
		}
		for _, name := range found {
			feed, err := syncproto.ParseFeed(name)
			if err != nil || len(x.feeds) == syncproto.MaxFeeds {
				continue
			}
			if x.feeds[feed], err = s.names(ctx, folder+"/"+name); err != nil {
				return nil, fmt.Errorf("list feed %s: %w", feed, err)
			}
		}
		if len(found) < listing {
			return x, nil
		}
		after = found[len(found)-1]
	}
}

// names lists one feed.
func (s *Server) names(ctx context.Context, folder string) (*names, error) {
	n := &names{}
	for after := ""; ; {
		found, err := s.store.List(ctx, folder, after, listing)
		if err != nil {
			return nil, err
		}
		for _, entry := range found {
			name, err := syncproto.ParseName(entry.Name)
			switch {
			case err != nil || name.Number == 0:
			case entry.Damaged:
				n.damaged = append(n.damaged, name)
			default:
				n.sound = append(n.sound, name)
			}
		}
		if len(found) < listing {
			return n, nil
		}
		after = found[len(found)-1].Name
	}
}

// feed gives the names of a feed, none if it is new.
func (x *index) feed(feed syncproto.Feed) *names {
	if n := x.feeds[feed]; n != nil {
		return n
	}
	return &names{}
}

// add notes a segment that was stored.
func (x *index) add(feed syncproto.Feed, name syncproto.Name) {
	n := x.feeds[feed]
	if n == nil {
		n = &names{}
		x.feeds[feed] = n
	}
	if at, found := slices.BinarySearchFunc(n.sound, name, syncproto.Name.Compare); !found {
		n.sound = slices.Insert(n.sound, at, name)
	}
	n.damaged = slices.DeleteFunc(n.damaged, func(d syncproto.Name) bool { return d == name })
}

// spoil notes that a segment does not match its name.
func (x *index) spoil(feed syncproto.Feed, name syncproto.Name) {
	n := x.feed(feed)
	n.sound = slices.DeleteFunc(n.sound, func(d syncproto.Name) bool { return d == name })
}

// at gives the sound segments of one number.
func (n *names) at(number uint64) []syncproto.Name {
	low, _ := slices.BinarySearchFunc(n.sound, syncproto.Name{Number: number}, syncproto.Name.Compare)
	high := low
	for high < len(n.sound) && n.sound[high].Number == number {
		high++
	}
	return n.sound[low:high]
}

// has says whether a sound segment of that name is there.
func (n *names) has(name syncproto.Name) bool {
	_, found := slices.BinarySearchFunc(n.sound, name, syncproto.Name.Compare)
	return found
}

// have states what is held of every feed, within the limit of names.
func (x *index) have() []syncproto.Have {
	out := make([]syncproto.Have, 0, len(x.feeds))
	for feed, n := range x.feeds {
		if len(n.sound) > 0 {
			out = append(out, syncproto.Holding(feed, n.sound))
		}
	}
	slices.SortFunc(out, func(a, b syncproto.Have) int { return a.Feed.Compare(b.Feed) })
	room := syncproto.MaxNames
	for i := range out {
		out[i].Names = out[i].Names[:min(room, len(out[i].Names))]
		room -= len(out[i].Names)
	}
	return out
}
