package workspace

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/fxamacker/cbor/v2"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/keyring"
	"fieldbook/syncclient"
	"fieldbook/syncproto"
)

// A grant carries what its approver has written and nobody else may hold, the
// admission itself in the end. The laptop that was let in hands it on, so that it
// depends on no further sync of the approving laptop: that one may be lost, or put
// back to before.

// handing gives the segments of this device that no remote is known to hold, by
// feed and number; none if they are more than a grant carries.
func (w *Workspace) handing(tx *eventstore.Tx) (segments [][]byte, err error) {
	known, err := loadSent(tx)
	if err != nil {
		return nil, err
	}
	branches, err := tx.Branches()
	if err != nil {
		return nil, err
	}
	size, full := 0, errors.New("full")
	for _, b := range branches {
		if b.Feed.Device != w.device {
			continue
		}
		feed := syncproto.Feed{Device: b.Feed.Device, Epoch: uint64(b.Feed.Epoch)}
		err := tx.Segments(b.ID, known[feed.String()], func(s *envelope.Segment) error {
			segments = append(segments, s.Encode())
			if size += len(segments[len(segments)-1]); size > keyring.MaxHanded {
				return full
			}
			return nil
		})
		if errors.Is(err, full) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
	}
	return segments, nil
}

func loadHanded(tx *eventstore.Tx) (segments [][]byte, err error) {
	raw, err := tx.Meta(metaHanded)
	if err == nil && len(raw) > 0 {
		err = cbor.Unmarshal(raw, &segments)
	}
	return segments, err
}

func setHanded(tx *eventstore.Tx, segments [][]byte) error {
	if len(segments) == 0 {
		return tx.SetMeta(metaHanded, nil)
	}
	raw, err := cbor.Marshal(segments)
	if err != nil {
		return err
	}
	return tx.SetMeta(metaHanded, raw)
}

// handed is what came with the grant: what is there of it, and what still waits
// for what it hangs together with.
type handed struct {
	taken, left []syncproto.Segment
}

// takeHanded takes what came with the grant as far as it hangs together with what
// is here. It is kept until nothing of it waits and some service has taken this
// laptop's own entries; that a stick has them says nothing, as sticks take what
// strangers bring. What is not what it should be is let go: nobody else can mend it.
func (l *local) takeHanded(ctx context.Context) (h handed, err error) {
	var kept [][]byte
	admitted := false
	err = l.w.store.View(ctx, func(tx *eventstore.Tx) error {
		if kept, err = loadHanded(tx); err != nil || len(kept) == 0 {
			return err
		}
		admitted, err = l.w.admitted(tx)
		return err
	})
	if err != nil || len(kept) == 0 {
		return h, err
	}
	var segments []syncproto.Segment
	for _, data := range kept {
		if s, err := envelope.DecodeSegment(data); err == nil {
			segments = append(segments, syncproto.Segment{Feed: syncproto.Feed{Device: s.Device, Epoch: uint64(s.Epoch)}, Number: s.Number, Data: data})
		}
	}
	outcomes, err := l.Accept(ctx, segments)
	if err != nil {
		return h, fmt.Errorf("taking what came with the grant: %w", err)
	}
	var keep [][]byte
	for i, o := range outcomes {
		switch o.Fate {
		case syncclient.Waiting:
			h.left, keep = append(h.left, segments[i]), append(keep, segments[i].Data)
		case syncclient.Taken:
			h.taken = append(h.taken, segments[i])
			if !admitted {
				keep = append(keep, segments[i].Data)
			}
		}
	}
	if len(keep) == len(kept) {
		return h, nil
	}
	return h, l.w.store.Update(ctx, func(tx *eventstore.Tx) error { return setHanded(tx, keep) })
}

// admitted says whether some service has taken entries of this laptop.
func (w *Workspace) admitted(tx *eventstore.Tx) (bool, error) {
	known, err := loadServices(tx)
	if err != nil {
		return false, err
	}
	for name := range known {
		service, err := envelope.ParseDeviceID(name)
		if err != nil {
			return false, err
		}
		if receipt, err := tx.LastReceipt(w.device, service); err != nil || receipt != nil {
			return receipt != nil, err
		}
	}
	return false, nil
}

// insist gives a remote once all that came with the grant, when it refused this
// laptop's own entries for want of the admission: it may have another branch of
// the approver's feed, and tells nobody whom it does not know what it has.
func (s *exchange) insist(ctx context.Context, l *local, h handed) (again bool, err error) {
	own := func(r syncproto.Refusal) bool { return r.Reason == syncproto.Hole && r.Feed.Device == l.w.device }
	if s.insisted || len(h.taken) == 0 || !slices.ContainsFunc(s.report.Refused, own) {
		return false, nil
	}
	s.insisted = true
	return true, s.handOver(ctx, l, h.taken)
}

// handOver gives the remote what still waits here: a service that does not know
// this laptop hands out nothing before it has the admission. What it says of them
// is told by the exchange that follows.
func (s *exchange) handOver(ctx context.Context, l *local, left []syncproto.Segment) error {
	have, err := l.Have(ctx)
	for err == nil && len(left) > 0 {
		n, size := 0, 0
		for n < min(len(left), syncproto.MaxSegments) && (n == 0 || size+len(left[n].Data) <= syncproto.MaxPage) {
			size += len(left[n].Data)
			n++
		}
		_, err = s.remote.Exchange(ctx, &syncproto.Request{Workspace: l.Workspace(), Have: have, Segments: left[:n]})
		left = left[n:]
		s.out.RoundTrips++
	}
	if err != nil {
		return fmt.Errorf("handing on what came with the grant: %w", err)
	}
	return nil
}
