package syncserver

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fieldbook/syncproto"
)

// Paged is a Store that answers a listing in pages, each of which costs a
// request.
type Paged interface {
	// Page is how many names one request lists.
	Page() int
}

// Known is what a service remembers of an earlier listing, so that of a long
// feed only the end needs to be listed. Objects are never removed, so what was
// listed is there; what was lost with the end shows, as the end is listed again.
// What came in below the end, a branch that was forked off long ago, does not
// show: everything is listed once in a while.
type Known struct {
	// Page is that of the store.
	Page int
	// Feeds are the feeds of more names than Recent tells.
	Feeds map[syncproto.Feed]Past
}

// Past is what a service remembers of one feed.
type Past struct {
	// Names are its segments, sorted.
	Names []syncproto.Name
	// Size is what they take, in bytes.
	Size int64
}

// Recent is how many of a feed's last names are listed again: they fit a page,
// with room for what follows.
func Recent(page int) int { return page - page/8 }

// old gives the names that need not be listed, and the number from which on
// names are listed.
func (p Past) old(page int) (names []syncproto.Name, from uint64) {
	at := len(p.Names) - Recent(page)
	if at <= 0 {
		return nil, 0
	}
	from = p.Names[at].Number
	for at > 0 && p.Names[at-1].Number == from {
		at--
	}
	return p.Names[:at], from
}

// has tells whether a segment is among those whose size is told.
func (p Past) has(name syncproto.Name) bool {
	_, found := slices.BinarySearchFunc(p.Names, name, syncproto.Name.Compare)
	return found
}

// scan lists a workspace of which much is known, by a request for each long
// feed and one for each page of the others.
func (x *index) scan(ctx context.Context, store Store, known *Known) error {
	for after := ""; ; {
		found, err := store.List(ctx, syncproto.Folder(x.workspace), after, known.Page)
		if err != nil {
			return fmt.Errorf("list segments: %w", err)
		}
		n, jump := x.skip(found, known)
		x.listed(found[:n], known)
		switch {
		case jump != "":
			after = jump
		case len(found) < known.Page:
			return nil
		default:
			after = found[n-1].Name
		}
	}
}

// skip finds where a listing comes to what is known, takes that from memory, and
// says behind which name the listing goes on.
func (x *index) skip(found []Entry, known *Known) (n int, after string) {
	var last string
	var past Past
	for i, entry := range found {
		folder, file, _ := strings.Cut(entry.Name, "/")
		if folder != last {
			last, past = folder, known.past(folder)
		}
		old, from := past.old(known.Page)
		if name, err := syncproto.ParseName(file); err != nil || name.Number >= from {
			continue
		}
		if held := x.open(folder); held != nil {
			held.sound, held.size = append(held.sound, old...), past.Size
		}
		return i, fmt.Sprintf("%s/%016x", folder, from)
	}
	return len(found), ""
}

// past is what is remembered of the feed of a folder.
func (k *Known) past(folder string) Past {
	feed, err := syncproto.ParseFeed(folder)
	if k == nil || err != nil {
		return Past{}
	}
	return k.Feeds[feed]
}
