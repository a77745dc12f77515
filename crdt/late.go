package crdt

import "slices"

// late holds what is not part of the document: changes that wait, and the hashes of malformed ones.
type late struct {
	waiting map[Hash]*waiter
	behind  map[Hash][]Hash // who waits for this one
	bad     map[Hash]error
}

// waiter is a change that lacks a dependency. It is doomed while one of its ancestors is malformed, and revives if an event
// with the right origin brings that one again.
type waiter struct {
	raw    string
	doomed bool
	masked bool
}

func (h *History) lately() *late {
	if h.late == nil {
		h.late = &late{waiting: map[Hash]*waiter{}, behind: map[Hash][]Hash{}, bad: map[Hash]error{}}
	}
	return h.late
}

func (l *late) verdict(hash Hash) Verdict {
	if l == nil {
		return Unknown
	}
	if w := l.waiting[hash]; w != nil && !w.doomed {
		return Waiting
	}
	if l.blocks(hash) {
		return Malformed
	}
	return Unknown
}

// blocks tells whether nothing that depends on the change can be accepted now.
func (l *late) blocks(hash Hash) bool {
	if w := l.waiting[hash]; w != nil {
		return w.doomed
	}
	return l.bad[hash] != nil
}

// wait keeps a change until its dependencies are here.
func (h *History) wait(c *chunk) (Verdict, error) {
	l := h.lately()
	w := l.waiting[c.hash]
	if w == nil {
		w = &waiter{raw: c.raw, masked: c.masked}
		h.raw += len(c.raw)
		l.waiting[c.hash] = w
		for i := range c.ndeps() {
			dep := c.dep(i)
			if _, ok := h.find(dep); !ok {
				w.doomed = w.doomed || l.blocks(dep)
				l.behind[dep] = append(l.behind[dep], c.hash)
			}
		}
		if l.bad[c.hash] != nil {
			delete(l.bad, c.hash)
			l.revive(h)
		} else if w.doomed {
			l.doom(h, c.hash)
		}
	}
	w.masked = w.masked && c.masked
	if w.doomed {
		return Malformed, ErrPast
	}
	return Waiting, nil
}

// refuse remembers a malformed change by its hash, unless an event with the right origin brought it before, and dooms what
// waits for it.
func (h *History) refuse(hash Hash, err error) {
	if hash == (Hash{}) {
		return
	}
	if _, ok := h.find(hash); ok {
		return
	}
	l := h.lately()
	if l.waiting[hash] == nil {
		l.bad[hash] = err
		l.doom(h, hash)
	}
}

// doom marks all that waits for a malformed change.
func (l *late) doom(h *History, hash Hash) {
	for queue := []Hash{hash}; len(queue) > 0; queue = queue[1:] {
		for _, next := range l.behind[queue[0]] {
			if w := l.waiting[next]; w != nil && !w.doomed {
				w.doomed = true
				h.moved = append(h.moved, next)
				queue = append(queue, next)
			}
		}
	}
}

// revive decides anew which waiting changes are doomed.
func (l *late) revive(h *History) {
	before := make(map[Hash]bool)
	for hash, w := range l.waiting {
		if w.doomed {
			before[hash], w.doomed = true, false
		}
	}
	mark := h.moved
	for hash := range l.bad {
		l.doom(h, hash)
	}
	h.moved = mark
	for hash, w := range l.waiting {
		if w.doomed != before[hash] {
			h.moved = append(h.moved, hash)
		}
	}
}

// promote passes the changes that waited for this one through the guard, and those that waited for them.
func (h *History) promote(hash Hash) {
	l := h.late
	if l.bad[hash] != nil {
		delete(l.bad, hash)
		defer l.revive(h)
	}
	for queue := []Hash{hash}; len(queue) > 0; queue = queue[1:] {
		for _, next := range l.behind[queue[0]] {
			w := l.waiting[next]
			if w == nil {
				continue
			}
			c, err := parse([]byte(w.raw))
			deps := h.locate(c)
			if err != nil || deps == nil {
				continue
			}
			c.masked = w.masked
			delete(l.waiting, next)
			h.moved = append(h.moved, next)
			if h.settle(c, deps) == nil {
				queue = append(queue, next)
			}
		}
		delete(l.behind, queue[0])
	}
}

// others sorts hashes and leaves out doubles and the given one.
func others(moved []Hash, hash Hash) []Hash {
	slices.SortFunc(moved, Hash.Compare)
	moved = slices.Compact(moved)
	return slices.DeleteFunc(moved, func(m Hash) bool { return m == hash })
}
