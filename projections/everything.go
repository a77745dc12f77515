package projections

import (
	"github.com/ncruces/go-sqlite3"

	"fieldbook/record"
)

// everything looks across all documents of freshly built tables.
func (w *work) everything() error {
	if err := w.collect(w.merges, `SELECT d.stream FROM $links l JOIN $docs d ON d.id = l.doc WHERE l.kind = 2`); err != nil {
		return err
	}
	if err := w.resolveMerges(); err != nil {
		return err
	}
	err := w.t.each(func(s *sqlite3.Stmt) error {
		w.touch(keyRow{kind: s.ColumnInt(0), value: s.ColumnText(1), scope: s.ColumnText(2)})
		return nil
	}, `SELECT kind, value, scope FROM $keys WHERE counted = 1 GROUP BY kind, value, scope HAVING count(*) > 1`)
	if err != nil {
		return err
	}
	if err := w.duplicates(); err != nil {
		return err
	}
	if err := w.collect(w.dangle, `SELECT d.stream FROM $links l JOIN $docs d ON d.id = l.doc`); err != nil {
		return err
	}
	err = w.collect(w.dangle, `SELECT d.stream FROM $assets a JOIN $docs d ON d.id = a.doc WHERE a.site NOT IN (SELECT site FROM $docs WHERE entity = 'site' AND entity <> 'asset')`)
	if err != nil {
		return err
	}
	return w.references()
}

func (w *work) collect(set map[record.ID]bool, query string) error {
	return w.t.each(func(s *sqlite3.Stmt) error {
		var id record.ID
		copy(id[:], s.ColumnRawBlob(0))
		set[id] = true
		return nil
	}, query)
}
