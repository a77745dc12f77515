package syncclient

import (
	"context"
	"errors"
	"time"

	"fieldbook/syncproto"
)

// ErrProtocol says that a remote gave an answer that breaks the protocol: it
// is faulty or hostile. What was taken before stays taken.
var ErrProtocol = errors.New("remote breaks the sync protocol")

// ErrFull says that the remote had no room for all the device has to give. What
// the remote has was taken.
var ErrFull = errors.New("no room left at the remote; free space or use another one, then sync again")

// ErrReadOnly says that the remote can be read but not written. What the remote
// has was taken.
var ErrReadOnly = errors.New("the remote is write-protected; nothing of this device was sent")

// Remote is whatever a device syncs with: a folder through the service's code
// in this process, or a service over HTTP.
//
// Exchange must be repeatable: the same request sent twice has the effect of
// one. It wraps syncproto.ErrTemporary where repeating may help.
type Remote interface {
	Exchange(ctx context.Context, req *syncproto.Request) (*syncproto.Answer, error)
}

// Local is the device's own log as Sync needs it.
type Local interface {
	// Workspace is the workspace to sync.
	Workspace() syncproto.Workspace
	// Have says what is held of each feed. Its order is the order in which
	// feeds are sent and asked for: those with control events first. A feed that
	// is known of but not held yet may be named with Number 0 for its place.
	// syncproto.Holding builds an entry from names.
	Have(ctx context.Context) ([]syncproto.Have, error)
	// Names lists every segment held of one feed, sorted.
	Names(ctx context.Context, feed syncproto.Feed) ([]syncproto.Name, error)
	// Segment gives a held segment, with a receipt for its end if the device has
	// one, best the remote's own, and how many events it holds.
	Segment(ctx context.Context, feed syncproto.Feed, name syncproto.Name) (segment syncproto.Segment, events int, err error)
	// Wanted names segments held of which the device has no receipt of the
	// remote, best the newest of each feed. Of many the first ones count.
	Wanted(ctx context.Context) ([]syncproto.Cursor, error)
	// Accept checks the segments one after the other and stores those that
	// pass, durably, best in one transaction. It gives one Outcome for each. An
	// error says that the device could not store (disk full, say) and ends the
	// sync; a bad segment is an Outcome. Segments already held are Taken with
	// zero events. The bytes are hostile: signature, membership, chain, and
	// that feed and number are those claimed, are checked here. So is the receipt
	// that a segment carries: one that does not verify is no reason to refuse it.
	Accept(ctx context.Context, segments []syncproto.Segment) ([]Outcome, error)
	// Receipts keeps what the remote signed for segments that it was sent, or
	// that Wanted named. They are hostile bytes too: one that does not verify, or is for nothing that is
	// held, is left out. An error says that the device could not store.
	Receipts(ctx context.Context, receipts []syncproto.Received) error
}

// Fate is what became of a segment that a remote handed out.
type Fate uint8

// The fates of a segment.
const (
	// Taken: stored now, or held before.
	Taken Fate = iota
	// Waiting: not stored, because the segment it continues or the admission
	// of its device is not here yet. It is asked for again.
	Waiting
	// Refused: not stored, and bad in itself.
	Refused
)

// Outcome is what Accept did with one segment.
type Outcome struct {
	// Fate says whether the segment was stored.
	Fate Fate
	// Events counts the events that were new to the device.
	Events int
	// Reason and Detail say why a segment was refused.
	Reason syncproto.Reason
	Detail string
}

// Options tune one Sync. The zero value is useful.
type Options struct {
	// Known is what the remote held at the end of the last sync with it
	// (Report.Known). With it, new segments travel in the first request, so that
	// devices a few edits apart need one round trip. It is a guess that may be
	// wrong or nil.
	Known []syncproto.Have
	// Progress is told after every round trip; nil is allowed.
	Progress func(Progress)
	// Attempts bounds how often one request is tried while the remote answers
	// syncproto.ErrTemporary. Zero means 5.
	Attempts int
	// Sleep waits between attempts; nil waits for real. It returns early with
	// the context's error when that ends.
	Sleep func(ctx context.Context, d time.Duration) error
}

// Progress is how far a sync has come, in events. Totals are unknown to it.
type Progress struct {
	Sent, Received int
	RoundTrips     int
}

// Report says what a sync did. It is filled as far as the sync came also when
// Sync gives an error.
type Report struct {
	// Sent and Received count events the remote took and events that were new
	// to this device.
	Sent, Received int
	// SentSegments and ReceivedSegments count the same in segments.
	SentSegments, ReceivedSegments int
	// Refused lists the segments either side would not take, each once.
	Refused []syncproto.Refusal
	// Waiting counts segments the remote offered that could not be taken yet,
	// since something before them is missing.
	Waiting int
	// RoundTrips counts the requests sent, repeated ones included.
	RoundTrips int
	// Level says that both sides held exactly the same at the end.
	Level bool
	// Service is what the remote said about itself last; nil from a folder.
	Service *syncproto.Service
	// Known is what the remote holds now, for Options.Known of the next sync.
	Known []syncproto.Have
}
