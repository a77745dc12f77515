package sheet

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// maxRow is the last row that a spreadsheet can have.
const maxRow = 1 << 20

// sheetReader turns the tokens of one sheet (ECMA-376 part 1, 18.3) into cells of the collector.
type sheetReader struct {
	*workbook
	c      *collector
	row    int // from 1
	column int // of the current cell, from 0
	kind   string
	style  int
	text   textOf
}

func (b *workbook) read(s sheetRef, c *collector) error {
	r := &sheetReader{workbook: b, c: c, column: -1, text: textOf{cell: b.lim.Cell}}
	return b.each(s.part, r.take)
}

func (r *sheetReader) take(token xml.Token) error {
	if err := r.text.take(token); err != nil {
		return err
	}
	switch e := token.(type) {
	case xml.StartElement:
		switch e.Name.Local {
		case "row":
			return r.startRow(e)
		case "c":
			return r.startCell(e)
		case "mergeCell":
			r.merge(attr(e, "ref"))
		}
	case xml.EndElement:
		switch e.Name.Local {
		case "row":
			return r.c.end(r.row)
		case "c":
			return r.endCell()
		}
	}
	return nil
}

func (r *sheetReader) startRow(e xml.StartElement) error {
	r.row, r.column = r.row+1, -1
	if ref := attr(e, "r"); ref != "" {
		n, err := strconv.Atoi(ref)
		if err != nil || n < 1 {
			return refuse(ErrNotTable, 0, `the XLSX file is damaged: there is no row "{0}"`, fmt.Sprintf("%.10s", ref))
		}
		r.row = n
	}
	if r.row > maxRow {
		return refuse(ErrNotTable, 0, "the XLSX file is damaged: there is no row {0}", r.row)
	}
	return nil
}

func (r *sheetReader) startCell(e xml.StartElement) error {
	r.column++
	r.kind, r.style, r.text.text, r.text.formula = "", 0, r.text.text[:0], r.text.formula[:0]
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "r":
			column, _, ok := reference(a.Value)
			if !ok {
				return refuse(ErrNotTable, r.row, `the XLSX file is damaged: there is no cell "{0}"`, fmt.Sprintf("%.10s", a.Value))
			}
			r.column = column
		case "t":
			r.kind = a.Value
		case "s":
			r.style, _ = strconv.Atoi(a.Value)
		}
	}
	return nil
}

// endCell keeps the value that the spreadsheet program stored. A formula is text at most, when no value was stored for it.
func (r *sheetReader) endCell() error {
	if r.column < 0 {
		return refuse(ErrNotTable, r.row, "the XLSX file is damaged: a cell ends that did not begin")
	}
	text := r.text.text
	if len(text) == 0 {
		if len(r.text.formula) == 0 {
			return nil
		}
		return r.c.put(r.column, r.row, append([]byte("="), r.text.formula...))
	}
	switch r.kind {
	case "s":
		n, err := strconv.Atoi(string(text))
		if err != nil || n < 0 || n >= len(r.shared) {
			return refuse(ErrNotTable, r.row, "the XLSX file is damaged: a cell refers to a text that is not there")
		}
		return r.c.set(r.column, r.row, r.shared[n])
	case "inlineStr", "str":
		text = unescape(text)
	case "b":
		text = []byte(map[bool]string{true: "TRUE", false: "FALSE"}[string(text) == "1"])
	case "d":
		text = []byte(strings.TrimSuffix(string(text), "T00:00:00"))
	case "", "n":
		text = r.number(text)
	}
	return r.c.put(r.column, r.row, text)
}

func (r *sheetReader) number(text []byte) []byte {
	s := style{}
	if r.style > 0 && r.style < len(r.styles) {
		s = r.styles[r.style]
	}
	return []byte(s.show(string(text), r.date1904))
}

// merge notes cells that are merged downwards; other merged ranges need no care.
func (r *sheetReader) merge(ref string) {
	from, to, _ := strings.Cut(ref, ":")
	column, first, ok := reference(from)
	_, last, ok2 := reference(to)
	if ok && ok2 && last > first && len(r.c.merged) < maxMerged {
		r.c.merged = append(r.c.merged, span{column, first, last})
	}
}

// reference reads a cell's name: "AB12" is column 27, row 12.
func reference(ref string) (column, row int, ok bool) {
	i := 0
	for ; i < len(ref) && i < 4; i++ {
		letter := ref[i] &^ 0x20
		if letter < 'A' || letter > 'Z' {
			break
		}
		column = column*26 + int(letter-'A') + 1
	}
	row, err := strconv.Atoi(ref[i:])
	return column - 1, row, err == nil && column > 0 && column <= widest && row > 0 && row <= maxRow
}
