package crdt

// Column specifications of a change chunk: the column's id in the upper bits, its type in the lowest three. Bit 3 would say
// that the column is compressed, which the profile forbids.
const (
	colObjActor  = 0x01
	colObjCtr    = 0x02
	colKeyActor  = 0x11
	colKeyCtr    = 0x13
	colKeyStr    = 0x15
	colInsert    = 0x34
	colAction    = 0x42
	colValMeta   = 0x56
	colVal       = 0x57
	colPredNum   = 0x70
	colPredActor = 0x71
	colPredCtr   = 0x73
)

// columns is the order in which a chunk stores its columns; the number is the index in decoder and encoder.
var columns = [...]byte{colObjActor, colObjCtr, colKeyActor, colKeyCtr, colKeyStr, colInsert, colAction, colValMeta, colVal,
	colPredNum, colPredActor, colPredCtr}

const (
	atObjActor = iota
	atObjCtr
	atKeyActor
	atKeyCtr
	atKeyStr
	atInsert
	atAction
	atValMeta
	atVal
	atPredNum
	atPredActor
	atPredCtr
)

// runs walks a run-length encoded column without expanding it. A column that is absent is null in every row.
type runs struct {
	s    string
	i    int
	left uint64 // rows of the current run not yet handed out
	mode uint8
	num  uint64 // current value of a number column, or absolute value of a delta column
	str  string // current value of a key column
}

const (
	runNull uint8 = iota
	runSame
	runEach
)

// step moves to the next row. fresh says that the row's value stands at i and is to be read; null that it has none.
func (r *runs) step() (fresh, null, ok bool) {
	if len(r.s) == 0 {
		return false, true, true
	}
	if r.left > 0 {
		r.left--
		return r.mode == runEach, r.mode == runNull, true
	}
	n, next := readS(r.s, r.i)
	if next < 0 {
		return false, false, false
	}
	switch r.i = next; {
	case n > 0:
		r.mode, r.left = runSame, uint64(n)
	case n < 0:
		r.mode, r.left = runEach, -uint64(n)
	default:
		r.mode = runNull
		if r.left, r.i = readU(r.s, r.i); r.i < 0 || r.left == 0 {
			r.i = len(r.s)
			return false, false, false
		}
	}
	r.left--
	return r.mode != runNull, r.mode == runNull, true
}

// number gives the next row of a column of unsigned numbers.
func (r *runs) number() (v uint64, null, ok bool) {
	fresh, null, ok := r.step()
	if !ok || null {
		return 0, null, ok
	}
	if fresh {
		v, next := readU(r.s, r.i)
		if next < 0 {
			return 0, false, false
		}
		r.num, r.i = v, next
	}
	return r.num, false, true
}

// counter gives the next row of a delta column of operation counters, which stay within 0 and MaxOp.
func (r *runs) counter(d *delta) (v uint32, null, ok bool) {
	fresh, null, ok := r.step()
	if !ok || null {
		return 0, null, ok
	}
	if fresh {
		step, next := readS(r.s, r.i)
		if next < 0 {
			return 0, false, false
		}
		d.step, r.i = step, next
	}
	if d.step < -MaxOp || d.step > MaxOp {
		return 0, false, false
	}
	d.sum += d.step
	if d.sum < 0 || d.sum > MaxOp {
		return 0, false, false
	}
	return uint32(d.sum), false, true
}

// delta is the state of a column that stores differences.
type delta struct{ sum, step int64 }

// text gives the next row of a column of strings.
func (r *runs) text() (v string, null, ok bool) {
	fresh, null, ok := r.step()
	if !ok || null {
		return "", null, ok
	}
	if fresh {
		n, next := readU(r.s, r.i)
		if next < 0 || n > uint64(len(r.s)-next) {
			return "", false, false
		}
		r.str, r.i = r.s[next:next+int(n)], next+int(n)
	}
	return r.str, false, true
}

// done tells whether exactly the rows handed out were stored.
func (r *runs) done() bool { return r.i == len(r.s) && r.left == 0 }

// flags walks a boolean column: lengths of alternating runs, the first of false. An absent column is false in every row.
type flags struct {
	s    string
	i    int
	left uint64
	on   bool
}

func (f *flags) next() (v, ok bool) {
	if len(f.s) == 0 {
		return false, true
	}
	for f.left == 0 {
		first := f.i == 0
		n, next := readU(f.s, f.i)
		if next < 0 || (n == 0 && !first) {
			return false, false
		}
		f.on = !first && !f.on
		f.left, f.i = n, next
	}
	f.left--
	return f.on, true
}

func (f *flags) done() bool { return f.i == len(f.s) && f.left == 0 }

// rle appends n rows as the canonical sequence of runs: equal neighbours as one run, nulls as one run, what stands alone as
// literals. Nothing is appended for a column of nulls only.
func rle[T comparable](dst []byte, n int, at func(int) (T, bool), put func([]byte, T) []byte) []byte {
	for i := 0; i < n; {
		v, ok := at(i)
		j := same(i, n, v, ok, at)
		switch {
		case !ok && j-i == n:
			return dst
		case !ok:
			dst = appendU(append(dst, 0), uint64(j-i))
		case j-i > 1:
			dst = put(appendS(dst, int64(j-i)), v)
		default:
			for j < n {
				w, ok := at(j)
				if !ok || same(j, n, w, true, at)-j > 1 {
					break
				}
				j++
			}
			dst = appendS(dst, int64(i-j))
			for ; i < j; i++ {
				v, _ := at(i)
				dst = put(dst, v)
			}
		}
		i = j
	}
	return dst
}

// same gives the end of the run of rows from i that equal (v, ok).
func same[T comparable](i, n int, v T, ok bool, at func(int) (T, bool)) int {
	for i++; i < n; i++ {
		if w, there := at(i); there != ok || w != v {
			break
		}
	}
	return i
}

// booleans appends n rows of a boolean column.
func booleans(dst []byte, n int, at func(int) bool) []byte {
	on := false
	for i := 0; i < n; on = !on {
		start := i
		for i < n && at(i) == on {
			i++
		}
		dst = appendU(dst, uint64(i-start))
	}
	return dst
}
