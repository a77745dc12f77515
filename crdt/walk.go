package crdt

// walker reads all columns of a chunk in step, one operation after the other.
type walker struct {
	cols   [len(columns)]string
	num    [len(columns)]runs
	elem   delta
	pred   delta
	insert flags
	vals   uint64 // where the next value lies
}

func (w *walker) reset() {
	for i, s := range w.cols {
		w.num[i].s = s
	}
	w.insert.s = w.cols[atInsert]
}

// next fills o with the next row; values lie before end in the chunk's data.
func (w *walker) next(c *chunk, o *op, end uint64) bool {
	objActor, a0, ok0 := w.num[atObjActor].number()
	objCtr, a1, ok1 := w.num[atObjCtr].number()
	elemActor, b0, ok2 := w.num[atKeyActor].number()
	elemCtr, b1, ok3 := w.num[atKeyCtr].counter(&w.elem)
	key, noKey, ok4 := w.num[atKeyStr].text()
	insert, ok5 := w.insert.next()
	action, noAction, ok6 := w.num[atAction].number()
	meta, noMeta, ok7 := w.num[atValMeta].number()
	if !(ok0 && ok1 && ok2 && ok3 && ok4 && ok5 && ok6 && ok7) || noAction || noMeta || action > 255 {
		return false
	}
	// A key in the root, or an element in a Text: never both, never neither. The head of a Text is counter 0 without actor.
	n := uint64(len(c.actors))
	if a0 != a1 || noKey == b1 || (b1 && !b0) || (!b1 && b0 != (elemCtr == 0)) || a0 == noKey {
		return false
	}
	if !a1 && (objActor >= n || objCtr == 0 || objCtr > MaxOp) || !b0 && elemActor >= n {
		return false
	}
	*o = op{key: key, action: Action(action), insert: insert, kind: uint8(meta & 15), off: uint32(w.vals)}
	if !a1 {
		o.obj, o.elem = ref{uint32(objActor), uint32(objCtr)}, ref{uint32(elemActor), elemCtr}
	}
	if meta>>4 > end-w.vals {
		return false
	}
	o.size = uint32(meta >> 4)
	w.vals += meta >> 4
	return w.preds(c, o)
}

// preds reads the predecessors of o.
func (w *walker) preds(c *chunk, o *op) bool {
	n, null, ok := w.num[atPredNum].number()
	if !ok || null || n > MaxPreds {
		return false
	}
	o.pred, o.npred = uint32(len(c.preds)), uint32(n)
	for range n {
		actor, noActor, ok := w.num[atPredActor].number()
		ctr, noCtr, ok2 := w.num[atPredCtr].counter(&w.pred)
		if !ok || !ok2 || noActor || noCtr || actor >= uint64(len(c.actors)) || ctr == 0 {
			return false
		}
		c.preds = append(c.preds, ref{uint32(actor), ctr})
		if len(c.preds) > MaxPreds {
			return true
		}
	}
	return true
}

// done tells whether every column ends with the last operation.
func (w *walker) done() bool {
	for i := range w.num {
		if i != atInsert && i != atVal && !w.num[i].done() {
			return false
		}
	}
	return w.insert.done()
}
