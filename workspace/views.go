package workspace

import "context"

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
func (w *Workspace) Receipts(ctx context.Context) ([]ReceiptView, error) { return []ReceiptView{}, nil }

// The states of an entry on its way to others.
const (
	Saved    = "saved"    // on this laptop alone
	Sent     = "sent"     // some remote has it
	Received = "received" // a service has signed for it
)

// SavedView is this device's last entry and how far it has come.
type SavedView struct {
	At     *string `json:"at"` // recorded time; null of an entry about members and keys
	Device string  `json:"device"`
	Epoch  string  `json:"epoch"`
	Seq    uint64  `json:"seq"`
	State  string  `json:"state"`
}

// Saved tells how far this device's last entry has come.
func (w *Workspace) Saved(ctx context.Context) (SavedView, error) {
	return SavedView{Device: w.device.String(), Epoch: w.epoch.String(), State: Saved}, nil
}
