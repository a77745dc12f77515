package syncserver

import (
	"cmp"
	"slices"

	"fieldbook/syncproto"
)

// maxUnfit is how many objects that are no segments an answer names: whoever can
// write the store can put any number there.
const maxUnfit = 64

// narrow leaves what a service found the workspace to consist of.
func (x *index) narrow(listing *Listing) {
	for feed, n := range x.feeds {
		n.sound = listing.Feeds[feed]
	}
	x.unfit = listing.Unfit
	for _, r := range x.unfit {
		if n := x.feeds[r.Feed]; n != nil && r.Reason == syncproto.Damaged {
			n.spoiled = append(n.spoiled, r.Name)
		}
	}
	slices.SortFunc(x.unfit, func(a, b syncproto.Refusal) int {
		return cmp.Or(a.Feed.Compare(b.Feed), a.Name.Compare(b.Name))
	})
}

// refusals names objects that are no segments, with the first page, and damaged
// ones only to who may lack them: the others repair them.
func (x *index) refusals(req *syncproto.Request) (out []syncproto.Refusal) {
	order := syncproto.NewOrder(req.Have)
	for _, r := range x.unfit {
		at, stated := order[r.Feed]
		held := r.Reason == syncproto.Damaged && stated && req.Have[at].Holds(r.Name)
		if held || req.Cursor != nil || len(out) == maxUnfit || x.feed(r.Feed).has(r.Name) {
			continue
		}
		detail := "it lies in the store and is no segment of this feed"
		if r.Reason == syncproto.Damaged {
			detail = repairable
		}
		out = append(out, syncproto.Refuse(r.Feed, r.Name, r.Reason, detail))
	}
	return out
}
