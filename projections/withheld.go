package projections

import (
	"fieldbook/envelope"
	"fieldbook/eventstore"
	"fieldbook/wording"
)

// withheld finds the feeds of which somebody has seen more than this log holds: one finding a feed, caused by the last envelope
// seen. It is read from the segments, which the record's digest does not cover, and so is no part of it: two laptops that hold
// the same events may hold them in segments of other bounds and witnesses.
func withheld(tx *eventstore.Tx) (found []finding, err error) {
	missing, err := tx.Missing()
	if err != nil {
		return nil, err
	}
	held, err := reach(tx)
	if err != nil {
		return nil, err
	}
	for i, m := range missing {
		feed := feedOf(m)
		if i+1 < len(missing) && feedOf(missing[i+1]) == feed {
			continue
		}
		found = append(found, finding{
			Kind: kindWithheld, Subjects: []string{feed}, Causes: []string{m.Head.Hash.String()},
			say: wording.Say("{0} has seen feed {1} up to entry {2}, of which {3} reached this laptop: sync with whoever has the rest",
				wording.Join("{0} and {1}", seenBy(m)...), feed, m.Head.Seq, counted(held[feed], m.Head.Seq)),
		})
	}
	return found, nil
}

// reach is the last seq held of each feed.
func reach(tx *eventstore.Tx) (map[string]uint64, error) {
	branches, err := tx.Branches()
	held := make(map[string]uint64, len(branches))
	for _, b := range branches {
		feed := b.Feed.String()
		held[feed] = max(held[feed], b.Seq)
	}
	return held, err
}

func feedOf(m eventstore.Missing) string {
	return envelope.FeedID{Device: m.Head.Device, Epoch: m.Head.Epoch}.String()
}

func seenBy(m eventstore.Missing) []wording.Sentence {
	devices := make([]wording.Sentence, len(m.Seen))
	for i, d := range m.Seen {
		devices[i] = wording.Say("device {0}", d.String()[:8])
	}
	return devices
}

func counted(held, seen uint64) wording.Sentence {
	switch {
	case held == 0:
		return wording.Say("nothing has")
	case held >= seen:
		return wording.Say("another branch has")
	}
	return wording.Say("entries up to {0} have", held)
}
