package sheet

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func TestInventoryCSVAndXLSXAreOneList(t *testing.T) {
	list, book := mustRead(t, inventory+"assets.csv"), mustRead(t, inventory+"assets.xlsx")
	if list.HeaderLine != 1 || book.HeaderLine != 2 || book.Name != "Assets" || len(list.Rows) != 199 {
		t.Fatalf("headers in %d and %d of %q, %d rows", list.HeaderLine, book.HeaderLine, book.Name, len(list.Rows))
	}
	if !slices.Equal(list.Header, book.Header) {
		t.Errorf("headers %q and %q", list.Header, book.Header)
	}
	if !slices.EqualFunc(rowsOf(list), rowsOf(book), slices.Equal) {
		t.Error("the rows of the workbook are not those of the CSV")
	}
}

func TestMessyList(t *testing.T) {
	list := mustRead(t, inventory+"assets_messy_cp1252_semicolon.csv")
	if list.Encoding != "cp1252" || list.Delimiter != ";" || list.HeaderLine != 3 || list.Header[3] != "Type / Order-No" {
		t.Fatalf("%s, %q, header in line %d: %q", list.Encoding, list.Delimiter, list.HeaderLine, list.Header)
	}
	const remarks = 13
	cells := map[string]string{}
	for _, row := range list.Rows {
		cells[row.Cell(0)] = row.Cell(remarks)
	}
	if got := cells["RAV PLC 006"]; got != "Größe geändert, 24 °C" {
		t.Errorf("remark %q", got)
	}
	if got := cells["rav-plc-003"]; got != "=SUM(A1)" {
		t.Errorf("formula text %q", got)
	}
	if n := len(list.Rows); n != 95 || !list.Rows[n-1].Summary || list.Rows[n-2].Summary {
		t.Errorf("%d rows, of which the last alone is a total", n)
	}
	if list.Rows[0].Line != 4 || list.Rows[94].Line != 99 {
		t.Errorf("rows in lines %d to %d", list.Rows[0].Line, list.Rows[94].Line)
	}
}

func TestNetBoxList(t *testing.T) {
	list := mustRead(t, inventory+"netbox_devices.csv")
	if list.HeaderLine != 1 || list.Header[5] != "asset_tag" || list.Rows[0].Cell(5) != "RAV-PLC-001" {
		t.Errorf("header %q, first row %q", list.Header, list.Rows[0].Cells)
	}
}

func TestWhatIsNoFile(t *testing.T) {
	if _, err := Read(context.Background(), filepath.Join(t.TempDir(), "none.csv"), Limits{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	if _, err := Read(context.Background(), t.TempDir(), Limits{}); !errors.Is(err, ErrNotTable) {
		t.Errorf("got %v", err)
	}
}

func TestHugeFileIsRefusedUnread(t *testing.T) {
	path := mustFile(t, "huge.csv", []byte("tag,site\n"))
	if err := os.Truncate(path, 1<<30); err != nil {
		t.Fatal(err)
	}
	_, err := Read(context.Background(), path, Limits{})
	if !errors.Is(err, ErrTooLarge) || !strings.Contains(err.Error(), "1024 MiB") {
		t.Errorf("got %v", err)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	for _, name := range []string{"assets.csv", "assets.xlsx"} {
		if _, err := Read(ctx, inventory+name, Limits{}); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestForeignFiles(t *testing.T) {
	for name, c := range map[string]struct {
		content string
		kind    error
		says    string
	}{
		"empty":      {"", ErrNotTable, "empty"},
		"blank":      {" \r\n\r\n", ErrNotTable, "empty"},
		"delimiters": {";;;\r\n;;;\r\n", ErrNotTable, "no text"},
		"image":      {"\x89PNG\r\n\x1a\n\x00\x00", ErrNotTable, "PNG"},
		"photo":      {"\xFF\xD8\xFF\xE0\x00\x10JFIF", ErrNotTable, "JPEG"},
		"old Excel":  {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00", ErrNotTable, ".xlsx"},
		"PDF":        {"%PDF-1.7", ErrNotTable, "PDF"},
		"web page":   {"\uFEFF <!DOCTYPE html><table>", ErrNotTable, "web page"},
		"JSON":       {`{"tag": 1}`, ErrNotTable, "JSON"},
		"zeros":      {strings.Repeat("\x00", 600), ErrNotTable, "binary"},
		"binary":     {"tag,\x01\x02\x03\x04site\x05\x06\n", ErrNotTable, "binary"},
		"prose":      {"Dear colleague,\nplease find the list attached, with thanks.\n", ErrNoHeader, "mapping file"},
		"UTF-32":     {"\xFF\xFE\x00\x00t\x00\x00\x00", ErrNotTable, "UTF-32"},
		"no XLSX":    {string(zipOf(t, map[string]string{"list.csv": "tag"})), ErrNotTable, "unpack"},
		"Word":       {string(zipOf(t, map[string]string{"word/document.xml": "<w/>"})), ErrNotTable, "Word"},
		"ODS":        {string(zipOf(t, map[string]string{"content.xml": "<o/>"})), ErrNotTable, "OpenDocument"},
	} {
		t.Run(name, func(t *testing.T) { refused(t, []byte(c.content), Limits{}, c.kind, c.says) })
	}
}
