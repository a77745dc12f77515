package workspace

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"fieldbook/record"
	"fieldbook/sheet"
	"fieldbook/wording"
)

// ImportOptions say how to read a list.
type ImportOptions struct {
	File    string              // its path, or with Source its name alone
	Source  *ImportSource       // the list itself, in place of a file
	Mapping string              // file that maps columns and values; empty for none
	Map     *sheet.Mapping      // the mapping itself, in place of a file
	Set     []record.Assignment // fills what the list lacks
	DryRun  bool                // decides everything and writes nothing
	Limits  sheet.Limits
}

// errDryRun rolls the transaction of a dry run back.
var errDryRun = errors.New("dry run")

// ImportAssets takes an asset list: rows it can take become one batch under one
// reason, each of the others is refused with a sentence. A dry run does the same
// and rolls it back, so that what it shows is what would happen.
func (w *Workspace) ImportAssets(ctx context.Context, entry Entry, opts ImportOptions) (ImportReport, error) {
	in := &importer{ctx: ctx, w: w, opts: opts, seen: map[record.ID]int{}, sites: map[string]bool{}}
	err := in.read()
	if err != nil {
		return ImportReport{}, fmt.Errorf("reading %s: %w", opts.File, err)
	}
	if entry.Reason == "" {
		entry.Reason = "import of " + filepath.Base(opts.File)
	}
	batchID := newID()
	src := source{kind: "import", batch: batchID[:], name: clip(filepath.Base(opts.File), 200), count: uint64(len(in.table.Rows))}
	err = w.write(ctx, entry, src, func(b *batch) error {
		in.start(b)
		for _, row := range in.table.Rows {
			if err := in.row(row); err != nil {
				return err
			}
		}
		if opts.DryRun {
			return errDryRun
		}
		return nil
	})
	if err != nil && !errors.Is(err, errDryRun) {
		return ImportReport{}, fmt.Errorf("importing %s: %w", opts.File, err)
	}
	if !opts.DryRun {
		id := batchID.String()
		in.report.ID = &id
	}
	return in.report, nil
}

// read takes the file and finds out what its columns mean.
func (in *importer) read() (err error) {
	if in.mapping, in.table, err = in.opts.read(in.ctx); err != nil {
		return err
	}
	in.columns, err = sheet.Map(in.table, in.mapping)
	return err
}

// importer decides row by row inside one batch.
type importer struct {
	ctx     context.Context
	w       *Workspace
	b       *batch
	mapping sheet.Mapping
	table   *sheet.Table
	columns []sheet.Column
	opts    ImportOptions
	seen    map[record.ID]int // line of the first row about an asset
	sites   map[string]bool   // known to exist
	report  ImportReport
}

func (in *importer) start(b *batch) {
	in.b = b
	in.report = ImportReport{
		File: in.opts.File, DryRun: in.opts.DryRun, Rows: make([]ImportRow, 0, len(in.table.Rows)), Sites: []string{},
		Encoding: in.table.Encoding, HeaderRow: in.table.HeaderLine, Columns: []ImportColumn{}, Refused: newRefused(in.table.Header),
	}
	for _, c := range in.columns {
		in.report.Columns = append(in.report.Columns, ImportColumn{Header: c.Header, Field: c.Name})
	}
}

// row takes one row; the error is trouble that ends the import, not a bad row.
func (in *importer) row(row sheet.Row) error {
	out := ImportRow{Row: row.Line, Result: record.Refused, Changes: []record.Difference{}}
	err := in.decide(row, &out)
	var refusal *record.Refusal
	var misuse *record.UsageError
	switch {
	case errors.As(err, &refusal):
		out.Result, out.Said, out.Message = record.Refused, refusal.Sentence(), refusal.Error()
	case errors.As(err, &misuse):
		out.Result, out.Said, out.Message = record.Refused, misuse.Said, misuse.Error()
	case err != nil:
		return fmt.Errorf("row %d: %w", row.Line, err)
	}
	in.count(out.Result)
	if out.Result == record.Refused {
		in.report.Refused.add(row, out.Message)
	}
	in.report.Rows = append(in.report.Rows, out)
	if n := len(in.report.Rows); n%100 == 0 {
		in.w.cfg.report(in.ctx, "importing", int64(n), int64(len(in.table.Rows)))
		return in.ctx.Err()
	}
	return nil
}

func (in *importer) count(result record.Outcome) {
	t := &in.report.Totals
	t.Rows++
	switch result {
	case record.Created:
		t.Created++
	case record.Updated:
		t.Updated++
	case record.Unchanged:
		t.Unchanged++
	case record.Refused:
		t.Refused++
	}
}

func (in *importer) decide(row sheet.Row, out *ImportRow) error {
	list := record.ImportRow{Fields: in.assignments(row), Defaults: in.opts.Set}
	out.Tag = strings.TrimSpace(cellOf(list, "tag"))
	if row.Summary {
		return record.Refuse("format", "this row adds up others and is no asset")
	}
	site, tag, err := list.Key()
	if err != nil {
		return err
	}
	out.Tag = tag
	s, err := in.find(site, tag, list)
	if err != nil {
		return err
	}
	first, again := in.seen[s.ID]
	if !again {
		in.seen[s.ID] = row.Line
	}
	decided, err := in.compare(s, list)
	if err != nil {
		return err
	}
	if again {
		if err := agrees(first, decided); err != nil {
			return err
		}
	}
	if err := in.ensureSite(site); err != nil {
		return err
	}
	id := s.ID.String()
	out.ID, out.Result, out.Said = &id, decided.Outcome, explain(decided)
	out.Message = out.Said.String()
	if decided.Outcome == record.Updated {
		out.Changes = append(out.Changes, decided.Changes...)
	}
	return in.b.addAll(decided.Events)
}

// agrees refuses a second row about one asset that contradicts the first: taking
// both in turn would change the record on every import of the same list. It may
// fill what the first left open.
func agrees(first int, decided record.Imported) error {
	var differ []wording.Sentence
	for _, c := range decided.Changes {
		if c.Before != "" {
			differ = append(differ, wording.Say(`{0} "{1}" instead of "{2}"`, record.Named(c.Field), c.After, c.Before))
		}
	}
	if len(differ) == 0 {
		return nil
	}
	return record.Refuse("state", "row {0} is about the same asset and this one says {1}; keep one of the two rows", first, wording.Join("{0}, {1}", differ...)).At("tag")
}

// assignments are a row's cells under the names of their fields.
func (in *importer) assignments(row sheet.Row) []record.Assignment {
	cells := make([]record.Assignment, 0, len(in.columns))
	for _, c := range in.columns {
		if c.Name == "" {
			continue
		}
		if cell := row.Cell(c.Index); cell != "" {
			cells = append(cells, record.Assignment{Field: c.Name, Text: in.mapping.Value(c.Name, cell)})
		}
	}
	return cells
}

// find gives the state of the asset that a row is about. A row that repeats an
// asset of the same list sees what the earlier row wrote.
func (in *importer) find(site, tag string, list record.ImportRow) (record.Snapshot, error) {
	id := record.AssetID(in.b.env(), site, tag)
	known, err := in.w.models.Tagged(in.b.tx, site, tag)
	if err != nil {
		return record.Snapshot{}, err
	}
	if named, err := record.ParseID(cellOf(list, "id")); err == nil && slices.Contains(known, named) {
		known = []record.ID{named}
	}
	switch {
	case len(known) == 1:
		id = known[0]
	case len(known) > 1:
		return record.Snapshot{}, record.Refuse("state", "{0} assets of site {1} carry the tag {2}; merge them first, or change one by its id", len(known), site, tag).At("tag").By("asset merge")
	}
	if in.b.pending[id] {
		if err := in.b.flush(); err != nil {
			return record.Snapshot{}, err
		}
	}
	return in.b.snapshot(id, record.Asset)
}

// compare decides a row against the record. What the last import said matters
// only where the row differs from the record, which is where it is looked up.
func (in *importer) compare(s record.Snapshot, list record.ImportRow) (record.Imported, error) {
	decided, err := list.Decide(in.b.env(), s)
	if !s.Exists || err == nil && decided.Outcome == record.Unchanged {
		return decided, err
	}
	if list.Asserted, err = in.asserted(s); err != nil {
		return record.Imported{}, err
	}
	return list.Decide(in.b.env(), s)
}

// asserted is what the last import said of an asset, by key.
func (in *importer) asserted(s record.Snapshot) (map[string]record.Value, error) {
	last, err := in.w.models.LastImport(in.b.tx, s.ID)
	if err != nil {
		return nil, err
	}
	said := map[string]record.Value{}
	for key := range s.Values {
		if v, ok := last(key); ok {
			said[key] = v
		}
	}
	for key := range s.Texts {
		if v, ok := last(key); ok {
			said[key] = v
		}
	}
	return said, nil
}

func (in *importer) ensureSite(code string) error {
	if in.sites[code] {
		return nil
	}
	in.sites[code] = true
	id, err := record.SiteID(in.b.env(), code)
	if err != nil {
		return err
	}
	site, err := in.b.snapshot(id, record.Site)
	if err != nil {
		return err
	}
	events, err := record.EnsureSite(in.b.env(), code, site)
	if err != nil {
		return err
	}
	if len(events) > 0 {
		in.report.Sites = append(in.report.Sites, code)
	}
	return in.b.addAll(events)
}

// explain says in words what a row did beside its result.
func explain(d record.Imported) wording.Sentence {
	var parts []wording.Sentence
	switch d.Outcome {
	case record.Updated:
		for _, c := range d.Changes {
			parts = append(parts, wording.Say(`{0}: "{1}" → "{2}"`, record.Named(c.Field), c.Before, c.After))
		}
	case record.Unchanged, record.Created, record.Refused:
	}
	for _, k := range d.Kept {
		parts = append(parts, wording.Say(`{0} stays "{1}": it was edited since the last import, which said "{2}" too`, record.Named(k.Field), k.Before, k.After))
	}
	return wording.Join("{0}; {1}", parts...)
}

func cellOf(list record.ImportRow, field string) string {
	for _, a := range list.Fields {
		if a.Field == field {
			return a.Text
		}
	}
	return ""
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
