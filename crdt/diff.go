package crdt

import (
	"slices"
	"unicode"
)

// change of text: cut characters at a place of the old text, add others there.
type edit struct {
	at, cut int
	add     []rune
}

// Most differences are small. Beyond this many differing words the middle is replaced as a whole, which bounds the work to
// its square.
const maxWords = 200

// diff gives the edits that turn one text into another, in order of their place. What both have at the beginning and at the
// end stays; between, whole words are compared, so that two people's rewordings don't interleave letter by letter.
func diff(old, text []rune) []edit {
	start := 0
	for start < len(old) && start < len(text) && old[start] == text[start] {
		start++
	}
	end := 0
	for end < len(old)-start && end < len(text)-start && old[len(old)-1-end] == text[len(text)-1-end] {
		end++
	}
	a, b := old[start:len(old)-end], text[start:len(text)-end]
	switch {
	case len(a) == 0 && len(b) == 0:
		return nil
	case len(a) == 0 || len(b) == 0:
		return []edit{{at: start, cut: len(a), add: b}}
	}
	return compare(words(a), words(b), start)
}

// words cuts a text into runs of letters and digits, and single other characters.
func words(text []rune) [][]rune {
	var out [][]rune
	inside := false
	for i, r := range text {
		letter := unicode.IsLetter(r) || unicode.IsDigit(r)
		if letter && inside {
			last := &out[len(out)-1]
			*last = (*last)[:len(*last)+1]
		} else {
			out = append(out, text[i:i+1])
		}
		inside = letter
	}
	return out
}

// compare finds a shortest edit script between two lists of words (Myers, An O(ND) Difference Algorithm, 1986, figure 2);
// at is the place of the first.
func compare(a, b [][]rune, at int) []edit {
	var trace [][]int // furthest place in a on each diagonal, by number of differences
	reach := make([]int, 2*maxWords+3)
	const mid = maxWords + 1
	for d := 0; d <= maxWords; d++ {
		trace = append(trace, slices.Clone(reach[mid-d:mid+d+1]))
		for k := -d; k <= d; k += 2 {
			x := reach[mid+k-1] + 1
			if k == -d || (k != d && reach[mid+k-1] < reach[mid+k+1]) {
				x = reach[mid+k+1]
			}
			for x < len(a) && x-k < len(b) && x-k >= 0 && slices.Equal(a[x], b[x-k]) {
				x++
			}
			reach[mid+k] = x
			if x >= len(a) && x-k >= len(b) {
				return script(a, b, trace, at)
			}
		}
	}
	return []edit{{at: at, cut: size(a), add: slices.Concat(b...)}}
}

// script walks the trace backwards and collects the edits.
func script(a, b [][]rune, trace [][]int, at int) []edit {
	x, y := len(a), len(b)
	cut, add := make([]bool, len(a)), make([]bool, len(b))
	for d := len(trace) - 1; d > 0; d-- {
		reach := trace[d] // diagonals -d to d, as they were before round d
		k := x - y
		down := k == -d || (k != d && reach[d+k-1] < reach[d+k+1])
		if down {
			x = reach[d+k+1]
			y = x - k - 1
			add[y] = true
		} else {
			x = reach[d+k-1]
			y = x - k + 1
			cut[x] = true
		}
	}
	return gather(a, b, cut, add, at)
}

// gather joins neighbouring cuts and additions to edits.
func gather(a, b [][]rune, cut, add []bool, at int) []edit {
	var out []edit
	for x, y := 0, 0; x < len(a) || y < len(b); {
		e := edit{at: at}
		for {
			if x < len(a) && cut[x] {
				e.cut += len(a[x])
				x++
			} else if y < len(b) && add[y] {
				e.add = append(e.add, b[y]...)
				y++
			} else {
				break
			}
		}
		if e.cut > 0 || len(e.add) > 0 {
			out = append(out, e)
			at += e.cut
		}
		if x < len(a) && y < len(b) {
			at += len(a[x])
			x, y = x+1, y+1
		}
	}
	return out
}

func size(list [][]rune) (n int) {
	for _, w := range list {
		n += len(w)
	}
	return n
}
