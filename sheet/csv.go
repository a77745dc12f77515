package sheet

import (
	"bufio"
	"context"
	"errors"
	"io"
)

// widest is the most columns that spreadsheet programs have; exports of whole sheets write so many delimiters.
const widest = 16384

func readCSV(ctx context.Context, name string, src *io.SectionReader, lim Limits, names names) (*Table, error) {
	enc, err := detect(src)
	if err != nil {
		return nil, err
	}
	sample, err := io.ReadAll(io.LimitReader(enc.reader(src), chunkSize))
	if err != nil {
		return nil, err
	}
	delimiter := guess(sample, lim, names)
	c := newCollector(ctx, lim, names, newPool(lim))
	p := newParser(enc.reader(src), delimiter, lim)
	for {
		line, err := p.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if err := p.store(c, line); err != nil {
			return nil, err
		}
	}
	if err := c.finish(); err != nil {
		return nil, err
	}
	c.table.Name, c.table.Encoding, c.table.Delimiter = name, enc.name, string(delimiter)
	return &c.table, nil
}

// parser splits text into records as RFC 4180 has it, and as files in use need it: any line end, quotes inside a cell that
// does not begin with one (19" rack), blanks after a closing quote. Quoted cells keep their line breaks as they are.
type parser struct {
	src       *bufio.Reader
	delimiter byte
	lim       Limits
	line      int
	text      []byte // all cells of the record
	ends      []int  // where each cell ends in text
	ended     bool
}

func newParser(src io.Reader, delimiter byte, lim Limits) *parser {
	return &parser{src: bufio.NewReaderSize(src, chunkSize), delimiter: delimiter, lim: lim, line: 1}
}

// next reads one record into text and ends, until the following call, and gives the line where it begins; io.EOF after
// the last.
func (p *parser) next() (int, error) {
	p.text, p.ends = p.text[:0], p.ends[:0]
	line := p.line
	for more := true; more; {
		start := len(p.text)
		var err error
		if more, err = p.cell(start); err != nil {
			return line, err
		}
		p.ends = append(p.ends, len(p.text))
		if len(p.ends) > widest {
			return line, refuse(ErrTooLarge, line, "the row has more than {0} cells", widest)
		}
	}
	if p.ended && len(p.ends) == 1 && len(p.text) == 0 {
		return line, io.EOF
	}
	return line, nil
}

// cell reads one cell and its delimiter or line end; more tells that another follows in the record.
func (p *parser) cell(start int) (more bool, err error) {
	first, err := p.src.Peek(1)
	if err == nil && first[0] == '"' {
		if err := p.quoted(start); err != nil {
			return false, err
		}
	}
	for {
		b, err := p.src.ReadByte()
		switch {
		case err == io.EOF:
			p.ended = true
			return false, nil
		case err != nil:
			return false, err
		case b == p.delimiter:
			return true, nil
		case b == '\n', b == '\r':
			p.lineEnd(b)
			return false, nil
		}
		if err := p.append(b, start, p.line); err != nil {
			return false, err
		}
	}
}

// quoted reads from an opening quote to the closing one and over blanks behind it.
func (p *parser) quoted(start int) error {
	opened := p.line
	_, _ = p.src.Discard(1)
	for {
		b, err := p.src.ReadByte()
		if err == io.EOF {
			return refuse(ErrNotTable, opened, "the quotation mark that begins a cell here is never closed; close it or remove it")
		}
		if err != nil {
			return err
		}
		if b == '"' {
			if next, err := p.src.Peek(1); err == nil && next[0] == '"' {
				_, _ = p.src.Discard(1)
			} else if p.closes() {
				return nil
			}
		}
		if b == '\n' || b == '\r' && !p.follows('\n') {
			p.line++
		}
		if err := p.append(b, start, opened); err != nil {
			return err
		}
	}
}

// closes tells whether the quote just read ends the cell: a delimiter or line end follows, perhaps after blanks, which it
// takes.
func (p *parser) closes() bool {
	for n := 1; n <= 8; n++ {
		next, err := p.src.Peek(n)
		if err != nil {
			_, _ = p.src.Discard(len(next))
			return true
		}
		switch b := next[n-1]; {
		case b == p.delimiter, b == '\n', b == '\r':
			_, _ = p.src.Discard(n - 1)
			return true
		case b != ' ':
			return false
		}
	}
	return false
}

func (p *parser) append(b byte, start, line int) error {
	p.text = append(p.text, b)
	if len(p.text)-start > p.lim.Cell {
		return refuse(ErrTooLarge, line, "a cell is longer than {0} bytes; is a quotation mark before it not closed?", p.lim.Cell)
	}
	return nil
}

func (p *parser) lineEnd(b byte) {
	if b == '\r' && p.follows('\n') {
		_, _ = p.src.Discard(1)
	}
	p.line++
}

func (p *parser) follows(b byte) bool {
	next, err := p.src.Peek(1)
	return err == nil && next[0] == b
}

// store hands the record to the collector.
func (p *parser) store(c *collector, line int) error {
	from := 0
	for i, end := range p.ends {
		if end > from {
			if err := c.put(i, line, p.text[from:end]); err != nil {
				return err
			}
		}
		from = end
	}
	return c.end(line)
}

// cells gives the record as strings.
func (p *parser) cells() []string {
	cells, from := make([]string, len(p.ends)), 0
	for i, end := range p.ends {
		cells[i], from = string(p.text[from:end]), end
	}
	return cells
}
