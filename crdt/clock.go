package crdt

import (
	"cmp"
	"slices"
)

// clock says what the causal past of a change is. Changes are laid out in chains, each change of a chain depending on the one
// before; a history that was edited in one place is one chain. A change knows its own place and, for every other chain that
// its past reaches into, the last place it reaches. So asking for an ancestor is one comparison or a short search, and a
// linear history needs no list at all.
type clock struct {
	others []place // ascending by chain; shared between the changes of a chain until one merges
	chain  uint32
	pos    uint32
}

type place struct{ chain, pos uint32 }

// has tells whether the change at clock x is in the causal past of the one at clock c.
func (c clock) has(x clock) bool {
	if c.chain == x.chain {
		return x.pos < c.pos
	}
	at, ok := slices.BinarySearchFunc(c.others, x.chain, func(p place, chain uint32) int { return cmp.Compare(p.chain, chain) })
	return ok && x.pos <= c.others[at].pos
}

// follow gives the clock of a change with these dependencies. It goes on in the chain of a dependency that is the last of its
// chain, or begins a chain.
func (h *History) follow(deps []uint32) clock {
	on := slices.IndexFunc(deps, func(d uint32) bool { return h.chains[h.changes[d].past.chain] == d })
	if on >= 0 && len(deps) == 1 {
		past := h.changes[deps[0]].past
		past.pos++
		return past
	}
	next := clock{chain: uint32(len(h.chains))}
	if on >= 0 {
		past := h.changes[deps[on]].past
		next.chain, next.pos = past.chain, past.pos+1
	}
	for _, d := range deps {
		past := h.changes[d].past
		next.others = append(append(next.others, past.others...), place{past.chain, past.pos})
	}
	next.merge()
	return next
}

// merge sorts the places, keeps the last of each chain and drops the clock's own.
func (c *clock) merge() {
	slices.SortFunc(c.others, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.chain, b.chain), cmp.Compare(b.pos, a.pos))
	})
	kept := c.others[:0]
	for _, p := range c.others {
		if p.chain != c.chain && (len(kept) == 0 || kept[len(kept)-1].chain != p.chain) {
			kept = append(kept, p)
		}
	}
	c.others = slices.Clip(kept)
}

// causes is the causal past of a change that is being checked.
type causes struct {
	h     *History
	deps  []uint32
	clock clock
	all   bool // it is everything that stands
}

// causesOf gives the causal past of a change whose dependencies passed the guard.
func (h *History) causesOf(deps []uint32) causes {
	p := causes{h: h, deps: deps, clock: h.follow(deps)}
	p.all = slices.Equal(deps, h.heads)
	return p
}

func (p *causes) has(n uint32) bool {
	if p.all {
		return !p.h.changes[n].fallen
	}
	return p.clock.has(p.h.changes[n].past)
}
