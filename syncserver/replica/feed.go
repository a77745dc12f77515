package replica

import (
	"slices"
	"time"

	"fieldbook/envelope"
	"fieldbook/syncproto"
)

// feed is what was taken of one feed.
type feed struct {
	// names are sorted.
	names []syncproto.Name
	// size is what they take in the store, in bytes.
	size int64
	// tips are the ends that no taken segment continues.
	tips map[syncproto.Name]tip
	// waits are events that could not be opened yet.
	waits []wait
	// faults counts events that are kept though their author was not allowed to
	// make them, or that hold nothing valid.
	faults uint64
	// recent are the times at which this process took segments that requests
	// brought: a listing that began earlier need not show them.
	recent map[syncproto.Name]time.Time
	// stranger is the number of control events at which the author was last
	// found unknown, plus one.
	stranger int
}

// tip is the end of a segment.
type tip struct {
	seq  uint64
	hash envelope.Hash
	acl  []envelope.Hash
}

// wait is a run of events of one segment that wait for a key, or with a zero key
// for control events.
type wait struct {
	name               syncproto.Name
	first, last, count uint64
	key                envelope.KeyID
}

// place is one segment of a workspace.
type place struct {
	feed envelope.FeedID
	name syncproto.Name
}

func feedOf(f syncproto.Feed) envelope.FeedID {
	return envelope.FeedID{Device: f.Device, Epoch: envelope.Epoch(f.Epoch)}
}

func (p place) path(ws envelope.WorkspaceID) string {
	return envelope.SegmentPath(ws, p.feed, p.name.Number, envelope.Hash(p.name.Hash))
}

// has tells whether a segment was taken.
func (f *feed) has(name syncproto.Name) bool {
	_, found := slices.BinarySearchFunc(f.names, name, syncproto.Name.Compare)
	return found
}

// reaches tells whether a segment of the number was taken.
func (f *feed) reaches(number uint64) bool {
	at, _ := slices.BinarySearchFunc(f.names, syncproto.Name{Number: number}, syncproto.Name.Compare)
	return number == 0 || at < len(f.names) && f.names[at].Number == number
}

// add notes a segment that was taken.
func (f *feed) add(name syncproto.Name, end tip, prev envelope.Hash) {
	if at, found := slices.BinarySearchFunc(f.names, name, syncproto.Name.Compare); !found {
		f.names = slices.Insert(f.names, at, name)
	}
	for n, t := range f.tips {
		if t.hash == prev && n.Number+1 == name.Number {
			delete(f.tips, n)
		}
	}
	f.tips[name] = end
}

// before gives the references of the envelope that a segment continues, if that
// is the end of a branch.
func (f *feed) before(prev envelope.Hash) []envelope.Hash {
	for _, t := range f.tips {
		if t.hash == prev {
			return t.acl
		}
	}
	return nil
}

// missing lists what a listing has and was not taken.
func (f *feed) missing(listed []syncproto.Name) (out []syncproto.Name) {
	at := 0
	for _, name := range listed {
		for at < len(f.names) && f.names[at].Compare(name) < 0 {
			at++
		}
		if at == len(f.names) || f.names[at] != name {
			out = append(out, name)
		}
	}
	return out
}

// vanished tells whether something that was taken is not in a listing that
// began at a time after that.
func (f *feed) vanished(listed []syncproto.Name, began time.Time) bool {
	at := 0
	for _, name := range f.names {
		for at < len(listed) && listed[at].Compare(name) < 0 {
			at++
		}
		if at < len(listed) && listed[at] == name {
			continue
		}
		if taken, ok := f.recent[name]; !ok || taken.Before(began) {
			return true
		}
	}
	return false
}

// forget drops the times of what every listing shows by now.
func (f *feed) forget(before time.Time) {
	for name, taken := range f.recent {
		if taken.Before(before) {
			delete(f.recent, name)
		}
	}
}

// hold notes an event that could not be opened.
func (f *feed) hold(name syncproto.Name, seq uint64, key envelope.KeyID) {
	if n := len(f.waits); n > 0 {
		if last := &f.waits[n-1]; last.name == name && last.key == key && last.last < seq {
			last.last, last.count = seq, last.count+1
			return
		}
	}
	f.waits = append(f.waits, wait{name: name, first: seq, last: seq, count: 1, key: key})
}
