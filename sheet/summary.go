package sheet

import (
	"strings"

	"fieldbook/record"
)

// summary tells a row of totals: in a table of at least four columns, it begins with such a word and says hardly more.
func summary(cells []string, width int) bool {
	filled, first := 0, ""
	for _, cell := range cells {
		if strings.TrimSpace(cell) != "" {
			if filled++; filled == 1 {
				first = record.NormName(cell)
			}
		}
	}
	if width < 4 || filled > 2 {
		return false
	}
	switch first {
	case "total", "totals", "grandtotal", "subtotal", "sum", "count", "summe", "gesamt", "gesamtsumme", "zwischensumme", "anzahl":
		return true
	}
	return false
}
