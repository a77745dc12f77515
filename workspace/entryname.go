package workspace

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
)

// EventRef names an entry as the audit trail does.
type EventRef struct {
	Device string `json:"device"`
	Epoch  string `json:"epoch"`
	Seq    uint64 `json:"seq"`
}

// String is the entry's name: device-epoch/seq.
func (r EventRef) String() string { return fmt.Sprintf("%s-%s/%d", r.Device, r.Epoch, r.Seq) }

// Short is as much of the name as tells entries apart on a plant's laptops; ParseEntry reads it.
func (r EventRef) Short() string {
	const device, epoch = 8, 4
	if len(r.Device) < device || len(r.Epoch) < epoch {
		return r.String()
	}
	return EventRef{Device: r.Device[:device], Epoch: r.Epoch[:epoch], Seq: r.Seq}.String()
}

// FindEntry finds an entry by its name. Device and epoch may be cut short as long as one entry here fits, and the epoch
// may be left out. Errors: *record.UsageError for what is no name, *NotFound, *projections.Ambiguous.
func (w *Workspace) FindEntry(ctx context.Context, name string) (EventRef, error) {
	part, err := ParseEntry(name)
	if err != nil {
		return part, err
	}
	var fit []EventRef
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		fit, err = fitting(tx, part)
		return err
	})
	switch {
	case err != nil:
		return part, err
	case len(fit) == 1:
		return fit[0], nil
	case len(fit) == 0:
		return part, &NotFound{What: "entry", Ref: name}
	}
	several := &projections.Ambiguous{What: "entry", Ref: name}
	for _, r := range fit {
		several.Candidates = append(several.Candidates, projections.Candidate{ID: r.String()})
	}
	return part, several
}

// ParseEntry reads an entry's name, cut short or not. The error is a *record.UsageError.
func ParseEntry(name string) (EventRef, error) {
	const least = 4 // digits of the device that must be given
	feed, number, _ := strings.Cut(strings.ToLower(strings.TrimSpace(name)), "/")
	device, epoch, _ := strings.Cut(feed, "-")
	seq, err := strconv.ParseUint(number, 10, 64)
	if err != nil || len(device) < least {
		return EventRef{}, record.Misuse(`"{0}" does not name an entry; the trail shows each with its name, such as 3f9c21aa-07d1/12`, name).By("fieldbook log")
	}
	return EventRef{Device: device, Epoch: epoch, Seq: seq}, nil
}

// fitting lists the entries that a name, cut short or not, may mean.
func fitting(tx *eventstore.Tx, part EventRef) (fit []EventRef, err error) {
	branches, err := tx.Branches()
	asked := map[envelope.FeedID]bool{}
	for _, b := range branches {
		ref := EventRef{Device: b.Feed.Device.String(), Epoch: b.Feed.Epoch.String(), Seq: part.Seq}
		if err != nil || asked[b.Feed] || !strings.HasPrefix(ref.Device, part.Device) || !strings.HasPrefix(ref.Epoch, part.Epoch) {
			continue
		}
		asked[b.Feed] = true
		var rows []eventstore.Row
		if rows, err = tx.Named(b.Feed, part.Seq); len(rows) > 0 {
			fit = append(fit, ref)
		}
	}
	return fit, err
}
