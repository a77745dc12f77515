package envelope

import (
	"bytes"
	"cmp"
)

// Compare orders names by number, then hash.
func (n SegmentName) Compare(m SegmentName) int {
	return cmp.Or(cmp.Compare(n.Number, m.Number), bytes.Compare(n.Hash[:], m.Hash[:]))
}

// appendCover writes lines as [device, epoch, faults, names, tips, waiting].
func appendCover(lines []CoverLine) []byte {
	size := 64
	for i := range lines {
		size += 128 + 24*len(lines[i].Names) + 128*len(lines[i].Tips) + 64*len(lines[i].Waiting)
	}
	b := appendHead(make([]byte, 0, size), majorArray, uint64(len(lines)))
	for i := range lines {
		b = lines[i].append(b)
	}
	return b
}

func (l *CoverLine) append(b []byte) []byte {
	b = appendHash(append(b, majorArray|6), (*[32]byte)(&l.Feed.Device))
	b = appendUint(appendUint(b, uint64(l.Feed.Epoch)), l.Faults)
	b = appendHead(b, majorArray, 2*uint64(len(l.Names)))
	for i := range l.Names {
		b = l.Names[i].append(b)
	}
	b = appendHead(b, majorArray, uint64(len(l.Tips)))
	for i := range l.Tips {
		t := &l.Tips[i]
		b = appendUint(t.Name.append(append(b, majorArray|5)), t.Seq)
		b = appendHashes(appendHash(b, (*[32]byte)(&t.Hash)), t.ACL)
	}
	b = appendHead(b, majorArray, uint64(len(l.Waiting)))
	for i := range l.Waiting {
		w := &l.Waiting[i]
		b = appendUint(appendUint(appendUint(w.Name.append(append(b, majorArray|6)), w.First), w.Last), w.Count)
		b = appendBytes(b, w.Key[:])
	}
	return b
}

// append writes number and hash, as two items.
func (n SegmentName) append(b []byte) []byte { return appendBytes(appendUint(b, n.Number), n.Hash[:]) }

func (r *reader) segmentName() (n SegmentName) {
	n.Number = r.number("segment number")
	r.fixed(n.Hash[:], "segment hash")
	return n
}

func appendHashes(b []byte, all []Hash) []byte {
	b = appendHead(b, majorArray, uint64(len(all)))
	for i := range all {
		b = appendHash(b, (*[32]byte)(&all[i]))
	}
	return b
}

func (r *reader) hashes(max int, what string) []Hash {
	n := r.count(max, what)
	all := make([]Hash, n)
	for i := 0; i < n && r.err == nil; i++ {
		r.fixed(all[i][:], what)
	}
	return all
}

func (r *reader) cover() []CoverLine {
	var lines []CoverLine
	for n := r.count(MaxPartPlain, "cover"); n > 0 && r.err == nil; n-- {
		lines = append(lines, r.coverLine())
	}
	return lines
}

func (r *reader) coverLine() (l CoverLine) {
	r.array(6, "line of a cover")
	r.fixed(l.Feed.Device[:], "device")
	l.Feed.Epoch, l.Faults = Epoch(r.uint("epoch")), r.uint("faults")
	n := r.count(MaxPartPlain, "names")
	if n%2 != 0 {
		r.fail(ErrMalformed, "names of a cover")
	}
	for ; n > 0 && r.err == nil; n -= 2 {
		name := r.segmentName()
		if at := len(l.Names); r.err == nil && at > 0 && l.Names[at-1].Compare(name) >= 0 {
			r.fail(ErrNotCanonical, "names of a cover not ascending")
		}
		l.Names = append(l.Names, name)
	}
	for n := r.count(MaxPartPlain, "tips"); n > 0 && r.err == nil; n-- {
		r.array(5, "tip")
		t := CoverTip{Name: r.segmentName(), Seq: r.number("seq")}
		r.fixed(t.Hash[:], "hash")
		t.ACL = r.hashes(MaxRefs, "ACL references")
		l.Tips = append(l.Tips, t)
	}
	for n := r.count(MaxPartPlain, "waiting events"); n > 0 && r.err == nil; n-- {
		l.Waiting = append(l.Waiting, r.coverWait())
	}
	return l
}

func (r *reader) coverWait() (w CoverWait) {
	r.array(6, "waiting events")
	w.Name = r.segmentName()
	w.First, w.Last, w.Count = r.number("first seq"), r.number("last seq"), r.number("count")
	r.fixed(w.Key[:], "key id")
	if r.err == nil && (w.Last < w.First || w.Count-1 > w.Last-w.First) {
		r.fail(ErrMalformed, "run of waiting events")
	}
	return w
}
