package synctest

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"slices"
	"sync"

	"fieldbook/envelope"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
)

// Laptop is a device in memory that keeps the contract of syncclient.Local: it
// stores a segment only if its author is known, its signature holds and what it
// continues is there.
type Laptop struct {
	mu        sync.Mutex
	workspace envelope.WorkspaceID
	keys      map[envelope.DeviceID]ed25519.PublicKey
	order     []syncproto.Feed
	feeds     map[syncproto.Feed]map[syncproto.Name]*envelope.Segment
	receipts  map[place][]byte
	// Accepted counts calls of Accept with segments not held before.
	Accepted int
}

// place is one segment in one feed.
type place struct {
	feed syncproto.Feed
	name syncproto.Name
}

// NewLaptop makes an empty laptop that knows the keys of some authors.
func NewLaptop(workspace string, known ...*Author) *Laptop {
	l := NewLaptopOf(WorkspaceID(workspace))
	l.Admit(known...)
	return l
}

// NewLaptopOf makes an empty laptop of any workspace.
func NewLaptopOf(workspace envelope.WorkspaceID) *Laptop {
	return &Laptop{
		workspace: workspace,
		keys:      map[envelope.DeviceID]ed25519.PublicKey{},
		feeds:     map[syncproto.Feed]map[syncproto.Name]*envelope.Segment{},
		receipts:  map[place][]byte{},
	}
}

// Know makes the key of a device known.
func (l *Laptop) Know(device envelope.DeviceID, key ed25519.PublicKey) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.keys[device] = key
}

// Admit makes authors known.
func (l *Laptop) Admit(authors ...*Author) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, a := range authors {
		l.keys[a.Device] = a.Public()
	}
}

// Keep stores segments that the laptop must be able to take.
func (l *Laptop) Keep(segments ...syncproto.Segment) {
	outcomes, err := l.Accept(context.Background(), segments)
	for i, o := range outcomes {
		if o.Fate != syncclient.Taken {
			panic(fmt.Sprintf("laptop did not take segment %d: %v %v", i, o, err))
		}
	}
}

// Workspace implements syncclient.Local.
func (l *Laptop) Workspace() syncproto.Workspace { return syncproto.Workspace(l.workspace) }

// Have implements syncclient.Local.
func (l *Laptop) Have(ctx context.Context) ([]syncproto.Have, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []syncproto.Have
	for _, feed := range l.order {
		out = append(out, syncproto.Holding(feed, l.names(feed)))
	}
	return out, ctx.Err()
}

// Names implements syncclient.Local.
func (l *Laptop) Names(ctx context.Context, feed syncproto.Feed) ([]syncproto.Name, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.names(feed), ctx.Err()
}

// Segment implements syncclient.Local.
func (l *Laptop) Segment(ctx context.Context, feed syncproto.Feed, name syncproto.Name) (syncproto.Segment, int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	segment := l.feeds[feed][name]
	if segment == nil {
		return syncproto.Segment{}, 0, errors.New("no such segment")
	}
	out := syncproto.Segment{Feed: feed, Number: name.Number, Data: segment.Encode(), Receipt: l.receipts[place{feed, name}]}
	return out, len(segment.Envelopes), ctx.Err()
}

// Wanted implements syncclient.Local: the last segment of each feed, if the
// laptop keeps no receipt for it.
func (l *Laptop) Wanted(ctx context.Context) (out []syncproto.Cursor, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for feed := range l.feeds {
		names := l.names(feed)
		if len(names) == 0 {
			continue
		}
		if last := names[len(names)-1]; l.receipts[place{feed, last}] == nil {
			out = append(out, syncproto.Cursor{Feed: feed, Name: last})
		}
	}
	slices.SortFunc(out, func(a, b syncproto.Cursor) int { return a.Feed.Compare(b.Feed) })
	return out, ctx.Err()
}

// Accept implements syncclient.Local.
func (l *Laptop) Accept(ctx context.Context, segments []syncproto.Segment) ([]syncclient.Outcome, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []syncclient.Outcome
	for _, s := range segments {
		out = append(out, l.accept(s))
		if s.Receipt != nil {
			l.keep(syncproto.Received{Feed: s.Feed, Name: s.Name(), Receipt: s.Receipt})
		}
	}
	return out, ctx.Err()
}

// Receipts implements syncclient.Local. The laptop checks no signature, only
// that it holds the segment.
func (l *Laptop) Receipts(ctx context.Context, receipts []syncproto.Received) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, r := range receipts {
		l.keep(r)
	}
	return ctx.Err()
}

func (l *Laptop) keep(r syncproto.Received) {
	if l.feeds[r.Feed][r.Name] != nil {
		l.receipts[place{r.Feed, r.Name}] = r.Receipt
	}
}

// Receipt is what the laptop keeps for a segment; nil if nothing.
func (l *Laptop) Receipt(feed syncproto.Feed, name syncproto.Name) []byte {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.receipts[place{feed, name}]
}

func (l *Laptop) accept(s syncproto.Segment) syncclient.Outcome {
	refused := func(reason syncproto.Reason, detail string) syncclient.Outcome {
		return syncclient.Outcome{Fate: syncclient.Refused, Reason: reason, Detail: detail}
	}
	segment, err := envelope.DecodeSegment(s.Data)
	if err != nil {
		return refused(syncproto.Malformed, err.Error())
	}
	feed := syncproto.Feed{Device: segment.Device, Epoch: uint64(segment.Epoch)}
	if segment.Workspace != l.workspace || feed != s.Feed || segment.Number != s.Number {
		return refused(syncproto.Foreign, "not the segment it was sent as")
	}
	if l.feeds[feed][s.Name()] != nil {
		return syncclient.Outcome{}
	}
	key, known := l.keys[segment.Device]
	if !known || !l.continues(feed, segment) {
		return syncclient.Outcome{Fate: syncclient.Waiting}
	}
	if err := segment.Verify(key); err != nil {
		return refused(syncproto.Unauthentic, err.Error())
	}
	if l.feeds[feed] == nil {
		l.feeds[feed] = map[syncproto.Name]*envelope.Segment{}
		l.order = append(l.order, feed)
	}
	l.feeds[feed][s.Name()] = segment
	l.Accepted++
	return syncclient.Outcome{Events: len(segment.Envelopes)}
}

func (l *Laptop) continues(feed syncproto.Feed, segment *envelope.Segment) bool {
	if segment.Number == 1 {
		return segment.First == 1
	}
	for name, held := range l.feeds[feed] {
		if name.Number == segment.Number-1 && held.Tip == segment.Prev {
			return true
		}
	}
	return false
}

func (l *Laptop) names(feed syncproto.Feed) []syncproto.Name {
	var out []syncproto.Name
	for name := range l.feeds[feed] {
		out = append(out, name)
	}
	slices.SortFunc(out, syncproto.Name.Compare)
	return out
}

// Inventory lists everything held, as store paths, sorted: laptops with equal
// inventories hold the same.
func (l *Laptop) Inventory() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	var out []string
	for feed := range l.feeds {
		for _, name := range l.names(feed) {
			out = append(out, syncproto.Path(syncproto.Workspace(l.workspace), feed, name))
		}
	}
	slices.Sort(out)
	return out
}
