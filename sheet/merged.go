package sheet

import "slices"

// maxMerged is how many ranges of merged cells are followed.
const maxMerged = 1 << 16

// span is a column's cells of several rows that are merged into one.
type span struct{ column, first, last int }

// fill gives the text of cells merged downwards to each of their rows, as the sheet shows it: a zone beside its assets.
func (c *collector) fill() error {
	rows, looked := c.table.Rows, 0
	for _, s := range c.merged {
		at, found := slices.BinarySearchFunc(rows, s.first, func(row Row, line int) int { return row.Line - line })
		if !found {
			continue
		}
		text := rows[at].Cell(s.column)
		for i := at + 1; text != "" && i < len(rows) && rows[i].Line <= s.last; i++ {
			if looked++; looked > c.lim.Cells {
				return refuse(ErrTooLarge, 0, "the XLSX merges more than {0} cells; split the list", c.lim.Cells)
			}
			if err := c.share(&rows[i], s.column, text); err != nil {
				return err
			}
		}
	}
	return nil
}

// share sets an empty cell of a row that was read.
func (c *collector) share(row *Row, column int, text string) error {
	if row.Cell(column) != "" {
		return nil
	}
	if grown := column + 1 - len(row.Cells); grown > 0 {
		if c.cells += grown; c.cells > c.lim.Cells {
			return refuse(ErrTooLarge, row.Line, "the list has more than {0} cells; split it", c.lim.Cells)
		}
		row.Cells = append(row.Cells, make([]string, grown)...)
	}
	row.Cells[column] = text
	return nil
}
