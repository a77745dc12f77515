package workspace

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"fieldbook/eventstore"
	"fieldbook/projections"
	"fieldbook/record"
	"fieldbook/sheet"
)

// Exported says what an export wrote.
type Exported struct {
	File string `json:"file"` // empty if it went to no file of its own
	Rows int    `json:"rows"`
}

// logHeader are the columns of an exported audit trail.
var logHeader = []string{
	"recorded_at", "received_at", "observed_at", "member", "tag", "type", "field", "before", "after", "reason", "source",
	"device", "epoch", "seq", "position", "hash", "stream", "state",
}

// ExportLog writes the audit trail as a table; the name's ending says CSV or XLSX.
func (w *Workspace) ExportLog(ctx context.Context, path string, q LogQuery) (Exported, error) {
	return w.exportFile(ctx, path, func(t *table) error {
		return t.write(logHeader, func(row func([]string) error) error {
			return w.Log(ctx, q, func(r projections.LogRow) error { return row(logCells(r)) })
		})
	})
}

// WriteTrail writes the audit trail as a table: all that fits a query, oldest
// first, beyond its page too.
func (w *Workspace) WriteTrail(ctx context.Context, out io.Writer, format sheet.Format, q TrailQuery) (Exported, error) {
	q.Oldest = true
	return w.exportTo(ctx, &table{ctx: ctx, out: out, format: format}, func(t *table) error {
		return t.write(logHeader, func(row func([]string) error) error {
			return w.store.View(ctx, func(tx *eventstore.Tx) error {
				query, err := w.trailQuery(ctx, tx, q)
				if err != nil {
					return err
				}
				return w.models.EachTrail(ctx, tx, query, func(r projections.LogRow) error {
					if t.rows%1000 == 0 {
						w.cfg.report(ctx, "exporting", int64(t.rows), 0)
					}
					return row(logCells(r))
				})
			})
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
func (w *Workspace) ExportAssets(ctx context.Context, path string) (Exported, error) {
	return w.exportFile(ctx, path, func(t *table) error {
		return w.store.View(ctx, func(tx *eventstore.Tx) error {
			return w.assetTable(t, false, func(fn func(record.Snapshot) error) error {
				_, err := w.models.EachAsset(ctx, tx, projections.Query{}, func(a projections.Asset) error { return fn(a.Snapshot) })
				return err
			})
		})
	})
}

// WriteAssets writes the assets of a list, beyond its page too and with all of
// their fields, as a table that an import takes again. Where struck entries are
// among them a column says of each why it was struck; an import passes it over.
func (w *Workspace) WriteAssets(ctx context.Context, out io.Writer, format sheet.Format, q projections.ListQuery) (Exported, error) {
	return w.exportTo(ctx, &table{ctx: ctx, out: out, format: format}, func(t *table) error {
		return w.listing(ctx, func(tx *eventstore.Tx) error {
			list, err := w.models.Listing(ctx, tx, q)
			if err != nil {
				return err
			}
			return w.assetTable(t, q.IncludeVoid, list.Each)
		})
	})
}

// assetTable writes the assets that each walks over, with why each was struck if asked for.
func (w *Workspace) assetTable(t *table, struck bool, each func(func(record.Snapshot) error) error) error {
	own, total := map[string]bool{}, int64(0)
	err := each(func(s record.Snapshot) error {
		total++
		for key := range s.Values {
			if name, ok := strings.CutPrefix(key, "custom/"); ok {
				own["custom."+name] = true
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	columns, header := assetColumns(own, struck)
	return t.write(header, func(row func([]string) error) error {
		return each(func(s record.Snapshot) error {
			w.cfg.report(t.ctx, "exporting", int64(t.rows), total)
			return row(assetCells(s, columns, struck))
		})
	})
}

func assetCells(s record.Snapshot, columns []record.Field, struck bool) []string {
	cells := append(make([]string, 0, len(columns)+2), s.ID.String())
	if struck {
		cells = append(cells, s.Current("void").Display())
	}
	record.ShowEach(s, columns, func(_ int, text string) { cells = append(cells, text) })
	return cells
}

// assetColumns are the fields of an exported list, in the order of forms: all
// that assets have, then the given custom ones. Before them the header has the id
// and, if asked for, why an entry was struck: who reads the list must not miss it.
func assetColumns(own map[string]bool, struck bool) ([]record.Field, []string) {
	columns := record.Fields(record.Asset)
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if f, ok := record.CustomField(name); ok {
			columns = append(columns, f)
		}
	}
	header := []string{"id"}
	if struck {
		header = append(header, "void")
	}
	for _, f := range columns {
		header = append(header, f.Name)
	}
	return columns, header
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
