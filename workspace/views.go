package workspace

import (
	"cmp"
	"context"
	"slices"
	"time"

	"fieldbook/envelope"
	"fieldbook/eventstore"
)

// ReceiptView is a service's word that it holds a feed up to an entry.
type ReceiptView struct {
	Service string  `json:"service"` // id
	Remote  *string `json:"remote"`  // name of the remote that is this service; null if none is now
	Feed    string  `json:"feed"`
	Device  string  `json:"device"`
	Seq     uint64  `json:"seq"`
	Time    string  `json:"time"` // by the service's clock
}

// Receipts lists the newest receipt of each service for each feed, by feed.
func (w *Workspace) Receipts(ctx context.Context) ([]ReceiptView, error) {
	type key struct {
		service envelope.DeviceID
		feed    envelope.FeedID
	}
	newest := map[key]envelope.Receipt{}
	names := map[envelope.DeviceID]*string{}
	err := w.store.View(ctx, func(tx *eventstore.Tx) error {
		remotes, err := loadRemotes(tx)
		if err != nil {
			return err
		}
		for _, r := range slices.Backward(remotes) {
			if !r.folder() {
				names[r.service()] = &r.Name
			}
		}
		return tx.Receipts(func(data []byte) error {
			r, _, err := envelope.DecodeReceipt(data)
			k := key{r.Service, r.Head.Feed()}
			if known, ok := newest[k]; err == nil && (!ok || known.Head.Seq < r.Head.Seq) {
				newest[k] = r
			}
			return ctx.Err()
		})
	})
	views := []ReceiptView{}
	for k, r := range newest {
		views = append(views, ReceiptView{
			Service: k.service.String(), Remote: names[k.service], Feed: k.feed.String(), Device: k.feed.Device.String(), Seq: r.Head.Seq, Time: moment(r.Time),
		})
	}
	slices.SortFunc(views, func(a, b ReceiptView) int {
		return cmp.Or(cmp.Compare(a.Feed, b.Feed), cmp.Compare(a.Service, b.Service))
	})
	return views, err
}

// moment writes ms since 1970 as answers do.
func moment(ms int64) string { return time.UnixMilli(ms).UTC().Format(time.RFC3339Nano) }

// The states of an entry on its way to others.
const (
	Saved    = "saved"    // on this laptop alone
	Sent     = "sent"     // some remote has it
	Received = "received" // a service has signed for it
)

// SavedView is this device's last entry of the record and how far it has come.
type SavedView struct {
	At     *string `json:"at"` // recorded time; null if it has written none yet but about members and keys
	Device string  `json:"device"`
	Epoch  string  `json:"epoch"`
	Seq    uint64  `json:"seq"`
	State  string  `json:"state"`
}

// maxBack bounds how many entries about members and keys Saved passes over.
const maxBack = 64

// Saved tells how far this device's last entry has come.
func (w *Workspace) Saved(ctx context.Context) (view SavedView, err error) {
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		view, err = w.saved(tx)
		return err
	})
	return view, err
}

func (w *Workspace) saved(tx *eventstore.Tx) (SavedView, error) {
	branch, err := w.tip(tx)
	if err != nil {
		return SavedView{}, err
	}
	view := SavedView{Device: branch.Feed.Device.String(), Epoch: branch.Feed.Epoch.String(), Seq: branch.Seq, State: Saved}
	last, found, err := tx.Find(branch.Feed, branch.Seq, branch.Hash)
	for back := 0; err == nil && found && last.Envelope.IsControl() && last.Envelope.Seq > 1 && back < maxBack; back++ {
		last, found, err = tx.Find(branch.Feed, last.Envelope.Seq-1, last.Envelope.Prev)
	}
	if err != nil || !found {
		return view, err
	}
	if body := w.opened(last).Body; body != nil {
		at := moment(body.Recorded)
		view.At, view.Seq = &at, last.Envelope.Seq
	}
	times, err := tx.ReceivedTimes()
	if err != nil {
		return view, err
	}
	if _, received, err := times.At(branch.Feed, view.Seq, last.Position); err != nil || received {
		view.State = Received
		return view, err
	}
	behind, err := w.sentUpTo(tx, branch)
	if view.Seq <= behind {
		view.State = Sent
	}
	return view, err
}

// sentUpTo is the last seq of a branch that some remote has acknowledged.
func (w *Workspace) sentUpTo(tx *eventstore.Tx, b eventstore.Branch) (last uint64, err error) {
	acked, err := loadSent(tx)
	if err != nil {
		return 0, err
	}
	names, err := tx.SegmentNames(b.ID)
	for _, n := range names {
		if n.Number <= acked[b.Feed.String()] {
			last = max(last, n.Last)
		}
	}
	return last, err
}
