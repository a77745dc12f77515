package eventstore

import (
	"fmt"

	"fieldbook/envelope"
)

// Named returns the envelopes of one name, in the order of their branches: one, unless the feed has forked, and none if the
// log lacks it.
func (t *Tx) Named(feed envelope.FeedID, seq uint64) (named []Row, err error) {
	list, err := t.ofFeed(feed)
	for _, b := range list {
		var rows []Row
		if err == nil {
			rows, err = t.own(b, seq)
		}
		named = append(named, rows...)
	}
	if err != nil {
		return nil, fail(fmt.Sprintf("find %s %d", feed, seq), err)
	}
	return named, nil
}
