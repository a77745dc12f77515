package sheet

import (
	"encoding/binary"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

func sixteen(text string, order binary.AppendByteOrder) string {
	var out []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		out = order.AppendUint16(out, unit)
	}
	return string(out)
}

func TestEncodings(t *testing.T) {
	const text = "tag;serial;remarks\r\nPLC-1;S 1;Größe 24 °C – \"ok\"\r\n"
	ansi, err := charmap.Windows1252.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ content, encoding string }{
		"UTF-8":              {text, "UTF-8"},
		"UTF-8 with mark":    {"\uFEFF" + text, "UTF-8"},
		"cp1252":             {ansi, "cp1252"},
		"UTF-16LE with mark": {"\xFF\xFE" + sixteen(text, binary.LittleEndian), "UTF-16LE"},
		"UTF-16BE with mark": {"\xFE\xFF" + sixteen(text, binary.BigEndian), "UTF-16BE"},
		"UTF-16LE":           {sixteen(text, binary.LittleEndian), "UTF-16LE"},
		"UTF-16BE":           {sixteen(text, binary.BigEndian), "UTF-16BE"},
	} {
		t.Run(name, func(t *testing.T) {
			table := mustReadText(t, c.content)
			if table.Encoding != c.encoding || table.Header[0] != "tag" {
				t.Errorf("%s with header %q", table.Encoding, table.Header)
			}
			wantRows(t, table, []string{"PLC-1", "S 1", `Größe 24 °C – "ok"`})
		})
	}
}

func TestEncodingIsToldByTheLastLine(t *testing.T) {
	for _, pad := range []int{0, 1, chunkSize - 40, chunkSize - 12, chunkSize - 11, chunkSize - 10, 3 * chunkSize} {
		filler := strings.Repeat("PLC,1\n", pad/6) + strings.Repeat(" ", pad%6)
		if table := mustReadText(t, "tag,serial\n"+filler+"X,ü"); table.Encoding != "UTF-8" || table.Rows[len(table.Rows)-1].Cell(1) != "ü" {
			t.Errorf("after %d bytes: %s", pad, table.Encoding)
		}
		if table := mustReadText(t, "tag,serial\n"+filler+"X,\xFC"); table.Encoding != "cp1252" || table.Rows[len(table.Rows)-1].Cell(1) != "ü" {
			t.Errorf("after %d bytes: %s", pad, table.Encoding)
		}
	}
}

func TestBrokenEncodings(t *testing.T) {
	for name, c := range map[string]struct{ content, says string }{
		"two encodings":       {"tag,serial\nPLC,ü\nPLC,öä\nPLC,\xFC\n", "line 4"},
		"marked but not":      {"\uFEFFtag,serial\nPLC,\xFC\n", "line 2"},
		"neither":             {"tag,serial\nPLC,\x81\n", "line 2"},
		"half a unit":         {"\xFF\xFEt\x00a\x00g", "cut off"},
		"half a pair":         {"\xFF\xFEt\x00\x3D\xD8", "cut off"},
		"second half alone":   {"\xFE\xFF\x00t\xDC\x00\x00g", "UTF-16"},
		"random after a mark": {"\xFF\xFE\x12\xD8\x13\xD8\x14\xDD", "UTF-16"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, []byte(c.content), Limits{}, ErrEncoding, c.says) })
	}
}

func TestDelimiters(t *testing.T) {
	for _, delimiter := range []string{",", ";", "\t"} {
		text := strings.ReplaceAll("List of assets; rev, 3\ntag|ip|remarks\nA|10.0.0.1|\"a,b;c\td\"\nB|10.0.0.2|x\n", "|", delimiter)
		table := mustReadText(t, text)
		if table.Delimiter != delimiter || table.HeaderLine != 2 {
			t.Errorf("%q instead of %q, header in line %d", table.Delimiter, delimiter, table.HeaderLine)
		}
		wantRows(t, table, []string{"A", "10.0.0.1", "a,b;c\td"}, []string{"B", "10.0.0.2", "x"})
	}
}

func TestRecords(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		want    [][]string
	}{
		"quotes":           {"A,\"x \"\"y\"\" z\"\n", [][]string{{"A", `x "y" z`}}},
		"lines in a cell":  {"A,\"x\r\ny\nz\"\r\nB,1\r\n", [][]string{{"A", "x\r\ny\nz"}, {"B", "1"}}},
		"inch":             {"A,19\" rack\nB,\"19\" rack\"\n", [][]string{{"A", `19" rack`}, {"B", `19" rack`}}},
		"blanks behind":    {"\"A\" ,\"B\"\n", [][]string{{"A", "B"}}},
		"ragged":           {"A\nB,1,2,3\n", [][]string{{"A"}, {"B", "1", "2", "3"}}},
		"empty rows":       {"\n,,\n \t,\nA,1\n\n", [][]string{{"A", "1"}}},
		"old Macintosh":    {"A,1\rB,2", [][]string{{"A", "1"}, {"B", "2"}}},
		"no last line end": {"A,1\nB,", [][]string{{"A", "1"}, {"B"}}},
		"blanks are kept":  {"A, 1 \n", [][]string{{"A", " 1 "}}},
	} {
		t.Run(name, func(t *testing.T) { wantRows(t, mustReadText(t, "tag,serial\n"+c.content), c.want...) })
	}
}

func TestLinesAreThoseOfTheFile(t *testing.T) {
	table := mustReadText(t, "title\r\n\r\n\"tag\",\"two\r\nlines\",serial\r\nA,\"x\ny\rz\",1\r\n\r\nB,2,3\r\n")
	if table.HeaderLine != 3 || table.Rows[0].Line != 5 || table.Rows[1].Line != 9 {
		t.Errorf("header in line %d, rows %+v", table.HeaderLine, table.Rows)
	}
}

func TestHeaderIsAsWideAsTheWidestRow(t *testing.T) {
	table := mustReadText(t, "tag,serial\nA,1,,lost?\n")
	if len(table.Header) != 4 || table.Header[3] != "" || table.Rows[0].Cell(3) != "lost?" || table.Rows[0].Cell(9) != "" || table.Rows[0].Cell(-1) != "" {
		t.Errorf("%q over %q", table.Header, table.Rows[0].Cells)
	}
}

func TestHeaderIsTheRowWithMostNames(t *testing.T) {
	table := mustReadText(t, "Site,Ravensmere\nZone,all\nTag No.,Serial,IP\nStatus,Firmware,x\n")
	if table.HeaderLine != 3 || len(table.Rows) != 1 {
		t.Errorf("header in line %d", table.HeaderLine)
	}
	refused(t, []byte(strings.Repeat("x,y\n", headerWithin)+"tag,serial\nA,1\n"), Limits{}, ErrNoHeader, "30 rows")
}

func TestKnownHeadersCount(t *testing.T) {
	path := mustFile(t, "list.csv", []byte("Liste\nKennung;Lfd. Nr.\nA;1\n"))
	if table := mustRead(t, path, "KENNUNG", "lfd nr"); table.HeaderLine != 2 || table.Delimiter != ";" {
		t.Errorf("header in line %d, delimiter %q", table.HeaderLine, table.Delimiter)
	}
}

func TestLimits(t *testing.T) {
	const head = "tag,serial\n"
	for name, c := range map[string]struct {
		content string
		lim     Limits
		kind    error
		says    string
	}{
		"bytes":       {head + "A,1\n", Limits{Bytes: 12}, ErrTooLarge, "12 bytes"},
		"rows":        {head + strings.Repeat("A,1\n", 50), Limits{Rows: 40}, ErrTooLarge, "40 rows"},
		"columns":     {head + "A,1,2,3\n", Limits{Columns: 3}, ErrTooLarge, "line 2"},
		"cells":       {head + "A,1\nB,1\n", Limits{Cells: 5}, ErrTooLarge, "5 cells"},
		"cell":        {head + "A,12345678901\n", Limits{Cell: 10}, ErrTooLarge, "line 2"},
		"quoted cell": {head + "A,\"1\n2\n3456789012\"\n", Limits{Cell: 10}, ErrTooLarge, "line 2"},
		"open quote":  {head + "A,\"1\nB,2\n", Limits{}, ErrNotTable, "line 2"},
		"delimiters":  {head + strings.Repeat(",", widest), Limits{}, ErrTooLarge, "line 2"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, []byte(c.content), c.lim, c.kind, c.says) })
	}
	if table := mustReadText(t, head+"A,1"+strings.Repeat(",", 1000)); len(table.Header) != 2 {
		t.Errorf("empty columns at the end count: %d", len(table.Header))
	}
}
