package crdt

import "slices"

// canonical tells whether the bytes are the one encoding of their content. Automerge forgets the bytes of a change when it
// saves a document and encodes it anew when it loads; any other encoding would then have another hash.
func (c *chunk) canonical() bool {
	content := c.encode(make([]byte, 0, len(c.raw)))
	size := len(c.raw) - len(content)
	if size < 0 || c.raw[size:] != string(content) {
		return false
	}
	var head [maxLEB]byte
	return c.raw[9:size] == string(appendU(head[:0], uint64(len(content))))
}

// encode appends the content of the chunk: header, column descriptions, columns.
func (c *chunk) encode(dst []byte) []byte {
	dst = appendU(dst, uint64(c.ndeps()))
	dst = append(dst, c.deps...)
	dst = append(appendU(dst, uint64(len(ActorID{}))), c.actors[0][:]...)
	dst = appendU(dst, c.seq)
	dst = appendU(dst, c.start)
	dst = appendS(dst, c.time)
	dst = append(appendU(dst, uint64(len(c.note))), c.note...)
	return c.tail(dst)
}

// tail appends what does not depend on author, time and dependencies: the other actors and the columns.
func (c *chunk) tail(dst []byte) []byte {
	dst = appendU(dst, uint64(len(c.actors)-1))
	for i := range c.actors[1:] {
		dst = append(appendU(dst, uint64(len(ActorID{}))), c.actors[i+1][:]...)
	}
	return c.columns(dst)
}

// columns appends the descriptions of the columns that have data, then the data.
func (c *chunk) columns(dst []byte) []byte {
	var end [len(columns)]int
	size := 64 + 8*len(c.ops)
	for i := range c.ops {
		size += len(c.ops[i].key) + int(c.ops[i].size)
	}
	data := make([]byte, 0, size)
	count := uint64(0)
	for i := range columns {
		start := len(data)
		data = c.column(data, i)
		if end[i] = len(data); end[i] > start {
			count++
		}
	}
	dst = appendU(dst, count)
	start := 0
	for i, spec := range columns {
		if end[i] > start {
			dst = appendU(appendU(dst, uint64(spec)), uint64(end[i]-start))
		}
		start = end[i]
	}
	return append(dst, data...)
}

// column appends the data of one column.
func (c *chunk) column(dst []byte, at int) []byte {
	n := len(c.ops)
	switch at {
	case atObjActor:
		return rle(dst, n, func(i int) (uint64, bool) { o := &c.ops[i].obj; return uint64(o.actor), o.ctr != 0 }, appendU)
	case atObjCtr:
		return rle(dst, n, func(i int) (uint64, bool) { o := &c.ops[i].obj; return uint64(o.ctr), o.ctr != 0 }, appendU)
	case atKeyActor:
		return rle(dst, n, func(i int) (uint64, bool) { o := &c.ops[i].elem; return uint64(o.actor), o.ctr != 0 }, appendU)
	case atKeyCtr:
		return c.elements(dst)
	case atKeyStr:
		return rle(dst, n, func(i int) (string, bool) { return c.ops[i].key, c.ops[i].obj.ctr == 0 }, appendText)
	case atInsert:
		return booleans(dst, n, func(i int) bool { return c.ops[i].insert })
	case atAction:
		return rle(dst, n, func(i int) (uint64, bool) { return uint64(c.ops[i].action), true }, appendU)
	case atValMeta:
		return rle(dst, n, func(i int) (uint64, bool) { return uint64(c.ops[i].size)<<4 | uint64(c.ops[i].kind), true }, appendU)
	case atVal:
		for i := range c.ops {
			dst = append(dst, c.value(&c.ops[i])...)
		}
		return dst
	case atPredNum:
		return rle(dst, n, func(i int) (uint64, bool) { return uint64(c.ops[i].npred), true }, appendU)
	case atPredActor:
		return rle(dst, len(c.preds), func(i int) (uint64, bool) { return uint64(c.preds[i].actor), true }, appendU)
	}
	return rle(dst, len(c.preds), func(i int) (int64, bool) {
		if i == 0 {
			return int64(c.preds[0].ctr), true
		}
		return int64(c.preds[i].ctr) - int64(c.preds[i-1].ctr), true
	}, appendS)
}

// elements appends the column of element counters: differences between those rows that name an element.
func (c *chunk) elements(dst []byte) []byte {
	first := slices.IndexFunc(c.ops, func(o op) bool { return o.obj.ctr != 0 })
	if first < 0 {
		return dst
	}
	steps := make([]int64, len(c.ops))
	last := int64(0)
	for i := first; i < len(c.ops); i++ {
		if c.ops[i].obj.ctr != 0 {
			steps[i] = int64(c.ops[i].elem.ctr) - last
			last = int64(c.ops[i].elem.ctr)
		}
	}
	return rle(dst, len(steps), func(i int) (int64, bool) { return steps[i], c.ops[i].obj.ctr != 0 }, appendS)
}

func appendText(dst []byte, s string) []byte { return append(appendU(dst, uint64(len(s))), s...) }
