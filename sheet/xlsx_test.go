package sheet

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// handmade is a small workbook by hand: its sheet, and around it what the sheet needs.
func handmade(sheet, shared, styles, props string) map[string]string {
	const types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	return map[string]string{
		"_rels/.rels":     `<Relationships><Relationship Id="a" Type="` + types + `/officeDocument" Target="/book/main.xml"/></Relationships>`,
		"book/main.xml":   `<x:workbook xmlns:x="m" xmlns:r="` + types + `">` + props + `<x:sheets><x:sheet name="Hidden" state="hidden" r:id="h"/><x:sheet name="Only" r:id="s"/></x:sheets></x:workbook>`,
		"book/hidden.xml": row("tag", "serial"),
		"book/_rels/main.xml.rels": `<Relationships><Relationship Id="s" Type="` + types + `/worksheet" Target="one.xml"/><Relationship Id="h" Type="` + types + `/worksheet" Target="hidden.xml"/>` +
			`<Relationship Id="t" Type="` + types + `/sharedStrings" Target="texts.xml"/><Relationship Id="y" Type="` + types + `/styles" Target="look.xml"/></Relationships>`,
		"book/one.xml":   `<worksheet><sheetData>` + row("tag", "serial", "remarks") + sheet + `</worksheet>`,
		"book/texts.xml": `<sst>` + shared + `</sst>`,
		"book/look.xml":  `<styleSheet>` + styles + `</styleSheet>`,
	}
}

// row is one row of text without any references.
func row(cells ...string) string {
	var out strings.Builder
	for _, cell := range cells {
		fmt.Fprintf(&out, `<c t="inlineStr"><is><t>%s</t></is></c>`, cell)
	}
	return "<row>" + out.String() + "</row>"
}

func mustReadBook(t *testing.T, parts map[string]string) *Table {
	t.Helper()
	table, err := readBytes(zipOf(t, parts), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestWorkbookOfAnotherWriter(t *testing.T) {
	content := workbookOf(t, func(f *excelize.File) {
		_, _ = f.NewSheet("Assets")
		_ = f.SetCellValue("Sheet1", "A1", "Cover")
		_ = f.MergeCell("Assets", "A1", "F1")
		_ = f.SetSheetRow("Assets", "A1", &[]any{"Plant list, status"})
		_ = f.SetSheetRow("Assets", "A3", &[]any{"Tag\nNo.", "Commissioned", "Firmware", "VLAN", "Safety", "Last verified", "Serial"})
		day, _ := f.NewStyle(&excelize.Style{CustomNumFmt: ptr(`dd\.mm\.yyyy;@`)})
		code, _ := f.NewStyle(&excelize.Style{CustomNumFmt: ptr("000000")})
		_ = f.SetSheetRow("Assets", "A4", &[]any{"PLC <1> & more", 41800, 1.1 + 2.2, 110, true, time.Date(2024, 2, 29, 13, 30, 0, 0, time.UTC), 4711})
		_ = f.SetCellStyle("Assets", "B4", "B4", day)
		_ = f.SetCellStyle("Assets", "G4", "G4", code)
		_ = f.SetCellStr("Assets", "A6", "=SUM(A1)")
		_ = f.SetCellFormula("Assets", "C6", "1+1")
	})
	table, err := readBytes(content, Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if table.Name != "Assets" || table.HeaderLine != 3 || table.Header[0] != "Tag\nNo." || table.Rows[1].Line != 6 {
		t.Errorf("sheet %s, header in row %d: %q", table.Name, table.HeaderLine, table.Header)
	}
	wantRows(t, table,
		[]string{"PLC <1> & more", "2014-06-10", "3.3", "110", "TRUE", "2024-02-29T13:30:00", "004711"},
		[]string{"=SUM(A1)", "", "=1+1"})
}

func ptr[T any](v T) *T { return &v }

func TestCells(t *testing.T) {
	const shared = `<si><t>plain</t></si><si><r><t>rich </t></r><r><t xml:space="preserve">text</t></r><rPh sb="0" eb="1"><t>said</t></rPh></si><si><t>'=x_x000D_</t></si>`
	for cell, want := range map[string]string{
		`<c r="B2" t="s"><v>0</v></c>`:                                "plain",
		`<c r="B2" t="s"><v>1</v></c>`:                                "rich text",
		`<c r="B2" t="s"><v>2</v></c>`:                                "=x\r",
		`<c r="B2"><f>SUM(A1:A9)</f><v>45.30000000000001</v></c>`:     "45.3",
		`<c r="B2" t="str"><f>"a"&amp;"b"</f><v>ab</v></c>`:           "ab",
		`<c r="B2"><f>NOW()</f></c>`:                                  "=NOW()",
		`<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>`:                "#DIV/0!",
		`<c r="B2" t="b"><v>0</v></c>`:                                "FALSE",
		`<c r="B2" t="d"><v>2024-02-29T00:00:00</v></c>`:              "2024-02-29",
		`<c r="B2"><v>1E3</v></c>`:                                    "1000",
		`<c r="B2"><v>12345678901</v></c>`:                            "12345678901",
		`<c r="B2"><v>not a number</v></c>`:                           "not a number",
		`<c r="B2" s="99"><v>-0.5</v></c>`:                            "-0.5",
		`<c r="B2"><v>1e300</v></c>`:                                  "1e+300",
		`<c t="inlineStr"/><c t="inlineStr"><is><t>a</t></is></c>`:    "a",
		`<c r="B2" t="inlineStr"><is><t><![CDATA[<b>]]></t></is></c>`: "<b>",
	} {
		table := mustReadBook(t, handmade(`<row r="2"><c r="A2"><v>1</v></c>`+strings.TrimPrefix(cell, `<c t="inlineStr"/>`)+`</row></sheetData>`, shared, "", ""))
		if got := table.Rows[0].Cell(1); got != want || table.Name != "Only" {
			t.Errorf("%s on %s reads %q, want %q", cell, table.Name, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ format, number, want, want1904 string }{
		{"dd/mm/yyyy", "45351", "2024-02-29", "2028-03-01"},
		{"[$-407]d. mmmm yyyy", "45351.75", "2024-02-29", "2028-03-01"},
		{"yyyy-mm-dd hh:mm", "45351.75", "2024-02-29T18:00:00", "2028-03-01T18:00:00"},
		{"yyyy-mm-dd hh:mm", "45351", "2024-02-29", "2028-03-01"},
		{"hh:mm:ss", "0.5", "12:00:00", "12:00:00"},
		{"mmm yy", "1", "1900-01-01", "1904-01-02"},
		{"d.m.yy", "60", "1900-03-01", "1904-03-01"},
		{"d.m.yy", "61", "1900-03-01", "1904-03-02"},
		{"d.m.yy", "-1", "-1", "-1"},
		{"d.m.yy", "2958466", "2958466", "2958466"},
		{"General", "45351", "45351", "45351"},
		{`0.00" days"`, "45351.5", "45351.5", "45351.5"},
		{`#,##0 [Red]`, "45351", "45351", "45351"},
		{"[h]:mm", "1.5", "36:00:00", "36:00:00"},
		{"00000", "42", "00042", "00042"},
		{`\d0`, "42", "42", "42"},
	} {
		styles := `<numFmts><numFmt numFmtId="200" formatCode="` + strings.ReplaceAll(c.format, `"`, "&quot;") + `"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="200"/></cellXfs>`
		cells := `<row r="2"><c r="A2" s="1"><v>` + c.number + `</v></c></row></sheetData>`
		if got := mustReadBook(t, handmade(cells, "", styles, "")).Rows[0].Cell(0); got != c.want {
			t.Errorf("%s as %s reads %q, want %q", c.number, c.format, got, c.want)
		}
		if got := mustReadBook(t, handmade(cells, "", styles, `<workbookPr date1904="1"/>`)).Rows[0].Cell(0); got != c.want1904 {
			t.Errorf("%s as %s since 1904 reads %q, want %q", c.number, c.format, got, c.want1904)
		}
	}
}

func TestMergedDownwards(t *testing.T) {
	table := mustReadBook(t, handmade(row("A", "", "shared")+row("B")+row("C", "1", "own")+row("D")+
		`</sheetData><mergeCells><mergeCell ref="C2:C4"/><mergeCell ref="A1:C1"/><mergeCell ref="A9:A12"/><mergeCell ref="x"/></mergeCells>`, "", "", ""))
	wantRows(t, table, []string{"A", "", "shared"}, []string{"B", "", "shared"}, []string{"C", "1", "own"}, []string{"D"})
}

func TestDamagedWorkbooks(t *testing.T) {
	whole := zipOf(t, handmade(row("A", "1")+"</sheetData>", "", "", ""))
	for name, content := range map[string][]byte{
		"cut off":       whole[:len(whole)/2],
		"no XML":        zipOf(t, handmade("</sheetData", "", "", "")),
		"no text":       zipOf(t, handmade(`<row><c t="s"><v>7</v></c></row></sheetData>`, "", "", "")),
		"row zero":      zipOf(t, handmade(`<row r="0"/></sheetData>`, "", "", "")),
		"row too far":   zipOf(t, handmade(`<row r="1048577"/></sheetData>`, "", "", "")),
		"cell name":     zipOf(t, handmade(`<row><c r="ZZZZ1"/></row></sheetData>`, "", "", "")),
		"own entity":    zipOf(t, handmade(`<row><c><v>&lol;</v></c></row></sheetData>`, "", "", "")),
		"visible sheet": zipOf(t, map[string]string{"xl/workbook.xml": `<workbook><sheet name="a" state="hidden"/></workbook>`}),
	} {
		t.Run(name, func(t *testing.T) { refused(t, content, Limits{}, ErrNotTable, "") })
	}
	for i := range whole {
		broken := append([]byte(nil), whole...)
		broken[i] ^= 0x55
		_, _ = readBytes(broken, Limits{}) // must not panic, whatever it finds
	}
}

func TestWorkbookLimits(t *testing.T) {
	sheet := row("A", "1") + row("B", "2") + `<row><c r="H4"><v>1</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A4"/></mergeCells>`
	content := zipOf(t, handmade(sheet, "<si><t>0123456789</t></si><si><t>0</t></si>", "", ""))
	for name, c := range map[string]struct {
		lim  Limits
		says string
	}{
		"columns": {Limits{Columns: 7}, "column 8"},
		"cells":   {Limits{Cells: 14}, "14 cells"},
		"cell":    {Limits{Cell: 9}, "9 bytes"},
		"rows":    {Limits{Rows: 3}, "3 rows"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, content, c.lim, ErrTooLarge, c.says) })
	}
	if _, err := readBytes(content, Limits{Cells: 15, Columns: 8, Cell: 10, Rows: 4}); err != nil {
		t.Error(err)
	}
}
