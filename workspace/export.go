package workspace

import (
	"context"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/sheet"
)

// Exported says what an export wrote.
type Exported struct {
	File string `json:"file"`
	Rows int    `json:"rows"`
}

// logHeader are the columns of an exported audit trail.
var logHeader = []string{
	"recorded_at", "received_at", "observed_at", "member", "tag", "type", "field", "before", "after", "reason", "source",
	"device", "epoch", "seq", "position", "hash", "stream", "state",
}

// ExportLog writes the audit trail as a table; the name's ending says CSV or XLSX.
func (w *Workspace) ExportLog(ctx context.Context, path string, q LogQuery) (Exported, error) {
	if err := w.verified(ctx, "an export"); err != nil {
		return Exported{}, err
	}
	return w.export(ctx, path, logHeader, func(yield func([]string) bool) error {
		return w.Log(ctx, q, func(row projections.LogRow) error {
			if !yield(logCells(row)) {
				return errStopped
			}
			return nil
		})
	})
}

func logCells(r projections.LogRow) []string {
	return []string{
		text(r.RecordedAt), text(r.ReceivedAt), text(r.ObservedAt), r.Member, text(r.Tag), r.Type, text(r.Field), plain(r.Before), plain(r.After),
		text(r.Reason), r.Source, r.Device, r.Epoch, fmt.Sprint(r.Seq), fmt.Sprint(r.Position), r.Hash, text(r.Stream), r.State,
	}
}

// ExportAssets writes all assets as a table that an import takes again. It
// walks the list twice, for the columns and for the rows, and so needs the
// memory of one asset.
func (w *Workspace) ExportAssets(ctx context.Context, path string) (done Exported, err error) {
	if err := w.verified(ctx, "an export"); err != nil {
		return Exported{}, err
	}
	err = w.store.View(ctx, func(tx *eventstore.Tx) error {
		own := map[string]bool{}
		total, err := w.models.EachAsset(ctx, tx, projections.Query{}, func(a projections.Asset) error {
			for key := range a.Snapshot.Values {
				if name, ok := strings.CutPrefix(key, "custom/"); ok {
					own["custom."+name] = true
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		columns, header := assetColumns(own)
		done, err = w.export(ctx, path, header, func(yield func([]string) bool) error {
			n := int64(0)
			_, err := w.models.EachAsset(ctx, tx, projections.Query{}, func(a projections.Asset) error {
				w.cfg.report(ctx, "exporting", n, int64(total))
				n++
				if !yield(assetCells(a.Snapshot, columns)) {
					return errStopped
				}
				return nil
			})
			return err
		})
		return err
	})
	return done, err
}

func assetCells(s record.Snapshot, columns []record.Field) []string {
	cells := append(make([]string, 0, len(columns)+1), s.ID.String())
	for _, f := range columns {
		cells = append(cells, record.Show(s, f))
	}
	return cells
}

// assetColumns are the fields of an exported list, in the order of forms: all
// that assets have, then the given custom ones. The first column of the header
// is the id.
func assetColumns(own map[string]bool) ([]record.Field, []string) {
	columns := record.Fields(record.Asset)
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if f, ok := record.CustomField(name); ok {
			columns = append(columns, f)
		}
	}
	header := []string{"id"}
	for _, f := range columns {
		header = append(header, f.Name)
	}
	return columns, header
}

// errStopped ends a walk whose taker has failed and says why itself.
var errStopped = fmt.Errorf("writing the table stopped")

func (w *Workspace) export(ctx context.Context, path string, header []string, rows func(yield func([]string) bool) error) (Exported, error) {
	format, err := sheet.FormatOf(path)
	if err != nil {
		return Exported{}, &record.UsageError{Message: err.Error()}
	}
	done := Exported{File: path}
	var walkErr error
	err = whole(path, func(f *os.File) error {
		return sheet.Write(ctx, f, format, header, func(yield func([]string) bool) {
			walkErr = rows(func(cells []string) bool {
				done.Rows++
				return yield(cells)
			})
		})
	})
	if err == nil {
		err = walkErr
	}
	if err != nil {
		return Exported{}, fmt.Errorf("exporting to %s: %w", path, err)
	}
	return done, nil
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func plain(v any) string {
	if v == nil {
		return ""
	}
	return fmt.Sprint(v)
}
