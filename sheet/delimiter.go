package sheet

import "bytes"

// guess finds the delimiter: the one by which a row of the sample has most known names, else by which most rows are equally
// wide.
func guess(sample []byte, lim Limits, names names) byte {
	best, bestNames, bestRows := byte(','), 0, 0
	for _, delimiter := range []byte{',', ';', '\t'} {
		p := newParser(bytes.NewReader(sample), delimiter, lim)
		known, widths := 0, map[int]int{}
		for range headerWithin {
			if _, err := p.next(); err != nil {
				break
			}
			known = max(known, names.score(p.cells()))
			widths[len(p.ends)]++
		}
		rows := 0
		for width, n := range widths {
			if width > 1 {
				rows = max(rows, n)
			}
		}
		if known > bestNames || known == bestNames && rows > bestRows {
			best, bestNames, bestRows = delimiter, known, rows
		}
	}
	return best
}
