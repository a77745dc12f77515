package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

const inventory = "../testdata/inventory/"

func mustRead(t *testing.T, path string, known ...string) *Table {
	t.Helper()
	table, err := Read(context.Background(), path, Limits{}, known...)
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// readBytes reads a table that exists in memory only.
func readBytes(content []byte, lim Limits) (*Table, error) {
	return decode(context.Background(), "list", bytes.NewReader(content), int64(len(content)), lim.withDefaults(), nil)
}

func mustReadText(t *testing.T, text string) *Table {
	t.Helper()
	table, err := readBytes([]byte(text), Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

// refused checks that the content is refused for a reason, in a sentence that says something of use.
func refused(t *testing.T, content []byte, lim Limits, kind error, says string) {
	t.Helper()
	_, err := readBytes(content, lim)
	var own *Error
	if !errors.Is(err, kind) || !errors.As(err, &own) {
		t.Fatalf("got %v, want %v", err, kind)
	}
	if !strings.Contains(err.Error(), says) {
		t.Errorf("the message %q does not say %q", err, says)
	}
}

func rowsOf(table *Table) [][]string {
	var rows [][]string
	for _, row := range table.Rows {
		rows = append(rows, row.Cells)
	}
	return rows
}

func wantRows(t *testing.T, table *Table, want ...[]string) {
	t.Helper()
	if !slices.EqualFunc(rowsOf(table), want, slices.Equal) {
		t.Errorf("rows %q, want %q", rowsOf(table), want)
	}
}

// workbookOf lets excelize write a workbook, as a writer that is not ours.
func workbookOf(t *testing.T, build func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	build(f)
	var out bytes.Buffer
	if err := f.Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// zipOf makes an archive of the parts.
func zipOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range parts {
		part, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// deflated packs n repetitions of a text.
func deflated(t *testing.T, text string, n int) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := flate.NewWriter(&out, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	block := []byte(strings.Repeat(text, 1024))
	for range n / 1024 {
		_, _ = w.Write(block)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func mustFile(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
