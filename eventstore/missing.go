package eventstore

import (
	"cmp"
	"slices"

	"fieldbook/envelope"
)

// Missing is an envelope that the author of a held segment had and this log lacks.
type Missing struct {
	// Head names the envelope.
	Head envelope.Head
	// Seen are the devices whose segments name it, ascending.
	Seen []envelope.DeviceID
}

// Missing holds the witnesses of the newest segment of every branch against the log: the tips of other feeds that its author
// held when cutting it. What an author has held it goes on holding, so older segments say nothing more. The list is sorted by
// feed, seq and hash. A witness is its author's word only: a modified client can name envelopes that never were.
func (t *Tx) Missing() ([]Missing, error) {
	list, err := t.branches(branchColumns + " ORDER BY id")
	if err != nil {
		return nil, fail("compare witnesses", err)
	}
	feeds, seen := map[envelope.FeedID][]*branch{}, map[envelope.Head][]envelope.DeviceID{}
	for _, b := range list {
		feeds[b.Feed] = append(feeds[b.Feed], b)
		if err := t.witnessed(b, seen); err != nil {
			return nil, fail("compare witnesses of "+b.Feed.String(), err)
		}
	}
	var out []Missing
	for head, devices := range seen {
		held, err := t.holder(feeds[envelope.FeedID{Device: head.Device, Epoch: head.Epoch}], head.Seq, head.Hash)
		if err != nil {
			return nil, fail("compare witnesses", err)
		}
		if held == nil {
			slices.SortFunc(devices, compareDevices)
			out = append(out, Missing{Head: head, Seen: slices.Compact(devices)})
		}
	}
	slices.SortFunc(out, func(a, b Missing) int { return compareHeads(a.Head, b.Head) })
	return out, nil
}

// witnessed collects what the newest segment of a branch names; there are two of one number where a copied laptop cut anew.
func (t *Tx) witnessed(b *branch, seen map[envelope.Head][]envelope.DeviceID) error {
	newest, err := t.bounds(boundsColumns+" WHERE branch = ?1 AND number = (SELECT max(number) FROM segments WHERE branch = ?1)", b.ID)
	if err != nil {
		return err
	}
	for i := range newest {
		heads, err := envelope.DecodeWitnesses(b.Workspace, newest[i].witnesses)
		if err != nil {
			return err
		}
		for _, head := range heads {
			seen[head] = append(seen[head], b.Feed.Device)
		}
	}
	return nil
}

func compareDevices(a, b envelope.DeviceID) int { return slices.Compare(a[:], b[:]) }

func compareHeads(a, b envelope.Head) int {
	return cmp.Or(compareDevices(a.Device, b.Device), cmp.Compare(a.Epoch, b.Epoch), cmp.Compare(a.Seq, b.Seq), slices.Compare(a.Hash[:], b.Hash[:]))
}
