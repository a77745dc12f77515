package sheet

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Limits bounds what reading one file may take. Zero members take their defaults.
type Limits struct {
	Bytes    int64 // size of the file, and of all text kept from it; 64 MiB
	Unpacked int64 // what an XLSX may unpack to; 512 MiB
	Rows     int   // rows with content below the header; 200,000
	Columns  int   // 512
	Cells    int   // cells of all rows together, empty ones between others included; 5,000,000, that is 80 MB
	Cell     int   // bytes of one cell; 32 KiB
}

func (l Limits) withDefaults() Limits {
	set(&l.Bytes, 64<<20)
	set(&l.Unpacked, 512<<20)
	set(&l.Rows, 200_000)
	set(&l.Columns, 512)
	set(&l.Cells, 5_000_000)
	set(&l.Cell, 32<<10)
	return l
}

func set[T int | int64](limit *T, standard T) {
	if *limit <= 0 {
		*limit = standard
	}
}

// Table is what a file holds: one header and the rows below it. Rows without content are left out.
type Table struct {
	Name       string   // sheet of an XLSX, or the file's name
	Encoding   string   // "UTF-8", "UTF-16LE", "UTF-16BE" or "cp1252"; of an XLSX "UTF-8"
	Delimiter  string   // of a CSV: ",", ";" or a tab; of an XLSX empty
	HeaderLine int      // line (XLSX: row) of the header, from 1
	Header     []string // as wide as the widest row: columns without a name are ""
	Rows       []Row
}

// Row is one row below the header. It may be shorter than the header: empty cells at its end are left out.
type Row struct {
	Line    int // line (XLSX: row) where it begins, from 1
	Cells   []string
	Summary bool // looks like the sheet's own arithmetic ("TOTAL; 95") and not like a thing in the list
}

// Cell gives one cell, and "" beyond the end of the row.
func (r Row) Cell(column int) string {
	if column < 0 || column >= len(r.Cells) {
		return ""
	}
	return r.Cells[column]
}

// Read reads the CSV or XLSX file at path; the content decides which it is, not the name. Known names headers that count
// as recognised although record does not know them, such as those of a mapping file.
func Read(ctx context.Context, path string, lim Limits, known ...string) (*Table, error) {
	lim = lim.withDefaults()
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("read table: %w", err)
	}
	if !info.Mode().IsRegular() {
		return nil, refuse(ErrNotTable, 0, "this is not a file; name a CSV or XLSX file")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read table: %w", err)
	}
	defer file.Close()
	return decode(ctx, filepath.Base(path), file, info.Size(), lim, known)
}

// ReadFrom is Read for a file that is not on a disk: size bytes of it, under a name.
func ReadFrom(ctx context.Context, name string, file io.ReaderAt, size int64, lim Limits, known ...string) (*Table, error) {
	return decode(ctx, filepath.Base(name), file, size, lim.withDefaults(), known)
}

// decode reads a table of size bytes. Bytes that the file grows by meanwhile are not seen.
func decode(ctx context.Context, name string, file io.ReaderAt, size int64, lim Limits, known []string) (*Table, error) {
	if size > lim.Bytes {
		return nil, refuse(ErrTooLarge, 0, "the file has {0}, more than the {1} that are read; split the list", mebibytes(size), mebibytes(lim.Bytes))
	}
	src := io.NewSectionReader(file, 0, size)
	head := make([]byte, min(size, 512))
	if _, err := io.ReadFull(src, head); err != nil {
		return nil, fmt.Errorf("read table: %w", err)
	}
	if err := foreign(head); err != nil {
		return nil, err
	}
	if isArchive(head) {
		return readXLSX(ctx, src, lim, newNames(known))
	}
	return readCSV(ctx, name, src, lim, newNames(known))
}

func mebibytes(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d bytes", n)
	}
	return fmt.Sprintf("%d MiB", n>>20)
}
