package workspace

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"

	"fieldbook/record"
	"fieldbook/sheet"
)

// RefusedColumn is the title of the column in which a list of refused rows says
// why. Imports pass it over.
const RefusedColumn = "Refused because"

// Refused are the rows of a list that were refused, with the cells that they
// have there: to be mended and imported again.
type Refused struct {
	header []string
	why    int // place of the reasons
	rows   [][]string
}

func newRefused(header []string) *Refused {
	why := slices.IndexFunc(header, func(title string) bool { return record.NormName(title) == record.NormName(RefusedColumn) })
	if why < 0 {
		why, header = len(header), append(slices.Clone(header), RefusedColumn)
	}
	return &Refused{header: header, why: why}
}

func (r *Refused) add(row sheet.Row, reason string) {
	cells := make([]string, len(r.header))
	copy(cells, row.Cells)
	cells[r.why] = reason
	r.rows = append(r.rows, cells)
}

// Write writes the rows under the header of their list and says how many.
func (r *Refused) Write(ctx context.Context, out io.Writer, format sheet.Format) (int, error) {
	t := &table{ctx: ctx, out: out, format: format}
	err := t.write(r.header, func(row func([]string) error) error {
		for _, cells := range r.rows {
			if err := row(cells); err != nil {
				return err
			}
		}
		return nil
	})
	return t.rows, err
}

// WriteFile writes them into a file, whose name's ending says which kind.
func (r *Refused) WriteFile(ctx context.Context, path string) (Exported, error) {
	format, err := sheet.FormatOf(path)
	if err != nil {
		return Exported{}, misnamed(err)
	}
	done := Exported{File: path}
	err = whole(path, func(f *os.File) (err error) {
		done.Rows, err = r.Write(ctx, f, format)
		return err
	})
	if err != nil {
		return Exported{}, fmt.Errorf("writing refused rows to %s: %w", path, err)
	}
	return done, nil
}
