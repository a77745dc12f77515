package sheet

import (
	"bufio"
	"context"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// Format is a kind of table file that is written.
type Format uint8

// The formats. CSV is UTF-8 with a byte order mark, by which Excel knows it is not cp1252, with commas and CRLF (RFC 4180).
// XLSX has one sheet in which every cell is text, so that a serial number keeps its zeros and a date its form.
const (
	CSV Format = iota + 1
	XLSX
)

// FormatOf tells the format from a file's name.
func FormatOf(path string) (Format, error) {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		return CSV, nil
	case ".xlsx":
		return XLSX, nil
	}
	return 0, refuse(ErrFormat, 0, "the name must end in .csv or .xlsx, which tells what to write")
}

// Write writes a table to w as it comes, in constant memory. Every cell is neutralised: an apostrophe goes before what a
// spreadsheet program could run as a formula, at the beginning of a cell and after a separator in it; negative numbers stay
// as they are. Read takes these apostrophes away, so that it gives back every cell as it was handed in (rows without any
// text, and empty cells at the end of a row, are not told apart from none).
func Write(ctx context.Context, w io.Writer, format Format, header []string, rows func(yield func([]string) bool)) error {
	out := bufio.NewWriterSize(w, chunkSize)
	var err error
	switch format {
	case CSV:
		err = writeCSV(ctx, out, header, rows)
	case XLSX:
		err = writeXLSX(ctx, out, header, rows)
	default:
		err = refuse(ErrFormat, 0, "there is no such format")
	}
	if err != nil {
		return err
	}
	return out.Flush()
}

// all hands the header and each row to line, and stops at the first error.
func all(ctx context.Context, header []string, rows func(yield func([]string) bool), line func(n int, cells []string) error) error {
	if err := line(1, header); err != nil {
		return err
	}
	n := 1
	var err error
	rows(func(cells []string) bool {
		n++
		if err = ctx.Err(); err == nil {
			err = line(n, cells)
		}
		return err == nil
	})
	return err
}

func writeCSV(ctx context.Context, out *bufio.Writer, header []string, rows func(yield func([]string) bool)) error {
	if _, err := out.WriteString("\uFEFF"); err != nil {
		return err
	}
	return all(ctx, header, rows, func(n int, cells []string) error {
		if len(cells) > widest {
			return tooWide(n)
		}
		for i, cell := range cells {
			if i > 0 {
				_ = out.WriteByte(',')
			}
			_, _ = out.WriteString(quote(neutral(valid(cell))))
		}
		_, err := out.WriteString("\r\n") // a bufio.Writer keeps its first error
		return err
	})
}

// quote puts a cell in quotes where a program could split it otherwise, whatever delimiter it expects.
func quote(cell string) string {
	if !strings.ContainsAny(cell, separators+`"`) && strings.TrimSpace(cell) == cell {
		return cell
	}
	return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
}

func valid(cell string) string {
	if utf8.ValidString(cell) {
		return cell
	}
	return strings.ToValidUTF8(cell, "\uFFFD")
}

func tooWide(line int) error {
	return refuse(ErrTooLarge, line, "the row has more than the {0} cells that a spreadsheet can have", widest)
}
