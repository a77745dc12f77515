package sheet

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"
)

func written(t interface{ Fatal(...any) }, format Format, header []string, rows ...[]string) []byte {
	var out bytes.Buffer
	if err := Write(context.Background(), &out, format, header, slices.Values(rows)); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// cell draws texts of the letters that writing and reading have to care for.
func cell() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringOfN(rapid.RuneFrom([]rune("=+-@'\t\r\n,;\"_x0041 aÄ＝－5.&<>\u0001\u0000\uFFFF\uFEFF😀")), 0, 12, -1),
		rapid.SampledFrom([]string{"=SUM(A1)", "'=1", "''-x", "-5", "-5.25", "+49 151", "@a", "a;=1+1;b", "x\n-y", "_x000D_", "'", "\tx", "1,-5", "it's"}),
		rapid.String(),
	)
}

func TestWhatWasWrittenReadsTheSame(t *testing.T) {
	header := []string{"tag", "serial", "=custom, 'of' \"us\"", "ip_address"}
	for _, format := range []Format{CSV, XLSX} {
		rapid.Check(t, func(t *rapid.T) {
			rows := rapid.SliceOfN(rapid.SliceOfN(cell(), len(header), len(header)), 0, 6).Draw(t, "rows")
			rows = slices.DeleteFunc(rows, func(row []string) bool { return strings.TrimSpace(strings.Join(row, "")) == "" })
			table, err := readBytes(written(t, format, header, rows...), Limits{})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(table.Header, header) || len(table.Rows) != len(rows) {
				t.Fatalf("header %q over %d rows instead of %d", table.Header, len(table.Rows), len(rows))
			}
			for i, row := range rows {
				for j := range header {
					if got := table.Rows[i].Cell(j); got != row[j] {
						t.Fatalf("format %d: %q came back as %q", format, row[j], got)
					}
				}
			}
		})
	}
}

func TestNeutralIsUndoneByPlainAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := cell().Draw(t, "cell")
		safe := neutral(text)
		if plain(safe) != text {
			t.Fatalf("%q became %q, and that %q", text, safe, plain(safe))
		}
		for _, piece := range strings.FieldsFunc(safe, func(r rune) bool { return strings.ContainsRune(separators, r) }) {
			if r, _ := utf8.DecodeRuneInString(piece); strings.ContainsRune(starters, r) && !negative(piece) {
				t.Fatalf("%q leaves %q to be run", text, piece)
			}
		}
		if safe != "" && strings.Contains(blanks, safe[:1]) {
			t.Fatalf("%q begins with a blank", safe)
		}
	})
}

func TestNeutral(t *testing.T) {
	for text, want := range map[string]string{
		"=SUM(A1)":            "'=SUM(A1)",
		"+49 151 1":           "'+49 151 1",
		"-5":                  "-5",
		"-5.25":               "-5.25",
		"-":                   "'-",
		"-cmd|' /C calc'!A0":  "'-cmd|' /C calc'!A0",
		"-5.2.1":              "'-5.2.1",
		"@SUM(1)":             "'@SUM(1)",
		"\t=1":                "'\t'=1",
		"\r=1":                "'\r'=1",
		"＝1":                  "'＝1",
		"'=1":                 "''=1",
		"it's":                "it's",
		"'quoted'":            "'quoted'",
		"a;=1+1;b":            "a;'=1+1;b",
		"S7-300 CPU 315-2 PN": "S7-300 CPU 315-2 PN",
		"10.0.0.1":            "10.0.0.1",
	} {
		if got := neutral(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestCSVAsExcelWantsIt(t *testing.T) {
	got := string(written(t, CSV, []string{"tag", "remarks"}, []string{"A", "a;b\n\"c\" Ü"}, []string{"B", " x"}, []string{"C"}))
	if want := "\uFEFFtag,remarks\r\nA,\"a;b\n\"\"c\"\" Ü\"\r\nB,\" x\"\r\nC\r\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestXLSXOpensElsewhere(t *testing.T) {
	content := written(t, XLSX, []string{"tag", "serial"}, []string{"=1+1", "0042"}, []string{"<&> \"Ü\"\n2", "", "45351"})
	f, err := excelize.OpenReader(bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("List")
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{{"tag", "serial"}, {"'=1+1", "0042"}, {"<&> \"Ü\"\n2", "", "45351"}}
	if !slices.EqualFunc(rows, want, slices.Equal) {
		t.Errorf("got %q", rows)
	}
	if formula, err := f.GetCellFormula("List", "A2"); formula != "" || err != nil {
		t.Errorf("a formula %q (%v)", formula, err)
	}
	if panes, err := f.GetPanes("List"); err != nil || !panes.Freeze && panes.YSplit != 1 {
		t.Errorf("the header is not frozen: %+v (%v)", panes, err)
	}
}

func TestColumnLetters(t *testing.T) {
	for column, want := range map[int]string{0: "A", 25: "Z", 26: "AA", 701: "ZZ", 702: "AAA", widest - 1: "XFD"} {
		if got := letters(column); got != want {
			t.Errorf("column %d is %s, want %s", column, got, want)
		}
		if back, row, ok := reference(want + "7"); !ok || back != column || row != 7 {
			t.Errorf("%s7 is column %d, row %d", want, back, row)
		}
	}
}

func TestWhatCannotBeWritten(t *testing.T) {
	wide := make([]string, widest+1)
	long := strings.Repeat("ü", maxCellUnits+1)
	for name, c := range map[string]struct {
		format Format
		row    []string
		kind   error
	}{
		"no format":  {0, nil, ErrFormat},
		"wide CSV":   {CSV, wide, ErrTooLarge},
		"wide XLSX":  {XLSX, wide, ErrTooLarge},
		"long cell":  {XLSX, []string{long}, ErrTooLarge},
		"just fits":  {XLSX, []string{long[2:]}, nil},
		"no UTF-8":   {XLSX, []string{"\xFF"}, nil},
		"CSV has no": {CSV, []string{long}, nil},
	} {
		if err := Write(context.Background(), io.Discard, c.format, []string{"tag"}, slices.Values([][]string{c.row})); !errors.Is(err, c.kind) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if f, err := FormatOf("a/list.XLSX"); f != XLSX || err != nil {
		t.Error(f, err)
	}
	if f, err := FormatOf("list.csv"); f != CSV || err != nil {
		t.Error(f, err)
	}
	if _, err := FormatOf("list.xls"); !errors.Is(err, ErrFormat) {
		t.Error(err)
	}
}

// full is a disk that takes so many bytes.
type full struct{ left int }

var errFull = errors.New("disk full")

func (f *full) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestFailingWriterAndCancelStop(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	for _, format := range []Format{CSV, XLSX} {
		asked := 0
		endless := func(yield func([]string) bool) {
			for yield([]string{fmt.Sprint(asked), strings.Repeat(fmt.Sprint(asked), 20)}) {
				asked++
			}
		}
		for _, left := range []int{0, 1 << 17} {
			if err := Write(ctx, &full{left}, format, []string{"tag"}, endless); !errors.Is(err, errFull) {
				t.Errorf("format %d: got %v", format, err)
			}
		}
	}
	cancel()
	for _, format := range []Format{CSV, XLSX} {
		if err := Write(ctx, io.Discard, format, []string{"tag"}, slices.Values([][]string{{"A"}})); !errors.Is(err, context.Canceled) {
			t.Errorf("format %d: got %v", format, err)
		}
	}
}

func TestLargeListAsXLSX(t *testing.T) {
	list, err := readBytes([]byte(plant(20_000)), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	path := mustFile(t, "list.xlsx", written(t, XLSX, list.Header, rowsOf(list)...))
	if out := inChild(t, path); !strings.HasPrefix(out, "read 20000") {
		t.Errorf("got %s", out)
	}
}
