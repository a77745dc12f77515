package replica

import (
	"slices"
	"time"

	"fieldbook/syncproto"
	"fieldbook/syncserver"
)

// bad is a listed segment that could not be taken, and when to look at it again:
// after a time, or at once when more was taken of its feed than there was if
// that may help.
type bad struct {
	until time.Time
	names int // 0: only time helps
	// reason is why it is no segment of its feed; empty if it may become one.
	reason syncproto.Reason
}

// stands tells whether there is no use in looking again.
func (b bad) stands(now time.Time, f *feed) bool {
	return now.Before(b.until) && (b.names == 0 || b.names == len(f.names))
}

// leave notes a segment that cannot be taken. What was put there past this code
// is told to the operator, once.
func (r *Replica) leave(at place, b bad) {
	if b.reason != "" && r.state.bad[at].reason != b.reason {
		r.set.log.Warn("the store holds what is no segment", "workspace", r.id.String()[:8],
			"device", at.feed.Device.String()[:8], "number", at.name.Number, "reason", b.reason)
	}
	r.state.bad[at] = b
}

// noted remembers a listing that was followed, and leaves in it what was taken.
func (r *Replica) noted(listing *syncserver.Listing) {
	if listing.Whole {
		r.listed = listing.Began
	}
	for id, size := range listing.Sizes {
		r.state.feed(feedOf(id)).size = size
	}
	r.state.sift(listing)
}

// sift leaves in a listing what was taken, so that nothing else is stated or
// handed out, and names what never can be.
func (s *state) sift(listing *syncserver.Listing) {
	for id, listed := range listing.Feeds {
		f := s.feed(feedOf(id))
		if slices.Equal(f.names, listed) {
			continue
		}
		listing.Feeds[id] = slices.DeleteFunc(slices.Clone(listed), func(name syncproto.Name) bool { return !f.has(name) })
		for _, name := range f.missing(listed) {
			if b := s.bad[place{feedOf(id), name}]; b.reason != "" {
				listing.Unfit = append(listing.Unfit, syncproto.Refusal{Feed: id, Name: name, Reason: b.reason})
			}
		}
	}
}
