package projections

import (
	"slices"

	"github.com/ncruces/go-sqlite3"

	"fieldbook/record"
)

// with calls fn with the grid, as the query's time has it, and the rows that fit. The grid stays as it is until fn returns.
func (l *lister) with(fn func(g *grid, fit []int32) error) error {
	l.m.grids.mu.Lock()
	defer l.m.grids.mu.Unlock()
	g, t, err := l.m.grids.at(l.ctx, l.m, l.tx)
	if err != nil {
		return err
	}
	l.t = t
	g.trim()
	columns := make([]*gridColumn, len(l.tests))
	for i := range l.tests {
		if columns[i], err = g.column(l.ctx, t, l.tests[i].field); err != nil {
			return err
		}
	}
	if l.sort != nil {
		if _, err := g.column(l.ctx, t, *l.sort); err != nil {
			return err
		}
	}
	if l.q.AsOf != nil {
		if err := g.turn(l.ctx, l.m, t, *l.q.AsOf); err != nil {
			return err
		}
	}
	fit, err := l.fit(g, columns)
	if err != nil {
		return err
	}
	return fn(g, fit)
}

// fit lists the rows that fit the query.
func (l *lister) fit(g *grid, columns []*gridColumn) ([]int32, error) {
	if l.never {
		return nil, nil
	}
	fit, err := l.candidates(g)
	for i := range l.tests {
		if err == nil {
			fit, err = l.test(g, columns[i], l.tests[i].fits, fit)
		}
	}
	return fit, err
}

// candidates lists the rows that a search finds, of those in the list at all.
func (l *lister) candidates(g *grid) (fit []int32, err error) {
	if len(l.terms) == 0 {
		fit = make([]int32, 0, len(g.rows))
		for row := range g.rows {
			if g.shown(row, &l.q) {
				fit = append(fit, int32(row))
			}
		}
		return fit, nil
	}
	if err := l.search(g); err != nil {
		return nil, err
	}
	for _, row := range g.hits {
		if g.shown(int(row), &l.q) {
			fit = append(fit, row)
		}
	}
	for i, words := range g.words {
		if row := g.present + i; l.q.AsOf != nil && g.shown(row, &l.q) && found(words, l.terms) {
			fit = append(fit, int32(row))
		}
	}
	return fit, nil
}

// search finds the rows of now that have the words. The pages of one search follow each other, so the last is remembered.
func (l *lister) search(g *grid) error {
	if g.found == match(l.terms) {
		return nil
	}
	g.found, g.hits = "", nil
	err := l.t.hits(l.terms, func(doc int64) {
		if row, known := g.byDoc[doc]; known {
			g.hits = append(g.hits, row)
		}
	})
	if err == nil {
		g.found = match(l.terms)
	}
	return err
}

// hits calls fn with the documents that a search finds: those that the index names, but of documents that wait for it those
// whose words fit.
func (t table) hits(terms []term, fn func(doc int64)) error {
	if err := t.fitting(terms, fn); err != nil {
		return err
	}
	return t.each(func(s *sqlite3.Stmt) error {
		if doc := s.ColumnInt64(0); !t.waits(doc) {
			fn(doc)
		}
		return nil
	}, `SELECT rowid FROM $fts WHERE $fts MATCH ?`, match(terms))
}

// test keeps the rows of which a field passes: each text is tested once. What was cut is tested on the document.
func (l *lister) test(g *grid, c *gridColumn, fits func(string) bool, rows []int32) ([]int32, error) {
	passes := make([]bool, len(c.values))
	for code, text := range c.values {
		passes[code] = !isCut(text) && fits(text)
	}
	kept := rows[:0]
	for _, row := range rows {
		code := c.at(row)
		if passes[code] {
			kept = append(kept, row)
			continue
		}
		if !isCut(c.values[code]) {
			continue
		}
		snap, err := l.snapshot(&g.rows[row])
		if err != nil {
			return nil, err
		}
		if fits(record.Show(snap, c.field)) {
			kept = append(kept, row)
		}
	}
	return kept, nil
}

// snapshot reads the document of a row, as of the query's time if it has changed since then.
func (l *lister) snapshot(row *gridRow) (record.Snapshot, error) {
	if row.then {
		snap, _, err := l.m.snapshotAt(l.t, row.stream, *l.q.AsOf)
		return snap, err
	}
	return l.t.snapshotOf(row.doc)
}

// sorted puts rows in the order of the query.
func (l *lister) sorted(g *grid, rows []int32) []int32 {
	place := g.places()
	var ranks []uint32
	var c *gridColumn
	if l.sort != nil {
		if c = g.fields[l.sort.Name]; c != nil {
			ranks = c.ranks()
		}
	}
	keys := make([]uint64, len(rows))
	for i, row := range rows {
		keys[i] = uint64(place[row])
		if ranks == nil {
			continue
		}
		rank := ranks[c.at(row)]
		if l.down && rank != none {
			rank = uint32(len(ranks)) - rank
		}
		keys[i] |= uint64(rank) << 32
	}
	slices.Sort(keys)
	for i, key := range keys {
		rows[i] = g.byPlace[uint32(key)]
	}
	return rows
}
