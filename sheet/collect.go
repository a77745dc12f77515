package sheet

import (
	"context"
	"errors"
	"slices"
	"strings"
)

const (
	headerWithin = 30      // rows with content among which the header must be
	blockSize    = 1 << 13 // cells allocated together
)

// collector builds a table from cells in reading order and counts what it keeps.
type collector struct {
	ctx   context.Context
	lim   Limits
	names names
	table Table

	pool   *pool
	row    []string // the row being read
	used   int      // length of row up to its last cell with text
	block  []string // rest of the current allocation of cells
	cells  int
	width  int
	merged []span
	peek   bool // stop with errEnough when the header can be told
	found  bool // the header is known
}

// errEnough ends a reading that only looks for the header.
var errEnough = errors.New("enough rows")

func newCollector(ctx context.Context, lim Limits, names names, pool *pool) *collector {
	return &collector{ctx: ctx, lim: lim, names: names, pool: pool}
}

// put sets one cell of the row being read.
func (c *collector) put(column, line int, cell []byte) error {
	text, err := c.pool.keep(cell)
	if err != nil {
		return err
	}
	return c.set(column, line, text)
}

func (c *collector) set(column, line int, text string) error {
	if text == "" {
		return nil
	}
	if column >= c.lim.Columns {
		return refuse(ErrTooLarge, line, "the row has text in column {0}; at most {1} columns are read", column+1, c.lim.Columns)
	}
	for len(c.row) <= column {
		c.row = append(c.row, "")
	}
	c.row[column] = text
	c.used = max(c.used, column+1)
	return nil
}

// end closes the row that began at line.
func (c *collector) end(line int) error {
	row := c.row[:c.used]
	blank := !slices.ContainsFunc(row, func(cell string) bool { return strings.TrimSpace(cell) != "" })
	if !blank {
		if err := c.add(line, row); err != nil {
			return err
		}
	}
	clear(row)
	c.used = 0
	return c.ctx.Err()
}

func (c *collector) add(line int, row []string) error {
	if len(c.table.Rows) >= c.lim.Rows {
		return refuse(ErrTooLarge, line, "the list has more than {0} rows; split it", c.lim.Rows)
	}
	if c.cells += len(row); c.cells > c.lim.Cells {
		return refuse(ErrTooLarge, line, "the list has more than {0} cells; split it", c.lim.Cells)
	}
	if len(c.block) < len(row) {
		c.block = make([]string, max(blockSize, len(row)))
	}
	kept := c.block[:len(row):len(row)]
	c.block = c.block[len(row):]
	copy(kept, row)
	c.width = max(c.width, len(row))
	c.table.Rows = append(c.table.Rows, Row{Line: line, Cells: kept})
	if c.found || len(c.table.Rows) < headerWithin {
		return nil
	}
	if c.peek {
		return errEnough
	}
	return c.header()
}

// best finds the row with most known names, the first of equals, and how many it has.
func (c *collector) best() (row, score int) {
	for i, r := range c.table.Rows[:min(len(c.table.Rows), headerWithin)] {
		if s := c.names.score(r.Cells); s > score {
			row, score = i, s
		}
	}
	return row, score
}

// header takes the best row for the header and drops what stands above it.
func (c *collector) header() error {
	best, score := c.best()
	if score == 0 {
		return refuse(ErrNoHeader, 0, "none of the first {0} rows names a known column, such as tag, serial or ip_address; "+
			"add a header row or name the columns in a mapping file", headerWithin)
	}
	row := c.table.Rows[best]
	c.table.HeaderLine, c.table.Header = row.Line, row.Cells
	c.table.Rows = slices.Delete(c.table.Rows, 0, best+1)
	c.found = true
	return nil
}

// finish ends the table.
func (c *collector) finish() error {
	if !c.found && len(c.table.Rows) == 0 {
		return refuse(ErrNotTable, 0, "the file has no text in any cell")
	}
	if !c.found {
		if err := c.header(); err != nil {
			return err
		}
	}
	if err := c.fill(); err != nil {
		return err
	}
	header := make([]string, max(c.width, len(c.table.Header)))
	copy(header, c.table.Header)
	c.table.Header = header
	for i := range c.table.Rows {
		c.table.Rows[i].Summary = summary(c.table.Rows[i].Cells, len(header))
	}
	return nil
}
