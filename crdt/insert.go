package crdt

import (
	"slices"
)

// insert makes a checked change part of the history. Of changes that share an actor and a seq only the one with the smallest
// hash stands; the others fall, and so does all that depends on them.
func (h *History) insert(c *chunk, deps []uint32, p *plan) {
	n := uint32(len(h.changes))
	h.raw += len(c.raw)
	w := h.addWriter(c.actors[0])
	h.changes = append(h.changes, change{hash: c.hash, raw: c.raw, past: p.past.clock, writer: w, seq: uint32(c.seq),
		start: uint32(c.start), first: uint32(len(h.rows)), count: uint32(len(c.ops)), masked: c.masked})
	if c.masked {
		h.masks++
	}
	at, _ := slices.BinarySearchFunc(h.byHash, c.hash, func(i uint32, hash Hash) int { return h.changes[i].hash.Compare(hash) })
	h.byHash = slices.Insert(h.byHash, at, n)
	if chain := p.past.clock.chain; int(chain) == len(h.chains) {
		h.chains = append(h.chains, n)
	} else {
		h.chains[chain] = n
	}
	felled := h.duel(n)
	h.writers[w].changes = append(h.writers[w].changes, n)
	h.addRows(c, n, p)
	switch {
	case felled:
		h.recount()
	case h.changes[n].fallen:
		h.fallen++
	default:
		h.stand(n, deps)
	}
}

// duel finds the changes that share actor and seq with n. It marks what falls and tells whether any of the earlier changes did.
func (h *History) duel(n uint32) (felled bool) {
	c := &h.changes[n]
	for _, m := range h.writers[c.writer].changes {
		if h.changes[m].seq != c.seq {
			continue
		}
		h.forks = append(h.forks, [2]uint32{m, n})
		if h.changes[m].hash.Compare(c.hash) < 0 {
			c.fallen = true
		} else {
			felled = h.fell(m) || felled
		}
	}
	if h.fallen > 0 && !c.fallen {
		c.fallen = slices.ContainsFunc(h.changes[:n], func(m change) bool { return m.fallen && c.past.has(m.past) })
	}
	return felled
}

// fell marks change m and all that depend on it as fallen.
func (h *History) fell(m uint32) (felled bool) {
	for i := int(m); i < len(h.changes)-1; i++ {
		c := &h.changes[i]
		if (i == int(m) || c.past.has(h.changes[m].past)) && !c.fallen {
			c.fallen, felled = true, true
			h.fallen++
			h.moved = append(h.moved, c.hash)
		}
	}
	return felled
}

// stand counts the effects of change n, the newest, among what stands.
func (h *History) stand(n uint32, deps []uint32) {
	c := &h.changes[n]
	h.max = max(h.max, uint64(c.start+c.count-1))
	h.heads = slices.DeleteFunc(h.heads, func(m uint32) bool { return slices.Contains(deps, m) })
	at, _ := slices.BinarySearchFunc(h.heads, c.hash, func(i uint32, hash Hash) int { return h.changes[i].hash.Compare(hash) })
	h.heads = slices.Insert(h.heads, at, n)
	for i := c.first; i < c.first+c.count; i++ {
		h.count(i)
	}
}

// count counts what a standing row replaces or adds.
func (h *History) count(n uint32) {
	r := &h.rows[n]
	if r.action == Increment {
		return
	}
	for _, p := range h.predsOf(n) {
		q := &h.rows[p]
		if q.dead == 0 && !q.insert {
			h.keys[q.key].live--
		}
		q.dead++
	}
	if r.action == Put && !r.insert {
		h.keys[r.key].live++
	}
}

// recount counts everything that stands anew, after changes fell.
func (h *History) recount() {
	for i := range h.rows {
		h.rows[i].dead = 0
	}
	for i := range h.keys {
		h.keys[i].live = 0
	}
	h.heads, h.max, h.fallen = h.heads[:0], 0, 0
	for n := range h.changes {
		if h.changes[n].fallen {
			h.fallen++
		} else {
			h.stand(uint32(n), h.depsOf(uint32(n)))
		}
	}
}

// depsOf reads the dependencies of a change from its bytes.
func (h *History) depsOf(n uint32) []uint32 {
	c, err := parse([]byte(h.changes[n].raw))
	if err != nil {
		return nil
	}
	return h.locate(c)
}

// locate finds the dependencies of a chunk; nil if one is not here.
func (h *History) locate(c *chunk) []uint32 {
	deps := make([]uint32, c.ndeps())
	for i := range deps {
		n, ok := h.find(c.dep(i))
		if !ok {
			return nil
		}
		deps[i] = n
	}
	return deps
}

func (h *History) addWriter(a ActorID) uint32 {
	at, ok := h.seekWriter(a)
	if !ok {
		h.byActor = slices.Insert(h.byActor, at, uint32(len(h.writers)))
		h.writers = append(h.writers, writer{id: a})
	}
	return h.byActor[at]
}

func (h *History) addKey(name string) uint32 {
	at, ok := h.seekKey(name)
	if !ok {
		h.byKey = slices.Insert(h.byKey, at, uint32(len(h.keys)))
		h.keys = append(h.keys, key{name: name})
	}
	return h.byKey[at]
}

// addRows appends the rows of change n and links them.
func (h *History) addRows(c *chunk, n uint32, p *plan) {
	if len(h.rows) == 0 { // most histories are one creating change: no room to spare
		h.rows, h.keys, h.byKey = make([]row, 0, len(c.ops)), make([]key, 0, len(c.ops)), make([]uint32, 0, len(c.ops))
	}
	pred := uint32(len(h.preds))
	h.preds = append(h.preds, p.preds...)
	for i := range c.ops {
		o := &c.ops[i]
		k := p.keys[i]
		if k == none {
			k = h.addKey(o.key)
		}
		h.rows = append(h.rows, row{change: n, key: k, off: o.off, size: o.size, pred: pred + o.pred,
			action: o.action, kind: o.kind, insert: o.insert})
		at := uint32(len(h.rows)) - 1
		switch r := &h.rows[at]; {
		case o.insert:
			h.weave(at, p.elems[i])
		case o.action == Delete:
			gone := &h.rows[p.elems[i]-1]
			r.link, gone.cut = gone.cut, at+1
		case o.action == MakeText:
			h.keys[k].text = at + 1
		default:
			r.link, h.keys[k].last = h.keys[k].last, at+1
		}
	}
}

// weave puts a character into the order of its text: behind the one it names (a row plus one, zero for the beginning),
// but after all that were put there with a greater id.
func (h *History) weave(n, after uint32) {
	r := &h.rows[n]
	at := &h.keys[r.key].head
	if after != 0 {
		at = &h.rows[after-1].link
	}
	for *at != 0 && h.later(*at-1, n) {
		at = &h.rows[*at-1].link
	}
	r.link, *at = *at, n+1
}

// later tells whether row a has a greater id than row b.
func (h *History) later(a, b uint32) bool {
	if x, y := h.counter(a), h.counter(b); x != y {
		return x > y
	}
	return h.writers[h.changes[h.rows[a].change].writer].id.Compare(h.writers[h.changes[h.rows[b].change].writer].id) > 0
}

func (h *History) counter(n uint32) uint32 {
	c := &h.changes[h.rows[n].change]
	return c.start + n - c.first
}

func (h *History) id(n uint32) OpID {
	return OpID{Counter: uint64(h.counter(n)), Actor: h.writers[h.changes[h.rows[n].change].writer].id}
}
