package workspace

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"fieldbook/record"
	"fieldbook/sheet"
)

// WriteFile writes a file beside its place and moves it there when it is complete
// and on the disk, so that nobody finds half of one.
func WriteFile(path string, write func(io.Writer) error) error {
	return whole(path, func(f *os.File) error { return write(f) })
}

// table is a table on its way out.
type table struct {
	ctx    context.Context
	out    io.Writer
	format sheet.Format
	rows   int
}

// errStopped ends a walk whose taker has failed and says why itself.
var errStopped = fmt.Errorf("writing the table stopped")

// write writes the rows that walk hands to row.
func (t *table) write(header []string, walk func(row func([]string) error) error) (err error) {
	var walked error
	err = sheet.Write(t.ctx, t.out, t.format, header, func(yield func([]string) bool) {
		walked = walk(func(cells []string) error {
			if t.rows++; !yield(cells) {
				return errStopped
			}
			return nil
		})
	})
	if err == nil {
		err = walked
	}
	return err
}

// misnamed makes of a file's name that tells no format what any other word is that is not understood.
func misnamed(err error) error {
	var e *sheet.Error
	if errors.As(err, &e) {
		return &record.UsageError{Said: e.Said}
	}
	return err
}

// exportFile writes a table into a file, whose name's ending says which kind.
func (w *Workspace) exportFile(ctx context.Context, path string, write func(*table) error) (done Exported, err error) {
	format, err := sheet.FormatOf(path)
	if err != nil {
		return Exported{}, misnamed(err)
	}
	err = whole(path, func(f *os.File) error {
		done, err = w.exportTo(ctx, &table{ctx: ctx, out: f, format: format}, write)
		return err
	})
	if err != nil {
		return Exported{}, fmt.Errorf("exporting to %s: %w", path, err)
	}
	done.File = path
	return done, nil
}

// exportTo writes a table. What this laptop shows must be whole: an export lasts.
func (w *Workspace) exportTo(ctx context.Context, t *table, write func(*table) error) (Exported, error) {
	if err := w.verified(ctx, "an export"); err != nil {
		return Exported{}, err
	}
	if err := write(t); err != nil {
		return Exported{}, err
	}
	return Exported{Rows: t.rows}, nil
}
