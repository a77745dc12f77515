package crdt

import "fmt"

// Decode reads one change and checks everything that its bytes alone can show: caps, checksum, canonical encoding, and the
// static part of the profile. It never expands a run beyond MaxOps rows.
func Decode(raw []byte) (*Change, error) {
	c, err := parse(raw)
	if err != nil {
		return nil, err
	}
	return c.public(), nil
}

// parse decodes and checks like Decode; the chunk keeps its own copy of the bytes. With a proven checksum the chunk carries
// the hash even if an error is given.
func parse(raw []byte) (*chunk, error) {
	hash, at, err := open(raw)
	c := &chunk{hash: hash}
	if err != nil {
		return c, err
	}
	c.raw = string(raw)
	c.data = c.raw
	r := reader{s: c.raw, i: at}
	c.header(&r)
	if r.over {
		return c, fmt.Errorf("header: %w", ErrLimit)
	}
	if r.bad {
		return c, fmt.Errorf("header: %w", ErrChunk)
	}
	if err := c.operations(&r); err != nil {
		return c, err
	}
	if err := c.check(); err != nil {
		return c, err
	}
	if !c.canonical() {
		return c, fmt.Errorf("encoding: %w", ErrChunk)
	}
	return c, nil
}

// header reads what stands before the columns.
func (c *chunk) header(r *reader) {
	c.deps = r.take(r.count(MaxDeps) * len(Hash{}))
	author := r.actor()
	c.seq, c.start, c.time = r.u(), r.u(), r.int()
	c.note = r.take(r.count(MaxBytes))
	c.body = r.i
	others := r.count(MaxOther)
	if r.bad || others > len(r.s)-r.i {
		r.bad = true
		return
	}
	c.actors = make([]ActorID, 1, 1+others)
	c.actors[0] = author
	for range others {
		c.actors = append(c.actors, r.actor())
	}
}

// reader takes the fields of a header one after the other and remembers whether one was missing.
type reader struct {
	s    string
	i    int
	bad  bool // cut short or not a number
	over bool // beyond a cap
}

func (r *reader) u() uint64 {
	if r.bad {
		return 0
	}
	v, next := readU(r.s, r.i)
	if next < 0 {
		r.bad = true
		return 0
	}
	r.i = next
	return v
}

func (r *reader) int() int64 {
	if r.bad {
		return 0
	}
	v, next := readS(r.s, r.i)
	if next < 0 {
		r.bad = true
		return 0
	}
	r.i = next
	return v
}

// count reads a length and holds it under a cap.
func (r *reader) count(most int) int {
	n := r.u()
	if n > uint64(most) {
		r.over, n = true, 0
	}
	return int(n)
}

func (r *reader) take(n int) string {
	if r.bad || n > len(r.s)-r.i {
		r.bad = true
		return ""
	}
	r.i += n
	return r.s[r.i-n : r.i]
}

func (r *reader) actor() (a ActorID) {
	if r.u() != uint64(len(a)) {
		r.bad = true
	}
	copy(a[:], r.take(len(a)))
	return a
}

// split reads the descriptions of the columns and cuts their data.
func split(r *reader) (cols [len(columns)]string, err error) {
	var size [len(columns)]int
	at := 0
	for range r.count(len(columns)) {
		spec := r.u()
		for at < len(columns) && uint64(columns[at]) != spec {
			at++
		}
		if r.bad || at == len(columns) {
			return cols, fmt.Errorf("column %#x: %w", spec, ErrProfile)
		}
		size[at] = r.count(MaxBytes)
		at++
	}
	for i := range cols {
		cols[i] = r.take(size[i])
	}
	if r.over {
		return cols, fmt.Errorf("columns: %w", ErrProfile)
	}
	if r.bad || r.i != len(r.s) {
		return cols, fmt.Errorf("columns: %w", ErrChunk)
	}
	return cols, nil
}

// rows counts the rows of a run-length encoded column of unsigned numbers without expanding it.
func rows(s string) (int, error) {
	r := runs{s: s}
	total := uint64(0)
	for r.i < len(s) {
		if _, _, ok := r.number(); !ok {
			return 0, fmt.Errorf("actions: %w", ErrChunk)
		}
		total++
		if r.mode != runEach {
			total, r.left = total+r.left, 0
		}
		if total > MaxOps || r.left > MaxOps {
			return 0, fmt.Errorf("operations: %w", ErrLimit)
		}
	}
	return int(total), nil
}

// operations reads the columns into ops and preds.
func (c *chunk) operations(r *reader) error {
	cols, err := split(r)
	if err != nil {
		return err
	}
	n, err := rows(cols[atAction])
	if err != nil {
		return err
	}
	w := walker{cols: cols}
	w.reset()
	c.ops = make([]op, n)
	w.vals = uint64(len(c.raw) - len(cols[atPredNum]) - len(cols[atPredActor]) - len(cols[atPredCtr]) - len(cols[atVal]))
	end := w.vals + uint64(len(cols[atVal]))
	for i := range c.ops {
		if !w.next(c, &c.ops[i], end) {
			return fmt.Errorf("operation %d: %w", i, ErrChunk)
		}
		if len(c.preds) > MaxPreds {
			return fmt.Errorf("predecessors: %w", ErrLimit)
		}
	}
	if !w.done() || w.vals != end {
		return fmt.Errorf("columns of different length: %w", ErrChunk)
	}
	return nil
}
