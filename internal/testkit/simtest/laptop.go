package simtest

import (
	"context"
	"errors"

	"fieldbook/envelope"
	"fieldbook/internal/testkit/planttest"
	"fieldbook/internal/testkit/synctest"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
)

// Laptop is a device that writes and takes part in syncs. It keeps the contract
// of syncclient.Local.
type Laptop struct {
	*synctest.Laptop
	Name   string
	Device *planttest.Device
	// service checks receipts.
	service envelope.DeviceKeys
	// known is what the service held at the end of the last sync.
	known []syncproto.Have
	// at is the region that answered last.
	at   int
	busy bool
	err  error // the first receipt that does not hold
	// image is an older copy of the disk.
	image *Laptop
}

var _ syncclient.Local = (*Laptop)(nil)

// NewLaptop makes a laptop that holds nothing yet. Receipts are held to be the
// service's.
func NewLaptop(name string, device *planttest.Device, workspace envelope.WorkspaceID, service envelope.DeviceKeys) *Laptop {
	return &Laptop{Laptop: synctest.NewLaptopOf(workspace), Name: name, Device: device, service: service}
}

// Cut makes segments of what was written.
func (l *Laptop) Cut() {
	if key, known := l.Device.SignKey(l.Device.ID); known {
		l.Know(l.Device.ID, key)
	}
	l.Keep(l.Device.Cut()...)
}

// Held lists the segments, feed by feed.
func (l *Laptop) Held() (out []syncproto.Segment) {
	ctx := context.Background()
	have, _ := l.Have(ctx) // in memory: nothing fails
	for _, h := range have {
		names, _ := l.Names(ctx, h.Feed)
		for _, name := range names {
			s, _, _ := l.Segment(ctx, h.Feed, name)
			out = append(out, s)
		}
	}
	return out
}

// copied is a copy of the laptop's disk.
func (l *Laptop) copied(name string) *Laptop {
	l.Cut()
	held := l.Held()
	c := NewLaptop(name, l.Device.Again(held), envelope.WorkspaceID(l.Workspace()), l.service)
	c.at, c.known = l.at, l.known
	c.Fill(held)
	return c
}

// Fill takes what another laptop holds, in its order.
func (l *Laptop) Fill(held []syncproto.Segment) {
	for _, s := range held {
		if segment, err := envelope.DecodeSegment(s.Data); err == nil {
			l.know(segment)
		}
		l.Device.Take(s)
		l.Keep(s)
	}
}

// know makes the key of a segment's author known, if the members' state or the
// workspace's id vouches for it.
func (l *Laptop) know(segment *envelope.Segment) {
	key, known := l.Device.SignKey(segment.Device)
	if !known && segment.First == 1 {
		if e, err := envelope.Decode(segment.Envelopes[0]); err == nil {
			keys, err := envelope.Founder(segment.Workspace, e)
			key, known = keys.Sign, err == nil && keys.ID() == segment.Device
		}
	}
	if known {
		l.Know(segment.Device, key)
	}
}

// Accept implements syncclient.Local: what is taken is part of the record.
func (l *Laptop) Accept(ctx context.Context, segments []syncproto.Segment) ([]syncclient.Outcome, error) {
	out := make([]syncclient.Outcome, 0, len(segments))
	for _, s := range segments {
		if segment, err := envelope.DecodeSegment(s.Data); err == nil {
			l.know(segment)
		}
		one, err := l.Laptop.Accept(ctx, []syncproto.Segment{s})
		if err != nil {
			return nil, err
		}
		if one[0].Fate == syncclient.Taken {
			l.Device.Take(s)
			l.check(syncproto.Received{Feed: s.Feed, Name: s.Name(), Receipt: s.Receipt})
		}
		out = append(out, one[0])
	}
	return out, nil
}

// Receipts implements syncclient.Local.
func (l *Laptop) Receipts(ctx context.Context, receipts []syncproto.Received) error {
	for _, r := range receipts {
		l.check(r)
	}
	return l.Laptop.Receipts(ctx, receipts)
}

// check notes a receipt that is not the service's for the segment that it came
// with.
func (l *Laptop) check(r syncproto.Received) {
	if err := l.proves(r); err != nil && l.err == nil {
		l.err = err
	}
}

func (l *Laptop) proves(r syncproto.Received) error {
	s, _, err := l.Segment(context.Background(), r.Feed, r.Name)
	if err != nil || len(r.Receipt) == 0 {
		return nil // of nothing that is held
	}
	segment, err := envelope.DecodeSegment(s.Data)
	if err != nil {
		return err
	}
	claim, sig, err := envelope.DecodeReceipt(r.Receipt)
	if err != nil {
		return err
	}
	if claim.Head != segment.Head() || claim.Service != l.service.ID() {
		return errors.New("a receipt for another head, or of another service")
	}
	return envelope.VerifyReceipt(claim, l.service.Sign, sig)
}
