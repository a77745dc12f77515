package syncproto

import "slices"

// Version is the version of the messages this package writes and reads.
const Version = 1

// Limits of messages. They are part of the protocol: a message beyond one of
// them is refused by every reader, so no writer makes one.
const (
	// MaxMessage bounds an encoded message; a Lambda answers at most 6 MB in
	// base64, and a page half that size keeps clear of it.
	MaxMessage = 3 << 20
	// MaxSegment bounds the bytes of one segment, as its format does.
	MaxSegment = 1 << 20
	// MaxPage bounds the bytes of all segments and receipts in one message, so
	// that with as many feeds, names and refusals as are allowed it stays within
	// MaxMessage. The largest segment fits beside receipts for as many pushed
	// segments as are allowed.
	MaxPage = 1537 << 10
	// MaxReceipt bounds the bytes of one receipt.
	MaxReceipt = 512
	// MaxFeeds bounds the feeds of a workspace.
	MaxFeeds = 4096
	// MaxNames bounds the segments named one by one in a message. A sender with
	// more names leaves the rest out: what is not named is sent again, at worst.
	MaxNames = 10240
	// MaxSegments bounds the segments in one message.
	MaxSegments = 1024
	// MaxRefused bounds the refusals in one answer: every segment of the request
	// and as many of the store.
	MaxRefused = 2 * MaxSegments
	// MaxWanted bounds the receipts that a request asks for.
	MaxWanted = 16
	// MaxDetail bounds the free text of a refusal, in bytes.
	MaxDetail = 160
)

// Have says what one side holds of one feed.
type Have struct {
	// Feed is the feed spoken of.
	Feed Feed
	// Number is the length of the line without a hole: at least one segment is
	// held of every number from 1 to it. Zero: none.
	Number uint64
	// Tip is the hash of the segment held at Number; of several the smallest.
	// All zero when Number is zero.
	Tip Hash
	// Names lists, sorted, every segment held at a number of which several are
	// held (the feed has forked there), and everything held above Number
	// (behind a hole).
	Names []Name
}

// Cursor is a segment, as a place in the order in which a remote hands out segments.
type Cursor struct {
	// Feed and Name are those of the segment.
	Feed Feed
	Name Name
}

// Request is what a device asks: it says what it has, brings what the remote
// lacks, and asks for what it lacks itself.
type Request struct {
	// Workspace is the workspace spoken of.
	Workspace Workspace
	// Have names each feed once, in the order in which the device wants them:
	// feeds that hold control events first, since they say whose signatures
	// count. A remote hands out unnamed feeds after the named, sorted.
	Have []Have
	// Segments are the segments pushed. A segment follows the one it continues.
	Segments []Segment
	// Cursor is the Cursor of the previous answer when asking for its next
	// page, with the same Have; nil asks for the first page.
	Cursor *Cursor
	// Wanted are segments that the device holds, and of the remote no receipt.
	Wanted []Cursor
}

// Answer is what a remote says to a Request.
type Answer struct {
	// Stored counts the pushed segments that the remote did not have before and
	// now holds durably. A pushed segment that is not in Refused is held.
	Stored uint64
	// Refused lists pushed segments that were not stored, and segments in the
	// store that the device lacks but that cannot be handed out.
	Refused []Refusal
	// Segments is one page of what the device lacks.
	Segments []Segment
	// More says that another page follows after Cursor.
	More bool
	// Cursor is where this page ended, with the last segment handed out or
	// refused; nil when there was none yet.
	Cursor *Cursor
	// Have is what the remote holds after storing, sorted by feed.
	Have []Have
	// Receipts has one entry for each pushed or wanted segment that is held now,
	// whether it was new or there before. A folder signs none, so it has none.
	Receipts []Received
	// Service is what a service says about itself and its documents; nil from a
	// folder.
	Service *Service
}

// Received is a receipt for a segment.
type Received struct {
	// Feed and Name are those of the segment.
	Feed Feed
	Name Name
	// Receipt is the service's signed receipt for the segment's end, of 1 to
	// MaxReceipt bytes.
	Receipt []byte
}

// Holding builds the Have of a feed from the names held of it, which must be
// sorted and unique.
func Holding(feed Feed, names []Name) Have {
	have := Have{Feed: feed}
	for start := 0; start < len(names); {
		end := start + 1
		for end < len(names) && names[end].Number == names[start].Number {
			end++
		}
		next := names[start].Number == have.Number+1
		if next {
			have.Number, have.Tip = names[start].Number, names[start].Hash
		}
		if !next || end-start > 1 {
			have.Names = append(have.Names, names[start:end]...)
		}
		start = end
	}
	return have
}

// Equal says whether two statements about one feed are the same.
func (h Have) Equal(g Have) bool {
	if h.Feed != g.Feed || h.Number != g.Number || h.Tip != g.Tip || len(h.Names) != len(g.Names) {
		return false
	}
	for i := range h.Names {
		if h.Names[i] != g.Names[i] {
			return false
		}
	}
	return true
}

// Holds says whether the side that stated h has the segment, as far as the
// statement tells: where it has one segment of a number and does not name it,
// that one is taken to be meant.
func (h Have) Holds(name Name) bool {
	at, found := slices.BinarySearchFunc(h.Names, name, Name.Compare)
	switch {
	case found:
		return true
	case name.Number >= h.Number:
		return name == Name{Number: h.Number, Hash: h.Tip}
	}
	listed := at > 0 && h.Names[at-1].Number == name.Number || at < len(h.Names) && h.Names[at].Number == name.Number
	return !listed
}
