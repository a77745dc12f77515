package syncproto

import (
	"cmp"
	"math"
)

// Order is the order in which a remote hands out segments: feeds as the
// request names them, the others after them, sorted; within a feed by name.
// Both sides compute it, so that a device can tell that a remote moves on.
type Order map[Feed]int

// NewOrder gives the order that a request with this have asks for.
func NewOrder(have []Have) Order {
	o := make(Order, len(have))
	for i, h := range have {
		o[h.Feed] = i
	}
	return o
}

// Feeds compares two feeds.
func (o Order) Feeds(a, b Feed) int {
	if c := cmp.Compare(o.rank(a), o.rank(b)); c != 0 {
		return c
	}
	return a.Compare(b)
}

// Places compares two places.
func (o Order) Places(a, b Cursor) int {
	if c := o.Feeds(a.Feed, b.Feed); c != 0 {
		return c
	}
	return a.Name.Compare(b.Name)
}

// rank is the place of a feed in the request.
func (o Order) rank(f Feed) int {
	if i, named := o[f]; named {
		return i
	}
	return math.MaxInt
}
