package simtest

import (
	"bytes"
	"context"
	"slices"

	"fieldbook/syncserver"
)

// Bucket is what one region stores. Not safe for concurrent use.
type Bucket struct {
	*syncserver.Memory
	pair  *Pair
	side  int
	later map[string][]byte // notes that a replica of the object put in the first one's place
}

// Create implements syncserver.Store. What is new goes on its way to the other
// region.
func (b *Bucket) Create(ctx context.Context, name string, data, note []byte) error {
	err := b.Memory.Create(ctx, name, data, note)
	if err == nil {
		b.pair.names[b.side][name] = true
		b.pair.pending = append(b.pair.pending, copying{from: b.side, name: name, data: bytes.Clone(data), note: bytes.Clone(note)})
	}
	return err
}

// Get implements syncserver.Store.
func (b *Bucket) Get(ctx context.Context, name string, max int) (data, note []byte, err error) {
	data, note, err = b.Memory.Get(ctx, name, max)
	if later, found := b.later[name]; found && err == nil {
		note = bytes.Clone(later)
	}
	return data, note, err
}

// Note implements syncserver.Store.
func (b *Bucket) Note(ctx context.Context, name string) ([]byte, error) {
	note, err := b.Memory.Note(ctx, name)
	if later, found := b.later[name]; found && err == nil {
		note = bytes.Clone(later)
	}
	return note, err
}

// Holds tells whether an object is there.
func (b *Bucket) Holds(name string) bool { return b.pair.names[b.side][name] }

// Pair is two buckets, each of which replicates to the other as S3 does: late, in
// any order, more than once, and with the metadata of the object that was stored
// last where both were given it.
type Pair struct {
	// Buckets are the regions' stores.
	Buckets [2]*Bucket
	// Paused holds all replication up.
	Paused bool
	// Lost are regions that cannot be reached, by replication neither.
	Lost [2]bool

	names   [2]map[string]bool
	pending []copying
}

// copying is an object on its way.
type copying struct {
	from       int
	name       string
	data, note []byte
}

// NewPair makes two empty buckets.
func NewPair() *Pair {
	p := &Pair{}
	for side := range p.Buckets {
		p.Buckets[side] = &Bucket{Memory: &syncserver.Memory{}, pair: p, side: side, later: map[string][]byte{}}
		p.names[side] = map[string]bool{}
	}
	return p
}

// Wipe empties a region for good. Replication does not bring back what it had:
// only new objects travel.
func (p *Pair) Wipe(side int) {
	*p.Buckets[side] = Bucket{Memory: &syncserver.Memory{}, pair: p, side: side, later: map[string][]byte{}}
	p.names[side] = map[string]bool{}
	p.pending = slices.DeleteFunc(p.pending, func(c copying) bool { return c.from == side })
}

// Pending gives the places of objects on their way, the oldest first.
func (p *Pair) Pending(wanted func(name string) bool) (at []int) {
	for i, c := range p.pending {
		if wanted(c.name) {
			at = append(at, i)
		}
	}
	return at
}

// isSegment tells segments from packs and their parts.
func isSegment(name string) bool { return len(name) > 71 && name[64:71] == "/feeds/" }

// Deliver lets one of the objects on their way arrive. If it stays, it arrives
// once more later.
func (p *Pair) Deliver(at int, stays bool) {
	c := p.pending[at]
	if p.Paused || p.Lost[0] || p.Lost[1] {
		return
	}
	to := p.Buckets[1-c.from]
	err := to.Memory.Create(context.Background(), c.name, c.data, c.note)
	if err == nil {
		p.names[1-c.from][c.name] = true
	} else if c.note != nil {
		to.later[c.name] = c.note
	}
	if !stays {
		p.pending = slices.Delete(p.pending, at, at+1)
	}
}

// Drain ends every trouble and lets all arrive.
func (p *Pair) Drain() {
	p.Paused, p.Lost = false, [2]bool{}
	for len(p.pending) > 0 {
		p.Deliver(0, false)
	}
}

// Feeds lists the segments of a region.
func (p *Pair) Feeds(side int) (names []string) {
	for name := range p.names[side] {
		if isSegment(name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// Names lists all that a region stores.
func (p *Pair) Names(side int) (names []string) {
	for name := range p.names[side] {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
