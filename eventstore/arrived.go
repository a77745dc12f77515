package eventstore

import (
	"slices"
	"sort"

	"fieldbook/envelope"
)

// Arrived counts the envelopes of other devices than one behind a position, and gives the positions of the last of them to
// arrive, the newest first. It looks at those alone and at a few others of each feed, since in a branch seq rises with position.
func (t *Tx) Arrived(after Position, but envelope.DeviceID, limit int) (total int64, newest []Position, err error) {
	list, err := t.branches(branchColumns + " ORDER BY id")
	if err != nil {
		return 0, nil, fail("read what arrived", err)
	}
	for _, b := range list {
		if b.Feed.Device == but {
			continue
		}
		n, err := t.behind(b, after)
		if err != nil {
			return 0, nil, fail("read what arrived", err)
		}
		total += n
		for seq := b.Seq; seq > b.Seq-uint64(min(n, int64(limit))); seq-- {
			at, err := t.at(b, seq)
			if err != nil {
				return 0, nil, fail("read what arrived", err)
			}
			newest = append(newest, at)
		}
	}
	slices.Sort(newest)
	slices.Reverse(newest)
	return total, newest[:min(len(newest), limit)], nil
}

// behind counts the envelopes of a branch that came after a position.
func (t *Tx) behind(b *branch, after Position) (int64, error) {
	var err error
	own := int64(b.Seq - b.BaseSeq)
	earlier := sort.Search(int(own), func(i int) bool {
		at, failed := t.at(b, b.BaseSeq+uint64(i)+1)
		if failed != nil {
			err = failed
		}
		return at > after
	})
	return own - int64(earlier), err
}
