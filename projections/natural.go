package projections

import (
	"cmp"
	"strings"
)

// naturalKey maps a text so that the order of bytes is the order in which people sort: without regard to case, and runs of
// digits by the number they are, so that PLC-2 comes before PLC-10 and 10.20.1.9 before 10.20.1.10.
func naturalKey(text string) string {
	text = strings.ToLower(text)
	key := make([]byte, 0, len(text)+8)
	for i := 0; i < len(text); {
		if !digit(text[i]) {
			key = append(key, text[i])
			i++
			continue
		}
		from := i
		for i < len(text) && digit(text[i]) {
			i++
		}
		run := strings.TrimLeft(text[from:i], "0")
		// Longer numbers are greater; none is longer than a byte can tell, as the columns cut their texts.
		key = append(key, '0', byte(min(len(run), 255)))
		key = append(key, run...)
	}
	return string(key)
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// compareNatural is natural order; texts that are equal there are in the order of their bytes.
func compareNatural(a, b string) int {
	return cmp.Or(cmp.Compare(naturalKey(a), naturalKey(b)), cmp.Compare(a, b))
}
