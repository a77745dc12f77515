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
	"recorded_at", "observed_at", "member", "tag", "type", "field", "before", "after", "reason", "source",
	"device", "epoch", "seq", "position", "hash", "stream", "state",
}

// ExportLog writes the audit trail as a table; the name's ending says CSV or XLSX.
func (w *Workspace) ExportLog(ctx context.Context, path string, q LogQuery) (Exported, error) {
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
		text(r.RecordedAt), text(r.ObservedAt), r.Member, text(r.Tag), r.Type, text(r.Field), plain(r.Before), plain(r.After),
		text(r.Reason), r.Source, r.Device, r.Epoch, fmt.Sprint(r.Seq), fmt.Sprint(r.Position), r.Hash, text(r.Stream), r.State,
	}
}

// ExportAssets writes all assets as a table that an import takes again.
func (w *Workspace) ExportAssets(ctx context.Context, path string) (Exported, error) {
	var page projections.Page
	err := w.store.View(ctx, func(tx *eventstore.Tx) (err error) {
		page, err = w.models.Assets(ctx, tx, projections.Query{})
		return err
	})
	if err != nil {
		return Exported{}, err
	}
	snapshots := make([]record.Snapshot, len(page.Items))
	for i, asset := range page.Items {
		snapshots[i] = asset.Snapshot
	}
	columns, header := assetColumns(snapshots)
	return w.export(ctx, path, header, func(yield func([]string) bool) error {
		for i, s := range snapshots {
			w.cfg.report("exporting", int64(i), int64(len(snapshots)))
			cells := append(make([]string, 0, len(header)), s.ID.String())
			for _, f := range columns {
				cells = append(cells, record.Show(s, f))
			}
			if !yield(cells) {
				return errStopped
			}
		}
		return nil
	})
}

// assetColumns are the fields of an exported list, in the order of forms: all
// that assets have, and the custom ones that any of these has. The first column
// of the header is the id.
func assetColumns(assets []record.Snapshot) ([]record.Field, []string) {
	columns := record.Fields(record.Asset)
	own := map[string]bool{}
	for _, s := range assets {
		for key := range s.Values {
			if name, ok := strings.CutPrefix(key, "custom/"); ok {
				own["custom."+name] = true
			}
		}
	}
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
		return Exported{}, err
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
