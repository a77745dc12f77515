package sheet

import (
	"encoding/xml"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// style is what of a cell's number format matters for reading: is the number a date, a time of day, a length of time, or a
// code with zeros in front.
type style struct {
	date, clock, elapsed bool
	zeros                int
}

// loadStyles reads the formats of cells (18.8.10 and 18.8.30).
func (b *workbook) loadStyles(name string) error {
	codes, inCells := map[int]string{}, false
	return b.each(name, func(token xml.Token) error {
		switch e := token.(type) {
		case xml.StartElement:
			switch e.Name.Local {
			case "numFmt":
				if id, err := strconv.Atoi(attr(e, "numFmtId")); err == nil && len(codes) < maxParts {
					codes[id] = attr(e, "formatCode")
				}
			case "cellXfs":
				inCells = true
			case "xf":
				if inCells && len(b.styles) < 1<<16 {
					id, _ := strconv.Atoi(attr(e, "numFmtId"))
					b.styles = append(b.styles, styleOf(id, codes))
				}
			}
		case xml.EndElement:
			if e.Name.Local == "cellXfs" {
				inCells = false
			}
		}
		return nil
	})
}

// styleOf tells the style of a format by its number (18.8.30 lists those that every program knows) or its code.
func styleOf(id int, codes map[int]string) style {
	if code, ok := codes[id]; ok {
		return styleOfCode(code)
	}
	switch {
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return style{date: true}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id == 45, id == 47, id == 55, id == 56:
		return style{clock: true}
	case id == 22:
		return style{date: true, clock: true}
	case id == 46:
		return style{elapsed: true}
	}
	return style{}
}

// styleOfCode reads a format such as dd.mm.yyyy;@ or 00000. What is quoted, escaped or in brackets is not part of the
// pattern, and only its first section counts.
func styleOfCode(code string) style {
	pattern, elapsed := bare(code)
	if elapsed {
		return style{elapsed: true}
	}
	if strings.Trim(pattern, "0") == "" {
		return style{zeros: len(pattern)}
	}
	if strings.Contains(pattern, "general") {
		return style{}
	}
	s := style{date: strings.ContainsAny(pattern, "yd"), clock: strings.ContainsAny(pattern, "hs")}
	s.date = s.date || strings.Contains(pattern, "m") && !s.clock
	if strings.ContainsAny(pattern, "0#?") && !s.clock {
		return style{}
	}
	return s
}

// bare gives the first section of a format without literals, and whether it is one of elapsed time ([h]:mm).
func bare(code string) (pattern string, elapsed bool) {
	var out strings.Builder
	for i := 0; i < len(code) && code[i] != ';'; i++ {
		switch code[i] {
		case '\\', '_', '*':
			i++
		case '"', '[':
			closing := map[byte]string{'"': `"`, '[': "]"}[code[i]]
			inside, _, _ := strings.Cut(code[i+1:], closing)
			elapsed = elapsed || code[i] == '[' && inside != "" && strings.Trim(strings.ToLower(inside), "hms") == ""
			i += len(inside) + 1
		default:
			out.WriteByte(code[i])
		}
	}
	return strings.ToLower(out.String()), elapsed
}

// show gives a number as text: a date in ISO form, or the shortest decimal of the 15 digits that a spreadsheet counts with.
func (s style) show(text string, date1904 bool) string {
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(n, 0) || math.IsNaN(n) {
		return text
	}
	if seconds := int64(math.Round(n * 86400)); s.elapsed && n >= 0 && n < 1e6 {
		return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
	}
	if s.date || s.clock {
		if date, ok := s.moment(n, date1904); ok {
			return date
		}
	}
	return s.decimal(n)
}

func (s style) decimal(n float64) string {
	if short, err := strconv.ParseFloat(strconv.FormatFloat(n, 'g', 15, 64), 64); err == nil {
		n = short
	}
	if abs := math.Abs(n); abs >= 1e21 || abs != 0 && abs < 1e-9 {
		return strconv.FormatFloat(n, 'g', -1, 64)
	}
	text := strconv.FormatFloat(n, 'f', -1, 64)
	if n >= 0 && s.zeros > len(text) && s.zeros <= 64 && n == math.Trunc(n) {
		text = strings.Repeat("0", s.zeros-len(text)) + text
	}
	return text
}

// moment reads a serial date (18.17.4.1): days since 1899-12-30, one less before March 1900, because spreadsheets count a
// 29 February 1900; or days since 1904-01-01.
func (s style) moment(n float64, date1904 bool) (string, bool) {
	const lastDay = 2958465 // 9999-12-31
	if n < 0 || n >= lastDay+1 {
		return "", false
	}
	days, seconds := math.Floor(n), math.Round((n-math.Floor(n))*86400)
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case date1904:
		epoch = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case n < 61:
		epoch = epoch.AddDate(0, 0, 1)
	}
	at := epoch.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second)
	switch {
	case days == 0 && !s.date:
		return at.Format("15:04:05"), true
	case seconds == 0 && s.date:
		return at.Format(time.DateOnly), true
	case !s.clock:
		return at.Format(time.DateOnly), true
	}
	return at.Format("2006-01-02T15:04:05"), true
}
