package syncserver

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"fieldbook/envelope"
	"fieldbook/syncproto"
)

// receipt signs for a segment that is about to be stored. A folder signs nothing.
func (in *intake) receipt(segment *envelope.Segment) ([]byte, error) {
	if in.replica == nil {
		return nil, nil
	}
	receipt, err := in.replica.Receipt(segment)
	if err != nil {
		return nil, fmt.Errorf("sign receipt: %w", err)
	}
	return receipt, nil
}

// noted is the receipt that is kept with a segment, or a fresh one if there is none.
func (in *intake) noted(ctx context.Context, at place, segment *envelope.Segment) ([]byte, error) {
	if in.replica == nil {
		return nil, nil
	}
	note, err := in.server.store.Note(ctx, in.path(at))
	if err != nil && !errors.Is(err, ErrAbsent) {
		return nil, fmt.Errorf("read receipt: %w", err)
	}
	if short(note) {
		return note, nil
	}
	return in.receipt(segment)
}

// remind tells the receipt of a segment that was held before: the answer that
// told it may have been lost.
func (in *intake) remind(ctx context.Context, at place, data []byte) error {
	if in.replica == nil {
		return nil
	}
	segment, fault := in.read(at, data)
	if fault != nil { // it lies there past this code; nothing is signed for it
		return nil
	}
	receipt, err := in.noted(ctx, at, segment)
	if err == nil {
		in.tell(at, receipt)
	}
	return err
}

// recall tells receipts that the device asks for, because it got the segments
// another way.
func (in *intake) recall(ctx context.Context, wanted []syncproto.Cursor) error {
	for _, at := range wanted {
		told := slices.ContainsFunc(in.answer.Receipts, func(r syncproto.Received) bool { return r.Feed == at.Feed && r.Name == at.Name })
		if told || in.replica == nil || !in.index.feed(at.Feed).has(at.Name) {
			continue
		}
		data, receipt, err := in.server.store.Get(ctx, in.path(place{at.Feed, at.Name}), syncproto.MaxSegment)
		switch {
		case errors.Is(err, ErrAbsent), errors.Is(err, ErrDamaged), errors.Is(err, ErrSize):
			continue
		case err != nil:
			return fmt.Errorf("read receipt: %w", err)
		}
		segment, fault := in.read(place{at.Feed, at.Name}, data)
		if fault != nil {
			continue
		}
		if !short(receipt) {
			if receipt, err = in.receipt(segment); err != nil {
				return err
			}
		}
		in.tell(place{at.Feed, at.Name}, receipt)
	}
	return nil
}

// tell puts a receipt into the answer.
func (in *intake) tell(at place, receipt []byte) {
	if short(receipt) {
		in.answer.Receipts = append(in.answer.Receipts, syncproto.Received{Feed: at.feed, Name: at.name, Receipt: receipt})
	}
}

// short says whether a note can be a receipt. What it says is for devices to
// check: whoever can write the store can write notes.
func short(note []byte) bool { return len(note) > 0 && len(note) <= syncproto.MaxReceipt }

// told is what receipts take of the room for segments in an answer.
func told(receipts []syncproto.Received) (size int) {
	for _, r := range receipts {
		size += len(r.Receipt)
	}
	return size
}
