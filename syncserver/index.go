package syncserver

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fieldbook/syncproto"
)

// listing is how many names are asked of a store at once.
const listing = 1 << 14

// index is what a store lists of one workspace: names only, no contents. All
// names of a feed are listed, also those a device has, since a fork may have
// arrived below its cursor; a cursor alone would hide it for ever.
type index struct {
	workspace syncproto.Workspace
	feeds     map[syncproto.Feed]*names
	unfit     []syncproto.Refusal
	began     time.Time
	whole     bool // nothing was taken from memory
}

// names are the segments of one feed that a store lists.
type names struct {
	// sound are sorted and were not found damaged so far.
	sound []syncproto.Name
	// damaged are sorted; for holders of the feed they count as absent.
	damaged []syncproto.Name
	// spoiled were listed as sound and found since to be damaged or gone.
	spoiled []syncproto.Name
	// size is what all that were listed as sound take, in bytes.
	size int64
}

// Listing is what a store lists of one workspace's segments.
type Listing struct {
	// Workspace is the workspace spoken of.
	Workspace syncproto.Workspace
	// Began is when the store was asked: what was stored before is in it.
	Began time.Time
	// Feeds has the segments of each feed, sorted, without those that were
	// found damaged.
	Feeds map[syncproto.Feed][]syncproto.Name
	// Whole says that everything was listed, and nothing taken for known.
	Whole bool
	// Sizes are what the segments of each feed take, in bytes.
	Sizes map[syncproto.Feed]int64
	// Unfit are objects that a service found to be no segments of the feeds in
	// which they lie.
	Unfit []syncproto.Refusal
}

// List lists the segments of a workspace in a store.
func List(ctx context.Context, store Store, workspace syncproto.Workspace) (*Listing, error) {
	x, err := list(ctx, store, workspace, nil)
	if err != nil {
		return nil, err
	}
	return x.listing(), nil
}

// listing is the index as others see it. It shares memory with the index.
func (x *index) listing() *Listing {
	l := &Listing{
		Workspace: x.workspace, Began: x.began, Whole: x.whole,
		Feeds: make(map[syncproto.Feed][]syncproto.Name, len(x.feeds)), Sizes: make(map[syncproto.Feed]int64, len(x.feeds)),
	}
	for feed, n := range x.feeds {
		l.Feeds[feed], l.Sizes[feed] = n.sound, n.size
	}
	return l
}

// list lists a workspace, of which something may be known. What is not named as
// the layout has it is foreign and left alone, as are feeds beyond the limit of
// the protocol.
func list(ctx context.Context, store Store, workspace syncproto.Workspace, known *Known) (*index, error) {
	x := &index{workspace: workspace, feeds: map[syncproto.Feed]*names{}, began: time.Now(), whole: known == nil}
	if known != nil {
		return x, x.scan(ctx, store, known)
	}
	for after := ""; ; {
		found, err := store.List(ctx, syncproto.Folder(workspace), after, listing)
		if err != nil {
			return nil, fmt.Errorf("list segments: %w", err)
		}
		x.listed(found, nil)
		if len(found) < listing {
			return x, nil
		}
		after = found[len(found)-1].Name
	}
}

// listed takes a piece of a listing. What is known was counted.
func (x *index) listed(found []Entry, known *Known) {
	var last string
	var held *names
	var past Past
	for _, entry := range found {
		folder, file, _ := strings.Cut(entry.Name, "/")
		if folder != last {
			last, held, past = folder, x.open(folder), known.past(folder)
		}
		name, err := syncproto.ParseName(file)
		switch {
		case held == nil || err != nil || name.Number == 0:
		case entry.Damaged:
			held.damaged = append(held.damaged, name)
		default:
			held.sound = append(held.sound, name)
			if !past.has(name) {
				held.size += entry.Size
			}
		}
	}
}

// open gives the names of the feed of a folder, nil if it is none of ours.
func (x *index) open(folder string) *names {
	feed, err := syncproto.ParseFeed(folder)
	if err != nil {
		return nil
	}
	n := x.feeds[feed]
	if n == nil && len(x.feeds) < syncproto.MaxFeeds {
		n = &names{}
		x.feeds[feed] = n
	}
	return n
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
	repaired := func(d syncproto.Name) bool { return d == name }
	n.damaged, n.spoiled = slices.DeleteFunc(n.damaged, repaired), slices.DeleteFunc(n.spoiled, repaired)
}

// spoil notes that a segment does not match its name.
func (x *index) spoil(feed syncproto.Feed, name syncproto.Name) {
	n := x.feed(feed)
	n.sound = slices.DeleteFunc(n.sound, func(d syncproto.Name) bool { return d == name })
	n.spoiled = append(n.spoiled, name)
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

// have states what is held of a feed. A single segment is named where another
// one of its number is damaged: a device that holds that one would take what is
// not named for its own, and never repair it.
func (n *names) have(feed syncproto.Feed) syncproto.Have {
	have := syncproto.Holding(feed, n.sound)
	for _, bad := range slices.Concat(n.damaged, n.spoiled) {
		for _, beside := range n.at(bad.Number) {
			if at, named := slices.BinarySearchFunc(have.Names, beside, syncproto.Name.Compare); !named {
				have.Names = slices.Insert(have.Names, at, beside)
			}
		}
	}
	return have
}

// have states what is held of every feed, within the limit of names.
func (x *index) have() []syncproto.Have {
	out := make([]syncproto.Have, 0, len(x.feeds))
	for feed, n := range x.feeds {
		if len(n.sound) > 0 {
			out = append(out, n.have(feed))
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
