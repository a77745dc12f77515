package sheet

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"
)

// small limits let the fuzzer reach them.
var small = Limits{Bytes: 1 << 20, Unpacked: 4 << 20, Rows: 100, Columns: 50, Cells: 2000, Cell: 1000}

// check reads any bytes: a refusal must be typed; a table must keep its limits, map or be refused, and read the same after
// it was written.
func check(t *testing.T, content []byte) {
	table, err := readBytes(content, small)
	if err != nil {
		var own *Error
		if !errors.As(err, &own) || own.Said.IsZero() {
			t.Fatalf("an untyped error: %v", err)
		}
		return
	}
	cells := 0
	for _, row := range table.Rows {
		cells += len(row.Cells)
		if len(row.Cells) > len(table.Header) || row.Line <= 0 {
			t.Fatalf("row %+v under %d headers", row, len(table.Header))
		}
	}
	if len(table.Rows) > small.Rows || len(table.Header) > small.Columns || cells > small.Cells {
		t.Fatalf("%d rows, %d columns, %d cells", len(table.Rows), len(table.Header), cells)
	}
	if columns, err := Map(table, Mapping{}); err == nil && len(columns) != len(table.Header) {
		t.Fatalf("%d columns for %d headers", len(columns), len(table.Header))
	}
	for _, format := range []Format{CSV, XLSX} {
		again(t, table, format)
	}
}

func again(t *testing.T, table *Table, format Format) {
	var out bytes.Buffer
	if err := Write(context.Background(), &out, format, table.Header, slices.Values(rowsOf(table))); err != nil {
		t.Fatal(err)
	}
	back, err := readBytes(out.Bytes(), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if back.HeaderLine == 1 && !slices.EqualFunc(rowsOf(table), rowsOf(back), slices.Equal) {
		t.Fatalf("%q came back as %q", rowsOf(table), rowsOf(back))
	}
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"tag,serial\nA,1\n", "title\r\n\r\ntag;serial\r\n\"A\";\"x\r\ny\"\"\"\r\n", "\uFEFFtag\tip\nA\t'=1\n", "\xFF\xFEt\x00a\x00g\x00", "tag,serial\nA,\xFC\n",
		"tag,serial\n\"A\" ,19\" rack,,,\n,,\nTOTAL,2", "{\"a\":1}", "\x89PNG", "tag\r\"",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(check)
}

func FuzzXLSX(f *testing.F) {
	for _, seed := range []string{
		row("A", "1") + "</sheetData>", `<row r="2"><c r="B2" s="1"><v>45351.5</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A9"/></mergeCells>`,
		`<row><c t="s"><v>0</v></c><c><f>1+1</f></c></row></sheetData>`,
	} {
		f.Add(zipOf(f, handmade(seed, "<si><t>_x0041_</t></si>", `<cellXfs><xf/><xf numFmtId="22"/></cellXfs>`, "")))
	}
	f.Fuzz(check)
}

// FuzzSheet puts any XML into an archive that is whole, which mutated archives hardly ever are.
func FuzzSheet(f *testing.F) {
	f.Add(row("A", "1")+"</sheetData>", "<si><t>x</t></si>", `<numFmts><numFmt numFmtId="9" formatCode="yy"/></numFmts><cellXfs><xf numFmtId="9"/></cellXfs>`, "<workbookPr/>")
	f.Add(`<row r="3"><c r="C3" t="s"><v>0</v></c></row></sheetData><mergeCell ref="C3:C9"/>`, "<si/>", "", "")
	f.Fuzz(func(t *testing.T, sheet, shared, styles, props string) {
		check(t, zipOf(t, handmade(sheet, shared, styles, props)))
	})
}
