package sheet

import (
	"archive/zip"
	"bufio"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf16"
)

// maxCellUnits is how many UTF-16 units a cell of an XLSX can hold.
const maxCellUnits = 32767

// The parts around the sheet: the least that spreadsheet programs open without repairing (ECMA-376 parts 1 and 2).
const (
	xmlHead  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainNS   = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	officeNS = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	packNS   = `http://schemas.openxmlformats.org/package/2006/`

	contentTypes = xmlHead + `<Types xmlns="` + packNS + `content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/>` +
		`<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>` +
		`</Types>`
	rootRels = xmlHead + `<Relationships xmlns="` + packNS + `relationships">` +
		`<Relationship Id="rId1" Type="` + officeNS + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookRels = xmlHead + `<Relationships xmlns="` + packNS + `relationships">` +
		`<Relationship Id="rId1" Type="` + officeNS + `/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="rId2" Type="` + officeNS + `/styles" Target="styles.xml"/></Relationships>`
	book = xmlHead + `<workbook xmlns="` + mainNS + `" xmlns:r="` + officeNS + `">` +
		`<sheets><sheet name="List" sheetId="1" r:id="rId1"/></sheets></workbook>`
	// Style 0 is text (format 49, @), so that what a person types over a cell stays text; style 1 is the bold header.
	styleSheet = xmlHead + `<styleSheet xmlns="` + mainNS + `">` +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="2"><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs>` +
		`<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
	sheetHead = xmlHead + `<worksheet xmlns="` + mainNS + `"><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
		`<sheetFormatPr defaultRowHeight="15"/><sheetData>`
)

// writeXLSX streams the sheet into the archive: no temporary file holds the plaintext of the list.
func writeXLSX(ctx context.Context, w io.Writer, header []string, rows func(yield func([]string) bool)) error {
	archive := zip.NewWriter(w)
	for _, p := range []struct{ name, text string }{
		{"[Content_Types].xml", contentTypes}, {"_rels/.rels", rootRels}, {"xl/workbook.xml", book},
		{"xl/_rels/workbook.xml.rels", bookRels}, {"xl/styles.xml", styleSheet},
	} {
		out, err := archive.Create(p.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(out, p.text); err != nil {
			return err
		}
	}
	part, err := archive.Create("xl/worksheets/sheet1.xml")
	if err != nil {
		return err
	}
	out := bufio.NewWriter(part)
	_, _ = out.WriteString(sheetHead)
	last := 0
	err = all(ctx, header, rows, func(n int, cells []string) error {
		last = n
		return writeRow(out, n, cells)
	})
	if err != nil {
		return err
	}
	_, _ = out.WriteString("</sheetData>")
	if len(header) > 0 {
		_, _ = fmt.Fprintf(out, `<autoFilter ref="A1:%s%d"/>`, letters(len(header)-1), last)
	}
	_, _ = out.WriteString("</worksheet>")
	if err := out.Flush(); err != nil { // a bufio.Writer keeps its first error
		return err
	}
	return archive.Close()
}

func writeRow(out *bufio.Writer, n int, cells []string) error {
	if len(cells) > widest {
		return tooWide(n)
	}
	if n > maxRow {
		return refuse(ErrTooLarge, n, "a spreadsheet holds at most {0} rows; write a CSV instead", maxRow)
	}
	bold := ""
	if n == 1 {
		bold = ` s="1"`
	}
	row := strconv.Itoa(n)
	_, _ = out.WriteString(`<row r="` + row + `">`)
	for i, cell := range cells {
		if cell == "" {
			continue
		}
		text := neutral(valid(cell))
		if units(text) > maxCellUnits {
			return refuse(ErrTooLarge, n, "a text has more than the {0} characters that a cell of an XLSX can hold; write a CSV instead", maxCellUnits)
		}
		_, _ = out.WriteString(`<c r="` + letters(i) + row + `"` + bold + ` t="inlineStr"><is><t xml:space="preserve">`)
		escape(out, text)
		_, _ = out.WriteString(`</t></is></c>`)
	}
	_, err := out.WriteString("</row>")
	return err
}

func units(text string) (n int) {
	if len(text) <= maxCellUnits {
		return len(text)
	}
	for _, r := range text {
		n += utf16.RuneLen(r)
	}
	return n
}

// escape writes text for XML. What XML cannot hold, or would change, is written as _xHHHH_ (22.9.2.19), and an underscore
// that could be taken for the beginning of that as well.
func escape(out *bufio.Writer, text string) {
	for i, r := range text {
		switch {
		case r == '&':
			_, _ = out.WriteString("&amp;")
		case r == '<':
			_, _ = out.WriteString("&lt;")
		case r == '>':
			_, _ = out.WriteString("&gt;")
		case r < ' ' && r != '\t' && r != '\n', r == 0xFFFE, r == 0xFFFF, r == '_' && strings.HasPrefix(text[i:], "_x"):
			_, _ = fmt.Fprintf(out, "_x%04X_", r)
		default:
			_, _ = out.WriteRune(r)
		}
	}
}

// letters is the name of a column: 0 is A, 27 is AB.
func letters(column int) string {
	name := ""
	for column++; column > 0; column = (column - 1) / 26 {
		name = string(rune('A'+(column-1)%26)) + name
	}
	return name
}
